"""A `PrintedPage` as the JSON of `scorecard read`: the contract of DESIGN.md's command line.

Column names are those of every JSON of ours; numbers are unrounded and in printed units.
"""

from __future__ import annotations

from openscorecard.findings import plain
from openscorecard.records.printed.page import Cell, PrintedPage, PrintedRow


def page_as_json(page: PrintedPage) -> dict[str, object]:
    """The page as plain values, ready for `json.dumps`."""
    return {
        "file": page.file,
        "tables": page.tables,
        "months": [month.iso for month in page.months],
        "comparators": dict(page.comparators),
        "rows": [row_as_json(row) for row in page.rows],
        "findings": [finding.as_json() for finding in page.findings],
    }


def row_as_json(row: PrintedRow) -> dict[str, object]:
    """One indicator. A column that the page does not have is null; a blank cell is not."""
    return {
        "ref": row.ref,
        "name": row.name,
        "owner": row.owner,
        "reporter": row.reporter,
        "outcome": row.outcome,
        "commentary": row.commentary,
        "unit": row.unit.value,
        "preferred_direction": row.preferred_direction,
        "table": row.table,
        "line": row.line,
        "values": {month.iso: cell_as_json(cell) for month, cell in row.values.items()},
        "change_month": _change_as_json(row.change_month),
        "change_year": _change_as_json(row.change_year),
        "average_12m": _optional(row.average_12m),
        "maximum_12m": _optional(row.maximum_12m),
        "sn": _optional(row.sn),
        "eng": _optional(row.eng),
        "region": _optional(row.region),
    }


def cell_as_json(cell: Cell) -> dict[str, object]:
    number = None if cell.number is None else plain(cell.number)
    return {"raw": cell.raw, "number": number, "status": cell.status.value}


def _optional(cell: Cell | None) -> dict[str, object] | None:
    return None if cell is None else cell_as_json(cell)


def _change_as_json(cell: Cell | None) -> dict[str, object] | None:
    if cell is None:
        return None
    return cell_as_json(cell) | {"arrow": None if cell.arrow is None else cell.arrow.value}
