"""The page as tidy data: one line for each indicator, month and measure.

For programs, and for whoever wants to compute: numbers are unrounded, `printed` is what the page
shows. What is hidden has no number anywhere in its lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from pathlib import Path

from openscorecard.disclosure.words import reason
from openscorecard.files import replace_file
from openscorecard.periods import Month
from openscorecard.scorecard.page import Comparator, Figure, FigureStatus, Row, Scorecard

COLUMNS = (
    "ref",
    "indicator",
    "section",
    "unit",
    "month",
    "measure",
    "value",
    "status",
    "printed",
    "note",
)
SIGNIFICANT = Context(prec=12, rounding=ROUND_HALF_UP)
# What a spreadsheet takes for the beginning of a formula when it opens a CSV file.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?( \[r\])?")

# (measure, value, status, printed, note)
Measure = tuple[str, Fraction | None, str, str, str]


def write_tidy_csv(scorecard: Scorecard, path: Path) -> None:
    """Writes UTF-8 by RFC 4180 (lines end with CR LF); the same page gives the same bytes."""
    replace_file(path, tidy_csv(scorecard).encode("utf-8"))


def tidy_csv(scorecard: Scorecard) -> str:
    titles = {section.id: section.title for section in scorecard.sections}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    why_hidden = reason(scorecard)
    for row in scorecard.rows:
        indicator = row.indicator
        section = titles.get(indicator.section, indicator.section)
        about = (indicator.ref, indicator.name, section, indicator.unit.value)
        for month, measure in _measures(row, scorecard.month):
            name, value, status, printed, note = measure
            if status == FigureStatus.HIDDEN:
                note = why_hidden  # a note of its own might tell more than that
            writer.writerow(
                (
                    *(guarded(text) for text in about),
                    month.iso,
                    name,
                    number_text(value),
                    status,
                    guarded(printed),
                    guarded(note),
                )
            )
    return out.getvalue()


def number_text(number: Fraction | None) -> str:
    """As few digits as give the number back, at most 12 significant; empty for None.

    >>> number_text(Fraction(-1, 8)), number_text(Fraction(2, 3)), number_text(Fraction(2080))
    ('-0.125', '0.666666666667', '2080')
    """
    if number is None:
        return ""
    quotient = SIGNIFICANT.divide(Decimal(number.numerator), Decimal(number.denominator))
    return f"{quotient.normalize(SIGNIFICANT):f}"


def guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe; a number never does."""
    if text.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _measures(row: Row, report: Month) -> Iterator[tuple[Month, Measure]]:
    for figure in row.figures:
        for measure in _of_figure(figure):
            yield figure.month, measure
    for name, change in (("change_month", row.change_month), ("change_year", row.change_year)):
        yield report, _derived(name, change.percent, change.status, change.printed, change.note)
    for name, summary in (("average_12m", row.average_12m), ("maximum_12m", row.maximum_12m)):
        yield report, _derived(name, summary.value, summary.status, summary.printed, summary.note)
    for comparator in row.comparators:
        yield report, _of_comparator(comparator)


def _of_figure(figure: Figure) -> Iterator[Measure]:
    yield _derived("value", figure.value, figure.status, figure.printed, figure.note)
    if figure.status is not FigureStatus.VALUE:
        return
    for name, part in (("numerator", figure.numerator), ("denominator", figure.denominator)):
        if part is not None:
            yield name, part, FigureStatus.VALUE.value, number_text(part), ""


def _derived(
    name: str, value: Fraction | None, status: FigureStatus, printed: str, note: str
) -> Measure:
    if status is FigureStatus.HIDDEN:
        return name, None, status.value, FigureStatus.HIDDEN.shorthand, ""
    if status is not FigureStatus.VALUE:
        return name, None, status.value, printed, note
    # A change from 0 is a move that has no percentage: the page prints n/a.
    said = FigureStatus.VALUE if value is not None else FigureStatus.NOT_AVAILABLE
    return name, value, said.value, printed, note


def _of_comparator(item: Comparator) -> Measure:
    said = (item.name, item.year, item.edition, item.formula)
    value = item.value if item.status == "value" else None
    return item.key, value, item.status, item.printed, "; ".join(filter(None, said))
