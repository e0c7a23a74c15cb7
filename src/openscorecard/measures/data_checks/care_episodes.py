"""Episodes of care: how they begin, follow each other and end."""

from __future__ import annotations

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import (
    AT_MONTH_END,
    CEASED,
    LOOKED_AFTER,
    SINCE,
    WHEN_EXTRACTED,
    DataCheck,
    aged,
    born,
    is_open,
    person,
)

_OPEN = is_open("a.clae_cla_episode_start_date", "a.clae_cla_episode_ceased_date")

EPISODE_CHECKS: tuple[DataCheck, ...] = (
    DataCheck(
        "care-open-past-18",
        Severity.ERROR,
        (*CEASED, "EH5-QL"),
        "Episodes of care still open after the 18th birthday",
        "They are left out of the children looked after, but nobody was seen to leave care: the "
        "month of the birthday counts one too few.",
        "End the episode on the birthday, or correct the date of birth.",
        f"""
SELECT a.clae_person_id AS child, a.clae_cla_episode_id AS record, {born("p")} AS born,
  a.clae_cla_episode_start_date AS began
FROM ssd_cla_episodes AS a
{AT_MONTH_END}
{person("a.clae_person_id", join="JOIN")}
WHERE a.council = $council AND {_OPEN} AND {aged("p", 18)}""",
        "episode",
        ("born", "begun"),
    ),
    DataCheck(
        "two-care-episodes-at-once",
        Severity.ERROR,
        ("LAC2", *CEASED, "LAC14"),
        "Episodes of care begun while another episode of the child was running",
        "Starts are counted twice where the two are different periods of care, and the end of the "
        "first is not seen as leaving care, or is though the child stayed.",
        "End the earlier episode on the day the next one began (reason X1), or take one out.",
        f"""
SELECT a.clae_person_id AS child, a.clae_cla_episode_id AS record,
  a.clae_cla_episode_start_date AS began, o.clae_cla_episode_id AS other,
  o.clae_cla_episode_start_date AS other_began
FROM ssd_cla_episodes AS a
{SINCE}
JOIN ssd_cla_episodes AS o
  ON o.council = a.council AND o.clae_person_id = a.clae_person_id
  AND o.clae_cla_episode_id <> a.clae_cla_episode_id
  AND (o.clae_cla_episode_start_date < a.clae_cla_episode_start_date
    OR (o.clae_cla_episode_start_date = a.clae_cla_episode_start_date
      AND o.clae_cla_episode_id < a.clae_cla_episode_id))
  AND (o.clae_cla_episode_ceased_date IS NULL
    OR o.clae_cla_episode_ceased_date > a.clae_cla_episode_start_date)
WHERE a.council = $council
  AND (a.clae_cla_episode_ceased_date IS NULL
    OR (a.clae_cla_episode_ceased_date >= w.day
      AND a.clae_cla_episode_ceased_date > a.clae_cla_episode_start_date))""",
        "episode",
        ("begun", "other episode", "begun"),
    ),
    DataCheck(
        "care-continues-but-nothing-follows",
        Severity.ERROR,
        (*LOOKED_AFTER, *CEASED),
        "Episodes of care that ended because the next one began (X1), with no episode after them",
        "The child is no longer counted as looked after, and was never counted as leaving care.",
        "Record the episode that followed, or the true reason for leaving care.",
        f"""
SELECT f.child, f.record, f.ended
FROM (
SELECT a.clae_person_id AS child, a.clae_cla_episode_id AS record,
  a.clae_cla_episode_ceased_date AS ended, COUNT(o.clae_cla_episode_id) AS following
FROM ssd_cla_episodes AS a
{SINCE}
{WHEN_EXTRACTED}
JOIN calendar AS d ON d.day = a.clae_cla_episode_ceased_date
JOIN calendar AS n ON n.day_number = d.day_number + 1
LEFT JOIN ssd_cla_episodes AS o
  ON o.council = a.council AND o.clae_person_id = a.clae_person_id
  AND o.clae_cla_episode_id <> a.clae_cla_episode_id
  AND o.clae_cla_episode_start_date <= n.day
  AND (o.clae_cla_episode_start_date >= a.clae_cla_episode_ceased_date
    OR o.clae_cla_episode_ceased_date IS NULL
    OR o.clae_cla_episode_ceased_date > a.clae_cla_episode_ceased_date)
WHERE a.council = $council AND a.clae_cla_episode_ceased_reason = 'X1'
  AND a.clae_cla_episode_ceased_date >= w.day AND a.clae_cla_episode_ceased_date < x.day
GROUP BY a.clae_person_id, a.clae_cla_episode_id, a.clae_cla_episode_ceased_date
) AS f
WHERE f.following = 0""",
        "episode",
        ("ended",),
    ),
    DataCheck(
        "care-ended-but-goes-on",
        Severity.WARNING,
        ("LAC2", *CEASED, "LAC14"),
        "Episodes of care that ended for good, with another episode of the child from the same day",
        "Within one period of care the end is not counted; between two periods it counts as "
        "leaving care, and as coming into care on the same day.",
        "Where the child stayed in care the reason is X1, and both episodes are of one period; "
        "else correct the dates.",
        f"""
SELECT a.clae_person_id AS child, a.clae_cla_episode_id AS record,
  a.clae_cla_episode_ceased_date AS ended, a.clae_cla_episode_ceased_reason AS reason,
  MIN(o.clae_cla_episode_id) AS other
FROM ssd_cla_episodes AS a
{SINCE}
JOIN ssd_cla_episodes AS o
  ON o.council = a.council AND o.clae_person_id = a.clae_person_id
  AND o.clae_cla_episode_id <> a.clae_cla_episode_id
  AND o.clae_cla_episode_start_date = a.clae_cla_episode_ceased_date
  AND (a.clae_cla_episode_start_date < a.clae_cla_episode_ceased_date
    OR o.clae_cla_episode_ceased_date IS NULL
    OR o.clae_cla_episode_ceased_date > o.clae_cla_episode_start_date)
WHERE a.council = $council AND a.clae_cla_episode_ceased_date >= w.day
  AND a.clae_cla_episode_ceased_reason <> 'X1'
GROUP BY a.clae_person_id, a.clae_cla_episode_id, a.clae_cla_episode_ceased_date,
  a.clae_cla_episode_ceased_reason""",
        "episode",
        ("ended", "reason", "next episode"),
    ),
    DataCheck(
        "care-ended-without-reason",
        Severity.WARNING,
        CEASED,
        "Episodes of care that ended without a reason",
        "The last of a period counts as leaving care, and as neither adoption nor special "
        "guardianship.",
        "Enter the reason.",
        f"""
SELECT a.clae_person_id AS child, a.clae_cla_episode_id AS record,
  a.clae_cla_episode_ceased_date AS ended
FROM ssd_cla_episodes AS a
{SINCE}
WHERE a.council = $council AND a.clae_cla_episode_ceased_date >= w.day
  AND a.clae_cla_episode_ceased_reason IS NULL""",
        "episode",
        ("ended",),
    ),
    DataCheck(
        "care-reason-without-end",
        Severity.ERROR,
        (*LOOKED_AFTER, *CEASED),
        "Episodes of care with a reason for ending, and no date",
        "The child counts as looked after, at this month's end and at every one to come.",
        "Enter the day on which the episode ended, or take the reason away.",
        """
SELECT a.clae_person_id AS child, a.clae_cla_episode_id AS record,
  a.clae_cla_episode_start_date AS began, a.clae_cla_episode_ceased_reason AS reason
FROM ssd_cla_episodes AS a
WHERE a.council = $council AND a.clae_cla_episode_ceased_date IS NULL
  AND a.clae_cla_episode_ceased_reason IS NOT NULL""",
        "episode",
        ("begun", "reason"),
    ),
)
