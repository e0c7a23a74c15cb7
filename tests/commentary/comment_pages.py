"""A small page of a made-up council for the tests of commentary."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from openscorecard.catalogue.indicator import Indicator, Kind, Section
from openscorecard.commentary.entries import Entry, EntryKind, StoredComments
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.page import (
    Change,
    Comparator,
    Figure,
    FigureStatus,
    Row,
    Scorecard,
    Summary,
)
from openscorecard.statistics.ranges import printed
from openscorecard.units import Arrow, Unit

JUNE = Month(2021, 6)
MAY = Month(2021, 5)
NOW = dt.datetime(2021, 7, 5, 10, 11, 12, tzinfo=dt.UTC)
FRONT, CARE = "Service manager, front door", "Service manager, care"


def indicator(ref, unit=Unit.COUNT, reporter=FRONT, **more):
    values = {
        "ref": ref,
        "id": ref.lower(),
        "name": f"Number of {ref}",
        "short_name": ref,
        "section": "all",
        "order": 1,
        "outcome": "Children are safe.",
        "unit": unit,
        "kind": Kind.FLOW,
        "reporter": reporter,
    }
    return Indicator(**(values | more))


def row(item, values, parts=()):
    """A row with the values of the months up to June 2021; the year before is not held.

    `parts` gives (numerator, denominator) for each month, oldest first.
    """
    values = [Fraction(value) for value in values]
    months = months_to(JUNE, len(values))
    parts = parts or [(None, None)] * len(values)
    figures = tuple(
        Figure(
            month,
            FigureStatus.VALUE,
            printed(value) + item.unit.suffix,
            value,
            top if top is None else Fraction(top),
            bottom if bottom is None else Fraction(bottom),
        )
        for month, value, (top, bottom) in zip(months, values, parts, strict=True)
    )
    moved = values[-1] - values[-2]
    percent = moved / values[-2] * 100 if values[-2] else None
    way = Arrow.UP if moved > 0 else Arrow.DOWN if moved < 0 else Arrow.LEVEL
    mean = sum(values) / len(values)
    return Row(
        indicator=item,
        figures=figures,
        history=figures,
        change_month=Change(
            MAY,
            FigureStatus.VALUE,
            "n/a" if percent is None else f"{printed(percent)}%",
            percent,
            None if percent is None else way,
            moved,
            printed(abs(moved)),
            way,
        ),
        change_year=Change(JUNE.plus(-12), FigureStatus.NOT_AVAILABLE, "n/a"),
        average_12m=Summary(FigureStatus.VALUE, printed(mean) + item.unit.suffix, mean, 12),
        maximum_12m=Summary(
            FigureStatus.VALUE,
            printed(max(values)) + item.unit.suffix,
            max(values),
            12,
        ),
        comparators=(
            Comparator("eng", "ENG", "England", "value", "1,900", Fraction(1900)),
            Comparator("sn", "SN", "Statistical neighbours", "local", "Local"),
        ),
        chart_text="",
    )


def page(*rows, audience="internal"):
    rows = rows or (
        row(indicator("M1"), [1886, 1801, 2080]),
        row(indicator("M2"), [460, 442, 339]),
        row(indicator("LAC2", reporter=CARE), [8, 15, 15]),
    )
    return Scorecard(
        council="Example Council",
        title="Children’s services scorecard",
        month=JUNE,
        months=months_to(JUNE, 3),
        audience=audience,
        sections=(Section("all", "All", 1),),
        rows=tuple(rows),
        arrow_tolerance=Fraction(10),
    )


def written(ref, text, public=None, by=FRONT, at=NOW):
    return Entry(ref, EntryKind.TEXT, by, at, text, public)


def stored(*entries, month=JUNE):
    comments = StoredComments(month)
    for entry in entries:
        comments = comments.with_entry(entry)
    return comments
