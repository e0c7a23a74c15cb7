"""The table of an indicator's months: the latest stand, the earlier ones are folded away.

What its lines would repeat (one load, one vintage, the same note again and again) is said once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openscorecard.periods import Month
from openscorecard.publish.charts.bars import whole
from openscorecard.publish.html.signal_view import (
    NOT_JUDGED,
    month_word,
    month_words,
    published_otherwise,
)
from openscorecard.publish.html.words import MISSING, VINTAGE, VINTAGE_MEANS, reason, sentence
from openscorecard.publish.month_notes import all_figures, row_notes
from openscorecard.scorecard.page import Figure, FigureStatus, Row, Vintage
from openscorecard.scorecard.verdict import JudgedMonth, Verdict
from openscorecard.scorecard.wording import when

STANDING = 13  # a year, and the month a year ago
_OFTEN = 3  # lines that say the same: from so many on, it is said once


@dataclass(frozen=True, slots=True)
class MonthLine:
    month: Month
    value: str
    numerator: str
    denominator: str
    vintage: str
    load: str
    note: str
    signal: str
    first: str
    latest: bool


@dataclass(frozen=True, slots=True)
class Repeated:
    """What several lines would say: `code` is what their cells show, "" where they have figures."""

    code: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class MonthTable:
    """`standing` and `earlier` are newest first. `meanings` say what the vintages are, `all_from`
    what holds for every line."""

    standing: tuple[MonthLine, ...]
    earlier: tuple[MonthLine, ...]
    has_part: bool
    has_whole: bool
    has_vintage: bool
    has_load: bool
    has_note: bool
    has_signal: bool
    repeated: tuple[Repeated, ...]
    meanings: tuple[str, ...]
    all_from: str


def month_table(row: Row) -> MonthTable:
    figures = all_figures(row)
    often = _often(figures)
    lines = tuple(_line(figure, row, often) for figure in reversed(figures))
    vintages = [one for one in Vintage if any(figure.vintage is one for figure in figures)]
    loads = {line.load for line in lines} - {""}
    return MonthTable(
        standing=lines[:STANDING],
        earlier=lines[STANDING:],
        has_part=any(line.numerator for line in lines),
        has_whole=any(line.denominator for line in lines),
        has_vintage=len(vintages) > 1,
        has_load=len(loads) > 1,
        has_note=any(line.note for line in lines),
        has_signal=any(line.signal not in ("", NOT_JUDGED) for line in lines),
        repeated=tuple(_repeated(row, often, len(figures))),
        meanings=tuple(VINTAGE_MEANS[one] for one in vintages),
        all_from=_all_from(vintages, loads),
    )


Said = tuple[str, FigureStatus, str]
Often = dict[Said, list[Month]]


def _said(figure: Figure) -> Said:
    """What the line says of its figure; the month itself is left aside."""
    code = "" if figure.status is FigureStatus.VALUE else figure.printed
    return code, figure.status, figure.note.strip().rstrip(".")


def _often(figures: list[Figure]) -> Often:
    """What three months or more say alike, and which."""
    found: Often = {}
    for figure in figures:
        if figure.note or figure.status is not FigureStatus.VALUE:
            found.setdefault(_said(figure), []).append(figure.month)
    return {said: months for said, months in found.items() if len(months) >= _OFTEN}


def _repeated(row: Row, often: Often, of: int) -> Iterator[Repeated]:
    """What is said once above the table, unless the row's data notes say it already."""
    notes = row_notes(row)
    for (code, status, note), months in often.items():
        words = note or MISSING[status].format(month="these months")
        one = Repeated(code, sentence(words) if code else f"{words.rstrip('.')}.", when(months, of))
        if f"{one.when}: {one.words}" not in notes:
            yield one


def _line(figure: Figure, row: Row, often: Often) -> MonthLine:
    latest = figure.month == row.latest.month
    judged = None if row.verdict is None else row.verdict.at(figure.month)
    return MonthLine(
        month=figure.month,
        value=figure.printed,
        numerator="" if figure.numerator is None else whole(figure.numerator),
        denominator="" if figure.denominator is None else whole(figure.denominator),
        vintage=VINTAGE[figure.vintage] if figure.vintage else "",
        load=figure.load or "",
        note="" if _said(figure) in often else reason(figure) or figure.note,
        signal=_signal(judged, row.verdict),
        first=_first(judged, row.verdict, latest=latest),
        latest=latest,
    )


def _signal(judged: JudgedMonth | None, verdict: Verdict | None) -> str:
    if judged is None or verdict is None or judged.value is None:
        return ""
    return month_words(judged, verdict)


def _first(judged: JudgedMonth | None, verdict: Verdict | None, *, latest: bool) -> str:
    """What was published first, where today's verdict on the month is another."""
    if judged is None or verdict is None:
        return ""
    if latest:
        return published_otherwise(verdict)
    return judged.first if judged.first not in ("", month_word(judged, verdict)) else ""


def _all_from(vintages: list[Vintage], loads: set[str]) -> str:
    """What would say the same in every line of the table."""
    told = [VINTAGE[one] for one in vintages if len(vintages) == 1]
    told += [f"from load {load}" for load in loads if len(loads) == 1]
    return f"All figures are {', '.join(told)}." if told else ""
