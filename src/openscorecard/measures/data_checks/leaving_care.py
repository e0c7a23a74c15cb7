"""Care leavers, as the snapshot of the load has them, and children missing."""

from __future__ import annotations

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import (
    AT_MONTH_END,
    CHILDREN_LOOKED_AFTER,
    LEAVERS,
    SINCE,
    DataCheck,
    aged,
    born,
    person,
)

_PATHWAYS = ("LAC11-QL", "LAC11-QL (%)")
# Those whom the council works with: without a category, or of one that the setting names.
_COUNTED = (
    "(l.clea_care_leaver_eligibility IS NULL"
    " OR l.clea_care_leaver_eligibility IN ($care_leaver_categories))"
    " AND COALESCE(l.clea_care_leaver_in_touch, '') <> 'DIED'"
)
_KNOWN = "'Relevant', 'Former Relevant', 'Eligible', 'Qualifying', 'No Current Eligibility'"

LEAVING_CARE: tuple[DataCheck, ...] = (
    DataCheck(
        "care-leaver-looked-after",
        Severity.WARNING,
        (*LEAVERS, "LAC1"),
        "Care leavers who are looked after at the month's end",
        "One of the two cannot be. The figures of care leavers count them, and those of children "
        "looked after too.",
        "End the episode of care, or take the record out of the care leavers; who is 16 or 17 and "
        "still in care is Eligible.",
        f"""
SELECT l.clea_person_id AS child, l.clea_table_id AS record,
  l.clea_care_leaver_eligibility AS category
FROM ssd_care_leavers AS l
JOIN {CHILDREN_LOOKED_AFTER} AS k ON k.council = l.council AND k.child = l.clea_person_id
WHERE l.council = $council AND {_COUNTED}""",
        "care leaver",
        ("category",),
    ),
    DataCheck(
        "care-leaver-twice",
        Severity.ERROR,
        ("NI147", *_PATHWAYS),
        "Care leavers with a second record",
        "The snapshot has one record for each person; of two that differ, one is wrong, and "
        "either may be the one that counts.",
        "Keep the latest.",
        """
SELECT l.clea_person_id AS child, l.clea_table_id AS record, MIN(o.clea_table_id) AS other
FROM ssd_care_leavers AS l
JOIN ssd_care_leavers AS o
  ON o.council = l.council AND o.clea_person_id = l.clea_person_id
  AND o.clea_table_id < l.clea_table_id
WHERE l.council = $council
GROUP BY l.clea_person_id, l.clea_table_id""",
        "care leaver",
        ("other record",),
    ),
    DataCheck(
        "care-leaver-category-unknown",
        Severity.WARNING,
        LEAVERS,
        "Care leavers of a category that is neither one of the national ones nor named in the "
        "setting care_leaver_categories",
        "They are not counted as care leavers.",
        "Correct the category, or name it in care_leaver_categories.",
        f"""
SELECT l.clea_person_id AS child, l.clea_table_id AS record,
  l.clea_care_leaver_eligibility AS category
FROM ssd_care_leavers AS l
WHERE l.council = $council
  AND l.clea_care_leaver_eligibility NOT IN ({_KNOWN}, $care_leaver_categories)""",
        "care leaver",
        ("category",),
    ),
    DataCheck(
        "care-leaver-category-blank",
        Severity.INFORMATION,
        LEAVERS,
        "Care leavers without a category",
        "They are counted as care leavers with whom the council is working.",
        "Enter the category, above all of those with whom it is not.",
        """
SELECT l.clea_person_id AS child, l.clea_table_id AS record,
  l.clea_care_leaver_latest_contact AS latest
FROM ssd_care_leavers AS l
WHERE l.council = $council AND l.clea_care_leaver_eligibility IS NULL""",
        "care leaver",
        ("latest contact",),
    ),
    DataCheck(
        "care-leaver-in-touch-blank",
        Severity.WARNING,
        ("NI147",),
        "Care leavers for whom it is not said whether the council is in touch",
        "They count as not in touch.",
        "Enter it.",
        f"""
SELECT l.clea_person_id AS child, l.clea_table_id AS record,
  l.clea_care_leaver_latest_contact AS latest
FROM ssd_care_leavers AS l
WHERE l.council = $council AND {_COUNTED} AND l.clea_care_leaver_in_touch IS NULL""",
        "care leaver",
        ("latest contact",),
    ),
    DataCheck(
        "care-leaver-suitability-blank",
        Severity.WARNING,
        ("NI147",),
        "Care leavers in touch for whom it is not said whether their accommodation is suitable",
        "They count as not suitably housed.",
        "Enter it.",
        f"""
SELECT l.clea_person_id AS child, l.clea_table_id AS record,
  l.clea_care_leaver_accommodation AS accommodation
FROM ssd_care_leavers AS l
WHERE l.council = $council AND {_COUNTED} AND l.clea_care_leaver_in_touch = 'YES'
  AND l.clea_care_leaver_accom_suitable IS NULL""",
        "care leaver",
        ("accommodation",),
    ),
    DataCheck(
        "care-leaver-age",
        Severity.WARNING,
        LEAVERS,
        "Care leavers younger than 16 or older than 25",
        "Nobody leaves care as a care leaver before 16, and nobody is entitled after the "
        "twenty-sixth birthday; those on the list are counted all the same, but for the ages of "
        "NI147.",
        "Correct the date of birth, or take the record out of the care leavers.",
        f"""
SELECT l.clea_person_id AS child, l.clea_table_id AS record, {born("p")} AS born
FROM ssd_care_leavers AS l
{AT_MONTH_END}
{person("l.clea_person_id", join="JOIN")}
WHERE l.council = $council AND {_COUNTED} AND {born("p")} IS NOT NULL
  AND (NOT ({aged("p", 16)}) OR {aged("p", 26)})""",
        "care leaver",
        ("born",),
    ),
)

MISSING: tuple[DataCheck, ...] = (
    DataCheck(
        "missing-open-too-long",
        Severity.WARNING,
        ("EH5-QL",),
        "Spells of being missing open for more than 30 days",
        "The child counts as missing in every month until the spell is ended. Most are children "
        "who came back.",
        "Make sure where the child is, first of all; then enter the day of return.",
        f"""
SELECT m.miss_person_id AS child, m.miss_table_id AS record,
  m.miss_missing_episode_start_date AS since, e.day_number - s.day_number AS days
FROM ssd_missing AS m
{AT_MONTH_END}
JOIN calendar AS s ON s.day = m.miss_missing_episode_start_date
WHERE m.council = $council AND m.miss_missing_episode_end_date IS NULL
  AND e.day_number - s.day_number > 30""",
        "spell",
        ("since", "days"),
    ),
    DataCheck(
        "missing-type-blank",
        Severity.WARNING,
        ("EH5-QL",),
        "Spells of being missing that do not say whether the child was missing (M) or away (A)",
        "They are not counted.",
        "Enter the type.",
        f"""
SELECT m.miss_person_id AS child, m.miss_table_id AS record,
  m.miss_missing_episode_start_date AS since, m.miss_missing_episode_end_date AS ended
FROM ssd_missing AS m
{SINCE}
WHERE m.council = $council AND m.miss_missing_episode_type IS NULL
  AND (m.miss_missing_episode_end_date IS NULL OR m.miss_missing_episode_end_date >= w.day)""",
        "spell",
        ("since", "ended"),
    ),
)
