"""The derived columns: change, arrow, 12-month average and maximum (DESIGN, "Derived columns").

Worked out from unrounded values. Where only rounded figures are at hand, as on a page loaded from
print, the digits leave a range; if that range does not settle the printed form, the released cell
stands in, provided that it lies in the range and that nothing it rests on was revised since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from openscorecard.catalogue.indicator import Frequency, Indicator
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.averages import can_average_to, each_month
from openscorecard.scorecard.observation import Observation, Observations, ReleasedCell
from openscorecard.scorecard.page import Change, FigureStatus, Summary
from openscorecard.scorecard.wording import figure_text, moved_text, percent_text, way_of
from openscorecard.statistics.ranges import Range, change_percent, half_up
from openscorecard.units import Arrow, Unit

WINDOW = 12  # months in the average and the maximum
ARROW_TOLERANCE = Fraction(10)  # the printed page's rule: up at +10% or more, down at -10% or less
NOT_AVAILABLE = "n/a"


def arrow_of(percent: Fraction, tolerance: Fraction = ARROW_TOLERANCE) -> Arrow:
    """The classic arrow.

    >>> arrow_of(Fraction(10)), arrow_of(Fraction(-999, 100))
    (<Arrow.UP: 'up'>, <Arrow.LEVEL: 'level'>)
    """
    if percent >= tolerance:
        return Arrow.UP
    return Arrow.DOWN if percent <= -tolerance else Arrow.LEVEL


def change(
    indicator: Indicator,
    observations: Observations,
    month: Month,
    months_back: int,
    tolerance: Fraction = ARROW_TOLERANCE,
) -> Change:
    """The change of `month` on the month so many before it."""
    base = month.plus(-months_back)
    now, before = observations.at(indicator.ref, month), observations.at(indicator.ref, base)
    column = "change_month" if months_back == 1 else "change_year"
    released = observations.cell(indicator.ref, month, column)
    if now is None or now.range is None:
        return _no_change(base, f"no figure for {month.long}")
    if before is None or before.range is None:
        if before is None and _still_stands(released, [now]):
            assert released is not None
            return _as_printed(base, released, tolerance, f"the figure for {base.long} is not held")
        return _no_change(base, f"no figure for {base.long}")
    moved = _moved(base, now, before, indicator)
    if before.value == 0:
        return replace(moved, note=f"{base.long} was 0, so there is no % change")
    between = change_percent(now.range, before.range) if before.range.low > 0 else None
    settled = between is not None and half_up(between.low) == half_up(between.high)
    if not settled and _still_stands(released, [now, before]) and _fits(released, between):
        assert released is not None
        printed = _as_printed(base, released, tolerance, "")
        return replace(printed, difference=moved.difference, moved=moved.moved, way=moved.way)
    assert now.value is not None
    assert before.value is not None
    percent = (now.value / before.value - 1) * 100
    note = "" if settled else "worked out from rounded figures"
    text, arrow = percent_text(percent), arrow_of(percent, tolerance)
    return replace(moved, printed=text, percent=percent, arrow=arrow, note=note)


def _no_change(base: Month, note: str) -> Change:
    return Change(base, FigureStatus.NOT_AVAILABLE, NOT_AVAILABLE, note=note)


def _moved(base: Month, now: Observation, before: Observation, indicator: Indicator) -> Change:
    """The plain difference, which exists even where a % change does not."""
    assert now.value is not None
    assert before.value is not None
    difference = now.value - before.value
    return Change(
        base,
        FigureStatus.VALUE,
        NOT_AVAILABLE,
        difference=difference,
        moved=moved_text(difference, indicator.unit, indicator.decimals),
        way=way_of(difference, indicator.decimals),
    )


def _as_printed(base: Month, released: ReleasedCell, tolerance: Fraction, note: str) -> Change:
    assert released.number is not None
    arrow = arrow_of(released.number, tolerance)
    at_the_edge = abs(abs(released.number) - tolerance) <= Fraction(1, 2)
    if at_the_edge and released.arrow is not None:
        arrow = released.arrow  # 10% may be 9.6%: only the released arrow knows
    return Change(
        base,
        FigureStatus.VALUE,
        percent_text(released.number),
        percent=released.number,
        arrow=arrow,
        as_printed=True,
        note=note,
    )


def _still_stands(released: ReleasedCell | None, inputs: Sequence[Observation | None]) -> bool:
    """Whether a released cell may be shown: it has a number and its inputs are as released then."""
    if released is None or released.number is None:
        return False
    return not any(released.outdated_by(seen) for seen in inputs)


def _fits(released: ReleasedCell | None, between: Range | None) -> bool:
    if released is None or released.number is None:
        return False
    return between is None or between.meets(Range.of_printed(released.number, released.decimals))


def average(indicator: Indicator, observations: Observations, month: Month) -> Summary:
    """The mean of the months' values over the twelve months to `month`.

    Quarterly figures: over the quarters of the twelve months. Months without a value are left out,
    and the summary says how many it rests on.
    """
    seen = _window(indicator, observations, month)
    released = observations.cell(indicator.ref, month, "average_12m")
    if _all_held(seen, indicator):
        return _mean(seen, indicator)
    if _average_stands(seen, released) and _average_fits(seen, released, indicator.unit):
        return _summary_as_printed(released, indicator)
    return _mean(seen, indicator)


def maximum(indicator: Indicator, observations: Observations, month: Month) -> Summary:
    """The greatest value of the twelve months to `month`."""
    seen = _window(indicator, observations, month)
    released = observations.cell(indicator.ref, month, "maximum_12m")
    mean = observations.cell(indicator.ref, month, "average_12m")
    values = [item.value for item in seen if item is not None and item.value is not None]
    stands = _maximum_stands(seen, released) and not (
        not values and mean is not None and mean.number is None
    )  # a maximum of 0 beside an average of nothing is a spreadsheet's maximum of blanks
    if not _all_held(seen, indicator) and stands:
        assert released is not None
        assert released.number is not None
        highest = Range.of_printed(released.number, released.decimals).high
        if all(value <= highest for value in values) and _can_be(released.number, indicator.unit):
            return _summary_as_printed(released, indicator)
    if not values:
        return _nothing()
    return _summary(max(values), len(values), indicator)


def _maximum_stands(seen: Sequence[Observation | None], released: ReleasedCell | None) -> bool:
    """Whether a released maximum outlives the revisions since: unless one of the figures that were
    revised may have been it."""
    if released is None or released.number is None:
        return False
    for item in seen:
        if item is None or not released.outdated_by(item):
            continue
        if item.released_before is None or item.released_before >= released.number:
            return False
    return True


def _window(
    indicator: Indicator, observations: Observations, month: Month
) -> list[Observation | None]:
    """The observations of the twelve months; None where nothing is held at all."""
    months = months_to(month, WINDOW)
    if indicator.frequency is Frequency.QUARTERLY:
        months = tuple(item for item in months if item.number % 3 == 0)
    return [observations.at(indicator.ref, item) for item in months]


def _all_held(seen: Sequence[Observation | None], indicator: Indicator) -> bool:
    """Whether each month is held, with a figure or certainly without one, and none is rounded."""
    if any(item is None for item in seen):
        return False
    return indicator.unit is Unit.COUNT or all(
        item is None or item.decimals is None for item in seen
    )


def _average_stands(seen: Sequence[Observation | None], released: ReleasedCell | None) -> bool:
    """Whether a released average outlives the revisions of its months since: it does while they
    move it by less than its last digit."""
    if released is None or released.number is None:
        return False
    moved = Fraction(0)
    for item in seen:
        if item is None or not released.outdated_by(item):
            continue
        if item.value is None or item.released_before is None:
            return False
        moved += item.value - item.released_before
    # Months not at hand are taken to have counted, as those shown did.
    counted = sum(1 for item in seen if item is None or item.value is not None)
    return moved == 0 or abs(moved) / counted < Fraction(1, 10**released.decimals)


def _average_fits(
    seen: Sequence[Observation | None], released: ReleasedCell | None, unit: Unit
) -> bool:
    """Whether the months not at hand could bring the average to what was printed."""
    if released is None or released.number is None or not _can_be(released.number, unit):
        return False
    held = [item.range for item in seen if item is not None and item.range is not None]
    unseen = sum(1 for item in seen if item is None)
    asked = Range.of_printed(released.number, released.decimals)
    return can_average_to(asked, held, unseen, each_month(unit, asked, None))


def _can_be(number: Fraction, unit: Unit) -> bool:
    return number >= 0 and (unit is not Unit.PERCENT or number <= 100)


def _mean(seen: Sequence[Observation | None], indicator: Indicator) -> Summary:
    values = [item.value for item in seen if item is not None and item.value is not None]
    if not values:
        return _nothing()
    return _summary(sum(values, Fraction(0)) / len(values), len(values), indicator)


def _summary(value: Fraction, months: int, indicator: Indicator) -> Summary:
    quarterly = indicator.frequency is Frequency.QUARTERLY
    full, word = (4, "quarters") if quarterly else (WINDOW, "months")
    return Summary(
        FigureStatus.VALUE,
        figure_text(value, indicator.unit, indicator.decimals),
        value,
        months,
        note="" if months == full else f"from {months} of {full} {word}",
    )


def _summary_as_printed(released: ReleasedCell | None, indicator: Indicator) -> Summary:
    assert released is not None
    assert released.number is not None
    text = figure_text(released.number, indicator.unit, released.decimals)
    return Summary(FigureStatus.VALUE, text, released.number, as_printed=True)


def _nothing() -> Summary:
    return Summary(FigureStatus.NOT_AVAILABLE, "[x]", note="no figures in the twelve months")
