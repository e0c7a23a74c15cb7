"""What a month's page said first: `verdicts.json` of its first release, in the workspace.

A trend or a run flags earlier months too, and limits move until they are frozen, so that a verdict
may read otherwise a year later. What was published stands here: the first one of each audience, and
it is never written over. The public's release says what the public read, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.page import Row, Scorecard
from openscorecard.scorecard.signals.words import HIDDEN
from openscorecard.scorecard.verdict import FirstPublished, Signal
from openscorecard.workspace.releases import release_folder

VERDICTS = "verdicts.json"
KEYS = {"ref", "signal", "word", "reason"}


@dataclass(frozen=True, slots=True)
class FirstVerdicts:
    """What was said of each ref when the month was published first, on the day `on`."""

    month: Month
    audience: str
    on: dt.date
    by_ref: dict[str, FirstPublished]


def first_path(root: Path, month: Month, audience: str) -> Path:
    return release_folder(root, month, audience, 1) / VERDICTS


def verdicts_of(page: Scorecard, on: dt.date) -> FirstVerdicts:
    """What a page says that is published on that day."""
    said = {
        row.indicator.ref: FirstPublished(
            row.verdict.signal, row.verdict.word, row.verdict.reason, on
        )
        for row in page.rows
        if row.verdict is not None
    }
    return FirstVerdicts(page.month, page.audience, on, said)


def read_first(root: Path, month: Month, audience: str) -> FirstVerdicts | None:
    """What the month's page said first; None where it was not published. InputError where the file
    is not as it was written."""
    path = first_path(root, month, audience)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        if path.parent.exists():  # a first release without what it said
            raise _not_as_written(path) from error
        return None
    except OSError as error:
        raise InputError(
            f"the first verdicts could not be read ({error.strerror or error})",
            where=str(path),
            todo="see that the file may be read",
        ) from error
    try:
        return _parsed(json.loads(content), month, audience)
    except (ValueError, KeyError, TypeError) as error:
        raise _not_as_written(path) from error


def _not_as_written(path: Path) -> InputError:
    return InputError(
        "the first verdicts are not as they were written",
        where=str(path),
        todo="put back the file from a copy: it says what was published",
    )


def with_first(page: Scorecard, root: Path, now: FirstVerdicts | None = None) -> Scorecard:
    """The page with what was published first beside its verdicts, those of earlier months on the
    chart too; `now` is what is being published, where nothing was published before.

    The council's own people see what their own page said first, or else what the public's said.
    """
    kept: dict[Month, FirstVerdicts] = {}
    charted = {
        judged.month for row in page.rows if row.verdict is not None for judged in row.verdict.chart
    }
    for month in sorted(charted | {page.month}):
        if now is not None and month == page.month:
            first: FirstVerdicts | None = read_first(root, month, page.audience) or now
        else:
            first = _seen_by(page.audience, root, month)
        if first is not None:
            kept[month] = first
    if not kept:
        return page
    return replace(page, rows=tuple(_row(row, page.month, kept) for row in page.rows))


def _seen_by(audience: str, root: Path, month: Month) -> FirstVerdicts | None:
    first = read_first(root, month, audience)
    if first is not None or audience == "public":
        return first
    public = read_first(root, month, "public")
    if public is None:
        return None
    told = {ref: one for ref, one in public.by_ref.items() if one.word != HIDDEN}
    return replace(public, by_ref=told)


def _row(row: Row, month: Month, kept: dict[Month, FirstVerdicts]) -> Row:
    if row.verdict is None:
        return row
    ref = row.indicator.ref
    first = kept[month].by_ref.get(ref) if month in kept else None
    chart = tuple(
        replace(judged, first=kept[judged.month].by_ref[ref].word)
        if judged.month in kept and ref in kept[judged.month].by_ref
        else judged
        for judged in row.verdict.chart
    )
    return replace(row, verdict=replace(row.verdict, chart=chart, first_published=first))


def verdict_bytes(verdicts: FirstVerdicts) -> bytes:
    """The file of a first release."""
    said = [
        {"ref": ref, "signal": one.signal.value, "word": one.word, "reason": one.reason}
        for ref, one in verdicts.by_ref.items()
    ]
    table = {
        "about": "What this page said first. Written by `scorecard publish`, and never changed.",
        "month": verdicts.month.iso,
        "audience": verdicts.audience,
        "on": verdicts.on.isoformat(),
        "verdicts": said,
    }
    return (json.dumps(table, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _parsed(table: Any, month: Month, audience: str) -> FirstVerdicts:
    """The file's content; ValueError, KeyError or TypeError where something is amiss."""
    on = dt.date.fromisoformat(table["on"])
    if table["month"] != month.iso or table["audience"] != audience:
        raise ValueError
    by_ref: dict[str, FirstPublished] = {}
    for entry in table["verdicts"]:
        if set(entry) != KEYS or not all(isinstance(text, str) for text in entry.values()):
            raise ValueError
        by_ref[entry["ref"]] = FirstPublished(
            Signal(entry["signal"]), entry["word"], entry["reason"], on
        )
    return FirstVerdicts(month, audience, on, by_ref)
