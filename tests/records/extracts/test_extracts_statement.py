"""What is stated with an extract; nothing about it is ever guessed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.records.extracts.statement import (
    Coverage,
    Statement,
    coverage_of,
    read_statement,
)

DAY, SINCE = dt.date(2021, 7, 5), dt.date(2017, 4, 1)


def stated(tmp_path: Path, text: str, **options: dt.date) -> Statement:
    path = tmp_path / "load.toml"
    path.write_text(text, encoding="utf-8")
    return read_statement(path, where="extract", **options)


def test_a_load_toml_says_day_version_and_coverage(tmp_path: Path) -> None:
    said = stated(
        tmp_path,
        """
        extracted = 2021-07-05
        version = "1.4"
        [coverage]
        all = 2017-04-01
        ssd_cp_plans = 2003-04-01
        SSD_Contacts = { from = "2018-04-01", to = 2021-06-30 }
        """,
    )
    assert (said.extracted, said.version, said.month) == (DAY, "1.4", Month(2021, 6))
    tables = ("ssd_person", "ssd_contacts", "ssd_cp_plans", "ssd_cp_visits", "ssd_care_leavers")
    assert coverage_of(said, tables, where="extract") == {
        "ssd_person": Coverage(dt.date(2017, 4, 1), DAY),
        "ssd_contacts": Coverage(dt.date(2018, 4, 1), dt.date(2021, 6, 30)),
        "ssd_cp_plans": Coverage(dt.date(2003, 4, 1), DAY),
        "ssd_cp_visits": Coverage(SINCE, DAY),
        "ssd_care_leavers": Coverage(DAY, DAY),  # a snapshot of that day
    }


def test_people_and_factors_go_as_far_back_as_what_leads_to_them() -> None:
    one = Statement(DAY, coverage={"ssd_cin_assessments": Coverage(SINCE, DAY)})
    tables = ("ssd_person", "ssd_cin_assessments", "ssd_assessment_factors")
    covered = coverage_of(one, tables, where="extract")
    assert covered["ssd_assessment_factors"] == covered["ssd_person"] == Coverage(SINCE, DAY)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2025, 12, 31)))
def test_an_extract_closes_the_last_month_that_had_ended_before_its_day(day: dt.date) -> None:
    month = Statement(day).month
    assert month.last_day < day <= month.plus(1).last_day


def test_options_go_before_the_file(tmp_path: Path) -> None:
    said = stated(
        tmp_path,
        "extracted = 2021-07-05\n[coverage]\nall = 2017-04-01\n",
        extracted=dt.date(2021, 6, 4),
        complete_from=dt.date(2019, 4, 1),
    )
    assert (said.extracted, said.complete_from) == (dt.date(2021, 6, 4), dt.date(2019, 4, 1))


def test_the_day_has_to_be_stated() -> None:
    with pytest.raises(InputError, match=r"not stated[^$]*extracted = 2021-07-05"):
        read_statement(None, where="extract")


def test_coverage_has_to_be_stated_and_what_lacks_it_is_named() -> None:
    said = read_statement(None, where="extract", extracted=DAY)
    with pytest.raises(InputError, match=r"ssd_contacts, ssd_missing") as refused:
        coverage_of(said, ("ssd_person", "ssd_contacts", "ssd_missing"), where="extract")
    assert "--complete-from" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("extracted = 2021-07-05\nwhat = 1", 'unknown key "what"'),
        ("extracted = 'soon'", '"extracted" has to be a date'),
        ("extracted = 2099-01-01", "still to come"),
        ("extracted = 2021-07-05\n[coverage]\nall = 2021-07-06", "not between"),
        ("extracted = 2021-07-05\n[coverage]\nssd_visits = 2017-04-01", "no standard table"),
        ("extracted = 2021-07-05\n[coverage]\nssd_missing = { to = 2017-04-01 }", "from when on"),
        (
            "extracted = 2021-07-05\n[coverage]\n"
            "ssd_missing = { from = 2021-01-01, to = 2020-01-01 }",
            "cannot be",
        ),
        ("extracted = 2021-07-05\ncoverage = 3", '"coverage" has to be a table'),
        ("extracted = 2021-07-05\nversion = 1.3", '"version" has to be'),
        ("extracted = ", "no valid TOML|not valid TOML"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        stated(tmp_path, text)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="3 mistakes"):
        stated(tmp_path, "extracted = 'soon'\nwhat = 1\n[coverage]\nssd_visits = 2017-04-01\n")
