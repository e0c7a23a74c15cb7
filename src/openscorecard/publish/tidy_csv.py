"""The page as tidy data: one line for each indicator, month and measure.

For programs, and for whoever wants to compute: numbers are those that the page holds, `printed` is
what it shows. `unit` is that of the line's own measure: a change is in percent, a numerator a
count. What is hidden has no number anywhere in its lines. open_data/columns.py says what each
column holds.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from openscorecard.disclosure.words import reason
from openscorecard.periods import Month
from openscorecard.publish.open_data.columns import FIGURES
from openscorecard.scorecard.page import Comparator, Figure, FigureStatus, Row, Scorecard
from openscorecard.scorecard.verdict import Verdict
from openscorecard.units import Unit

COLUMNS = tuple(column.name for column in FIGURES)
SIGNIFICANT = Context(prec=12, rounding=ROUND_HALF_UP)
# What a spreadsheet takes for the beginning of a formula when it opens a CSV file.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?( \[r\])?")


@dataclass(frozen=True, slots=True)
class Measure:
    """One line's own part. `unit` is None where it is the indicator's; `revised` is yes or no for
    a month's figure; `period`, `edition` and `formula` are a comparator's; `signal`, `rule` and
    the usual range (as printed, digits alone) a verdict's."""

    name: str
    value: Fraction | None
    status: str
    printed: str
    note: str
    unit: Unit | None = None
    revised: str = ""
    period: str = ""
    edition: str = ""
    formula: str = ""
    signal: str = ""
    rule: str = ""
    usual: tuple[str, str] = ("", "")


def tidy_csv(scorecard: Scorecard) -> str:
    return csv_text(COLUMNS, figure_lines(scorecard))


def csv_text(header: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """By RFC 4180: lines end with CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(lines)
    return out.getvalue()


def figure_lines(scorecard: Scorecard) -> Iterator[tuple[str, ...]]:
    """The cells of each line as text, in the order of the columns."""
    for row in scorecard.rows:
        for month, measure in _measures(row, scorecard.month):
            yield _line(scorecard, row, month, measure)


def _line(scorecard: Scorecard, row: Row, month: Month, measure: Measure) -> tuple[str, ...]:
    indicator = row.indicator
    titles = {section.id: section.title for section in scorecard.sections}
    note = measure.note
    if measure.status == FigureStatus.HIDDEN:
        note = reason(scorecard)  # a note of its own might tell more than that
    return (
        guarded(indicator.ref),
        guarded(indicator.name),
        guarded(titles.get(indicator.section, indicator.section)),
        (measure.unit or indicator.unit).value,
        month.iso,
        measure.name,
        number_text(measure.value),
        measure.status,
        guarded(measure.printed),
        guarded(note),
        guarded(scorecard.council),
        scorecard.audience,
        measure.revised,
        guarded(measure.period),
        guarded(measure.edition),
        guarded(measure.formula),
        measure.signal,
        measure.rule,
        *measure.usual,
        guarded(indicator.id),
        f"{month.iso}-01",
        scorecard.month.iso,
    )


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
        value = _value(name, change.percent, change.status, change.printed, change.note)
        yield report, replace(value, unit=Unit.PERCENT)
    for name, summary in (("average_12m", row.average_12m), ("maximum_12m", row.maximum_12m)):
        yield report, _value(name, summary.value, summary.status, summary.printed, summary.note)
    for comparator in row.comparators:
        yield report, _of_comparator(comparator)
    if row.verdict is not None:
        yield report, _of_verdict(row.verdict, row.latest)


def _of_figure(figure: Figure) -> Iterator[Measure]:
    value = _value("value", figure.value, figure.status, figure.printed, figure.note)
    if figure.status is not FigureStatus.VALUE:
        yield replace(value, revised="yes") if figure.revised else value
        return
    yield replace(value, revised="yes" if figure.revised else "no")
    for name, part in (("numerator", figure.numerator), ("denominator", figure.denominator)):
        if part is not None:
            yield Measure(name, part, FigureStatus.VALUE, number_text(part), "", Unit.COUNT)


def _value(
    name: str, value: Fraction | None, status: FigureStatus, printed: str, note: str
) -> Measure:
    if status is FigureStatus.HIDDEN:
        return Measure(name, None, status, FigureStatus.HIDDEN.shorthand, "")
    if status is not FigureStatus.VALUE:
        return Measure(name, None, status, printed, note)
    # A change from 0 is a move that has no percentage: the page prints n/a.
    said = FigureStatus.VALUE if value is not None else FigureStatus.NOT_AVAILABLE
    return Measure(name, value, said, printed, note)


def _of_comparator(item: Comparator) -> Measure:
    said = (item.name, item.year, item.edition, item.formula)
    value = item.value if item.status == "value" else None
    note = "; ".join(filter(None, said))
    return Measure(
        item.key,
        value,
        item.status,
        item.printed,
        note,
        period=item.year,
        edition=item.edition,
        formula=item.formula,
    )


def _of_verdict(verdict: Verdict, latest: Figure) -> Measure:
    """The verdict on the latest figure: its word as printed, its reason as the note."""
    if latest.status is FigureStatus.HIDDEN:
        return Measure("verdict", None, latest.status, FigureStatus.HIDDEN.shorthand, "")
    low, high = verdict.usual or ("", "")
    return Measure(
        "verdict",
        None,
        verdict.signal,
        verdict.word,
        verdict.reason,
        signal=verdict.signal,
        rule=verdict.rule or "",
        usual=(_digits(low), _digits(high)),
    )


def _digits(printed: str) -> str:
    """`2,012` as 2012, `41%` as 41."""
    return printed.replace(",", "").removesuffix("%")
