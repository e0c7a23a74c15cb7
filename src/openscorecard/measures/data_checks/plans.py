"""Protection plans, their visits and reviews."""

from __future__ import annotations

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import (
    AT_MONTH_END,
    CHILDREN_WITH_AN_OPEN_REFERRAL,
    CONFERENCES,
    ON_A_PLAN,
    SINCE,
    DataCheck,
    aged,
    born,
    is_open,
    person,
)

_PLAN_OPEN = is_open("l.cppl_cp_plan_start_date", "l.cppl_cp_plan_end_date")
_OWN = "COALESCE({}.cppl_cp_plan_ola, 'N') <> 'Y'"
_LINKED = "(l.cppl_cp_plan_id = c.icpc_cp_plan_id OR l.cppl_icpc_id = c.icpc_icpc_id)"

PLAN_CHECKS: tuple[DataCheck, ...] = (
    DataCheck(
        "plan-without-conference",
        Severity.WARNING,
        (*CONFERENCES, "CP2b", "CP2b %"),
        "Plans of this council begun without a conference: none is linked, and none of the child "
        "was held on that day or in the 30 days before",
        "The conference is missing from the months' conferences, and from the share that led to a "
        "plan.",
        "Record the conference; for a child who moved here, the transfer-in conference.",
        f"""
SELECT f.child, f.record, f.began
FROM (
SELECT l.cppl_person_id AS child, l.cppl_cp_plan_id AS record,
  l.cppl_cp_plan_start_date AS began,
  SUM(CASE WHEN {_LINKED}
    OR (h.day_number <= b.day_number AND b.day_number - h.day_number <= 30)
    THEN 1 ELSE 0 END) AS conferences
FROM ssd_cp_plans AS l
{SINCE}
JOIN calendar AS b ON b.day = l.cppl_cp_plan_start_date
LEFT JOIN ssd_initial_cp_conference AS c
  ON c.council = l.council AND c.icpc_person_id = l.cppl_person_id
LEFT JOIN calendar AS h ON h.day = c.icpc_icpc_date
WHERE l.council = $council AND l.cppl_cp_plan_start_date >= w.day AND {_OWN.format("l")}
GROUP BY l.cppl_person_id, l.cppl_cp_plan_id, l.cppl_cp_plan_start_date
) AS f
WHERE f.conferences = 0""",
        "plan",
        ("begun",),
        needs=("ssd_initial_cp_conference",),
    ),
    DataCheck(
        "plan-without-open-referral",
        Severity.WARNING,
        ("EH2", "CIN5"),
        "Plans of this council for children who have no open referral",
        "The child counts while the plan lasts, and drops out of all open cases on the day it "
        "ends, though the work may go on.",
        "Open the referral again, or record the one that is missing.",
        f"""
SELECT l.cppl_person_id AS child, l.cppl_cp_plan_id AS record, l.cppl_cp_plan_start_date AS began
FROM ssd_cp_plans AS l
{AT_MONTH_END}
LEFT JOIN {CHILDREN_WITH_AN_OPEN_REFERRAL} AS o
  ON o.council = l.council AND o.child = l.cppl_person_id
WHERE l.council = $council AND {_PLAN_OPEN} AND {_OWN.format("l")}
  AND o.child IS NULL""",
        "plan",
        ("begun",),
        needs=("ssd_cin_episodes",),
    ),
    DataCheck(
        "two-own-plans-at-once",
        Severity.ERROR,
        ("CP5-QL (val)", "CP5-QL", "CP7", "CP8-QL"),
        "Plans of this council begun while another of the same child was running",
        "The later one counts as a repeat plan, and both count when they end; visits to one are "
        "not seen as visits to the other.",
        "Keep one plan; a change of category is a change within it.",
        f"""
SELECT l.cppl_person_id AS child, l.cppl_cp_plan_id AS record, l.cppl_cp_plan_start_date AS began,
  o.cppl_cp_plan_id AS other, o.cppl_cp_plan_start_date AS other_began
FROM ssd_cp_plans AS l
{SINCE}
JOIN ssd_cp_plans AS o
  ON o.council = l.council AND o.cppl_person_id = l.cppl_person_id
  AND o.cppl_cp_plan_id <> l.cppl_cp_plan_id
  AND (o.cppl_cp_plan_start_date < l.cppl_cp_plan_start_date
    OR (o.cppl_cp_plan_start_date = l.cppl_cp_plan_start_date
      AND o.cppl_cp_plan_id < l.cppl_cp_plan_id))
  AND (o.cppl_cp_plan_end_date IS NULL OR o.cppl_cp_plan_end_date > l.cppl_cp_plan_start_date)
WHERE l.council = $council AND {_OWN.format("l")} AND {_OWN.format("o")}
  AND (l.cppl_cp_plan_end_date IS NULL OR l.cppl_cp_plan_end_date >= w.day)""",
        "plan",
        ("begun", "other plan", "begun"),
    ),
    DataCheck(
        "plan-open-past-18",
        Severity.ERROR,
        ON_A_PLAN,
        "Plans open after the 18th birthday",
        "They count as children on a plan: a plan has no age at which it stops counting.",
        "End the plan on the birthday at the latest, or correct the date of birth.",
        f"""
SELECT l.cppl_person_id AS child, l.cppl_cp_plan_id AS record, {born("p")} AS born,
  l.cppl_cp_plan_start_date AS began
FROM ssd_cp_plans AS l
{AT_MONTH_END}
{person("l.cppl_person_id", join="JOIN")}
WHERE l.council = $council AND {_PLAN_OPEN} AND {aged("p", 18)}""",
        "plan",
        ("born", "begun"),
    ),
    DataCheck(
        "visit-before-its-plan",
        Severity.WARNING,
        ("CP8-QL",),
        "Visits dated before the plan that they are recorded against",
        "A visit shortly before a plan counts as a visit to the child on the plan.",
        "Correct the date, or record the visit where it belongs.",
        f"""
SELECT v.cppv_person_id AS child, v.cppv_cp_visit_id AS record, v.cppv_cp_visit_date AS visited,
  l.cppl_cp_plan_id AS plan, l.cppl_cp_plan_start_date AS began
FROM ssd_cp_visits AS v
{SINCE}
JOIN ssd_cp_plans AS l ON l.council = v.council AND l.cppl_cp_plan_id = v.cppv_cp_plan_id
WHERE v.council = $council AND v.cppv_cp_visit_date < l.cppl_cp_plan_start_date
  AND l.cppl_cp_plan_start_date >= w.day""",
        "visit",
        ("visited", "plan", "begun"),
    ),
    DataCheck(
        "visit-after-its-plan",
        Severity.WARNING,
        ("CP8-QL",),
        "Visits dated after the end of the plan that they are recorded against",
        "They count for no plan; where another plan is running, its child looks unseen.",
        "Record the visit against the plan that was running, or correct the date.",
        f"""
SELECT v.cppv_person_id AS child, v.cppv_cp_visit_id AS record, v.cppv_cp_visit_date AS visited,
  l.cppl_cp_plan_id AS plan, l.cppl_cp_plan_end_date AS ended
FROM ssd_cp_visits AS v
{SINCE}
JOIN ssd_cp_plans AS l ON l.council = v.council AND l.cppl_cp_plan_id = v.cppv_cp_plan_id
WHERE v.council = $council AND v.cppv_cp_visit_date > l.cppl_cp_plan_end_date
  AND v.cppv_cp_visit_date >= w.day""",
        "visit",
        ("visited", "plan", "ended"),
    ),
    DataCheck(
        "visit-to-another-childs-plan",
        Severity.ERROR,
        ("CP8-QL",),
        "Visits recorded against another child's plan",
        "The other child counts as seen, and this one as not seen.",
        "Record the visit against the child's own plan.",
        f"""
SELECT v.cppv_person_id AS child, v.cppv_cp_visit_id AS record, v.cppv_cp_visit_date AS visited,
  l.cppl_cp_plan_id AS plan
FROM ssd_cp_visits AS v
{SINCE}
JOIN ssd_cp_plans AS l ON l.council = v.council AND l.cppl_cp_plan_id = v.cppv_cp_plan_id
WHERE v.council = $council AND v.cppv_cp_visit_date >= w.day
  AND l.cppl_person_id <> v.cppv_person_id""",
        "visit",
        ("visited", "plan"),
    ),
    DataCheck(
        "review-before-its-plan",
        Severity.WARNING,
        ("CP9",),
        "Review conferences held before the plan that they review began",
        "They count as reviews in a month in which there was nothing to review; some are initial "
        "conferences.",
        "Correct the date, or record the initial conference as such.",
        f"""
SELECT r.cppr_person_id AS child, r.cppr_cp_review_id AS record, r.cppr_cp_review_date AS held,
  l.cppl_cp_plan_id AS plan, l.cppl_cp_plan_start_date AS began
FROM ssd_cp_reviews AS r
{SINCE}
JOIN ssd_cp_plans AS l ON l.council = r.council AND l.cppl_cp_plan_id = r.cppr_cp_plan_id
WHERE r.council = $council AND r.cppr_cp_review_date >= w.day
  AND r.cppr_cp_review_date < l.cppl_cp_plan_start_date""",
        "review",
        ("held", "plan", "begun"),
    ),
)
