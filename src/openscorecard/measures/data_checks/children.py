"""Who the children are: dates of birth, deaths, and records of one child that may be two."""

from __future__ import annotations

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import (
    AT_MONTH_END,
    EVERYTHING_OPEN,
    OPEN_CASES,
    REFERRALS,
    SINCE,
    WHEN_EXTRACTED,
    DataCheck,
    aged,
    born,
    person,
)

_STOCKS = ("EH2", "CIN5", "CP6B", "CP6B-NI", "LAC1", "LAC1-NI", "EH5-QL")

CHILDREN: tuple[DataCheck, ...] = (
    DataCheck(
        "child-without-birth-date",
        Severity.WARNING,
        ("M4", "LAC1", "LAC11-QL", "LAC11-QL (%)", "NI147"),
        "Children with an open case, a referral in the months of the page or a care leaver's "
        "record, and neither a date of birth nor an expected one",
        "They are never 13 or older (M4), never among those aged 16 or 17 (LAC11) or of the ages "
        "of NI147, and never leave the children looked after at 18.",
        "Enter the date of birth.",
        f"""
SELECT f.child, NULL AS record, MIN(f.since) AS since, COUNT(DISTINCT f.record) AS records
FROM (
SELECT o.council, o.child, o.record, o.since
FROM {EVERYTHING_OPEN} AS o
UNION ALL
SELECT r.council, r.cine_person_id AS child, r.cine_referral_id AS record,
  r.cine_referral_date AS since
FROM ssd_cin_episodes AS r
{SINCE}
WHERE r.council = $council AND r.cine_referral_date >= w.day
UNION ALL
SELECT l.council, l.clea_person_id AS child, l.clea_table_id AS record,
  CAST(NULL AS DATE) AS since
FROM ssd_care_leavers AS l
WHERE l.council = $council
) AS f
{person("f.child")}
WHERE {born("p")} IS NULL
GROUP BY f.child""",
        "",
        ("since", "records"),
        needs=("ssd_person",),
    ),
    DataCheck(
        "child-born-after-extraction",
        Severity.ERROR,
        ("M4", "LAC1", "LAC11-QL", "LAC11-QL (%)", "NI147"),
        "Children born after the day on which the records were read out",
        "Their age is below 0, so that they pass no condition of age.",
        "Correct the date of birth; a child not yet born has an expected date.",
        f"""
SELECT p.pers_person_id AS child, NULL AS record, p.pers_dob AS born
FROM ssd_person AS p
{WHEN_EXTRACTED}
WHERE p.council = $council AND p.pers_dob > x.day""",
        "",
        ("born",),
    ),
    DataCheck(
        "child-expected-long-ago",
        Severity.INFORMATION,
        ("M4", "LAC11-QL", "LAC11-QL (%)"),
        "Children with an open case who were expected more than 60 days ago, and whose date of "
        "birth is blank",
        "Their age is worked out from the day on which they were expected.",
        "Enter the date of birth, or close the case.",
        f"""
SELECT o.child, NULL AS record, p.pers_expected_dob AS expected, MIN(o.since) AS since
FROM {EVERYTHING_OPEN} AS o
{AT_MONTH_END}
{person("o.child", join="JOIN")}
JOIN calendar AS d ON d.day = p.pers_expected_dob
WHERE p.pers_dob IS NULL AND e.day_number - d.day_number > 60
GROUP BY o.child, p.pers_expected_dob""",
        "",
        ("expected", "open since"),
    ),
    DataCheck(
        "referral-open-past-18",
        Severity.WARNING,
        OPEN_CASES,
        "Referrals of people aged 18 to 25 still open, of whom there is no care leaver's record",
        "They count as children in need: a referral has no age at which it stops counting.",
        "Close them, or add the record to the care leavers.",
        f"""
SELECT o.child, o.record, {born("p")} AS born, o.since
FROM {EVERYTHING_OPEN} AS o
{AT_MONTH_END}
{person("o.child", join="JOIN")}
LEFT JOIN ssd_care_leavers AS l ON l.council = o.council AND l.clea_person_id = o.child
WHERE o.what = 'referral' AND {aged("p", 18)} AND NOT ({aged("p", 26)})
  AND l.clea_person_id IS NULL""",
        "referral",
        ("born", "open since"),
    ),
    DataCheck(
        "open-past-25",
        Severity.ERROR,
        OPEN_CASES,
        "Referrals, plans and episodes of care open for people older than 25",
        "Open referrals and plans count, whatever the age.",
        "Close them on the day they ended, or correct the date of birth; some are parents "
        "recorded in their child's place.",
        f"""
SELECT o.child, o.record, o.what, {born("p")} AS born, o.since
FROM {EVERYTHING_OPEN} AS o
{AT_MONTH_END}
{person("o.child", join="JOIN")}
WHERE {aged("p", 26)}""",
        "record",
        ("of", "born", "open since"),
    ),
    DataCheck(
        "dead-but-open",
        Severity.ERROR,
        (*_STOCKS, "LAC11-QL", "LAC11-QL (%)", "NI147"),
        "Referrals, plans, episodes of care and care leavers' records open for children who had "
        "died by the month's end",
        "They count as open. A letter that goes out because of it hurts.",
        "Close everything that is open on the day of death.",
        f"""
SELECT f.child, f.record, f.what, p.pers_death_date AS died
FROM (
SELECT o.council, o.child, o.record, o.what
FROM {EVERYTHING_OPEN} AS o
UNION ALL
SELECT l.council, l.clea_person_id AS child, l.clea_table_id AS record, 'care leaver' AS what
FROM ssd_care_leavers AS l
WHERE l.council = $council AND COALESCE(l.clea_care_leaver_in_touch, '') <> 'DIED'
) AS f
{AT_MONTH_END}
{person("f.child", join="JOIN")}
WHERE p.pers_death_date <= e.day""",
        "record",
        ("of", "died"),
    ),
    # Shared days are never more than a child's own, so <= says that they are all of them; with =
    # an engine may join the two children's counts to each other first, which takes for ever.
    DataCheck(
        "children-perhaps-the-same",
        Severity.INFORMATION,
        ("M1", *REFERRALS),
        "Pairs of children with the same date of birth and sex whose contacts, two days or more, "
        "are all on the same days",
        "If they are one child recorded twice, everything about the child counts twice. Twins "
        "look the same.",
        "Look at the two; merge them in the case system if they are one.",
        """
SELECT s.child, NULL AS record, s.other, s.born, s.days
FROM (
SELECT a.council, a.child, b.child AS other, a.born, COUNT(*) AS days
FROM (
  SELECT DISTINCT c.council, c.cont_person_id AS child, c.cont_contact_date AS on_day,
    p.pers_dob AS born, p.pers_sex AS sex
  FROM ssd_contacts AS c
  JOIN ssd_person AS p ON p.council = c.council AND p.pers_person_id = c.cont_person_id
  WHERE c.council = $council
) AS a
JOIN (
  SELECT DISTINCT c.council, c.cont_person_id AS child, c.cont_contact_date AS on_day,
    p.pers_dob AS born, p.pers_sex AS sex
  FROM ssd_contacts AS c
  JOIN ssd_person AS p ON p.council = c.council AND p.pers_person_id = c.cont_person_id
  WHERE c.council = $council
) AS b
  ON b.council = a.council AND b.on_day = a.on_day AND b.born = a.born AND b.sex = a.sex
  AND b.child > a.child
GROUP BY a.council, a.child, b.child, a.born
) AS s
JOIN (
  SELECT c.council, c.cont_person_id AS child, COUNT(DISTINCT c.cont_contact_date) AS days
  FROM ssd_contacts AS c
  WHERE c.council = $council
  GROUP BY c.council, c.cont_person_id
) AS m ON m.council = s.council AND m.child = s.child AND m.days <= s.days
JOIN (
  SELECT c.council, c.cont_person_id AS child, COUNT(DISTINCT c.cont_contact_date) AS days
  FROM ssd_contacts AS c
  WHERE c.council = $council
  GROUP BY c.council, c.cont_person_id
) AS n ON n.council = s.council AND n.child = s.other AND n.days <= s.days
WHERE s.days >= 2""",
        "",
        ("other child", "born", "days of contact"),
    ),
)
