"""Legal statuses, placements and plans of looked-after children, and who came alone."""

from __future__ import annotations

from collections.abc import Sequence

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import (
    AT_MONTH_END,
    CHILDREN_LOOKED_AFTER,
    SINCE,
    Asked,
    DataCheck,
    Row,
    aged,
    is_open,
    person,
)

_OPEN = is_open("a.clae_cla_episode_start_date", "a.clae_cla_episode_ceased_date")
_STATUS_OPEN = is_open("s.lega_legal_status_start_date", "s.lega_legal_status_end_date")
_PLACED = is_open("l.clap_cla_placement_start_date", "l.clap_cla_placement_end_date")
_ALONE = ("uasc", "unaccompanied", "alone")


def _sounding_like_uasc(rows: Sequence[Row], asked: Asked) -> Sequence[Row]:
    """Statuses that speak of coming alone; of asylum at all, while no record has a named one."""
    named = asked.settings.value("uasc_statuses")
    assert isinstance(named, tuple)
    words = _ALONE if any(row[1] in named for row in rows) else (*_ALONE, "asylum")
    return [
        row for row in rows if row[1] not in named and any(word in row[1].lower() for word in words)
    ]


CARE_CHECKS: tuple[DataCheck, ...] = (
    DataCheck(
        "care-without-legal-status",
        Severity.WARNING,
        ("LAC1", "LAC2"),
        "Episodes of care with no legal status at the month's end, or on the first day of one "
        "begun in the months of the page",
        "Whether the child is in a series of short breaks (V3, V4) cannot be seen, so the child "
        "counts as looked after, and as coming into care.",
        "Record the legal status from the day care began.",
        f"""
SELECT f.child, f.record, MIN(f.on_day) AS on_day
FROM (
SELECT a.council, a.clae_person_id AS child, a.clae_cla_episode_id AS record, e.day AS on_day
FROM ssd_cla_episodes AS a
{AT_MONTH_END}
{person("a.clae_person_id")}
WHERE a.council = $council AND {_OPEN} AND NOT ({aged("p", 18)})
UNION ALL
SELECT a.council, a.clae_person_id AS child, a.clae_cla_episode_id AS record,
  a.clae_cla_episode_start_date AS on_day
FROM ssd_cla_episodes AS a
{SINCE}
WHERE a.council = $council AND a.clae_cla_episode_start_date >= w.day
) AS f
LEFT JOIN ssd_legal_status AS s
  ON s.council = f.council AND s.lega_person_id = f.child
  AND {is_open("s.lega_legal_status_start_date", "s.lega_legal_status_end_date", "f.on_day")}
WHERE s.lega_legal_status_id IS NULL
GROUP BY f.child, f.record""",
        "episode",
        ("no status on",),
        needs=("ssd_legal_status",),
    ),
    DataCheck(
        "short-breaks-with-other-status",
        Severity.WARNING,
        ("LAC1", "LAC1-NI", "LAC2", "LAC3"),
        "Looked-after children who have a legal status of short breaks (V3, V4) and another at the "
        "month's end",
        "They are left out of the children looked after, for the sake of the short breaks.",
        "End the status that no longer holds.",
        f"""
SELECT s.lega_person_id AS child, s.lega_legal_status_id AS record, s.lega_legal_status AS status,
  s.lega_legal_status_start_date AS since, MIN(o.lega_legal_status) AS other,
  MIN(o.lega_legal_status_start_date) AS other_since
FROM ssd_legal_status AS s
{AT_MONTH_END}
JOIN {CHILDREN_LOOKED_AFTER} AS k ON k.council = s.council AND k.child = s.lega_person_id
JOIN ssd_legal_status AS o
  ON o.council = s.council AND o.lega_person_id = s.lega_person_id
  AND o.lega_legal_status NOT IN ('V3', 'V4')
WHERE s.council = $council AND s.lega_legal_status IN ('V3', 'V4') AND {_STATUS_OPEN}
  AND {is_open("o.lega_legal_status_start_date", "o.lega_legal_status_end_date")}
GROUP BY s.lega_person_id, s.lega_legal_status_id, s.lega_legal_status,
  s.lega_legal_status_start_date""",
        "legal status",
        ("status", "since", "other", "since"),
    ),
    DataCheck(
        "care-without-placement",
        Severity.WARNING,
        ("LAC7-QL", "LAC9 (val)", "LAC9"),
        "Looked-after children without a placement at the month's end",
        "None of them counts as placed with an agency, and when their visits fall due cannot be "
        "worked out from a placement.",
        "Record the placement, or end the episode of care.",
        f"""
SELECT a.clae_person_id AS child, a.clae_cla_episode_id AS record,
  a.clae_cla_episode_start_date AS began
FROM ssd_cla_episodes AS a
{AT_MONTH_END}
{person("a.clae_person_id")}
LEFT JOIN (
  SELECT l.council, l.clap_person_id AS child
  FROM ssd_cla_placement AS l
  {AT_MONTH_END}
  WHERE l.council = $council AND {_PLACED}
) AS h ON h.council = a.council AND h.child = a.clae_person_id
WHERE a.council = $council AND {_OPEN} AND NOT ({aged("p", 18)}) AND h.child IS NULL""",
        "episode",
        ("begun",),
        needs=("ssd_cla_placement",),
    ),
    DataCheck(
        "two-placements-at-once",
        Severity.WARNING,
        ("LAC7-QL", "LAC9 (val)", "LAC9"),
        "Placements open at the month's end beside a later one of the same child",
        "Visits are timed from the later one; if either is with a fostering agency the child "
        "counts as placed with one.",
        "End the earlier placement on the day of the move.",
        f"""
SELECT l.clap_person_id AS child, l.clap_cla_placement_id AS record,
  l.clap_cla_placement_start_date AS began, MAX(o.clap_cla_placement_id) AS later,
  MAX(o.clap_cla_placement_start_date) AS later_began
FROM ssd_cla_placement AS l
{AT_MONTH_END}
JOIN {CHILDREN_LOOKED_AFTER} AS k ON k.council = l.council AND k.child = l.clap_person_id
JOIN ssd_cla_placement AS o
  ON o.council = l.council AND o.clap_person_id = l.clap_person_id
  AND (o.clap_cla_placement_start_date > l.clap_cla_placement_start_date
    OR (o.clap_cla_placement_start_date = l.clap_cla_placement_start_date
      AND o.clap_cla_placement_id > l.clap_cla_placement_id))
WHERE l.council = $council AND {_PLACED}
  AND {is_open("o.clap_cla_placement_start_date", "o.clap_cla_placement_end_date")}
GROUP BY l.clap_person_id, l.clap_cla_placement_id, l.clap_cla_placement_start_date""",
        "placement",
        ("begun", "later placement", "begun"),
    ),
    DataCheck(
        "placement-without-provider",
        Severity.WARNING,
        ("LAC9 (val)", "LAC9"),
        "Present placements without a type, or foster placements (U4 to U6) without a provider",
        "They do not count as placed with a fostering agency, whoever the carers work for.",
        "Enter the type and the provider.",
        f"""
SELECT l.clap_person_id AS child, l.clap_cla_placement_id AS record,
  l.clap_cla_placement_start_date AS began, l.clap_cla_placement_type AS kind
FROM ssd_cla_placement AS l
{AT_MONTH_END}
JOIN {CHILDREN_LOOKED_AFTER} AS k ON k.council = l.council AND k.child = l.clap_person_id
WHERE l.council = $council AND {_PLACED}
  AND (l.clap_cla_placement_type IS NULL
    OR (l.clap_cla_placement_type IN ('U4', 'U5', 'U6')
      AND l.clap_cla_placement_provider IS NULL))""",
        "placement",
        ("begun", "type"),
    ),
    DataCheck(
        "authorisation-of-no-plan",
        Severity.WARNING,
        ("LAC10-QL", "LAC10 (%)"),
        "Authorisations of care plans that are not among the child's care plans",
        "They authorise nothing, and the child counts as without an authorised plan.",
        "Enter the id of the plan that was authorised.",
        """
SELECT u.plau_person_id AS child, u.plau_authorisation_id AS record,
  u.plau_authorised_date AS authorised, u.plau_plan_id AS plan
FROM plan_authorisations AS u
LEFT JOIN ssd_cla_care_plan AS c
  ON c.council = u.council AND c.lacp_table_id = u.plau_plan_id
  AND c.lacp_person_id = u.plau_person_id
WHERE u.council = $council AND u.plau_plan_type = 'CARE' AND u.plau_plan_id IS NOT NULL
  AND c.lacp_table_id IS NULL""",
        "authorisation",
        ("authorised", "plan"),
        needs=("ssd_cla_care_plan",),
    ),
    DataCheck(
        "asylum-status-not-in-setting",
        Severity.WARNING,
        ("LAC13", "LAC14"),
        "Immigration statuses that sound like a child who came alone to seek asylum, and that the "
        "setting uasc_statuses does not name",
        "Children with these statuses are not counted.",
        "Add those that mean it to uasc_statuses, as they are written here.",
        """
SELECT NULL AS child, i.immi_immigration_status AS record, COUNT(*) AS times,
  MAX(i.immi_immigration_status_start_date) AS latest
FROM ssd_immigration_status AS i
WHERE i.council = $council AND i.immi_immigration_status IS NOT NULL
GROUP BY i.immi_immigration_status""",
        "status",
        ("times", "latest"),
        judge=_sounding_like_uasc,
        samples=12,
    ),
)
