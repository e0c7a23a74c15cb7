"""Inside coverage an empty cell is 0; outside it there is no figure; cut look-backs are said."""

from __future__ import annotations

import datetime as dt

import pytest

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings, Suspension
from openscorecard.measures.coverage import standing, uses_of
from openscorecard.measures.figures import Count, Measured, MeasuredFigure, Status
from openscorecard.measures.resolve import Plan, resolve
from openscorecard.periods import Month
from openscorecard.records.extracts.statement import Coverage
from openscorecard.records.standard import TABLES

CATALOGUE = load_catalogue()
EVERY_TABLE = {one.name for one in TABLES}
JUNE = Month(2021, 6)


def covered(first: dt.date, last: dt.date = dt.date(2021, 7, 5), **other: Coverage):
    return {one.name: Coverage(first, last) for one in TABLES} | other


def figure(
    ref: str,
    month: Month = JUNE,
    *,
    coverage: dict[str, Coverage] | None = None,
    tables: set[str] = EVERY_TABLE,
    settings: MeasureSettings | None = None,
    counts: dict[tuple[str, Month], Count] | None = None,
) -> MeasuredFigure:
    settings = settings or MeasureSettings()
    plan = resolve(CATALOGUE, month, settings, tables)
    coverage = coverage or covered(dt.date(2001, 1, 1))
    measured = Measured(CATALOGUE, plan, counts or {}, coverage, JUNE, settings, None)
    indicator = CATALOGUE.get(ref)
    assert indicator is not None
    return measured.figure(indicator, month)


def plan_of(settings: MeasureSettings | None = None) -> Plan:
    return resolve(CATALOGUE, JUNE, settings or MeasureSettings(), EVERY_TABLE)


def test_an_empty_month_inside_coverage_is_0() -> None:
    assert figure("M1").value == 0


def test_a_month_that_the_records_hold_only_in_part_has_no_figure() -> None:
    from_the_second = covered(dt.date(2021, 6, 2))
    assert figure("M1", coverage=from_the_second).status is Status.OUTSIDE_COVERAGE
    assert (
        "contacts received (ssd_contacts) are complete from 2 June 2021 only"
        in figure("M1", coverage=from_the_second).note
    )
    assert figure("M1", coverage=covered(dt.date(2021, 6, 1))).value == 0


def test_a_month_that_is_not_over_at_the_extraction_has_no_figure() -> None:
    too_early = covered(dt.date(2017, 4, 1), dt.date(2021, 6, 29))
    assert figure("M1", coverage=too_early).status is Status.OUTSIDE_COVERAGE
    assert figure("M1", coverage=covered(dt.date(2017, 4, 1), dt.date(2021, 6, 30))).value == 0


def test_a_stock_stands_from_the_first_month_end_that_is_covered() -> None:
    """Spells that were open when coverage began are in the records, so the first month's end is
    known; what happened earlier in that month is not."""
    from_mid_june = covered(dt.date(2021, 6, 15))
    assert figure("CP6B", coverage=from_mid_june).value == 0
    assert figure("CP7", coverage=from_mid_june).status is Status.OUTSIDE_COVERAGE


def test_what_a_test_looks_into_has_to_be_covered_too() -> None:
    """Without visits before July, nobody would seem to have been visited in June."""
    later = covered(
        dt.date(2017, 4, 1),
        ssd_cp_visits=Coverage(dt.date(2021, 7, 1), dt.date(2021, 7, 5)),
    )
    late = figure("CP8-QL", coverage=later)
    assert (late.status, late.value) == (Status.OUTSIDE_COVERAGE, None)


def test_a_look_back_before_coverage_gives_a_figure_and_says_so() -> None:
    """Repeat plans look back a childhood: 18 years before June 2021 is June 2003."""
    assert figure("CP5-QL (val)", coverage=covered(dt.date(2003, 6, 1))).note == ""
    cut = figure("CP5-QL (val)", coverage=covered(dt.date(2003, 6, 2)))
    assert (cut.value, "look-back truncated" in cut.note) == (0, True)
    assert "2 June 2003" in cut.note


def test_a_snapshot_speaks_for_its_own_month_alone() -> None:
    plan = plan_of()
    uses = uses_of(plan.levels[plan.of["CIN5"]], plan)
    coverage = covered(dt.date(2017, 4, 1))
    assert standing(uses, JUNE, JUNE, coverage).why_not == ""
    assert "the day they were read out" in standing(uses, Month(2021, 5), JUNE, coverage).why_not


@pytest.mark.parametrize("ref", ["EH2", "CIN5", "EH5-QL", "NI147", "LAC11-QL", "LAC11-QL (%)"])
def test_what_rests_on_the_care_leavers_has_no_figure_for_other_months(ref: str) -> None:
    assert figure(ref, Month(2021, 5)).status is Status.OUTSIDE_COVERAGE


def test_a_missing_table_and_an_empty_setting_are_said() -> None:
    without = figure("LAC13", tables=EVERY_TABLE - {"ssd_immigration_status"})
    assert without.status is Status.NOT_COMPUTABLE
    assert without.note == "the load holds no table ssd_immigration_status"
    assert "step_up_end_reasons is empty" in figure("M5").note
    rate = figure("M2-NI")
    assert (rate.status, "population" in rate.note) == (Status.NOT_COMPUTABLE, True)


def test_a_percentage_of_nobody_is_no_percentage() -> None:
    nobody = figure("CP2b %")
    assert (nobody.status, nobody.value) == (Status.NOTHING_TO_COUNT, None)


def test_a_suspended_figure_says_why() -> None:
    suspension = Suspension("EH1c", Month(2021, 5), None, "the form was changed")
    settings = MeasureSettings({}, (suspension,))
    assert figure("EH1c", Month(2021, 4), settings=settings).value == 0
    gone = figure("EH1c", settings=settings)
    assert (gone.status, gone.note) == (Status.SUSPENDED, "suspended: the form was changed")


def test_what_rests_on_a_suspended_figure_is_suspended_with_it() -> None:
    settings = MeasureSettings({}, (Suspension("LAC3", JUNE, JUNE, "ends are being checked"),))
    share = figure("LAC6 (%)", settings=settings)
    assert share.status is Status.SUSPENDED
    assert share.note == "LAC3 is suspended: ends are being checked"
    assert figure("LAC2", settings=settings).value == 0


def test_a_stand_in_is_said_of_every_figure_that_rests_on_it() -> None:
    without = EVERY_TABLE - {"plan_authorisations"}
    counts = {
        ("children_looked_after", JUNE): Count(4, 0),
        ("looked_after_children_with_a_care_plan", JUNE): Count(4, 3),
    }
    share = figure("LAC10 (%)", tables=without, counts=counts)
    assert (share.value, "stands in for it" in share.note) == (75, True)


def test_a_lookup_that_nothing_asks_for_stops_nothing() -> None:
    """Assessments are counted by their own start; referrals matter where the clock starts there."""
    without = covered(
        dt.date(2017, 4, 1),
        ssd_cin_episodes=Coverage(dt.date(2021, 6, 15), dt.date(2021, 7, 5)),
    )
    assert figure("EH3", coverage=without).value == 0
    by_referral = MeasureSettings({"assessment_clock": "referral"})
    late = figure("EH3a%", coverage=without, settings=by_referral)
    assert late.status is Status.OUTSIDE_COVERAGE
    assert figure("EH3a%", coverage=without).status is Status.NOTHING_TO_COUNT


def test_an_absent_column_is_no_blank_one() -> None:
    """Without the column of ends every plan would seem open, and without authorisations no
    assessment complete."""
    plan = resolve(
        CATALOGUE,
        JUNE,
        MeasureSettings(),
        EVERY_TABLE,
        absent={"cppl_cp_plan_end_date", "cina_assessment_auth_date", "pers_dob"},
    )
    assert plan.missing["CP6B"].startswith("the load has no column cppl_cp_plan_end_date")
    assert plan.missing["CP7"].startswith("the load has no column cppl_cp_plan_end_date")
    assert plan.missing["EH3"].startswith("the load has no column cina_assessment_auth_date")
    assert plan.missing["EH4 (val)"] == plan.missing["EH3"]  # which looks at its rows
    assert plan.missing["EH2"].startswith("the load has no column")  # leaves out who is on a plan
    assert plan.missing["LAC1"].startswith("the load has no column pers_dob")
    assert "CP2b" not in plan.missing
    assert "plans-started" not in plan.missing


def test_a_table_of_which_no_row_could_be_used_is_said() -> None:
    plan = resolve(CATALOGUE, JUNE, MeasureSettings(), EVERY_TABLE, absent={"ssd_cp_plans"})
    assert plan.missing["CP6B"].startswith("no row of ssd_cp_plans could be used")
