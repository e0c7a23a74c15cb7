"""What a single month's verdict leaves out: a year that is mostly unusual, a target met or missed,
a slow drift, a change that only takes back another, and months that can still change."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from signal_rows import JUNE, STEADY, indicator, judge, series

from openscorecard.catalogue.indicator import Direction, Kind, Target
from openscorecard.periods import Month
from openscorecard.scorecard.build import PROVISIONAL
from openscorecard.scorecard.signals.lasting import flagged_12, stretch_began
from openscorecard.scorecard.verdict import JudgedMonth, Side, Signal
from openscorecard.scorecard.verdict_json import verdict_as_json
from openscorecard.units import Unit

LINES = '[[signals.rebase]]\nref = "A1"\nfrom = "{}"\nreason = "..."'


def of(latest, direction: Direction = Direction.NONE):
    """STEADY has its limits at 5.68 and 16.32, so 4 lies below them and 10 within."""
    item = indicator("A1", preferred_direction=direction)
    return judge(item, series("A1", [*STEADY, *latest]))


def test_one_usual_month_does_not_hide_a_year_that_is_not() -> None:
    found = of([4] * 10 + [12])  # ten of the last twelve, then a month above the average
    assert (found.signal, found.word, found.flagged_12) == (Signal.NONE, "Usual variation", 10)
    assert found.notes == (
        "Within the usual range this month, but 10 of the last 12 months were unusually low: if "
        "the reason is known, a new baseline can be dated (`scorecard signals 2021-06 --ref A1` "
        "has the lines).",
    )
    assert found.offer == LINES.format("2020-08")


@pytest.mark.parametrize(
    ("direction", "words"),
    [(Direction.UP, "were a concern"), (Direction.DOWN, "were an improvement")],
)
def test_it_says_better_or_worse_where_there_is_one(direction: Direction, words: str) -> None:
    assert f"10 of the last 12 months {words}: if" in of([4] * 10 + [12], direction).notes[0]


def test_seven_of_twelve_are_not_most_of_a_year() -> None:
    found = of([4] * 7 + [12])
    assert (found.flagged_12, found.notes, found.offer) == (7, (), "")


def test_a_stretch_bears_two_usual_months_and_not_three() -> None:
    bears = of([4] * 5 + [12, 12] + [4] * 5 + [12, 12])
    assert bears.flagged_12 == 8  # 3 of the first five are among the last twelve
    assert bears.offer == LINES.format("2020-05")
    ended = of([4] * 9 + [12, 12, 12])  # back for three months: nothing to offer any more
    assert (ended.flagged_12, ended.offer) == (9, "")
    assert ended.notes == (
        "Within the usual range this month, but 9 of the last 12 months were unusually low.",
    )


def flagged(months: str) -> list[JudgedMonth]:
    """`+`, `-` and `.`, the last in June 2021."""
    signs = {"+": Side.ABOVE, "-": Side.BELOW}
    return [
        JudgedMonth(JUNE.plus(place + 1 - len(months)), 1.0, side=signs.get(sign),
                    signal=Signal.NEUTRAL if sign in signs else Signal.NONE)
        for place, sign in enumerate(months)
    ]  # fmt: skip


def test_the_flagged_are_counted_to_the_side_of_more() -> None:
    assert flagged_12(flagged("++++++" + "--.+.-------"), JUNE) == (9, Side.BELOW)
    assert flagged_12(flagged("." * 12), JUNE) == (0, None)


def test_a_stretch_ends_at_its_baseline() -> None:
    chart = flagged("--..--.-...---+-.")
    first = chart[0].month
    assert stretch_began(chart, Side.BELOW, first) == chart[11].month
    assert stretch_began(chart, Side.BELOW, chart[12].month) == chart[12].month
    assert stretch_began(flagged("---..."), Side.BELOW, first) is None


def test_how_often_the_target_was_met() -> None:
    def met(direction: Direction, latest, value: int = 12):
        target = Target(Month(2021, 4), Fraction(value))
        item = indicator("A1", preferred_direction=direction, targets=(target,))
        return judge(item, series("A1", [*STEADY, *latest])).target_met

    assert met(Direction.UP, [12] * 3 + [10] * 9) == (3, 12)  # as much as the target meets it
    assert met(Direction.DOWN, [13] * 3 + [10] * 9) == (9, 12)
    assert met(Direction.UP, [12] * 3 + [None] * 4 + [10] * 5) == (3, 8)
    assert met(Direction.NONE, [12] * 12) is None
    assert judge(indicator("A1"), series("A1", STEADY)).target_met is None


def test_a_target_is_met_by_the_figure_as_printed() -> None:
    """89.6% is printed as 90%, and whoever counts the printed months counts it."""
    target = Target(Month(2021, 4), Fraction(90))
    item = indicator("P", Unit.PERCENT, kind=Kind.RATIO, preferred_direction=Direction.UP,
                     targets=(target,))  # fmt: skip
    values = [Fraction(896, 10), Fraction(894, 10)] * 6
    assert judge(item, series("P", values)).target_met == (6, 12)


# Month ends of 100, 102, 100 ...: the change is within -/+ 10.64 (test_signals_rules).
EVEN = (100, 102) * 12 + (100,)


def stock(latest, direction: Direction = Direction.UP, note: str = ""):
    item = indicator("S", kind=Kind.STOCK, preferred_direction=direction)
    return judge(item, series("S", [*EVEN, *latest], note=note))


RETURN = "It follows the fall of {}: a return rather than a change of its own."


@pytest.mark.parametrize(
    ("latest", "month"), [([70, 100], "May 2021"), ([70, 72, 100], "April 2021")]
)
def test_a_bounce_is_no_improvement(latest, month: str) -> None:
    found = stock(latest)
    assert (found.signal, found.word) == (Signal.NEUTRAL, "Unusual rise")
    assert found.notes[0] == RETURN.format(month)


@pytest.mark.parametrize(
    ("latest", "signal"),
    [
        ([70, 72, 74, 100], Signal.IMPROVEMENT),  # three months after: no bounce
        ([70, 130], Signal.IMPROVEMENT),  # 30 above where it was, and it moves by 10
        ([70, 100, 70], Signal.CONCERN),  # a fall after the return is a fall again
        ([130, 100], Signal.NEUTRAL),
    ],
)
def test_what_is_a_return_and_what_is_not(latest, signal: Signal) -> None:
    found = stock(latest)
    assert found.signal is signal
    assert any("a return" in note for note in found.notes) == (signal is Signal.NEUTRAL)


def test_a_level_is_not_said_to_return() -> None:
    found = of([2, 30], Direction.UP)
    assert (found.signal, found.notes) == (Signal.IMPROVEMENT, ())


DRIFT = "This looks for jumps, not for a slow drift: in the {} months since {} it {}."


def test_a_slow_drift_is_told_where_the_change_is_judged() -> None:
    """28 months of 3 more each: no change is unusual, and 72 in two years are."""
    item = indicator("S", kind=Kind.STOCK)
    levels = [1000 + 3 * month + (month % 2) * 4 for month in range(29)]
    found = judge(item, series("S", levels))
    assert found.signal is Signal.NONE
    assert found.notes == (DRIFT.format(24, "June 2019", "went from 1,012 to 1,084"),)
    short = judge(item, series("S", levels[-15:]))
    assert short.notes[-1] == DRIFT.format(14, "April 2020", "went from 1,042 to 1,084")
    assert not any("drift" in note for note in judge(item, series("S", levels[-12:])).notes)
    gap = [*levels[:4], None, *levels[5:]]  # June 2019 is missing
    assert judge(item, series("S", gap)).notes[-1].startswith(DRIFT[:62].format(23))
    still = judge(item, series("S", [*levels[:-1], levels[4]]))
    assert still.notes[-1].endswith("it did not move on balance (1,012).")
    assert not any("drift" in note for note in of([10] * 4).notes)


def test_a_run_counts_its_provisional_months() -> None:
    def noted(*open_: int):
        found = series("A1", [*STEADY, *[12] * 8])
        last = len(found) - 1
        some = [
            replace(one, note=PROVISIONAL) if last - place in open_ else one
            for place, one in enumerate(found)
        ]
        return judge(indicator("A1"), some).notes

    assert noted(0, 1, 2) == ("3 of these 8 months are provisional, and the verdict may change.",)
    assert noted(0) == ("1 of these 8 months is provisional, and the verdict may change.",)
    assert noted(*range(8)) == ("All 8 months are provisional, and the verdict may change.",)
    assert noted() == ()


def test_as_json() -> None:
    target = Target(Month(2021, 4), Fraction(12))
    item = indicator("A1", preferred_direction=Direction.UP, targets=(target,))
    made = verdict_as_json(judge(item, series("A1", [*STEADY, *[4] * 10, 12])))
    assert (made["flagged_12"], made["target_met"]) == (10, [1, 12])
    assert made["offer"] == LINES.format("2020-08")
    plain = verdict_as_json(of([12]))
    assert (plain["flagged_12"], plain["target_met"], plain["offer"]) == (0, None, "")
