"""What stands twice, or is blank, in the records bends no figure."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from counted_by_query import figures_of_rows
from histories import history
from test_measures_own import HEAD, NAMES, REFERRALS, loaded

from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.engines.from_rows import engine_over
from openscorecard.measures.queries import query_of_rows
from openscorecard.measures.resolve import resolve
from openscorecard.periods import Month

JUNE = Month(2021, 6)


def day(number: int, month: int = 6, year: int = 2021) -> dt.date:
    return dt.date(year, month, number)


def test_a_child_who_stands_twice_among_the_people_counts_once() -> None:
    found = history(1)
    twice = {**found.rows, "ssd_person": [*found.rows["ssd_person"], *found.rows["ssd_person"]]}
    once_each = figures_of_rows(found.rows, found.month, MeasureSettings())
    assert any(one.value for one in once_each.values())
    assert figures_of_rows(twice, found.month, MeasureSettings()) == once_each


def test_a_second_row_without_a_birthday_changes_no_age(tmp_path: Path) -> None:
    """A was born on 1 June 2011 and is 10; the second row of A says nothing."""
    measure = REFERRALS + (
        "where = [{words='w', sql='aged(date_of_birth, cine_referral_date, 10)'}]"
    )
    catalogue = loaded(tmp_path, HEAD.format(kind="flow", unit="count", measure=measure))
    rows: dict[str, tuple[dict[str, object], ...]] = dict.fromkeys(NAMES, ())
    rows["ssd_person"] = (
        {"pers_person_id": "A", "pers_dob": day(1, 6, 2011)},
        {"pers_person_id": "A"},
    )
    rows["ssd_cin_episodes"] = (
        {"cine_referral_id": "R1", "cine_person_id": "A", "cine_referral_date": day(4)},
    )
    figures = figures_of_rows(rows, JUNE, MeasureSettings(), catalogue=catalogue)
    assert figures["X1"].value == 1


def test_a_blank_is_no_value_that_could_be_counted() -> None:
    """Two households, one of them a couple, and a carer of whom none is recorded."""
    carer = {"foca_approved_date": day(1), "foca_in_house": "Y"}
    rows: dict[str, tuple[dict[str, object], ...]] = dict.fromkeys(NAMES, ())
    rows["foster_carers"] = tuple(
        {**carer, "foca_household_id": household} for household in ("F1", "F1", "F2", None)
    )
    figure = figures_of_rows(rows, JUNE, MeasureSettings())["LAC16"]
    assert figure.value == 2
    from openscorecard.catalogue import load_catalogue

    plan = resolve(load_catalogue(), JUNE, MeasureSettings(), NAMES)
    with engine_over([rows], (JUNE,), JUNE) as engine:
        listed = engine.rows(query_of_rows(plan, plan.of["LAC16"]))
    assert sorted(unit for _, _, _, _, unit, _, _ in listed) == ["F1", "F1", "F2"]


def test_a_value_counts_once_for_each_child(tmp_path: Path) -> None:
    """RC8 of A twice, RC8 of B, and a referral of B that is not closed."""
    measure = 'of = "M2"\ncounts = "cine_close_reason"'
    catalogue = loaded(tmp_path, HEAD.format(kind="flow", unit="count", measure=measure))
    rows: dict[str, tuple[dict[str, object], ...]] = dict.fromkeys(NAMES, ())
    rows["ssd_cin_episodes"] = tuple(
        {
            "cine_referral_id": f"R{number}",
            "cine_person_id": child,
            "cine_referral_date": day(4),
            "cine_close_reason": reason,
        }
        for number, (child, reason) in enumerate(
            [("A", "RC8"), ("A", "RC8"), ("B", "RC8"), ("B", None)]
        )
    )
    figures = figures_of_rows(rows, JUNE, MeasureSettings(), catalogue=catalogue)
    assert figures["X1"].value == 2


@pytest.mark.parametrize(
    "match",
    [
        "days(a_year_before(other.cine_close_date), a_year_before(cine_referral_date)) = 3",
        "working_days(a_year_before(other.cine_close_date), cine_referral_date) > 250",
    ],
)
def test_a_function_within_a_function_sees_the_other_row(tmp_path: Path, match: str) -> None:
    """R2 came on 4 June, three days after R1 was closed; a year has over 250 working days."""
    measure = REFERRALS + (
        "lookup = [{name='before', words='w', of='ssd_cin_episodes', looks_back=12, "
        f"match='other.child = child AND {match}'}}]\n"
        "where = [{words='w', sql='before IS NOT NULL'}]"
    )
    catalogue = loaded(tmp_path, HEAD.format(kind="flow", unit="count", measure=measure))
    rows: dict[str, tuple[dict[str, object], ...]] = dict.fromkeys(NAMES, ())
    rows["ssd_cin_episodes"] = (
        {
            "cine_referral_id": "R1",
            "cine_person_id": "A",
            "cine_referral_date": day(1, 5),
            "cine_close_date": day(1),
        },
        {"cine_referral_id": "R2", "cine_person_id": "A", "cine_referral_date": day(4)},
    )
    figures = figures_of_rows(rows, JUNE, MeasureSettings(), catalogue=catalogue)
    assert figures["X1"].value == 1


def test_the_calendar_goes_to_the_last_day_of_2050() -> None:
    month = Month(2050, 12)
    with engine_over([], (month,), month) as engine:
        assert engine.rows("SELECT month_end FROM months") == [(dt.date(2050, 12, 31),)]
        found = engine.rows("SELECT MIN(day), MAX(day) FROM calendar")
    assert found == [(dt.date(1980, 1, 1), dt.date(2050, 12, 31))]


def test_a_setting_in_a_quoted_text_is_no_setting(tmp_path: Path) -> None:
    measure = REFERRALS + (
        """where = [{words="w", sql="cine_close_reason = 'setting.step_up_days'"}]"""
    )
    catalogue = loaded(tmp_path, HEAD.format(kind="flow", unit="count", measure=measure))
    plan = resolve(catalogue, JUNE, MeasureSettings(), NAMES)
    assert plan.levels["own"].where[0].sql == "cine_close_reason = 'setting.step_up_days'"
