"""An indicator's part of the reading paper: the printed words that the template sets."""

from __future__ import annotations

from typing import Any

from openscorecard.findings import Severity
from openscorecard.periods import Month
from openscorecard.publish.charts.bars import whole
from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.line import paper_chart
from openscorecard.publish.html.indicator_view import headline, months_of, rebased
from openscorecard.publish.html.row_view import change_view, changes_of, comment_view
from openscorecard.publish.html.signal_view import signal_view
from openscorecard.publish.html.words import BETTER, SEVERITY, reason, sentence, value_and_mark
from openscorecard.publish.month_notes import row_notes
from openscorecard.publish.pdf.breaks import breakable
from openscorecard.publish.pdf.comment_blocks import blocks, is_sentence, lines_of
from openscorecard.publish.pdf.drawings import figure, mark
from openscorecard.scorecard.page import Change, Row, Scorecard
from openscorecard.units import Unit

LONG_WORD = 40  # letters: a longer one, a ruled line for example, may break
WHOLE = 250  # letters: a comment that is no longer stays on the page of its chart


def indicator_part(card: Scorecard, row: Row) -> dict[str, Any]:
    """Everything that the paper says of the row."""
    months = months_of(row)
    value, value_mark = value_and_mark(row.latest.printed)
    text = row.comment.text if row.comment else ""
    return {
        "anchor": f"row-{row.indicator.id}",
        "name": row.indicator.short_name,
        "ref": row.indicator.ref,
        "full": "" if row.indicator.name == row.indicator.short_name else row.indicator.name,
        "better": BETTER[row.indicator.preferred_direction],
        "month": card.month.long,
        "value": value,
        "mark": value_mark,
        "reason": reason(row.latest),
        "changes": [_change(card, change) for change in changes_of(row)],
        "signal": _signal(row),
        "headline": headline(row),
        "chart": figure(paper_chart(row, months, _frame(len(months)))),
        "rebased": list(rebased(row)),
        "heads": [one.month.short.replace("-", " ") for one in row.figures],
        "lines": _lines(row),
        "summary": _summary(row),
        "others": _others(row),
        "others_note": _others_note(row),
        "comment": _comment(row, card.month),
        "flows": len(text) > WHOLE,
        "notes": _notes(card, row),
    }


def _comment(row: Row, month: Month) -> dict[str, Any] | None:
    """Its first sentence stands out, where it is one of words."""
    comment = comment_view(row.comment, month)
    if comment is None or row.comment is None:
        return None
    stands_out = is_sentence(comment.headline)
    return {
        "headline": breakable(comment.headline, LONG_WORD) if stands_out else "",
        "rest": blocks(lines_of(row.comment.rest if stands_out else row.comment.text), LONG_WORD),
        "by": ", ".join(words for words in (comment.by, comment.month) if words),
        "remark": comment.remark,
        "stale": f"No comment for {month.long}. The last one:" if comment.stale else "",
    }


def _frame(count: int) -> Frame:
    """Words of 14 and 15 on a drawing of 720 are 10 pt on the paper's 17 cm."""
    return Frame(width=700, left=50, right=545, top=26, foot=122, size=15, count=count)


def _change(card: Scorecard, change: Change) -> dict[str, str]:
    view = change_view(change, card.month)
    classic = " ".join(part for part in (view.classic_glyph, view.classic) if part)
    return {
        "label": f"On {view.base_long}",
        "moved": " ".join(part for part in (view.glyph, view.moved) if part),
        "classic": classic,
    }


def _signal(row: Row) -> dict[str, str]:
    view = signal_view(row)
    verdict = row.verdict
    why = view.why
    if not why and verdict is not None and verdict.reason and row.latest.value is not None:
        why = verdict.reason
    return {
        "word": view.word,
        "why": sentence(why),
        "wash": view.wash,
        "shape": mark(view.shape),
    }


def _lines(row: Row) -> list[dict[str, Any]]:
    """The months' figures, and what each was counted from where that is known."""
    lines = [{"name": "Figure", "cells": [one.printed for one in row.figures]}]
    if row.indicator.unit.is_rate:
        return lines
    for name, values in (
        ("Counted", [one.numerator for one in row.figures]),
        ("Out of", [one.denominator for one in row.figures]),
    ):
        if any(value is not None for value in values):
            cells = ["" if value is None else whole(value) for value in values]
            lines.append({"name": name, "cells": cells})
    return lines


def _summary(row: Row) -> list[str]:
    return [row.average_12m.printed, row.maximum_12m.printed]


def _others(row: Row) -> list[dict[str, Any]]:
    """The others' figures with how each was made; those of one publication share its name."""
    sources: dict[str, list[dict[str, str]]] = {}
    for item in row.comparators:
        if item.status == "value":
            source = ", ".join(words for words in (item.year, item.edition) if words)
            # What it comes to stands before it already, in round numbers.
            how = item.formula.partition(" = ")[0]
            told = {"name": item.name, "printed": item.printed, "how": how}
            sources.setdefault(source, []).append(told)
    return [{"source": sentence(source), "figures": told} for source, told in sources.items()]


def _others_note(row: Row) -> str:
    statuses = {item.status for item in row.comparators}
    if "value" in statuses:
        return "Numbers depend on a council’s size." if row.indicator.unit is Unit.COUNT else ""
    known = "not available" if statuses == {"not-available"} else "no national figure"
    return f"Other councils: {known}."


def _notes(card: Scorecard, row: Row) -> list[dict[str, str]]:
    why = reason(row.latest)
    notes = [
        {"head": "Data note", "words": words}
        for words in map(sentence, row_notes(row))
        if words != why
    ]
    notes += [
        {"head": SEVERITY[one.severity], "words": sentence(one.message)}
        for one in card.findings
        if one.ref == row.indicator.ref and one.severity is not Severity.INFORMATION
    ]
    return notes
