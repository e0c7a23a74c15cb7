"""Small made-up pages for the tests of the public view: whole, consistent, and not protected."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.catalogue.indicator import Indicator, Kind, Section
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
VALUE, MISSING = FigureStatus.VALUE, FigureStatus.NOT_AVAILABLE
Number = Fraction | int | None


def count(ref: str, **more: object) -> Indicator:
    return _indicator(ref, Unit.COUNT, Kind.FLOW, **more)


def percent(ref: str, numerator: str | None, denominator: str | None, **more: object) -> Indicator:
    more |= {"numerator": numerator, "denominator": denominator}
    return _indicator(ref, Unit.PERCENT, Kind.RATIO, **more)


def rate(ref: str, numerator: str, **more: object) -> Indicator:
    return _indicator(ref, Unit.PER_10000, Kind.RATE, numerator=numerator, **more)


def _indicator(ref: str, unit: Unit, kind: Kind, **more: object) -> Indicator:
    return Indicator(
        ref=ref,
        id=ref.lower(),
        name=f"Indicator {ref}",
        short_name=ref,
        section="s",
        order=1000,
        outcome="Children are safe.",
        unit=unit,
        kind=kind,
        **more,  # type: ignore[arg-type]
    )


def figure(month: Month, value: Number, unit: Unit = Unit.COUNT, **more: object) -> Figure:
    if value is None:
        return Figure(month, MISSING, "[x]", **more)  # type: ignore[arg-type]
    text = printed(Fraction(value)) + unit.suffix
    return Figure(month, VALUE, text, Fraction(value), load="2021-06-page-001", **more)  # type: ignore[arg-type]


def row(indicator: Indicator, *values: Number, notes: tuple[str, ...] = (), shown: int = 7) -> Row:
    """The row of these values, the last of which is June 2021, with everything derived."""
    months = months_to(JUNE, len(values))
    figures = tuple(
        figure(month, value, indicator.unit) for month, value in zip(months, values, strict=True)
    )
    known = [Fraction(value) for value in values[-12:] if value is not None]
    mean = sum(known, Fraction(0)) / len(known) if known else None
    return Row(
        indicator=indicator,
        figures=figures[-shown:],
        history=figures,
        change_month=change(figures, JUNE.plus(-1)),
        change_year=change(figures, JUNE.plus(-12)),
        average_12m=summary(mean, len(known)),
        maximum_12m=summary(max(known, default=None), len(known)),
        comparators=(Comparator("eng", "ENG", "England", "value", "111", Fraction(111)),),
        chart_text="As it was.",
        notes=notes,
    )


def change(figures: tuple[Figure, ...], base_month: Month) -> Change:
    now = figures[-1].value
    base = next((one.value for one in figures if one.month == base_month), None)
    if now is None or base is None:
        return Change(base_month, MISSING, "n/a")
    difference = now - base
    moved = printed(abs(difference))
    if base == 0:
        return Change(base_month, VALUE, "n/a", difference=difference, moved=moved)
    percent_ = 100 * difference / base
    arrow = Arrow.UP if difference > 0 else Arrow.DOWN if difference < 0 else Arrow.LEVEL
    return Change(
        base_month, VALUE, printed(percent_) + "%", percent_, arrow, difference, moved, arrow
    )


def as_printed_change(base_month: Month, percent_: int) -> Change:
    """A change of which the page knows the printed percentage only."""
    return Change(base_month, VALUE, f"{percent_}%", Fraction(percent_), as_printed=True)


def summary(value: Fraction | None, months: int | None) -> Summary:
    if value is None:
        return Summary(MISSING, "[x]")
    return Summary(VALUE, printed(value), value, months)


def page(*rows: Row, notes: tuple[str, ...] = ()) -> Scorecard:
    return Scorecard(
        council="Northshire",
        title="Scorecard",
        month=JUNE,
        months=months_to(JUNE, 7),
        audience="internal",
        sections=(Section("s", "Section", 1000),),
        rows=rows,
        arrow_tolerance=Fraction(10),
        notes=notes,
    )


def texts(scorecard: Scorecard, ref: str) -> tuple[str, ...]:
    """What the months of a row print."""
    found = scorecard.row(ref)
    assert found is not None
    return tuple(one.printed for one in found.figures)
