"""Rows and pages made by hand for the tests of what matters: only what a test says is unusual."""

from dataclasses import replace
from fractions import Fraction

from council import JUNE, indicator

from openscorecard.catalogue.indicator import Direction, Kind, Section
from openscorecard.comparators.beside import Beside, BesideValue
from openscorecard.periods import months_to
from openscorecard.scorecard.derived import ARROW_TOLERANCE, arrow_of
from openscorecard.scorecard.page import (
    Change,
    Comparator,
    Figure,
    FigureStatus,
    Row,
    Scorecard,
    Summary,
)
from openscorecard.scorecard.verdict import JudgedMonth, Rule, Side, Signal, Verdict
from openscorecard.scorecard.wording import figure_text, moved_text, percent_text, way_of
from openscorecard.units import Unit

PER = {Unit.PERCENT: 100, Unit.PER_10000: 10_000, Unit.PER_100000: 100_000}
UP, DOWN = Direction.UP, Direction.DOWN


def counts(ref, values, **more):
    """A count's row; None is a month without a figure, "c" a hidden one."""
    kind = indicator(ref, **more)
    return _row(kind, [_figure(kind, v, None, None) for v in values])


def shares(ref, parts, unit=Unit.PERCENT, **more):
    """A percentage's (or a rate's) row from (numerator, denominator) of each month."""
    kind = indicator(ref, unit, **({"kind": Kind.RATIO} | more))
    figures = []
    for part in parts:
        if part is None or part == "c":
            figures.append(_figure(kind, part, None, None))
        else:
            top, bottom = map(Fraction, part)
            figures.append(_figure(kind, top * PER[unit] / bottom, top, bottom))
    return _row(kind, figures)


def _figure(kind, value, top, bottom):
    if value == "c":
        return (FigureStatus.HIDDEN, "[c]", None, None, None)
    if value is None:
        return (FigureStatus.NOT_AVAILABLE, "[x]", None, None, None)
    text = figure_text(Fraction(value), kind.unit, kind.decimals)
    return (FigureStatus.VALUE, text, Fraction(value), top, bottom)


def _row(kind, made):
    months = months_to(JUNE, len(made))
    figures = tuple(Figure(month, *one) for month, one in zip(months, made, strict=True))
    year = [one for one in figures[-12:] if one.value is not None]
    if any(one.status is FigureStatus.HIDDEN for one in figures[-12:]):
        mean = Summary(FigureStatus.HIDDEN, "[c]")
    elif not year:
        mean = Summary(FigureStatus.NOT_AVAILABLE, "[x]")
    else:
        value = sum(one.value for one in year) / len(year)
        text = figure_text(value, kind.unit, kind.decimals)
        mean = Summary(FigureStatus.VALUE, text, value, len(year))
    change = _change(kind, figures)
    return Row(kind, figures[-7:], figures, change, change, mean, mean, (), "")


def _change(kind, figures):
    base = JUNE.plus(-1)
    now, before = figures[-1].value, figures[-2].value if len(figures) > 1 else None
    if now is None or not before:
        return Change(base, FigureStatus.NOT_AVAILABLE, "n/a")
    percent, moved = (now / before - 1) * 100, now - before
    return Change(
        base, FigureStatus.VALUE, percent_text(percent), percent,
        arrow_of(percent, ARROW_TOLERANCE), moved, moved_text(moved, kind.unit, kind.decimals),
        way_of(moved, kind.decimals),
    )  # fmt: skip


def usual(row, low, high):
    """The row with a verdict of usual variation, its usual range being low to high."""
    unit = row.indicator.unit
    texts = tuple(figure_text(Fraction(end), unit) for end in (low, high))
    chart = (_drawn(row, low, high),)
    return replace(row, verdict=Verdict(
        Signal.NONE, "Usual variation", "within the usual range", usual=texts, chart=chart,
        method="xmr", judged_on="level",
    ))  # fmt: skip


def outside(row, low, high, signal=Signal.NEUTRAL, **more):
    """The row with a verdict that its latest figure lies outside low to high."""
    value = float(row.latest.value)
    side = Side.ABOVE if value > high else Side.BELOW
    unit = row.indicator.unit
    texts = tuple(figure_text(Fraction(end), unit) for end in (low, high))
    edge = f"up to {texts[1]}" if side is Side.ABOVE else f"from {texts[0]}"
    chart = (replace(_drawn(row, low, high), rule=Rule.OUTSIDE, side=side, signal=signal),)
    return replace(row, verdict=Verdict(
        signal, WORDS[signal, side], f"{side.value} the usual range ({edge})", Rule.OUTSIDE, side,
        (JUNE,), "xmr", "level", usual=texts, chart=chart, **more,
    ))  # fmt: skip


def run_of(row, months, low, high, signal=Signal.NEUTRAL, side=Side.ABOVE):
    """The row with a verdict that the latest `months` lie on one side of the average."""
    return replace(row, verdict=Verdict(
        signal, WORDS[signal, side], f"{months} months in a row {side.value} the average",
        Rule.SHIFT, side, months_to(JUNE, months), "xmr", "level",
        chart=(replace(_drawn(row, low, high), rule=Rule.SHIFT, side=side, signal=signal),),
    ))  # fmt: skip


WORDS = {
    (signal, side): word or ("Unusually high" if side is Side.ABOVE else "Unusually low")
    for signal, word in (
        (Signal.CONCERN, "Concern"),
        (Signal.IMPROVEMENT, "Improvement"),
        (Signal.NEUTRAL, ""),
    )
    for side in Side
}


def _drawn(row, low, high):
    centre = (low + high) / 2
    return JudgedMonth(JUNE, float(row.latest.value), centre, float(low), float(high))


def stated(row, key, value, year="year ended March 2020", name="England", formula=""):
    """The row beside a comparator that the council states, with only its digits."""
    text = figure_text(Fraction(value), row.indicator.unit)
    one = Comparator(key, key.upper(), name, "value", text, Fraction(value), year, formula=formula)
    return replace(row, comparators=(*row.comparators, one))


def beside(row, how, /, **values):
    """The row beside published values: eng=..., sn=..., region=..."""
    names = {"eng": "England", "sn": "Statistical neighbours", "region": "South East"}
    made = tuple(
        BesideValue(key, names[key], Fraction(value), "year ended March 2020", "2020", "", "")
        for key, value in values.items()
    )
    ref = row.indicator.ref
    return replace(row, beside=Beside(ref, "", how, 2020, "", "", "", made))


def noted(row, note):
    """The row with a note on its latest figure."""
    latest = replace(row.latest, note=note)
    return replace(row, figures=(*row.figures[:-1], latest), history=(*row.history[:-1], latest))


def page(*rows, audience="internal", findings=()):
    return Scorecard(
        "Anytown", "Scorecard", JUNE, months_to(JUNE, 7), audience, (Section("all", "All", 1),),
        rows, ARROW_TOLERANCE, findings=findings,
    )  # fmt: skip
