"""Counts of the front door: judged by the day, drawn by the month."""

from __future__ import annotations

import pytest
from signal_rows import JUNE, indicator, judge, of_parts, series

from openscorecard.catalogue.indicator import Kind
from openscorecard.periods import Month
from openscorecard.scorecard.signals.series import working_days
from openscorecard.scorecard.verdict import Rule, Signal
from openscorecard.units import Unit

MAY = Month(2021, 5)  # 19 working days: two bank holidays
FRONT_DOOR = indicator("M", section="front-door")


def counts(daily, last: Month):
    """Counts of months in which so many came a working day."""
    months = [last.plus(place + 1 - len(daily)) for place in range(len(daily))]
    return [round(one * working_days(month)) for one, month in zip(daily, months, strict=True)]


def test_working_days_of_months() -> None:
    assert [working_days(Month(2021, number)) for number in (1, 2, 4, 5, 6)] == [20, 20, 20, 19, 22]


def test_a_longer_month_is_no_rise() -> None:
    daily = [100, 102] * 13  # mean 101, moving range 2: from 95.68 to 106.32 a day
    found = judge(FRONT_DOOR, series("M", counts(daily, JUNE)))
    assert (found.judged_on, found.signal) == ("per-working-day", Signal.NONE)
    june = found.at(JUNE)
    assert june is not None
    assert (june.value, june.per_working_day) == (2244, 102)
    assert june.upper == pytest.approx(22 * 106.32)
    assert june.lower == pytest.approx(22 * 95.68)
    assert found.usual == ("2,105", "2,339")  # 2104.96 and 2339.04
    may = found.at(MAY)
    assert may is not None
    assert may.upper == pytest.approx(19 * 106.32)
    assert found.notes == ()


def test_where_the_count_alone_would_have_missed_it() -> None:
    daily = [100, 102] * 12 + [110]
    found = judge(FRONT_DOOR, series("M", counts(daily, MAY), MAY), month=MAY)
    assert found.rule is Rule.OUTSIDE
    assert found.reason == "above the usual range (up to 2,020)"  # 19 * 106.32 = 2020.08
    assert found.notes == (
        "The count alone would not be unusual; per working day it is: April had 20 working days, "
        "May 19.",
    )


def test_where_the_count_alone_would_have_cried_wolf() -> None:
    """Counts of 2,000 and 2,020 in turn: up to 2010 + 53.2. June's 2,200 is 100 a day."""
    last_days = working_days(JUNE)
    values = [2000, 2020] * 12 + [100 * last_days]
    found = judge(FRONT_DOOR, series("M", values))
    assert found.signal is Signal.NONE
    assert found.notes == (
        "The count alone would be unusual; per working day it is not: May had 19 working days, "
        "June 22.",
    )


def test_a_run_is_a_run_of_daily_averages() -> None:
    found = judge(FRONT_DOOR, series("M", counts([*[102, 100] * 12, *[102] * 8], JUNE)))
    assert found.reason == (
        "8 months in a row above 101.0 per working day, its average from November 2018 to "
        "October 2020"
    )


def test_its_rate_gets_the_same_verdict() -> None:
    values = counts([*[100, 102] * 12, 110], JUNE)
    rate = indicator("M-NI", Unit.PER_10000, kind=Kind.RATE, section="front-door")
    found = judge(rate, of_parts("M-NI", [(one, 50_000) for one in values], per=10_000))
    assert (found.judged_on, found.rule) == ("per-working-day", Rule.OUTSIDE)
    assert "XmR of the monthly rate per working day" in found.method_words


def test_other_sections_are_judged_by_the_month() -> None:
    assert judge(indicator("A1"), series("A1", [50, 60] * 6)).judged_on == "level"
    share = indicator("P", Unit.PERCENT, kind=Kind.RATIO, section="front-door")
    assert judge(share, of_parts("P", [(50, 100), (54, 100)] * 6)).judged_on == "level"
