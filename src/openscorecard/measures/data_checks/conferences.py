"""Section 47 enquiries, and the initial conferences that they lead to."""

from __future__ import annotations

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import (
    AT_MONTH_END,
    CONFERENCE_RESULTS,
    CONFERENCES,
    CONFERENCES_IN_TIME,
    ON_A_PLAN,
    SINCE,
    DataCheck,
    is_open,
)

_OWN = "COALESCE({}.cppl_cp_plan_ola, 'N') <> 'Y'"
_LINKED = "(l.cppl_cp_plan_id = c.icpc_cp_plan_id OR l.cppl_icpc_id = c.icpc_icpc_id)"
# Conferences for temporary registrations are counted nowhere, so nothing in them misleads.
_TEMPORARY = f"""LEFT JOIN ssd_cp_plans AS l
  ON l.council = c.council AND l.cppl_person_id = c.icpc_person_id
  AND {_LINKED} AND l.cppl_cp_plan_ola = 'Y'"""
_NO_TRANSFER = "COALESCE(c.icpc_icpc_transfer_in, 'N') <> 'Y'"

# The conferences of a page's months, each with every plan of its child: linked, or begun within
# thirty days of it, or open on the day.
_PLANS_OF_CONFERENCES = f"""
FROM ssd_initial_cp_conference AS c
{SINCE}
JOIN calendar AS h ON h.day = c.icpc_icpc_date
LEFT JOIN ssd_cp_plans AS l ON l.council = c.council AND l.cppl_person_id = c.icpc_person_id
LEFT JOIN calendar AS b ON b.day = l.cppl_cp_plan_start_date"""

CONFERENCE_CHECKS: tuple[DataCheck, ...] = (
    DataCheck(
        "conference-without-enquiry",
        Severity.WARNING,
        CONFERENCES_IN_TIME,
        "Initial conferences of children for whom no section 47 enquiry is recorded before them",
        "They count as not held in time.",
        "Record the enquiry; where it stands under another child of the family, record it for "
        "each child.",
        f"""
SELECT c.icpc_person_id AS child, c.icpc_icpc_id AS record, c.icpc_icpc_date AS held
FROM ssd_initial_cp_conference AS c
{SINCE}
LEFT JOIN ssd_s47_enquiry AS q
  ON q.council = c.council AND q.s47e_s47_enquiry_id = c.icpc_s47_enquiry_id
LEFT JOIN ssd_s47_enquiry AS s
  ON s.council = c.council AND s.s47e_person_id = c.icpc_person_id
  AND s.s47e_s47_start_date <= c.icpc_icpc_date
{_TEMPORARY}
WHERE c.council = $council AND c.icpc_icpc_date >= w.day AND {_NO_TRANSFER}
  AND l.cppl_cp_plan_id IS NULL
  AND q.s47e_s47_enquiry_id IS NULL AND s.s47e_s47_enquiry_id IS NULL""",
        "conference",
        ("held",),
        needs=("ssd_s47_enquiry",),
    ),
    DataCheck(
        "enquiry-after-its-conference",
        Severity.ERROR,
        CONFERENCES_IN_TIME,
        "Conferences held before the section 47 enquiry that led to them began",
        "They count as held in time, whatever the truth is.",
        "Correct the date that is wrong, or link the conference to the right enquiry.",
        f"""
SELECT c.icpc_person_id AS child, c.icpc_icpc_id AS record, c.icpc_icpc_date AS held,
  q.s47e_s47_enquiry_id AS enquiry, q.s47e_s47_start_date AS began
FROM ssd_initial_cp_conference AS c
{SINCE}
JOIN ssd_s47_enquiry AS q
  ON q.council = c.council AND q.s47e_s47_enquiry_id = c.icpc_s47_enquiry_id
{_TEMPORARY}
WHERE c.council = $council AND c.icpc_icpc_date >= w.day AND {_NO_TRANSFER}
  AND l.cppl_cp_plan_id IS NULL
  AND q.s47e_s47_start_date > c.icpc_icpc_date""",
        "conference",
        ("held", "enquiry", "begun"),
    ),
    DataCheck(
        "conference-without-date",
        Severity.WARNING,
        CONFERENCES,
        "Conferences that have an outcome and no date",
        "They count in no month.",
        "Enter the day on which the conference was held.",
        """
SELECT c.icpc_person_id AS child, c.icpc_icpc_id AS record, c.icpc_icpc_target_date AS target,
  c.icpc_icpc_outcome_cp_flag AS outcome
FROM ssd_initial_cp_conference AS c
WHERE c.council = $council AND c.icpc_icpc_date IS NULL
  AND c.icpc_icpc_outcome_cp_flag IS NOT NULL""",
        "conference",
        ("target date", "plan"),
    ),
    DataCheck(
        "conference-decided-plan-none-followed",
        Severity.ERROR,
        (*CONFERENCE_RESULTS, *ON_A_PLAN),
        "Conferences that decided on a protection plan, after which no plan of the child began "
        "within 30 days",
        "Either the conference's outcome is wrong, and CP4 too high, or the plan is missing, and "
        "CP6B too low.",
        "Record the plan from the day of the conference, or correct the outcome.",
        f"""
SELECT f.child, f.record, f.held
FROM (
SELECT c.icpc_person_id AS child, c.icpc_icpc_id AS record, c.icpc_icpc_date AS held,
  SUM(CASE WHEN {_LINKED}
    OR (b.day_number >= h.day_number AND b.day_number - h.day_number <= 30)
    OR ({is_open("l.cppl_cp_plan_start_date", "l.cppl_cp_plan_end_date", "c.icpc_icpc_date")})
    THEN 1 ELSE 0 END) AS plans
{_PLANS_OF_CONFERENCES}
{AT_MONTH_END}
WHERE c.council = $council AND c.icpc_icpc_date >= w.day AND c.icpc_icpc_date <= e.day
  AND c.icpc_icpc_outcome_cp_flag = 'Y'
GROUP BY c.icpc_person_id, c.icpc_icpc_id, c.icpc_icpc_date
) AS f
WHERE f.plans = 0""",
        "conference",
        ("held",),
        needs=("ssd_cp_plans",),
    ),
    DataCheck(
        "conference-decided-no-plan-one-followed",
        Severity.ERROR,
        CONFERENCE_RESULTS,
        "Conferences whose outcome is no protection plan, or blank, and after which one began",
        "The outcome recorded with the conference is what counts, so CP4 is too low.",
        "Correct the outcome, or the plan's link or dates.",
        f"""
SELECT c.icpc_person_id AS child, c.icpc_icpc_id AS record, c.icpc_icpc_date AS held,
  c.icpc_icpc_outcome_cp_flag AS outcome, l.cppl_cp_plan_id AS plan,
  l.cppl_cp_plan_start_date AS began
{_PLANS_OF_CONFERENCES}
WHERE c.council = $council AND c.icpc_icpc_date >= w.day AND {_NO_TRANSFER}
  AND {_OWN.format("l")} AND COALESCE(c.icpc_icpc_outcome_cp_flag, 'N') <> 'Y'
  AND ((l.cppl_cp_plan_start_date = c.icpc_icpc_date AND l.cppl_icpc_id IS NULL)
    OR ({_LINKED} AND b.day_number >= h.day_number))""",
        "conference",
        ("held", "plan decided", "plan", "begun"),
    ),
    DataCheck(
        "transfer-in-under-other-councils-plan",
        Severity.WARNING,
        ("CP2b %", *ON_A_PLAN),
        "Transfer-in conferences linked to a plan that is marked as another council's",
        "Such a plan is a temporary registration: the child is counted neither as put on a plan "
        "by the conference nor as on a plan.",
        "Where the conference decided on a plan of this council, record that plan from its day "
        "and end the temporary registration.",
        f"""
SELECT c.icpc_person_id AS child, c.icpc_icpc_id AS record, c.icpc_icpc_date AS held,
  l.cppl_cp_plan_id AS plan, l.cppl_cp_plan_start_date AS began
FROM ssd_initial_cp_conference AS c
{SINCE}
JOIN ssd_cp_plans AS l
  ON l.council = c.council AND l.cppl_person_id = c.icpc_person_id AND {_LINKED}
LEFT JOIN ssd_cp_plans AS o
  ON o.council = c.council AND o.cppl_person_id = c.icpc_person_id
  AND o.cppl_cp_plan_start_date >= c.icpc_icpc_date AND {_OWN.format("o")}
WHERE c.council = $council AND c.icpc_icpc_date >= w.day
  AND c.icpc_icpc_transfer_in = 'Y' AND l.cppl_cp_plan_ola = 'Y' AND o.cppl_cp_plan_id IS NULL""",
        "conference",
        ("held", "plan", "begun"),
    ),
)
