"""A month over two columns, Number and %: which of them is the figure of a row.

The line below the header names the columns. A row about a percentage or a rate takes the second,
any other the number.
"""

from __future__ import annotations

import re
from dataclasses import replace

from openscorecard.findings import Finding
from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.grid import Line, information, quoted, warning
from openscorecard.records.printed.headers import Role
from openscorecard.records.printed.tables import Table

_NUMBER = re.compile(r"(?:number|no|nos|num|count|n|total|#)\.?", re.IGNORECASE)
_SHARE = re.compile(r"(?:%|rate|percent(?:age)?|per cent)\.?", re.IGNORECASE)
_OF_SHARES = re.compile(r"%|\bpercent|\bper cent|\bproportion\b|\brate\b|\bper 1", re.IGNORECASE)


def with_chosen_columns(table: Table) -> tuple[Table, list[Finding]]:
    """The table with every row's own kind of figure in the month columns, and what was chosen."""
    groups = _groups(table)
    if not groups or not table.lines:
        return table, []
    line = table.lines[0]
    texts = [line.cell(index).words for group in groups for index in group]
    if not any(texts) or any(read_figure(cell).cell.has_number for cell in line.cells):
        return table, []
    place = table.grid.place(line.number)
    spread = {index for group in groups for index in group}
    unplaced = tuple(index for index in table.header.unplaced if index not in spread)
    table = replace(table, header=replace(table.header, unplaced=unplaced))
    kinds = [_kinds(line, group) for group in groups]
    if None in kinds:
        text = (
            f"Under some months stand several columns ({', '.join(map(quoted, texts[:4]))}): the "
            "first of each month was read, the others were not."
        )
        return replace(table, lines=table.lines[1:]), [warning("month-columns", text, place)]
    rows, shares = [], []
    for row in table.lines[1:]:
        if _OF_SHARES.search(_name(table, row)):
            shares.append(row.cell(table.header.columns.get(Role.REF)).words)
        rows.append(_chosen(row, groups, kinds, bool(_OF_SHARES.search(_name(table, row)))))
    said = f" (the second: {', '.join(filter(None, shares[:12]))})" if any(shares) else ""
    text = (
        "Each month stands over a column of numbers and one of percentages or rates: rows about a "
        f"percentage or a rate were read from the second, all others from the first{said}. The "
        "other column was not read."
    )
    return replace(table, lines=tuple(rows)), [information("month-columns", text, place)]


def _groups(table: Table) -> list[tuple[int, ...]]:
    """The columns of each month whose header spreads over several."""
    groups = []
    for first in table.header.months.values():
        last = first
        while table.header.line.cell(last + 1).spread == "across":
            last += 1
        if last > first:
            groups.append(tuple(range(first, last + 1)))
    return groups


def _kinds(line: Line, group: tuple[int, ...]) -> tuple[int, int] | None:
    """The column of the numbers and that of the shares, where each is there once."""
    numbers = [index for index in group if _NUMBER.fullmatch(line.cell(index).words)]
    shares = [index for index in group if _SHARE.fullmatch(line.cell(index).words)]
    return (numbers[0], shares[0]) if len(numbers) == len(shares) == 1 else None


def _name(table: Table, row: Line) -> str:
    column = table.header.columns.get(Role.NAME, table.header.columns.get(Role.REF))
    return row.cell(column).words


def _chosen(
    row: Line, groups: list[tuple[int, ...]], kinds: list[tuple[int, int] | None], share: bool
) -> Line:
    cells = list(row.cells)
    for group, kind in zip(groups, kinds, strict=True):
        if kind is None or group[-1] >= len(cells):
            continue
        cells[group[0]] = row.cells[kind[1 if share else 0]]
    return Line(row.number, tuple(cells))
