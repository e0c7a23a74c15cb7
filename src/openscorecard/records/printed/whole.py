"""What only the whole page shows: references twice, tables with other columns, people unsettled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.records.printed.grid import information, quoted, warning
from openscorecard.records.printed.headers import COMPARATORS, FIGURES, Role
from openscorecard.records.printed.page import PrintedRow
from openscorecard.records.printed.people import People
from openscorecard.records.printed.tables import Table

_MOST_NAMED = 30  # references in one sentence


def check_refs(rows: Sequence[PrintedRow], places: Sequence[str]) -> None:
    """InputError where two rows have one reference: which of them counts nobody can say."""
    seen: dict[str, str] = {}
    for row, place in zip(rows, places, strict=True):
        if row.ref in seen:
            raise InputError(
                f"the reference {row.ref} stands on two rows, the other in {seen[row.ref]}",
                where=place,
                todo="remove one of the rows, or give it its own reference" + _lost_nought(row.ref),
            )
        seen[row.ref] = place


def _lost_nought(ref: str) -> str:
    if not re.fullmatch(r"[0-9]+\.[0-9]+", ref):
        return ""
    return (
        f"; a workbook that keeps references as numbers turns {ref}0 into {ref}: format the "
        "column as Text and write them again"
    )


def refs_alike(rows: Sequence[PrintedRow], places: Sequence[str]) -> list[Finding]:
    """References that differ by capitals or spaces alone."""
    seen: dict[str, str] = {}
    findings = []
    for row, place in zip(rows, places, strict=True):
        key = "".join(row.ref.split()).casefold()
        if key in seen:
            text = (
                f"The references {seen[key]} and {row.ref} differ by capitals or spaces alone; "
                "they were taken for two indicators."
            )
            findings.append(warning("refs-alike", text, place, ref=row.ref))
        seen.setdefault(key, row.ref)
    return findings


def columns_differ(tables: Sequence[Table]) -> list[Finding]:
    """Tables of one page with other months (a warning) or other columns (worth knowing)."""
    findings = []
    first = tables[0]
    place = first.grid.file
    by_months: dict[tuple[Month, ...], list[int]] = {}
    by_people: dict[str, list[int]] = {}
    for number, table in enumerate(tables, start=1):
        by_months.setdefault(tuple(sorted(table.header.months)), []).append(number)
        by_people.setdefault(_people_columns(table), []).append(number)
    if len(by_months) > 1:
        each = "; ".join(
            f"{_tables(numbers)} {_span(months)}" for months, numbers in by_months.items()
        )
        text = f"The tables do not have the same months: {each}."
        findings.append(warning("columns-differ", text, place))
    if len(by_people) > 1:
        each = "; ".join(f"{_tables(numbers)} {columns}" for columns, numbers in by_people.items())
        text = f"Owner and reporter stand in different columns: {each}."
        findings.append(information("columns-differ", text, place))
    for role in FIGURES:
        lacking = [n for n, table in enumerate(tables, start=1) if role not in table.header.columns]
        if lacking and len(lacking) < len(tables):
            which = _tables(lacking).capitalize()
            text = f"{which} {_have(lacking)} no column {role.value}; others have."
            findings.append(information("columns-differ", text, place, column=role.value))
    findings.extend(_comparators_differ(tables, place))
    return findings


def _comparators_differ(tables: Sequence[Table], place: str) -> list[Finding]:
    findings = []
    for role in COMPARATORS:
        names = {table.header.text(role): None for table in tables if role in table.header.columns}
        if len(names) > 1:
            heads = ", ".join(map(quoted, names))
            text = f"The comparator {role.value} is headed differently: {heads}."
            findings.append(warning("columns-differ", text, place, column=role.value))
    return findings


def _people_columns(table: Table) -> str:
    has = table.header.columns
    if Role.OWNER_AND_REPORTER in has:
        return "in one column"
    both = [role.value for role in (Role.OWNER, Role.REPORTER) if role in has]
    return "in two columns" if len(both) == 2 else f"with {both[0] if both else 'neither'} alone"


def people_findings(
    rows: Sequence[PrintedRow], places: Sequence[str], people: Sequence[People]
) -> list[Finding]:
    """Outcomes that stood in another cell (one finding a table), and people not told apart."""
    findings = []
    moved: dict[int, list[int]] = {}
    unsplit: dict[str, list[int]] = {}
    for index, who in enumerate(people):
        if who.moved:
            moved.setdefault(rows[index].table, []).append(index)
        if who.doubt == "not-split":
            unsplit.setdefault(who.owner, []).append(index)
        if who.doubt == "two-reporters":
            text = "Two people are named as the reporter: one of them before the outcome."
            findings.append(warning("owner-reporter-not-split", text, places[index],
                                    ref=rows[index].ref, column="reporter"))  # fmt: skip
    for table, indexes in moved.items():
        refs = [rows[index].ref for index in indexes]
        text = (
            f"In table {table} the reporter and the outcome stand in one cell on {_count(refs)} "
            f"({_named(refs)}); they were read apart."
        )
        place = places[indexes[0]]
        findings.append(information("outcome-in-reporter-cell", text, place))
    for owner, indexes in unsplit.items():
        refs = [rows[index].ref for index in indexes]
        text = (
            f"The cell {quoted(owner)} is for owner and reporter, but nothing in the file shows "
            f"where one ends and the other begins; all of it was read as the owner "
            f"({_named(refs)}). Put a line break between them."
        )
        findings.append(warning("owner-reporter-not-split", text, places[indexes[0]], ref=refs[0],
                                column="owner", printed=owner))  # fmt: skip
    return findings


def _named(refs: Sequence[str]) -> str:
    more = f" and {len(refs) - _MOST_NAMED} more" if len(refs) > _MOST_NAMED else ""
    return ", ".join(refs[:_MOST_NAMED]) + more


def _count(refs: Sequence[str]) -> str:
    return f"{len(refs)} row{'' if len(refs) == 1 else 's'}"


def _tables(numbers: Iterable[int]) -> str:
    words = [str(number) for number in numbers]
    if len(words) == 1:
        return f"table {words[0]}"
    return f"tables {', '.join(words[:-1])} and {words[-1]}"


def _have(numbers: Sequence[int]) -> str:
    return "has" if len(numbers) == 1 else "have"


def _span(months: Sequence[Month]) -> str:
    return f"from {months[0]} to {months[-1]} ({len(months)})" if months else "none"
