"""Ids that lead nowhere: a visit to a plan that is not among the plans.

Asked only where the other table is in the extract. The rows are kept: they count wherever the
other row is not needed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from openscorecard.findings import Finding, Severity
from openscorecard.records.extracts.found import MOST_SAMPLES, Found, rows_of
from openscorecard.records.extracts.usable import clean
from openscorecard.records.standard import Column, Table, table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def check_links(
    connection: DuckDBPyConnection,
    one: Table,
    present: Collection[str],
    files: Mapping[int, str],
) -> list[Found]:
    """The links of the table `one` that lead to no row of a table that is present."""
    found = []
    for column in one.columns:
        if column.refers:
            other, _, key = column.refers.partition(".")
            if other in present:
                found += _orphans(connection, one, column, other, key, files)
    return found


def _orphans(
    connection: DuckDBPyConnection,
    one: Table,
    column: Column,
    other: str,
    key: str,
    files: Mapping[int, str],
) -> list[Found]:
    parent = table(other)
    assert parent is not None, other
    name = column.name
    source = f"""{clean(one)} c ANTI JOIN {clean(parent)} p
        ON p.council = c.council AND p.{key} = c.{name} WHERE c.{name} IS NOT NULL"""
    rows = connection.execute(f"SELECT count(*) FROM {source}").fetchone()  # noqa: S608
    assert rows is not None
    if not rows[0]:
        return []
    sampled = connection.execute(
        f"SELECT c.council, c.row, c.{name} FROM {source} "  # noqa: S608
        f"ORDER BY c.council, c.row LIMIT {MOST_SAMPLES}"
    ).fetchall()
    samples = tuple(
        Finding(
            "orphan",
            Severity.WARNING,
            f"“{text[:60]}” is not in {other}.",
            column=name,
            printed=text,
            place=f"{files[council]}, row {row}, column {name}",
        )
        for council, row, text in sampled
    )
    message = f"{rows_of(rows[0])} of {one.name}: {name} is not in {other}; kept."
    return [Found("orphan", Severity.WARNING, message, one.name, name, rows[0], samples)]
