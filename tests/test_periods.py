"""Months: counted, compared, printed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.errors import InputError
from openscorecard.periods import Month, months_to

months = st.builds(Month, st.integers(1950, 2100), st.integers(1, 12))


def test_a_month_in_its_printed_forms():
    june = Month(2021, 6)
    assert (june.iso, june.short, june.long) == ("2021-06", "Jun-21", "June 2021")
    assert june.last_day == dt.date(2021, 6, 30)
    assert Month(2020, 2).last_day == dt.date(2020, 2, 29)


def test_the_seven_months_of_a_page():
    assert [month.short for month in months_to(Month(2021, 6), 7)] == [
        "Dec-20", "Jan-21", "Feb-21", "Mar-21", "Apr-21", "May-21", "Jun-21",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["2021-13", "2021-00", "21-06", "June 2021", "", "2021-06-01"])
def test_what_is_no_month_is_refused_with_the_form_to_write(text):
    with pytest.raises(InputError, match="write it as 2021-06"):
        Month.parse(text)


@given(months, st.integers(-500, 500))
def test_counting_on_and_back(month, steps):
    if 1900 <= (month.year * 12 + month.number - 1 + steps) // 12 <= 2200:
        assert month.plus(steps).minus(month) == steps
        assert month.plus(steps).plus(-steps) == month


@given(months)
def test_a_month_reads_back(month):
    assert Month.parse(month.iso) == month


@given(months, months)
def test_months_are_in_order_of_time(one, other):
    assert (one < other) == (one.last_day < other.last_day)
