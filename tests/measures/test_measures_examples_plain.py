"""The worked examples and the plain counts check each other; and the examples' own form."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from plain import PLAIN, Settings, figure
from plain.counted import Rows
from plain.days import age, working_days, year_before

from openscorecard.catalogue import load_catalogue
from openscorecard.errors import InputError
from openscorecard.measures.examples import FILES, FOLDER, Example, examples
from openscorecard.periods import Month
from openscorecard.records.standard import TABLES

EXAMPLES = examples()


def by_place(example: Example) -> str:
    return f"{example.ref} ({example.place})"


def plain_figure(example: Example) -> Fraction | None:
    """The figure of an example, counted from its rows by the plain functions."""
    if example.ref not in PLAIN:
        return supplied_figure(example)
    rows: Rows = {table: [dict(row) for row in found] for table, found in example.rows.items()}
    chosen: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in example.settings.items()
    }
    settings = Settings(**chosen, population=example.population)
    return figure(example.ref, PLAIN[example.ref](rows, example.month, settings))


def supplied_figure(example: Example) -> Fraction | None:
    for row in example.rows["supplied_figures"]:
        if row["ref"] == example.ref and row["month"] == example.month:
            value = row["value"]
            assert value is None or isinstance(value, Fraction)
            return value
    return None


@pytest.mark.parametrize("example", EXAMPLES, ids=by_place)
def test_the_plain_count_gives_the_expected_figure(example: Example) -> None:
    assert plain_figure(example) == example.expected


@pytest.mark.parametrize("example", EXAMPLES, ids=by_place)
def test_the_tempting_definition_gives_another_figure(example: Example) -> None:
    assert example.wrong
    assert example.wrong_gives != example.expected


def test_every_indicator_has_an_example() -> None:
    shown = {example.ref for example in EXAMPLES}
    assert [indicator.ref for indicator in load_catalogue() if indicator.ref not in shown] == []


def test_every_computed_indicator_has_a_plain_count() -> None:
    supplied = {"LSCB17a", "YO2", "FM011", "FM012"}
    assert set(PLAIN) == {indicator.ref for indicator in load_catalogue()} - supplied


# Which indicators a setting reaches: for each there is an example with the setting changed.
REACHED = {
    "re_referral_clock": {"M6-QL (val)", "M6-QL"},
    "step_up_end_reasons": {"M5"},
    "step_up_days": {"M5"},
    "missing_types": {"EH5-QL"},
    "assessment_clock": {
        *("EH3a%", "EH3b%", "EH3c%", "EH3d%", "EH3e%"),
        *("EH4 (val)", "EH4-QL"),
    },
    "cp_visit_days": {"CP8-QL"},
    "new_plan_grace": {"CP8-QL"},
    "cla_visit_days_after_first_year": {"LAC7-QL"},
    "uasc_statuses": {"LAC13", "LAC14"},
    "care_leaver_categories": {"EH2", "CIN5", "EH5-QL", "LAC11-QL", "LAC11-QL (%)", "NI147"},
    "care_leaver_ages": {"NI147"},
}


def test_every_setting_is_shown_for_each_indicator_that_it_reaches() -> None:
    shown = {(name, example.ref) for example in EXAMPLES for name in example.settings}
    assert shown == {(name, ref) for name, refs in REACHED.items() for ref in refs}
    assert {example.settings.get("re_referral_clock") for example in EXAMPLES} == {
        *(None, "closure", "referral"),
    }


def test_ids_tell_the_rows_of_an_example_apart() -> None:
    for example in EXAMPLES:
        for table in TABLES:
            if table.key and table.name != "foster_carers":  # a household may be approved anew
                keys = [row[table.key] for row in example.rows.get(table.name, ())]
                assert len(set(keys)) == len(keys), by_place(example)


def test_nothing_in_an_example_happened_after_its_load() -> None:
    """Its records were read out on the fifth of the next month."""
    due_later = {"clea_pathway_plan_review_date", "cppr_cp_review_due", "icpc_icpc_target_date"}
    for example in EXAMPLES:
        read_out = example.month.last_day + dt.timedelta(5)
        for rows in example.rows.values():
            for row in rows:
                for column, value in row.items():
                    if isinstance(value, dt.date) and column not in due_later:
                        assert value <= read_out, by_place(example)


def test_a_row_has_every_column_with_blanks_as_none() -> None:
    first = EXAMPLES[0]
    assert first.ref == "M1"
    assert first.month == Month(2020, 2)
    assert first.rows["ssd_contacts"][0] == {
        "cont_contact_id": "C1",
        "cont_person_id": "A",
        "cont_contact_date": dt.date(2020, 1, 31),
        "cont_contact_source_code": "2A",
    }
    assert first.rows["ssd_cp_plans"] == ()


def test_every_mistake_in_every_file_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    for file in FILES:
        (tmp_path / file).write_text((FOLDER / file).read_text())
    (tmp_path / "partners.toml").write_text("[[example]\n")
    (tmp_path / "early-help.toml").write_text('''\
[[example]]
ref = "EH9"
month = "2020-13"
expected = "two"
wrong = "Anything"
wrong_gives = "1"
note = "none"
missing = ["early_help_visits"]
[example.rows]
early_help_plans = """
ehpl_plan_id, ehpl_person_id, ehpl_start_date, ehpl_colour
P1, A, 2020-02-01, red
"""
early_help_assessments = """
ehas_assessment_id, ehas_person_id, ehas_start_date

S1, A, 2020-02-30     # no such day
S2, , 2020-02-01
S3, A
"""
ssd_initial_cp_conference = """
icpc_icpc_id, icpc_person_id, icpc_icpc_transfer_in
I1, A, yes
"""
ssd_legal_status = """
lega_legal_status_id, lega_person_id, lega_legal_status, lega_legal_status_start_date
G1, A, V9, 2020-02-01
"""
early_help_visits = "a"

[[example]]
ref = "M1"
month = "2020-02"
expected = "1"
wrong_gives = "2"
population = "many"
[example.rows]
supplied_figures = """
ref, month, value
FM011, June, 1
FM011, 2020-06, few
"""
''')
    with pytest.raises(InputError) as error:
        examples(tmp_path)
    *told, last = error.value.found.split("\n  ")
    assert last.startswith("partners.toml, line 1: not TOML in UTF-8: ")
    assert told == [
        "18 mistakes",
        'early-help.toml, line 7: unknown key "note"',
        'early-help.toml, line 2: no indicator has the ref "EH9"',
        "early-help.toml, line 3: '2020-13' is not a month",
        'early-help.toml, line 8: there is no standard table "early_help_visits"',
        'early-help.toml, line 4: "two" is not a number as in "1", "94.8" or "200/3"',
        'early-help.toml, line 11: early_help_plans has no column "ehpl_colour"',
        'early-help.toml, line 17: ehas_start_date: "2020-02-30" is not a date as in 2021-06-30',
        "early-help.toml, line 18: ehas_person_id: may not be blank",
        "early-help.toml, line 19: 2 cells under 3 columns",
        'early-help.toml, line 23: icpc_icpc_transfer_in: "yes" is neither Y nor N',
        'early-help.toml, line 27: lega_legal_status: "V9" is no code of legal_status',
        'early-help.toml, line 29: there is no standard table "early_help_visits"',
        'early-help.toml, line 31: "wrong" is not written',
        "early-help.toml, line 32: M1 belongs in front-door.toml",
        "early-help.toml, line 40: month: 'June' is not a month",
        'early-help.toml, line 41: value: "few" is not a number',
        "early-help.toml, line 36: the population has to be a whole number over 0",
    ]


# The plain counts' own days, by hand.


def test_working_days_over_christmas() -> None:
    # Thursday 24 December to Monday 4 January: 29, 30, 31 December and 4 January.
    assert working_days(dt.date(2020, 12, 24), dt.date(2021, 1, 4)) == 4
    assert working_days(dt.date(2020, 12, 24), dt.date(2020, 12, 24)) == 0
    # Thursday before Easter to the Tuesday after: Friday and Monday are holidays.
    assert working_days(dt.date(2021, 4, 1), dt.date(2021, 4, 6)) == 1


def test_a_leap_day() -> None:
    assert age(dt.date(2004, 2, 29), dt.date(2022, 2, 28)) == 17
    assert age(dt.date(2004, 2, 29), dt.date(2022, 3, 1)) == 18
    assert age(dt.date(2004, 2, 29), dt.date(2024, 2, 29)) == 20
    assert year_before(dt.date(2020, 2, 29)) == dt.date(2019, 2, 28)
    assert year_before(dt.date(2021, 2, 28)) == dt.date(2020, 2, 28)
