"""Assessments, section 47 apart."""

from __future__ import annotations

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import AT_MONTH_END, SINCE, DataCheck

_BANDS = ("EH3a%", "EH3b%", "EH3c%", "EH3d%", "EH3e%", "EH4 (val)", "EH4-QL")

ASSESSMENT: tuple[DataCheck, ...] = (
    DataCheck(
        "assessment-without-referral",
        Severity.WARNING,
        ("M4", "M6-QL (val)", "M6-QL"),
        "Assessments that belong to no referral",
        "What they found counts for no referral (M4), the reason for which the case closed is not "
        "seen, and where assessments are timed from the referral the start of the assessment "
        "stands in.",
        "Link each to its referral.",
        f"""
SELECT a.cina_person_id AS child, a.cina_assessment_id AS record,
  a.cina_assessment_start_date AS started, a.cina_assessment_auth_date AS authorised
FROM ssd_cin_assessments AS a
{SINCE}
LEFT JOIN ssd_cin_episodes AS r
  ON r.council = a.council AND r.cine_referral_id = a.cina_referral_id
WHERE a.council = $council
  AND COALESCE(a.cina_assessment_auth_date, a.cina_assessment_start_date) >= w.day
  AND r.cine_referral_id IS NULL""",
        "assessment",
        ("started", "authorised"),
        needs=("ssd_cin_episodes",),
    ),
    DataCheck(
        "assessment-before-its-referral",
        Severity.WARNING,
        _BANDS,
        "Assessments begun before the referral that they belong to",
        "Where assessments are timed from the referral they look shorter than they were.",
        "Link each to the referral that led to it, or correct the date that is wrong.",
        f"""
SELECT a.cina_person_id AS child, a.cina_assessment_id AS record,
  a.cina_assessment_start_date AS started, r.cine_referral_id AS referral,
  r.cine_referral_date AS referred
FROM ssd_cin_assessments AS a
{SINCE}
JOIN ssd_cin_episodes AS r
  ON r.council = a.council AND r.cine_referral_id = a.cina_referral_id
WHERE a.council = $council
  AND COALESCE(a.cina_assessment_auth_date, a.cina_assessment_start_date) >= w.day
  AND a.cina_assessment_start_date < r.cine_referral_date""",
        "assessment",
        ("started", "referral", "referred"),
    ),
    DataCheck(
        "assessment-authorised-before-start",
        Severity.ERROR,
        _BANDS,
        "Assessments authorised before they began",
        "They count as completed within 10 working days, and so as in time.",
        "Correct the date that is wrong.",
        f"""
SELECT a.cina_person_id AS child, a.cina_assessment_id AS record,
  a.cina_assessment_start_date AS started, a.cina_assessment_auth_date AS authorised
FROM ssd_cin_assessments AS a
{SINCE}
WHERE a.council = $council
  AND a.cina_assessment_auth_date < a.cina_assessment_start_date
  AND a.cina_assessment_start_date >= w.day""",
        "assessment",
        ("started", "authorised"),
    ),
    DataCheck(
        "assessment-open-too-long",
        Severity.WARNING,
        ("EH3", "EH3e%", "EH4 (val)", "EH4-QL"),
        "Assessments not authorised 45 working days after they began",
        "They are in no figure yet; each will count as late in the month in which it is "
        "authorised. Those that were given up never will.",
        "Authorise what is done; take out, or end, what was given up.",
        f"""
SELECT a.cina_person_id AS child, a.cina_assessment_id AS record,
  a.cina_assessment_start_date AS started, e.working_day - s.working_day AS working_days,
  a.cina_assessment_team AS team
FROM ssd_cin_assessments AS a
{AT_MONTH_END}
JOIN calendar AS s ON s.day = a.cina_assessment_start_date
WHERE a.council = $council
  AND a.cina_assessment_auth_date IS NULL
  AND e.working_day - s.working_day > 45""",
        "assessment",
        ("started", "working days", "team"),
    ),
    DataCheck(
        "assessment-without-outcome",
        Severity.WARNING,
        ("M6-QL (val)", "M6-QL"),
        "Authorised assessments that do not say whether there was no further action",
        "They are taken as leading to further help, so that a referral within a year of them is "
        "no re-referral.",
        "Enter the outcome.",
        f"""
SELECT a.cina_person_id AS child, a.cina_assessment_id AS record,
  a.cina_assessment_auth_date AS authorised
FROM ssd_cin_assessments AS a
{SINCE}
WHERE a.council = $council AND a.cina_assessment_auth_date >= w.day
  AND a.cina_assessment_outcome_nfa IS NULL""",
        "assessment",
        ("authorised",),
    ),
    DataCheck(
        "assessment-without-factors",
        Severity.INFORMATION,
        ("M4",),
        "Authorised assessments for which no factor is recorded, not even that there was none (21)",
        "Exploitation that was found and not recorded is not counted.",
        "Enter the factors.",
        f"""
SELECT a.cina_person_id AS child, a.cina_assessment_id AS record,
  a.cina_assessment_auth_date AS authorised
FROM ssd_cin_assessments AS a
{SINCE}
LEFT JOIN ssd_assessment_factors AS f
  ON f.council = a.council AND f.cinf_assessment_id = a.cina_assessment_id
WHERE a.council = $council AND a.cina_assessment_auth_date >= w.day
  AND COALESCE(a.cina_assessment_outcome_nfa, 'N') <> 'Y'
  AND f.cinf_assessment_id IS NULL""",
        "assessment",
        ("authorised",),
        needs=("ssd_assessment_factors",),
    ),
)
