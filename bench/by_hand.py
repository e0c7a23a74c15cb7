"""The same figures in SQL as somebody who knows DuckDB well would write it by hand: for one council,
a query for each table that counts, with anything that DuckDB has. Ours is measured against it.

Each query gives a month and columns; FAMILIES says which columns are an indicator's.
"""

from __future__ import annotations

from dataclasses import dataclass

MONTH = "CAST(year({0}) * 12 + month({0}) - 1 AS INTEGER)"


@dataclass(frozen=True, slots=True)
class Family:
    """`columns`: ref or group -> the columns of how many, and of how many that meet the test (""
    for none). `sql` has {first} and {last}, days, and {low} and {high}, the months' numbers."""

    columns: dict[str, tuple[str, str]]
    sql: str


def month_of_day(column: str) -> str:
    return MONTH.format(column)


def flow(ref: str, table: str, day: str) -> Family:
    return Family(
        {ref: ("n", "")},
        f"SELECT {month_of_day(day)} AS month, count(*) AS n FROM {table} "
        f"WHERE {day} BETWEEN {{first}} AND {{last}} GROUP BY month",
    )


def open_months(start: str, end: str) -> str:
    """The months at whose end a spell is open: from that of its start to the one before its end."""
    low = f"greatest({month_of_day(start)}, {{low}})"
    high = f"least(coalesce({month_of_day(end)}, {{high}} + 1), {{high}} + 1)"
    return f"unnest(range({low}, {high}))"


def age(born: str, on: str) -> str:
    return (
        f"(year({on}) - year({born}) - CASE WHEN month({on}) * 100 + day({on}) "
        f"< month({born}) * 100 + day({born}) THEN 1 ELSE 0 END)"
    )


REFERRALS = Family(
    {
        "M2": ("n", ""),
        "M8-QL": ("n", "decided"),
        "M6-QL (val)": ("again", ""),
        "M4": ("exploited", ""),
        "M5": ("stepped_up", ""),
    },
    f"""
WITH r AS MATERIALIZED (
  SELECT cine_referral_id AS id, cine_person_id AS child, cine_referral_date AS day
  FROM ssd_cin_episodes WHERE cine_referral_date BETWEEN {{first}} AND {{last}}
), decided AS (
  SELECT r.id, min(d.fdde_decision_date) AS day
  FROM r JOIN front_door_decisions AS d
  ON d.fdde_referral_id = r.id AND d.fdde_decision_date >= r.day
  GROUP BY r.id
), closed AS (
  SELECT a.cina_person_id AS child, a.cina_assessment_auth_date AS day
  FROM ssd_cin_assessments AS a
  LEFT JOIN ssd_cin_episodes AS e ON e.cine_referral_id = a.cina_referral_id
    AND e.cine_close_reason = 'RC8'
  WHERE (a.cina_assessment_outcome_nfa = 'Y' OR e.cine_referral_id IS NOT NULL)
    AND a.cina_assessment_auth_date BETWEEN {{first}} - INTERVAL 1 YEAR AND {{last}}
), again AS (
  SELECT DISTINCT r.id FROM r JOIN closed AS c
  ON c.child = r.child AND c.day < r.day AND c.day >= r.day - INTERVAL 1 YEAR
), exploited AS (
  SELECT DISTINCT a.cina_referral_id AS id
  FROM ssd_cin_assessments AS a
  JOIN ssd_assessment_factors AS f ON f.cinf_assessment_id = a.cina_assessment_id
  WHERE f.cinf_assessment_factor = '11A' AND a.cina_assessment_auth_date IS NOT NULL
), stepped AS (
  SELECT DISTINCT r.id FROM r JOIN ssd_early_help_episodes AS h ON h.earl_person_id = r.child
  WHERE h.earl_episode_end_reason IN ({{step_up}}) AND abs(h.earl_episode_end_date - r.day) <= 30
)
SELECT {month_of_day("r.day")} AS month, count(*) AS n,
  count(*) FILTER (WHERE dw.working_day - rw.working_day <= 1) AS decided,
  count(again.id) AS again,
  count(*) FILTER (WHERE exploited.id IS NOT NULL
    AND {age("coalesce(p.pers_dob, p.pers_expected_dob)", "r.day")} >= 13) AS exploited,
  count(DISTINCT r.child) FILTER (WHERE stepped.id IS NOT NULL) AS stepped_up
FROM r
LEFT JOIN decided ON decided.id = r.id
LEFT JOIN calendar AS rw ON rw.day = r.day
LEFT JOIN calendar AS dw ON dw.day = decided.day
LEFT JOIN again ON again.id = r.id
LEFT JOIN exploited ON exploited.id = r.id
LEFT JOIN stepped ON stepped.id = r.id
LEFT JOIN ssd_person AS p ON p.pers_person_id = r.child
GROUP BY month
""",
)

_BANDS = {"a%": "<= 10", "b%": "BETWEEN 11 AND 25", "c%": "BETWEEN 26 AND 35",
          "d%": "BETWEEN 36 AND 45", "e%": "> 45"}  # fmt: skip

ASSESSMENTS = Family(
    {
        "EH3": ("n", ""),
        **{f"EH3{band}": ("n", band[0]) for band in _BANDS},
        "EH4 (val)": ("n", "in_time"),
    },
    f"""
SELECT {month_of_day("a.cina_assessment_auth_date")} AS month, count(*) AS n,
  {
        ", ".join(
            f"count(*) FILTER (WHERE e.working_day - s.working_day {test}) AS {band[0]}"
            for band, test in _BANDS.items()
        )
    },
  count(*) FILTER (WHERE e.working_day - s.working_day <= 45) AS in_time
FROM ssd_cin_assessments AS a
LEFT JOIN calendar AS s ON s.day = a.cina_assessment_start_date
LEFT JOIN calendar AS e ON e.day = a.cina_assessment_auth_date
WHERE a.cina_assessment_auth_date BETWEEN {{first}} AND {{last}} GROUP BY month
""",
)

PLANS_OPEN = Family(
    {"CP6B": ("n", ""), "CP8-QL": ("n", "seen")},
    f"""
WITH cutoff AS (
  SELECT m.month_index, min(c.day) AS day FROM months AS m
  JOIN calendar AS c ON c.month_index = m.month_index AND c.working_day >= m.end_working_day - 15
  GROUP BY m.month_index
), seen AS (
  SELECT DISTINCT v.cppv_cp_plan_id AS plan, c.month_index AS month
  FROM ssd_cp_visits AS v
  JOIN cutoff AS c ON c.month_index = {month_of_day("v.cppv_cp_visit_date")}
  WHERE v.cppv_cp_visit_seen = 'Y' AND v.cppv_cp_visit_date >= c.day
    AND v.cppv_cp_visit_date BETWEEN {{first}} AND {{last}}
), open AS (
  SELECT cppl_cp_plan_id AS plan, cppl_person_id AS child,
    {open_months("cppl_cp_plan_start_date", "cppl_cp_plan_end_date")} AS month
  FROM ssd_cp_plans WHERE cppl_cp_plan_ola IS DISTINCT FROM 'Y'
    AND cppl_cp_plan_start_date <= {{last}}
    AND (cppl_cp_plan_end_date IS NULL OR cppl_cp_plan_end_date > {{first}})
)
SELECT o.month, count(DISTINCT o.child) AS n,
  count(DISTINCT o.child) FILTER (WHERE s.plan IS NOT NULL) AS seen
FROM open AS o LEFT JOIN seen AS s ON s.plan = o.plan AND s.month = o.month GROUP BY o.month
""",
)

PLANS_STARTED = Family(
    {"plans-started": ("n", ""), "CP5-QL (val)": ("again", "")},
    f"""
SELECT {month_of_day("p.day")} AS month, count(*) AS n,
  count(*) FILTER (WHERE p.day > p.earliest) AS again
FROM (
  SELECT cppl_cp_plan_start_date AS day,
    min(cppl_cp_plan_start_date) OVER (PARTITION BY cppl_person_id) AS earliest
  FROM ssd_cp_plans WHERE cppl_cp_plan_ola IS DISTINCT FROM 'Y'
) AS p
WHERE p.day BETWEEN {{first}} AND {{last}} GROUP BY month
""",
)

PLANS_ENDED = Family(
    {"CP7": ("n", "")},
    f"""
SELECT {month_of_day("cppl_cp_plan_end_date")} AS month, count(*) AS n FROM ssd_cp_plans
WHERE cppl_cp_plan_ola IS DISTINCT FROM 'Y' AND cppl_cp_plan_end_date BETWEEN {{first}} AND {{last}}
GROUP BY month
""",
)

CONFERENCES = Family(
    {
        "CP2": ("n", ""),
        "CP4 (val)": ("n", "planned"),
        "CP3-QL (val)": ("n", "in_time"),
        "CP2b": ("moved", ""),
        "CP2b %": ("moved", "moved_planned"),
    },
    f"""
WITH c AS MATERIALIZED (
  SELECT icpc_icpc_id AS id, icpc_person_id AS child, icpc_icpc_date AS day,
    icpc_cp_plan_id AS plan, icpc_s47_enquiry_id AS enquiry, coalesce(icpc_icpc_transfer_in, 'N') = 'Y' AS moved,
    icpc_icpc_outcome_cp_flag = 'Y' AS planned, {month_of_day("icpc_icpc_date")} AS month
  FROM ssd_initial_cp_conference WHERE icpc_icpc_date BETWEEN {{first}} AND {{last}}
), temporary AS (
  SELECT c.id FROM c JOIN ssd_cp_plans AS p ON p.cppl_cp_plan_id = c.plan
  WHERE p.cppl_cp_plan_ola = 'Y'
  UNION SELECT cppl_icpc_id FROM ssd_cp_plans WHERE cppl_cp_plan_ola = 'Y'
), began AS (
  SELECT c.id, max(e.s47e_s47_start_date) AS day FROM c JOIN ssd_s47_enquiry AS e
  ON e.s47e_person_id = c.child AND e.s47e_s47_start_date <= c.day GROUP BY c.id
), followed AS (
  SELECT DISTINCT c.id FROM c JOIN ssd_cp_plans AS p ON p.cppl_person_id = c.child
    AND p.cppl_cp_plan_start_date >= c.day
    AND {month_of_day("p.cppl_cp_plan_start_date")} <= c.month
  WHERE c.moved AND p.cppl_cp_plan_ola IS DISTINCT FROM 'Y'
), own AS (
  SELECT c.*, t.id IS NULL AND NOT c.moved AS counts, f.id IS NOT NULL AS followed,
    on_day.working_day - on_start.working_day <= 15 AS in_time
  FROM c
  LEFT JOIN temporary AS t ON t.id = c.id
  LEFT JOIN followed AS f ON f.id = c.id
  LEFT JOIN ssd_s47_enquiry AS e ON e.s47e_s47_enquiry_id = c.enquiry
  LEFT JOIN began AS b ON b.id = c.id
  LEFT JOIN calendar AS on_day ON on_day.day = c.day
  LEFT JOIN calendar AS on_start ON on_start.day = coalesce(e.s47e_s47_start_date, b.day)
)
SELECT month, count(DISTINCT child) FILTER (WHERE counts) AS n,
  count(DISTINCT child) FILTER (WHERE counts AND planned) AS planned,
  count(DISTINCT child) FILTER (WHERE counts AND in_time) AS in_time,
  count(DISTINCT child) FILTER (WHERE moved) AS moved,
  count(DISTINCT child) FILTER (WHERE moved AND followed) AS moved_planned
FROM own GROUP BY month
""",
)

REVIEWS = Family(
    {"CP9": ("n", "")},
    f"""
SELECT {month_of_day("cppr_cp_review_date")} AS month, count(DISTINCT cppr_person_id) AS n
FROM ssd_cp_reviews WHERE cppr_cp_review_date BETWEEN {{first}} AND {{last}} GROUP BY month
""",
)

# One row for each child and month of whom anything is asked, with a mark for each thing that holds.
CHILDREN = Family(
    {
        "LAC1": ("looked_after", ""),
        "LAC7-QL": ("looked_after", "visited"),
        "LAC10-QL": ("looked_after", "care_plan"),
        "LAC13": ("alone", ""),
        "LAC9 (val)": ("agency", ""),
        "LAC11-QL": ("entitled", "pathway"),
        "NI147": ("leavers", "settled"),
        "EH2": ("in_need", ""),
        "CIN5": ("open", ""),
    },
    f"""
WITH born AS (
  SELECT pers_person_id AS child, coalesce(pers_dob, pers_expected_dob) AS day FROM ssd_person
), looked_after AS MATERIALIZED (
  SELECT s.child, s.month, m.month_end, m.end_year_before, {age("b.day", "m.month_end")} AS age
  FROM (
    SELECT clae_person_id AS child,
      {open_months("clae_cla_episode_start_date", "clae_cla_episode_ceased_date")} AS month
    FROM ssd_cla_episodes WHERE clae_cla_episode_start_date <= {{last}}
      AND (clae_cla_episode_ceased_date IS NULL OR clae_cla_episode_ceased_date > {{first}})
    EXCEPT
    SELECT lega_person_id,
      {open_months("lega_legal_status_start_date", "lega_legal_status_end_date")}
    FROM ssd_legal_status WHERE lega_legal_status IN ('V3', 'V4')
      AND lega_legal_status_start_date <= {{last}}
      AND (lega_legal_status_end_date IS NULL OR lega_legal_status_end_date > {{first}})
  ) AS s
  JOIN months AS m ON m.month_index = s.month
  LEFT JOIN born AS b ON b.child = s.child
  WHERE coalesce({age("b.day", "m.month_end")}, 0) < 18
), placed AS (
  SELECT l.child, l.month, max(p.clap_cla_placement_start_date) AS day,
    bool_or(p.clap_cla_placement_type IN ('U4', 'U5', 'U6')
      AND p.clap_cla_placement_provider IN ('PR4', 'PR5')) AS agency
  FROM looked_after AS l JOIN ssd_cla_placement AS p ON p.clap_person_id = l.child
    AND p.clap_cla_placement_start_date <= l.month_end
    AND (p.clap_cla_placement_end_date IS NULL OR p.clap_cla_placement_end_date > l.month_end)
  GROUP BY l.child, l.month
), visits AS (
  SELECT clav_person_id AS child, {month_of_day("clav_cla_visit_date")} AS month,
    max(clav_cla_visit_date) AS day
  FROM ssd_cla_visits WHERE clav_cla_visit_seen = 'Y'
    AND clav_cla_visit_date BETWEEN {{first}} - INTERVAL 50 DAY AND {{last}}
  GROUP BY child, month
), seen AS (
  SELECT child, v.month + step AS month, max(day) AS day
  FROM visits AS v CROSS JOIN unnest([0, 1, 2]) AS s(step) GROUP BY child, v.month + step
), planned AS (
  SELECT DISTINCT c.lacp_person_id AS child, m.month_index AS month
  FROM ssd_cla_care_plan AS c
  JOIN months AS m ON c.lacp_cla_care_plan_start_date <= m.month_end
    AND (c.lacp_cla_care_plan_end_date IS NULL OR c.lacp_cla_care_plan_end_date > m.month_end)
  JOIN plan_authorisations AS a ON a.plau_plan_id = c.lacp_table_id
    AND a.plau_plan_type = 'CARE' AND a.plau_authorised_date <= m.month_end
    AND (a.plau_end_date IS NULL OR a.plau_end_date > m.month_end)
  UNION
  SELECT c.lacp_person_id, m.month_index
  FROM ssd_cla_care_plan AS c
  JOIN months AS m ON c.lacp_cla_care_plan_start_date <= m.month_end
    AND (c.lacp_cla_care_plan_end_date IS NULL OR c.lacp_cla_care_plan_end_date > m.month_end)
  JOIN plan_authorisations AS a ON a.plau_person_id = c.lacp_person_id AND a.plau_plan_id IS NULL
    AND a.plau_plan_type = 'CARE' AND a.plau_authorised_date <= m.month_end
    AND (a.plau_end_date IS NULL OR a.plau_end_date > m.month_end)
), alone AS (
  SELECT DISTINCT l.child, l.month FROM looked_after AS l JOIN ssd_immigration_status AS i
  ON i.immi_person_id = l.child AND i.immi_immigration_status IN ({{uasc}})
    AND (i.immi_immigration_status_start_date IS NULL
      OR i.immi_immigration_status_start_date <= l.month_end)
    AND (i.immi_immigration_status_end_date IS NULL
      OR i.immi_immigration_status_end_date > l.month_end)
), leavers AS MATERIALIZED (
  SELECT clea_person_id AS child, m.month_index AS month,
    bool_or(coalesce(clea_care_leaver_in_touch, '') <> 'RHOM'
      AND coalesce(clea_care_leaver_accommodation, '') NOT IN ('G', 'H', 'R')
      AND {age("b.day", "m.month_end")} BETWEEN 17 AND 21) AS asked,
    bool_or(coalesce(clea_care_leaver_accommodation, '') NOT IN ('G', 'H', 'R')
      AND {age("b.day", "m.month_end")} BETWEEN 17 AND 21
      AND clea_care_leaver_in_touch = 'YES' AND clea_care_leaver_accom_suitable = '1') AS settled
  FROM ssd_care_leavers
  JOIN months AS m ON m.is_load_month = 1
  LEFT JOIN born AS b ON b.child = clea_person_id
  WHERE (clea_care_leaver_eligibility IS NULL
      OR clea_care_leaver_eligibility IN ('Relevant', 'Former Relevant', 'Qualifying'))
    AND coalesce(clea_care_leaver_in_touch, '') <> 'DIED'
  GROUP BY ALL
), pathway AS (
  SELECT DISTINCT a.plau_person_id AS child, m.month_index AS month
  FROM plan_authorisations AS a
  JOIN months AS m ON a.plau_authorised_date <= m.month_end
    AND (a.plau_end_date IS NULL OR a.plau_end_date > m.month_end)
  WHERE a.plau_plan_type = 'PATHWAY'
), referred AS (
  SELECT DISTINCT cine_person_id AS child,
    {open_months("cine_referral_date", "cine_close_date")} AS month
  FROM ssd_cin_episodes WHERE cine_referral_date <= {{last}}
    AND (cine_close_date IS NULL OR cine_close_date > {{first}})
), on_plan AS (
  SELECT DISTINCT cppl_person_id AS child,
    {open_months("cppl_cp_plan_start_date", "cppl_cp_plan_end_date")} AS month
  FROM ssd_cp_plans WHERE cppl_cp_plan_start_date <= {{last}}
    AND (cppl_cp_plan_end_date IS NULL OR cppl_cp_plan_end_date > {{first}})
), children AS (
  SELECT child, month, bool_or(one = 'referred') AS referred, bool_or(one = 'plan') AS on_plan,
    bool_or(one = 'care') AS care, bool_or(one = 'leaver') AS leaver
  FROM (
    SELECT child, month, 'referred' AS one FROM referred
    UNION ALL SELECT child, month, 'plan' FROM on_plan
    UNION ALL SELECT child, month, 'care' FROM looked_after
    UNION ALL SELECT child, month, 'leaver' FROM leavers
  ) GROUP BY child, month
)
SELECT c.month, count(*) FILTER (WHERE care) AS looked_after,
  count(*) FILTER (WHERE care AND (l.month_end - p.day <= 7
    OR (seen.day >= coalesce(p.day, seen.day) AND l.month_end - seen.day <= 42))) AS visited,
  count(*) FILTER (WHERE care AND planned.child IS NOT NULL) AS care_plan,
  count(alone.child) AS alone,
  count(*) FILTER (WHERE care AND p.agency) AS agency,
  count(*) FILTER (WHERE leaver OR l.age BETWEEN 16 AND 17) AS entitled,
  count(*) FILTER (WHERE (leaver OR l.age BETWEEN 16 AND 17) AND w.child IS NOT NULL) AS pathway,
  count(*) FILTER (WHERE v.asked) AS leavers, count(*) FILTER (WHERE v.settled) AS settled,
  count(*) FILTER (WHERE referred AND NOT on_plan AND NOT care AND NOT leaver) AS in_need,
  count(*) AS open
FROM children AS c
LEFT JOIN looked_after AS l ON l.child = c.child AND l.month = c.month
LEFT JOIN leavers AS v ON v.child = c.child AND v.month = c.month
LEFT JOIN placed AS p ON p.child = c.child AND p.month = c.month
LEFT JOIN seen ON seen.child = c.child AND seen.month = c.month
LEFT JOIN planned ON planned.child = c.child AND planned.month = c.month
LEFT JOIN alone ON alone.child = c.child AND alone.month = c.month
LEFT JOIN pathway AS w ON w.child = c.child AND w.month = c.month
GROUP BY c.month
""",
)

_SHORT_BREAK = """
  SELECT lega_person_id AS child, lega_legal_status_start_date AS first,
    lega_legal_status_end_date AS last
  FROM ssd_legal_status WHERE lega_legal_status IN ('V3', 'V4')
"""

CARE_STARTED = Family(
    {"LAC2": ("n", ""), "LAC14": ("alone", "")},
    f"""
WITH short_break AS ({_SHORT_BREAK}), e AS (
  SELECT clae_cla_episode_id AS id, clae_person_id AS child, clae_cla_id AS period,
    clae_cla_episode_start_date AS day,
    min(clae_cla_episode_start_date) OVER (PARTITION BY clae_person_id, clae_cla_id) AS earliest
  FROM ssd_cla_episodes
), began AS (
  SELECT child, period, day, {month_of_day("day")} AS month FROM e
  WHERE day BETWEEN {{first}} AND {{last}} AND (period IS NULL OR day = earliest)
    AND NOT EXISTS (FROM short_break AS s WHERE s.child = e.child AND s.first <= e.day
      AND (s.last IS NULL OR s.last > e.day))
)
SELECT month, count(DISTINCT (child, period)) AS n, count(DISTINCT child) FILTER (WHERE EXISTS (
  FROM ssd_immigration_status AS i
  WHERE i.immi_person_id = began.child AND i.immi_immigration_status IN ({{uasc}})
    AND (i.immi_immigration_status_start_date IS NULL
      OR {month_of_day("i.immi_immigration_status_start_date")} <= began.month)
    AND (i.immi_immigration_status_end_date IS NULL
      OR i.immi_immigration_status_end_date >= began.day))) AS alone
FROM began GROUP BY month
""",
)

CARE_ENDED = Family(
    {"LAC3": ("n", ""), "LAC6 (val)": ("adopted", ""), "LAC12 (val)": ("guardian", "")},
    f"""
WITH short_break AS ({_SHORT_BREAK}), ended AS (
  SELECT a.clae_person_id AS child, a.clae_cla_id AS period, a.clae_cla_episode_ceased_date AS day,
    a.clae_cla_episode_ceased_reason AS reason
  FROM ssd_cla_episodes AS a
  WHERE a.clae_cla_episode_ceased_date BETWEEN {{first}} AND {{last}}
    AND coalesce(a.clae_cla_episode_ceased_reason, '') <> 'X1'
    AND NOT EXISTS (FROM ssd_cla_episodes AS b
      WHERE b.clae_person_id = a.clae_person_id AND b.clae_cla_id = a.clae_cla_id
        AND b.clae_cla_episode_id <> a.clae_cla_episode_id
        AND (b.clae_cla_episode_ceased_date IS NULL
          OR b.clae_cla_episode_ceased_date > a.clae_cla_episode_ceased_date
          OR b.clae_cla_episode_start_date >= a.clae_cla_episode_ceased_date))
    AND NOT EXISTS (FROM short_break AS s WHERE s.child = a.clae_person_id
      AND s.first <= a.clae_cla_episode_ceased_date
      AND (s.last IS NULL OR s.last >= a.clae_cla_episode_ceased_date))
)
SELECT {month_of_day("day")} AS month, count(DISTINCT (child, period)) AS n,
  count(DISTINCT (child, period)) FILTER (WHERE reason IN ('E11', 'E12')) AS adopted,
  count(DISTINCT (child, period)) FILTER (WHERE reason BETWEEN 'E43' AND 'E48') AS guardian
FROM ended GROUP BY month
""",
)

MISSING = Family(
    {"EH5-QL": ("n", "")},
    """
WITH spells AS MATERIALIZED (
  SELECT miss_person_id AS child, miss_missing_episode_start_date AS first,
    miss_missing_episode_end_date AS last
  FROM ssd_missing
  WHERE miss_missing_episode_type = 'M' AND miss_missing_episode_start_date <= {last}
    AND (miss_missing_episode_end_date IS NULL OR miss_missing_episode_end_date >= {first})
), work AS (
  SELECT cine_person_id AS child, cine_referral_date AS first, cine_close_date AS last
  FROM ssd_cin_episodes
  UNION ALL SELECT cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date FROM ssd_cp_plans
  UNION ALL SELECT clae_person_id, clae_cla_episode_start_date, clae_cla_episode_ceased_date
  FROM ssd_cla_episodes
), leavers AS (
  SELECT DISTINCT clea_person_id AS child FROM ssd_care_leavers
  WHERE (clea_care_leaver_eligibility IS NULL
      OR clea_care_leaver_eligibility IN ('Relevant', 'Former Relevant', 'Qualifying'))
    AND coalesce(clea_care_leaver_in_touch, '') <> 'DIED'
), known AS (
  SELECT DISTINCT s.child, s.first, s.last FROM spells AS s JOIN work AS w ON w.child = s.child
    AND (s.last IS NULL OR w.first <= s.last) AND (w.last IS NULL OR w.last > s.first)
)
SELECT month, count(DISTINCT child) AS n FROM (
  SELECT k.child, m.month_index AS month FROM known AS k JOIN months AS m
  ON k.first <= m.month_end AND (k.last IS NULL OR k.last >= m.month_start)
  UNION ALL
  SELECT s.child, m.month_index FROM spells AS s JOIN leavers AS l ON l.child = s.child
  JOIN months AS m ON m.is_load_month = 1
    AND s.first <= m.month_end AND (s.last IS NULL OR s.last >= m.month_start)
) GROUP BY month
""",
)

HOUSEHOLDS = Family(
    {"LAC16": ("n", "")},
    f"""
SELECT month, count(DISTINCT household) AS n FROM (
  SELECT foca_household_id AS household,
    {open_months("foca_approved_date", "foca_ceased_date")} AS month
  FROM foster_carers WHERE foca_in_house = 'Y'
) GROUP BY month
""",
)

EARLY_HELP_DONE = Family(
    {"EH1c": ("n", ""), "EH14b": ("young", "")},
    f"""
SELECT {month_of_day("ehas_completed_date")} AS month, count(*) AS n,
  count(*) FILTER (
    WHERE coalesce({age("ehas_date_of_birth", "ehas_completed_date")}, 0) < 21) AS young
FROM early_help_assessments WHERE ehas_completed_date BETWEEN {{first}} AND {{last}} GROUP BY month
""",
)

FAMILIES: tuple[Family, ...] = (
    flow("M1", "ssd_contacts", "cont_contact_date"),
    REFERRALS,
    ASSESSMENTS,
    flow("CP1", "ssd_s47_enquiry", "s47e_s47_start_date"),
    PLANS_OPEN,
    PLANS_STARTED,
    PLANS_ENDED,
    CONFERENCES,
    REVIEWS,
    CHILDREN,
    CARE_STARTED,
    CARE_ENDED,
    MISSING,
    HOUSEHOLDS,
    flow("EH1a", "early_help_assessments", "ehas_start_date"),
    EARLY_HELP_DONE,
    flow("EH1b", "early_help_plans", "ehpl_start_date"),
)
