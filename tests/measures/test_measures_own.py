"""Measures of a council's own: what the rules let through becomes a query, and counts right."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from counted_by_query import figures_of_rows

from openscorecard.catalogue import Catalogue, load_catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.measures.example_rows import read_rows
from openscorecard.measures.queries import query, query_of_rows
from openscorecard.measures.resolve import resolve
from openscorecard.periods import Month
from openscorecard.records.standard import TABLES

DOCS = Path(__file__).parents[2] / "docs"
NAMES = [one.name for one in TABLES]


def loaded(tmp_path: Path, text: str) -> Catalogue:
    folder = tmp_path / "definitions"
    folder.mkdir()
    (folder / "ours.toml").write_text(text, encoding="utf-8")
    return load_catalogue(folder)


def test_the_example_of_the_documentation_counts_what_it_says(tmp_path: Path) -> None:
    """30 June 2019 is two years before 30 June 2021, 1 July 2019 is not; the review of 4 May lies
    28 days before 1 June."""
    page = (DOCS / "measures.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    catalogue = loaded(tmp_path, text)
    (example,) = tomllib.loads(text)["example"]
    rows: dict[str, tuple[object, ...]] = dict.fromkeys(NAMES, ())
    for name, lines in example["rows"].items():
        rows[name], wrong = read_rows(name, lines)
        assert wrong == []
    figures = figures_of_rows(rows, Month(2021, 6), MeasureSettings(), catalogue=catalogue)
    assert figures["X1"].value == Fraction(example["expected"]) == 1


HEAD = """\
[[indicator]]
ref = "X1"
id = "own"
order = 2
name = "Own"
short_name = "Own"
section = "front-door"
outcome = "A child is met."
kind = "{kind}"
unit = "{unit}"
preferred_direction = "up"
owner = "Head of Service, Social Work"
reporter = "Service Manager, Assessment"
[[indicator.definition]]
from = "2021-01"
words = "Own."
[indicator.definition.measure]
{measure}
[[example]]
ref = "X1"
"""
REFERRALS = 'of = "ssd_cin_episodes"\ncounts = "rows"\nin_month = "cine_referral_date"\n'

SOUND: list[tuple[str, str, str]] = [
    ("flow", "count", REFERRALS + "where = [{words='w', sql='cine_close_date IS NULL'}]"),
    ("flow", "count", 'of = "M2"\ncounts = "children"'),
    ("flow", "count", 'of = "M2"\ncounts = "cine_close_reason"'),
    ("flow", "count", REFERRALS + "where = [{words='w', not_among='LAC1'}]"),
    (
        "flow",
        "count",
        REFERRALS + "where = [{words='w', sql='aged(date_of_birth, cine_referral_date, 10)'}]",
    ),
    (
        "flow",
        "count",
        REFERRALS + "where = [{words='w', sql='EXTRACT(YEAR FROM cine_referral_date) = 2021'}]",
    ),
    (
        "flow",
        "count",
        REFERRALS + "where = [{words='w', sql='CASE WHEN cine_close_date IS NULL THEN TRUE "
        "ELSE days(cine_referral_date, cine_close_date) > 3 END'}]",
    ),
    (
        "flow",
        "count",
        REFERRALS
        + "lookup = [{name='before', words='w', of='ssd_cin_episodes', looks_back=12, match='"
        "other.child = child AND days(other.cine_close_date, cine_referral_date) "
        "BETWEEN 1 AND 90'}]\n"
        "where = [{words='w', sql='before IS NOT NULL'}]",
    ),
    (
        "flow",
        "count",  # a lookup with the name that the join to the calendar would have
        REFERRALS + "lookup = [{name='on_cine_referral_date', words='w', of='ssd_cp_plans', match='"
        "other.child = child', take='MAX(other.cppl_cp_plan_start_date)'}]\n"
        "where = [{words='w', sql='days(cine_referral_date, on_cine_referral_date) > 1'}]",
    ),
    (
        "ratio",
        "percent",
        REFERRALS + "due = 'plus_working_days(cine_referral_date, 3)'\n"
        "lookup = [{name='first', words='w', of='EH3', match='other.child = child', "
        "take='MIN(other.cina_assessment_start_date)'}]\n"
        "test = [{words='w', sql='working_days(cine_referral_date, first) <= 3'}]",
    ),
    (
        "as-of",
        "percent",
        "any_of = ['LAC1', 'CP6B']\ntest = [{words='w', sql='aged(date_of_birth, month_end, 16)'}]",
    ),
    ("as-of", "percent", "of = 'CIN5'\ntest = [{words='w', among='CP6B'}]"),
    (
        "overlap",
        "count",
        "of = 'ssd_missing'\ncounts = 'children'\n"
        "touches = ['miss_missing_episode_start_date', 'miss_missing_episode_end_date']\n"
        "where = [{words='w', among='open-care-leavers'}]",
    ),
    (
        "stock",
        "count",
        "of = 'LAC1'\nlookup = [{name='seen', words='w', of='ssd_cla_visits', "
        "match='other.child = child', take='MAX(other.clav_cla_visit_date)', within_days=90}]\n"
        "where = [{words='w', sql='days(seen, month_end) > 42'}]",
    ),
    (
        "stock",
        "count",
        "of = 'CP8-QL'\nwhere = [{words='w', sql='last_seen IS NOT NULL'}]",
    ),
]


@pytest.mark.parametrize(("kind", "unit", "measure"), SOUND)
def test_what_the_rules_let_through_becomes_a_query(
    tmp_path: Path, kind: str, unit: str, measure: str
) -> None:
    catalogue = loaded(tmp_path, HEAD.format(kind=kind, unit=unit, measure=measure))
    month = Month(2021, 6)
    rows: dict[str, tuple[object, ...]] = dict.fromkeys(NAMES, ())
    figures = figures_of_rows(rows, month, MeasureSettings(), catalogue=catalogue)
    assert figures["X1"].value == (0 if unit == "count" else None)
    plan = resolve(catalogue, month, MeasureSettings(), NAMES)
    assert query(plan, "own")
    assert query_of_rows(plan, "own")
