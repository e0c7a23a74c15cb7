"""What whole tables show: rows from the future, links to other children, blanks, workers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import SINCE, WHEN_EXTRACTED, DataCheck
from openscorecard.measures.data_checks.gaps import ALL_RESTING, DATED, RESTING
from openscorecard.records.standard import TABLES, Table

if TYPE_CHECKING:
    pass


def _after_extraction(table: Table) -> str:
    child = f"t.{table.person}" if table.person else "NULL"
    key = table.key or table.natural_key[0]
    record = f"t.{key}" if key != table.person else "NULL"
    return (
        f"SELECT {child} AS child, {record} AS record, '{table.name}' AS of_table, "
        f"t.{table.date} AS dated\nFROM {table.name} AS t\n{WHEN_EXTRACTED}\n"
        f"WHERE t.council = $council AND t.{table.date} > x.day"
    )


# Links between rows about children: table, its id, its link, the other table; and the figures
# that take something from the other row.
_LINKS = (
    ("ssd_cin_assessments", "cina_assessment_id", "cina_referral_id", "ssd_cin_episodes"),
    ("front_door_decisions", "fdde_decision_id", "fdde_referral_id", "ssd_cin_episodes"),
    ("ssd_s47_enquiry", "s47e_s47_enquiry_id", "s47e_referral_id", "ssd_cin_episodes"),
    ("ssd_initial_cp_conference", "icpc_icpc_id", "icpc_s47_enquiry_id", "ssd_s47_enquiry"),
    ("ssd_initial_cp_conference", "icpc_icpc_id", "icpc_cp_plan_id", "ssd_cp_plans"),
    ("ssd_cp_plans", "cppl_cp_plan_id", "cppl_icpc_id", "ssd_initial_cp_conference"),
    ("ssd_cp_plans", "cppl_cp_plan_id", "cppl_referral_id", "ssd_cin_episodes"),
    ("ssd_cp_reviews", "cppr_cp_review_id", "cppr_cp_plan_id", "ssd_cp_plans"),
    ("ssd_cla_episodes", "clae_cla_episode_id", "clae_referral_id", "ssd_cin_episodes"),
)
_LINKED: Mapping[str, tuple[str, ...]] = {
    "cina_referral_id": ("M4", "M6-QL (val)", "M6-QL"),
    "fdde_referral_id": ("M8-QL",),
    "icpc_s47_enquiry_id": ("CP3-QL (val)", "CP3-QL"),
    "icpc_cp_plan_id": ("CP2", "CP2-NI"),
    "cppl_icpc_id": ("CP2", "CP2-NI"),
}
_TABLE = {one.name: one for one in TABLES}


def _to_another_child(name: str, key: str, link: str, other: str) -> str:
    """Of the months of the page, as far as the row has a date."""
    mine, theirs = _TABLE[name], _TABLE[other]
    return (
        f"SELECT t.{mine.person} AS child, t.{key} AS record, '{name}' AS of_table, "
        f"'{link}' AS link, t.{link} AS linked\nFROM {name} AS t\n{SINCE}\n"
        f"JOIN {other} AS o ON o.council = t.council AND o.{theirs.key} = t.{link}\n"
        f"WHERE t.council = $council AND o.{theirs.person} <> t.{mine.person}\n"
        f"  AND t.{mine.date} >= w.day"
    )


# Flags for which blank means No, and what of a table's rows has to have them.
_LOST_WHEN_BLANK = (
    ("ssd_initial_cp_conference", "icpc_icpc_outcome_cp_flag", "icpc_icpc_date"),
    ("ssd_cp_visits", "cppv_cp_visit_seen", "cppv_cp_visit_date"),
    ("ssd_cla_visits", "clav_cla_visit_seen", "clav_cla_visit_date"),
)
_LOST: Mapping[str, tuple[str, ...]] = {
    "icpc_icpc_outcome_cp_flag": ("CP4 (val)", "CP4"),
    "cppv_cp_visit_seen": ("CP8-QL",),
    "clav_cla_visit_seen": ("LAC7-QL",),
    "foca_in_house": ("LAC16",),
}
_NO_WHEN_BLANK = (
    ("ssd_initial_cp_conference", "icpc_icpc_transfer_in", "icpc_icpc_date"),
    ("ssd_cp_plans", "cppl_cp_plan_ola", "cppl_cp_plan_start_date"),
)


def _blank(name: str, column: str, date: str) -> str:
    return (
        f"SELECT f.child, f.record, f.of_table, f.blank, f.of_all\nFROM (\n"
        f"SELECT NULL AS child, '{column}' AS record, '{name}' AS of_table, "
        f"SUM(CASE WHEN t.{column} IS NULL THEN 1 ELSE 0 END) AS blank, COUNT(*) AS of_all\n"
        f"FROM {name} AS t\n{SINCE}\nWHERE t.council = $council AND t.{date} >= w.day\n"
        f") AS f\nWHERE f.blank > 0"
    )


_HOUSEHOLDS = """
UNION ALL
SELECT f.child, f.record, f.of_table, f.blank, f.of_all
FROM (
SELECT NULL AS child, 'foca_in_house' AS record, 'foster_carers' AS of_table,
  SUM(CASE WHEN t.foca_in_house IS NULL THEN 1 ELSE 0 END) AS blank, COUNT(*) AS of_all
FROM foster_carers AS t
WHERE t.council = $council AND t.foca_ceased_date IS NULL
) AS f
WHERE f.blank > 0"""


def _unknown_people(what: str, refers: str) -> str:
    """Ids of workers or teams that stand in rows and not in the list of them."""
    other, _, key = refers.partition(".")
    used = "\nUNION ALL\n".join(
        f"SELECT t.council, t.{column.name} AS id FROM {table.name} AS t\n"
        f"WHERE t.council = $council AND t.{column.name} IS NOT NULL"
        for table in TABLES
        for column in table.columns
        if column.refers == refers
    )
    return (
        f"SELECT NULL AS child, u.id AS record, '{what}' AS what, COUNT(*) AS row_count\n"
        f"FROM (\n{used}\n) AS u\n"
        f"LEFT JOIN {other} AS o ON o.council = u.council AND o.{key} = u.id\n"
        f"WHERE o.{key} IS NULL\nGROUP BY u.id"
    )


WHOLE_TABLES: tuple[DataCheck, ...] = (
    DataCheck(
        "dated-after-extraction",
        Severity.WARNING,
        ALL_RESTING,
        "Rows dated after the day on which the records were read out",
        "They are missing from the month in which they belong, and will count in the month of the "
        "wrong date.",
        "Correct the date; most are a wrong year.",
        "\nUNION ALL\n".join(_after_extraction(table) for table in DATED),
        "record",
        ("of", "dated"),
        refs_of=RESTING,
    ),
    DataCheck(
        "linked-to-another-child",
        Severity.ERROR,
        tuple(dict.fromkeys(ref for refs in _LINKED.values() for ref in refs)),
        "Rows linked to a row of another child",
        "What is taken from the other row (a date, an outcome) is another child's.",
        "Link each to the child's own row. Where a system keeps one row for a family, it has to "
        "be read out for each child.",
        "\nUNION ALL\n".join(_to_another_child(*link) for link in _LINKS),
        "record",
        ("of", "column", "linked to"),
        refs_of=_LINKED,
    ),
    DataCheck(
        "blank-counts-as-no",
        Severity.WARNING,
        ("CP4 (val)", "CP4", "CP8-QL", "LAC7-QL", "LAC16"),
        "Columns that say yes or no, blank in some rows of the months of the page",
        "Blank counts as no: as no plan decided, as a child not seen, as a household of an agency.",
        "Enter it. Where blank means yes in your system, say so when the table is read out.",
        "\nUNION ALL\n".join(_blank(*one) for one in _LOST_WHEN_BLANK) + _HOUSEHOLDS,
        "column",
        ("of", "blank", "of rows"),
        refs_of=_LOST,
    ),
    DataCheck(
        "blank-counts-as-ordinary",
        Severity.INFORMATION,
        ("CP2", "CP2b", "CP6B", "CP7", "CP5-QL (val)"),
        "Columns that mark transfer-ins and other councils' plans, blank in some rows of the "
        "months of the page",
        "Blank counts as no: as an initial conference, as a plan of this council.",
        "Nothing, if your system leaves no blank; else enter it.",
        "\nUNION ALL\n".join(_blank(*one) for one in _NO_WHEN_BLANK),
        "column",
        ("of", "blank", "of rows"),
    ),
    DataCheck(
        "worker-unknown",
        Severity.INFORMATION,
        (),
        "Workers who stand in records and are not in the list of workers",
        "No figure changes; the lists of children who are due show no name beside them.",
        "Read out the list of workers with those who have left.",
        _unknown_people("worker", "ssd_professionals.prof_professional_id"),
        "worker",
        ("of", "rows"),
        needs=("ssd_professionals",),
    ),
    DataCheck(
        "team-unknown",
        Severity.INFORMATION,
        (),
        "Teams that stand in records and are not in the list of teams",
        "No figure changes; the lists of children who are due show no team beside them.",
        "Read out the list of teams with those that no longer exist.",
        _unknown_people("team", "ssd_department.dept_team_id"),
        "team",
        ("of", "rows"),
        needs=("ssd_department",),
    ),
)
