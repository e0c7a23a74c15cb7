"""Dates, flags and codes: whatever is written, each is read as it should be or not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openscorecard.records.extracts.engine import connect
from openscorecard.records.extracts.factors import factors_of
from openscorecard.records.extracts.typed import cleaned, typed
from openscorecard.records.standard import Column, Type

DATE = Column("x", Type.DATE)
TIMES = ("", " 00:00", " 09:05:01", "T23:59:59.123", " 00:00:00.0000000", "T00:00:00Z", " 1:30 pm")
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")


def read(column: Column, texts: list[str]) -> list[object]:
    """What the texts become, in one query."""
    connection = connect()
    try:
        return [
            value
            for (value,) in connection.execute(
                f"SELECT {typed(column)} FROM (SELECT n, {cleaned('text')} AS x FROM "
                "(SELECT unnest($1) AS text, unnest($2) AS n)) ORDER BY n",
                [texts, list(range(len(texts)))],
            ).fetchall()
        ]
    finally:
        connection.close()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31)),
            st.sampled_from(FORMS),
            st.sampled_from(TIMES),
            st.booleans(),
        ),
        min_size=20,
        max_size=200,
    )
)
def test_a_date_is_read_back_from_every_form(
    written: list[tuple[dt.date, str, str, bool]],
) -> None:
    texts = []
    for day, form, time, short in written:
        text = day.strftime(form)
        if short and form == "%d/%m/%Y":
            text = f"{day.day}/{day.month}/{day.year}"
        texts.append(f" {text}{time}")
    assert read(DATE, texts) == [day for day, *_ in written]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 2300), st.integers(0, 15), st.integers(0, 40)),
        min_size=20,
        max_size=200,
    )
)
def test_a_day_is_a_date_exactly_if_the_calendar_has_it(
    written: list[tuple[int, int, int]],
) -> None:
    def expected(year: int, month: int, day: int) -> dt.date | None:
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None

    iso = [f"{year:04d}-{month:02d}-{day:02d}" for year, month, day in written]
    british = [f"{day:02d}/{month:02d}/{year:04d}" for year, month, day in written]
    wanted = [expected(*one) for one in written]
    assert read(DATE, iso) == wanted
    assert read(DATE, british) == wanted


@pytest.mark.parametrize(
    "text",
    ["06/30/2021", "31/06/2021", "30/06/21", "2021-6-30", "20210630", "44377", "30 June 2021",
     "2021-06-30 and more", "2021-06-30 9", "soon", "infinity", "2021/30/06", "-2021-06-30",
     "29/02/2021", "2021-06-30T", "1e5", "30-Foo-2021",
     "2021-05-31T25:00:00", "2021-05-31T24:00:00Z", "2021-05-31 10:60", "2021-05-31 13:00 pm",
     "2021-05-31T10:00:00+15:00", "06-30-2021", "06.30.2021", "30.06.21", "30-06-21",
     "2021-02-30T10:00:00Z"],
)  # fmt: skip
def test_what_is_not_certainly_a_date_is_none(text: str) -> None:
    assert read(DATE, [text]) == [None]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # Summer time is an hour ahead of UTC: half past eleven at night is past midnight here.
        ("2021-05-31T23:30:00Z", 1),
        ("2021-05-31 23:30 UTC", 1),
        ("31/05/2021 23:30:00.5 +00:00", 1),
        ("31-MAY-21 22:59:59Z", 31),
        ("2021-05-31T23:30:00+02:00", 31),  # half past ten at night here
        ("2021-06-01T00:30:00+02:00", 31),  # half past eleven the night before
        ("2021-06-01 00:30:00.0000000 +01:00", 1),
        ("2021-05-31T18:30:00-0500", 1),
        ("2021-06-01T01:00:00,25 +02", 1),
    ],
)
def test_a_moment_is_the_day_by_englands_clocks(text: str, day: int) -> None:
    wanted = dt.date(2021, 5, 31) if day == 31 else dt.date(2021, 6, 1)
    assert read(DATE, [text]) == [wanted]


def test_in_winter_englands_clocks_are_those_of_utc() -> None:
    assert read(DATE, ["2021-01-31T23:59:59Z"]) == [dt.date(2021, 1, 31)]


def test_a_year_of_two_digits_stands_after_the_name_of_the_month_only() -> None:
    assert read(DATE, ["30-JUN-21", "1-jul-69", "01-Jan-05 00:00:00"]) == [
        dt.date(2021, 6, 30), dt.date(1969, 7, 1), dt.date(2005, 1, 1),
    ]  # fmt: skip


def test_flags_are_yes_and_no_in_the_words_of_systems() -> None:
    texts = ["Y", "yes", "TRUE", "1", "t", "N", "No", "false", "0", "F", "X", "2", "", "NULL"]
    assert read(Column("x", Type.FLAG), texts) == ["Y"] * 5 + ["N"] * 5 + [None] * 4


def test_codes_are_written_as_the_set_has_them_and_unknown_ones_stay() -> None:
    eligibility = Column("x", Type.CODE, "cl_eligibility")
    texts = ["former relevant", "QUALIFYING", " Relevant ", "Sometimes"]
    assert read(eligibility, texts) == ["Former Relevant", "Qualifying", "Relevant", "Sometimes"]
    assert read(Column("x", Type.CODE, "closure_reason"), ["rc8", "RC99"]) == ["RC8", "RC99"]


@pytest.mark.parametrize(
    ("text", "factors"),
    [
        ('["1A", "11A"]', ("1A", "11A")),
        ('["1A", "1a"]', ("1A",)),
        ('{"1A": "Yes", "2B": "No", "3A": true, "4A": null}', ("1A", "3A")),
        ('[{"1A": "Yes"}, {"2B": 1}]', ("1A", "2B")),
        ("1A, 11A", ("1A", "11A")),
        ("1A;11A|2B", ("1A", "11A", "2B")),
        ("[1A, 11A]", ("1A", "11A")),
        ("21", ("21",)),
        ("20, 21", ("20", "21")),
        ("[]", ()),
        ("{}", ()),
        ("null", ()),
        ('{"1A": "perhaps"}', None),
        ("none of them", None),
        ('["Alcohol"]', None),
        ("[1.5]", None),
        ("[" * 100_000, None),
    ],
)
def test_factors_are_read_in_the_ways_of_systems(
    text: str, factors: tuple[str, ...] | None
) -> None:
    assert factors_of(text) == factors


@given(st.text(max_size=40))
def test_no_text_of_factors_breaks_the_reader(text: str) -> None:
    found = factors_of(text)
    assert found is None or all(code == code.upper() for code in found)
