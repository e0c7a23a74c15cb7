"""The data checks as a whole: the list, what a finding says, clean histories, the docs."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from data_check_rows import CHILDREN, JUNE, Records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openscorecard.catalogue.load import load_catalogue
from openscorecard.catalogue.measure_settings import SETTINGS, MeasureSettings
from openscorecard.findings import Severity
from openscorecard.measures.data_checks import CHECKS, DataCheck, check_records, rows_concerned
from openscorecard.measures.data_checks.check import Asked
from openscorecard.measures.data_checks.found import query
from openscorecard.measures.portable import refuse_what_is_not_portable
from openscorecard.records.extracts.statement import Coverage
from openscorecard.records.standard import TABLES

DOCS = Path(__file__).resolve().parents[2] / "docs/data-checks.md"
ALL = [pytest.param(check, id=check.rule) for check in CHECKS]
ASKED = Asked(JUNE, 1, MeasureSettings(), dt.date(2021, 7, 5))

# Histories without a fault: A goes from contact to plan, B comes into care, C leaves it, D is
# helped early, E moved here on another council's plan.
CLEAN = """
table: ssd_person
pers_person_id, pers_dob, pers_sex
A, 2012-05-01, F
B, 2008-03-09, M
C, 2002-02-02, M
D, 2015-11-30, F
E, 2013-01-15, M
table: ssd_professionals
prof_professional_id
W1
table: ssd_department
dept_team_id
T1
table: ssd_contacts
cont_contact_id, cont_person_id, cont_contact_date
N1, A, 2021-02-01
N2, B, 2020-10-05
N3, D, 2021-01-11
N4, E, 2021-03-01
N5, B, 2020-11-20
table: ssd_cin_episodes
cine_referral_id, cine_person_id, cine_referral_date, cine_close_date, cine_close_reason,
cine_referral_nfa, cine_referral_team, cine_referral_worker_id
R0, A, 2019-02-01, 2019-06-03, RC8, N, T1, W1
R1, A, 2021-02-01, , , N, T1, W1
R2, B, 2020-10-05, , , N, T1, W1
R4, E, 2021-03-01, , , N, T1, W1
table: front_door_decisions
fdde_decision_id, fdde_referral_id, fdde_person_id, fdde_decision_date
D1, R1, A, 2021-02-02
D2, R2, B, 2020-10-05
D4, R4, E, 2021-03-02
table: ssd_cin_assessments
cina_assessment_id, cina_person_id, cina_referral_id, cina_assessment_start_date,
cina_assessment_auth_date, cina_assessment_outcome_nfa
S1, A, R1, 2021-02-02, 2021-03-10, N
S2, B, R2, 2020-10-06, 2020-11-20, N
S4, E, R4, 2021-05-20, ,
table: ssd_assessment_factors
cinf_assessment_id, cinf_assessment_factor
S1, 4B
S2, 3C
table: ssd_s47_enquiry
s47e_s47_enquiry_id, s47e_person_id, s47e_referral_id, s47e_s47_start_date, s47e_s47_end_date
Q1, A, R1, 2021-02-08, 2021-02-16
table: ssd_initial_cp_conference
icpc_icpc_id, icpc_person_id, icpc_s47_enquiry_id, icpc_icpc_target_date, icpc_icpc_date,
icpc_icpc_outcome_cp_flag, icpc_icpc_transfer_in
C1, A, Q1, 2021-03-01, 2021-02-26, Y, N
C2, E, , , 2021-03-19, Y, Y
table: ssd_cp_plans
cppl_cp_plan_id, cppl_person_id, cppl_referral_id, cppl_icpc_id, cppl_cp_plan_start_date,
cppl_cp_plan_end_date, cppl_cp_plan_ola
P1, A, R1, C1, 2021-02-26, , N
P2, E, R4, , 2021-03-01, 2021-03-19, Y
P3, E, R4, C2, 2021-03-19, , N
table: ssd_cp_visits
cppv_cp_visit_id, cppv_person_id, cppv_cp_plan_id, cppv_cp_visit_date, cppv_cp_visit_seen
V1, A, P1, 2021-03-09, Y
V2, A, P1, 2021-06-22, N
table: ssd_cp_reviews
cppr_cp_review_id, cppr_person_id, cppr_cp_plan_id, cppr_cp_review_due, cppr_cp_review_date
W1, A, P1, 2021-05-26, 2021-05-21
W2, A, P1, 2021-11-21,
table: ssd_cla_episodes
clae_cla_episode_id, clae_person_id, clae_cla_id, clae_referral_id, clae_cla_episode_start_date,
clae_cla_episode_ceased_date, clae_cla_episode_ceased_reason
E1, B, L1, R2, 2020-12-01, 2021-03-15, X1
E2, B, L1, R2, 2021-03-15, ,
E3, C, L2, , 2016-05-01, 2020-02-02, E7
table: ssd_legal_status
lega_legal_status_id, lega_person_id, lega_legal_status, lega_legal_status_start_date,
lega_legal_status_end_date
G1, B, V2, 2020-12-01, 2021-03-15
G2, B, C1, 2021-03-15,
G3, C, C2, 2016-05-01, 2020-02-02
table: ssd_cla_placement
clap_cla_placement_id, clap_person_id, clap_cla_placement_start_date,
clap_cla_placement_end_date, clap_cla_placement_type, clap_cla_placement_provider
M1, B, 2020-12-01, 2021-03-15, U6, PR1
M2, B, 2021-03-15, , U6, PR4
M3, C, 2016-05-01, 2020-02-02, K2, PR4
table: ssd_cla_visits
clav_cla_visit_id, clav_person_id, clav_cla_visit_date, clav_cla_visit_seen
X1, B, 2021-06-01, Y
table: ssd_cla_care_plan
lacp_table_id, lacp_person_id, lacp_cla_care_plan_start_date
K1, B, 2020-12-05
table: plan_authorisations
plau_authorisation_id, plau_person_id, plau_plan_type, plau_plan_id, plau_authorised_date
U1, B, CARE, K1, 2020-12-12
U2, C, PATHWAY, , 2020-03-01
table: ssd_immigration_status
immi_immigration_status_id, immi_person_id, immi_immigration_status
I1, B, UASC
table: ssd_care_leavers
clea_table_id, clea_person_id, clea_care_leaver_eligibility, clea_care_leaver_in_touch,
clea_care_leaver_accom_suitable
T1, C, Former Relevant, YES, 1
table: ssd_missing
miss_table_id, miss_person_id, miss_missing_episode_start_date, miss_missing_episode_end_date,
miss_missing_episode_type
Z1, B, 2021-04-04, 2021-04-05, M
table: ssd_early_help_episodes
earl_episode_id, earl_person_id, earl_episode_start_date, earl_episode_end_date,
earl_episode_end_reason
H1, D, 2021-01-15, 2021-05-14, Needs met
table: foster_carers
foca_household_id, foca_approved_date, foca_in_house
F1, 2015-01-01, Y
"""
STEP_UP = {"step_up_end_reasons": ("Stepped up",)}


def test_there_are_many_and_no_two_have_one_name() -> None:
    rules = [check.rule for check in CHECKS]
    assert len(rules) >= 60
    assert len(set(rules)) == len(rules)


@pytest.mark.parametrize("check", ALL)
def test_each_is_written_in_the_portable_subset(check: DataCheck) -> None:
    refuse_what_is_not_portable(query(check, ASKED))


@pytest.mark.parametrize("check", ALL)
def test_each_names_refs_and_tables_that_there_are(check: DataCheck) -> None:
    refs = {indicator.ref for indicator in load_catalogue()}
    assert set(check.refs) <= refs
    assert set(check.needs) <= {table.name for table in TABLES}


@pytest.mark.parametrize("check", ALL)
def test_each_speaks_in_plain_sentences(check: DataCheck) -> None:
    assert not check.found.endswith(".")
    for sentences in (check.effect, check.mend):
        assert sentences[0].isupper()
        assert sentences.endswith(".")
    named = set(re.findall(r"\b[a-z]+_[a-z_]+\b", f"{check.found} {check.effect} {check.mend}"))
    assert named <= {setting.name for setting in SETTINGS}


def test_each_rule_has_a_test_of_its_own_here() -> None:
    here = "".join(path.read_text() for path in Path(__file__).parent.glob("test_data_checks_*"))
    assert [check.rule for check in CHECKS if f'"{check.rule}"' not in here] == []


def test_clean_histories_give_nothing(records: Records) -> None:
    records.hold(CLEAN)
    assert records.findings(STEP_UP) == ()


@given(st.integers(0, 1500))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_clean_histories_give_nothing_however_long_ago(records: Records, days: int) -> None:
    """What was clean at its time does not become a fault for being old, but for what ought to have
    ended since: open assessments, and birthdays."""
    back = dt.timedelta(days=days)

    def moved(match: re.Match[str]) -> str:
        return str(dt.date.fromisoformat(match[0]) - back)

    records.hold(re.sub(r"\d{4}-\d{2}-\d{2}", moved, CLEAN))
    grown = {
        "assessment-open-too-long", "referral-open-past-18", "care-open-past-18", "care-leaver-age",
        "referral-open-and-idle", "plan-open-past-18",
    }  # fmt: skip
    assert {finding.rule for finding in records.findings(STEP_UP)} <= grown


def test_empty_tables_give_nothing(records: Records) -> None:
    assert records.findings() == ()


def test_a_finding_says_how_many_what_it_does_what_to_do_and_where(records: Records) -> None:
    records.hold(
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_referral_nfa
        R1, A, 2021-03-04, Y
        R2, B, 2021-04-04, Y
        """
    )
    (finding,) = records.findings()
    assert finding.rule == "referral-no-action-still-open"
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "Referrals marked as needing no further action, and still open a month later: 2. "
        "They count as children in need. Close them on the day of that decision, or take the mark "
        "away. Figures touched: EH2, CIN5, EH5-QL."
    )
    assert finding.rows == 2
    assert finding.samples == (
        "child B, referral R2: referred 2021-04-04",
        "child A, referral R1: referred 2021-03-04",
    )
    assert finding.place == "; ".join(finding.samples)
    json = finding.as_json()
    assert (json["refs"], json["rows"]) == (["EH2", "CIN5", "EH5-QL"], 2)
    assert json["message"] == finding.message


def test_it_counts_all_and_shows_five(records: Records) -> None:
    lines = [f"R{number}, {CHILDREN[number]}, 2021-03-{number:02d}, RC1" for number in range(1, 8)]
    head = (
        "table: ssd_cin_episodes\n"
        "cine_referral_id, cine_person_id, cine_referral_date, cine_close_reason"
    )
    records.hold("\n".join([head, *lines]))
    (finding,) = records.findings()
    assert (finding.rows, len(finding.samples)) == (7, 5)
    assert finding.samples[0].startswith("child G, referral R7")  # the latest first


def test_all_rows_can_be_listed(records: Records) -> None:
    records.hold(
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_close_reason
        R1, A, 2021-03-04, RC1
        """
    )
    heads, lines = rows_concerned(
        "referral-reason-without-closure",
        records.engine.rows,
        JUNE,
        1,
        {1: "10007"},
        MeasureSettings(),
    )
    assert heads == ("child", "referral", "referred", "reason")
    assert lines == (("10007", "R1", dt.date(2021, 3, 4), "RC1"),)


def test_a_child_without_an_id_of_the_council_is_named_by_number(records: Records) -> None:
    records.hold(
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_close_reason
        R1, A, 2021-03-04, RC1
        """
    )
    (finding,) = check_records(records.engine.rows, JUNE, 1, {}, MeasureSettings())
    assert finding.samples[0].startswith("child no. 1, referral R1")


def test_only_the_council_asked_for_is_looked_at(records: Records) -> None:
    rows = """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_close_reason
        R1, A, 2021-03-04, RC1
        """
    records.hold(rows, council=2)
    assert records.findings() == ()
    assert records.concerned("referral-reason-without-closure", council=2) == ["A R1"]


@pytest.mark.parametrize("check", [check for check in CHECKS if check.needs])
def test_no_check_looks_into_another_council(check: DataCheck, records: Records) -> None:
    """The same ids in two councils: a clean one beside one that holds everything twice."""
    records.hold(CLEAN)
    records.add(CLEAN, council=2)
    assert records.concerned(check.rule, STEP_UP) == []


def test_errors_stand_first(records: Records) -> None:
    records.hold(
        """
        table: ssd_cin_assessments
        cina_assessment_id, cina_person_id, cina_assessment_start_date, cina_assessment_auth_date
        S1, A, 2021-03-04, 2021-03-03
        """
    )
    severities = [finding.severity for finding in records.findings()]
    assert severities == [Severity.ERROR, Severity.WARNING]


def test_a_check_does_not_reach_before_the_tables_that_it_needs(records: Records) -> None:
    """Enquiries are complete from May on: a conference in March cannot be held against them."""
    records.hold(
        """
        table: ssd_s47_enquiry
        s47e_s47_enquiry_id, s47e_person_id, s47e_s47_start_date
        Q1, Z, 2021-05-04
        table: ssd_initial_cp_conference
        icpc_icpc_id, icpc_person_id, icpc_icpc_date
        C1, A, 2021-03-18
        C2, B, 2021-05-18
        """
    )
    stated = {"ssd_s47_enquiry": Coverage(dt.date(2021, 5, 1), dt.date(2021, 7, 5))}
    rule = "conference-without-enquiry"
    assert records.concerned(rule) == ["A C1", "B C2"]
    assert records.concerned(rule, coverage=stated) == ["B C2"]


def test_setting_texts_with_quotes_do_no_harm(records: Records) -> None:
    records.hold(CLEAN)
    assert (
        records.findings({**STEP_UP, "care_leaver_categories": ("it's", "Former Relevant")}) == ()
    )


def sections() -> dict[str, str]:
    """Each rule's heading in the docs, and the text under it."""
    parts = re.split(r"^### `([a-z0-9-]+)`$", DOCS.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_rule_has_its_section_and_every_section_its_rule() -> None:
    assert list(sections()) == [check.rule for check in CHECKS]


@pytest.mark.parametrize("check", ALL)
def test_each_section_says_how_severe_it_is_and_what_it_touches(check: DataCheck) -> None:
    text = sections()[check.rule]
    assert f"**{check.severity.value.capitalize()}.**" in text
    if "as above" in text:
        text = sections()["month-without-rows"]
    for ref in check.refs:
        assert f"`{ref}`" in text
