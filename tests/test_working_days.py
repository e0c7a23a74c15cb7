"""Bank holidays by rule, and working days counted by them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.working_days import bank_holidays, is_working_day, working_days_between

OFFICIAL = Path(__file__).parents[2] / "shared" / "data" / "bank-holidays.json"
DAY = dt.timedelta(days=1)
dates = st.dates(dt.date(1950, 1, 1), dt.date(2050, 12, 31))


def of_year(year: int) -> list[str]:
    return [f"{day:%d %b}" for day in bank_holidays(dt.date(year, 1, 1), dt.date(year, 12, 31))]


def test_they_are_the_official_ones() -> None:
    if not OFFICIAL.exists():
        pytest.skip("shared/ is not beside the project")
    events = json.loads(OFFICIAL.read_bytes())["england-and-wales"]["events"]
    official = sorted(dt.date.fromisoformat(event["date"]) for event in events)
    first, last = dt.date(official[0].year, 1, 1), dt.date(official[-1].year, 12, 31)
    assert list(bank_holidays(first, last)) == official


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # Easter Sunday 13 April; no early May yet, and New Year's Day new in the year before
        (1975, "01 Jan,28 Mar,31 Mar,26 May,25 Aug,25 Dec,26 Dec"),
        # the Silver Jubilee; New Year's Day a Saturday, Christmas Day a Sunday
        (1977, "03 Jan,08 Apr,11 Apr,30 May,07 Jun,29 Aug,26 Dec,27 Dec"),
        # a royal wedding, and Boxing Day a Saturday
        (1981, "01 Jan,17 Apr,20 Apr,04 May,25 May,29 Jul,31 Aug,25 Dec,28 Dec"),
        # early May moved to the 8th
        (1995, "02 Jan,14 Apr,17 Apr,08 May,29 May,28 Aug,25 Dec,26 Dec"),
        # Christmas on Saturday and Sunday, and the last day of the thousand years
        (1999, "01 Jan,02 Apr,05 Apr,03 May,31 May,30 Aug,27 Dec,28 Dec,31 Dec"),
        # the Golden Jubilee took spring into June
        (2002, "01 Jan,29 Mar,01 Apr,06 May,03 Jun,04 Jun,26 Aug,25 Dec,26 Dec"),
        (2011, "03 Jan,22 Apr,25 Apr,29 Apr,02 May,30 May,29 Aug,26 Dec,27 Dec"),
        # by the Act of 1871: Whit Monday seven weeks after Easter Monday, the first of August
        (1961, "31 Mar,03 Apr,22 May,07 Aug,25 Dec,26 Dec"),
    ],
)
def test_they_are_those_of_the_calendars_of_their_years(year: int, days: str) -> None:
    assert of_year(year) == days.split(",")


def test_the_summer_holiday_once_fell_in_september() -> None:
    assert "02 Sep" in of_year(1968)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2021-06-30", "2021-06-30", 0),
        ("2021-06-25", "2021-06-28", 1),  # Friday to Monday
        ("2021-06-26", "2021-06-27", 0),  # Saturday to Sunday
        ("2020-12-24", "2020-12-29", 1),  # 25 and 28 (for the 26th, a Saturday) are holidays
        ("2021-04-01", "2021-04-06", 1),  # over Easter: only the Tuesday
        ("2020-05-01", "2020-05-08", 4),  # the 4th was a working day that year, the 8th was not
        ("2021-06-30", "2021-06-01", 0),  # backwards
    ],
)
def test_working_days_by_hand(first: str, last: str, days: int) -> None:
    assert working_days_between(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == days


@given(dates, st.integers(0, 900))
def test_it_counts_the_working_days_after_the_first_day(first: dt.date, length: int) -> None:
    last = min(first + length * DAY, dt.date(2050, 12, 31))
    days = (first + step * DAY for step in range(1, (last - first).days + 1))
    assert working_days_between(first, last) == sum(is_working_day(day) for day in days)


@given(dates, dates, dates)
def test_stretches_add_up(one: dt.date, two: dt.date, three: dt.date) -> None:
    a, b, c = sorted((one, two, three))
    assert working_days_between(a, b) + working_days_between(b, c) == working_days_between(a, c)


@given(st.integers(1978, 2050))
def test_since_1978_every_year_has_eight_or_more(year: int) -> None:
    days = bank_holidays(dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert 8 <= len(days) <= 10
    assert all(day.weekday() < 5 for day in days)
    assert len(set(days)) == len(days)


def test_beyond_what_is_known_it_says_so() -> None:
    with pytest.raises(ValueError, match="known from 1950 to 2050"):
        is_working_day(dt.date(2051, 1, 1))
