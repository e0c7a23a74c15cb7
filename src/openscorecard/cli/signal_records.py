"""What `scorecard signals` gives to programs: JSON, and the columns of its CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openscorecard.scorecard.page import Row, Scorecard
    from openscorecard.scorecard.signals.settings import SignalSettings
    from openscorecard.scorecard.verdict import JudgedMonth, Verdict


def verdict_of(row: Row) -> Verdict:
    assert row.verdict is not None
    return row.verdict


def signals_as_json(page: Scorecard, rows: Sequence[Row], *, whole: bool) -> dict[str, object]:
    """`whole` gives every month of the record too."""
    from openscorecard.scorecard.verdict_json import chance_as_json, verdict_as_json

    found = []
    for row in rows:
        one: dict[str, object] = {
            "ref": row.indicator.ref,
            "id": row.indicator.id,
            "name": row.indicator.name,
            "figure": row.latest.printed,
            "verdict": verdict_as_json(verdict_of(row)),
        }
        if whole:
            one["months"] = [_month_as_json(judged) for judged in verdict_of(row).chart]
        found.append(one)
    return {
        "month": page.month.iso,
        "settings": _settings_as_json(page.signal_settings),
        "signals": found,
        "chance": None if page.chance is None else chance_as_json(page.chance),
    }


def _settings_as_json(settings: SignalSettings) -> dict[str, object]:
    return {
        "shift": settings.shift,
        "trend": settings.trend,
        "two_of_three": settings.two_of_three,
        "screen": settings.screen,
        "baseline_months": settings.baseline_months,
        "rebase": [
            {"ref": one.ref, "from": one.since.iso, "reason": one.reason}
            for one in settings.rebases
        ],
    }


def _month_as_json(judged: JudgedMonth) -> dict[str, object]:
    return {
        "month": judged.month.iso,
        "value": judged.value,
        "centre": judged.centre,
        "lower": judged.lower,
        "upper": judged.upper,
        "rule": None if judged.rule is None else judged.rule.value,
        "side": None if judged.side is None else judged.side.value,
        "signal": judged.signal.value,
        "seasonal": judged.seasonal,
        "per_working_day": judged.per_working_day,
        "first": judged.first,
    }


COLUMNS = (
    "ref", "name", "figure", "signal", "word", "reason", "rule", "side", "months", "judged_on",
    "method", "usual_low", "usual_high", "centre", "first_word", "first_reason", "first_on",
    "notes", "flagged_12", "target_met", "target_months",
)  # fmt: skip


def signal_line(row: Row) -> tuple[object, ...]:
    verdict, first = verdict_of(row), verdict_of(row).first_published
    usual = verdict.usual or ("", "")
    return (
        row.indicator.ref,
        row.indicator.short_name,
        row.latest.printed,
        verdict.signal.value,
        verdict.word,
        verdict.reason,
        verdict.rule.value if verdict.rule else "",
        verdict.side.value if verdict.side else "",
        " ".join(month.iso for month in verdict.months),
        verdict.judged_on,
        verdict.method,
        *usual,
        verdict.centre,
        first.word if first else "",
        first.reason if first else "",
        first.on.isoformat() if first else "",
        " ".join(verdict.notes),
        verdict.flagged_12,
        *(verdict.target_met or ("", "")),
    )
