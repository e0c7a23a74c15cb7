"""`scorecard read FILE`: what stands in a printed page, and what could not be placed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import console, format_option, print_csv, print_findings, print_json
from openscorecard.findings import has_errors
from openscorecard.records.printed.page import Cell, PrintedPage, PrintedRow
from openscorecard.records.printed.read import DEFAULT_LIMIT, read_page

if TYPE_CHECKING:
    from rich.table import Table

_TEXTS = (
    "ref",
    "name",
    "owner",
    "reporter",
    "outcome",
    "unit",
    "preferred_direction",
    "commentary",
)
_DERIVED = ("change_month", "change_year", "average_12m", "maximum_12m", "sn", "eng", "region")
_TITLES = {
    "change_month": "on month",
    "change_year": "on year",
    "average_12m": "12m avg",
    "maximum_12m": "12m max",
}
_WIDEST = 16  # characters of a figure's column; what is longer goes on the next line
_NAME = 14  # characters that an indicator's name has at least
_MONTHS_SHOWN = 7  # in the table for people; JSON and CSV have all


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@format_option
@click.option(
    "--limit-mb",
    type=click.FloatRange(min=0, min_open=True),
    default=DEFAULT_LIMIT / 1_000_000,
    show_default=True,
    help="The largest file to open, in megabytes.",
)
def read(file: Path, form: str, limit_mb: float) -> None:
    """Read a printed page: what stands in it.

    FILE is a monthly page as tab-separated text, CSV, XLSX or HTML. Columns are placed by their
    headers; what could not be placed is listed.
    """
    page = read_page(file, limit_bytes=int(limit_mb * 1_000_000))
    if form == "json":
        from openscorecard.records.printed.as_json import page_as_json

        print_json(page_as_json(page))
    elif form == "csv":
        _print_csv(page)
    else:
        _print_page(page)
    if has_errors(page.findings):
        click.get_current_context().exit(1)


def _print_csv(page: PrintedPage) -> None:
    """The cells as printed, one row an indicator."""
    months = [month.iso for month in page.months]
    header = (*_TEXTS[:-1], "table", "line", *months, *_DERIVED, "commentary")
    print_csv(header, (_csv_row(page, row) for row in page.rows))


def _csv_row(page: PrintedPage, row: PrintedRow) -> list[object]:
    texts = [getattr(row, name) for name in _TEXTS[:-1]]
    texts = ["" if text is None else str(text) for text in texts]
    values = [row.value(month).raw for month in page.months]
    derived = [_raw(getattr(row, column)) for column in _DERIVED]
    return [*texts, row.table, row.line, *values, *derived, row.commentary]


def _raw(cell: Cell | None) -> str:
    return "" if cell is None else cell.raw


def _print_page(page: PrintedPage) -> None:
    out = console()
    months = page.months
    out.print(f"[bold]{_escaped(page.file)}[/bold]")
    out.print(f"{_count(len(page.rows), 'indicator')} in {_count(page.tables, 'table')}")
    out.print(f"Months: {months[0].short} to {months[-1].short} ({len(months)})")
    compared = ", ".join(f"{key} = {_escaped(head)}" for key, head in page.comparators.items())
    out.print(f"Comparators: {compared or 'none'}")
    out.print()
    out.print(_table(page, out.width))
    if page.findings:
        print_findings(page.findings)
    else:
        out.print("\nEverything was placed.")


def _table(page: PrintedPage, width: int) -> Table:
    """The figures; the indicators' names get what is left of the line.

    Where the line is short the oldest months stay away, never a part of a figure.
    """
    from rich.table import Table
    from rich.text import Text

    derived = [name for name in _TITLES if any(getattr(row, name) is not None for row in page.rows)]
    columns = {
        month.short: [row.value(month).raw for row in page.rows]
        for month in page.months[-_MONTHS_SHOWN:]
    }
    columns |= {_TITLES[name]: [_raw(getattr(row, name)) for row in page.rows] for name in derived}
    refs = _width("Ref.", [row.ref for row in page.rows])
    names = _width("Indicator", [row.name for row in page.rows], most=width)
    left = width - refs - 1 - sum(_width(head, cells) + 1 for head, cells in columns.items())
    while left < _NAME and len(columns) > len(derived) + 1:
        head = next(iter(columns))
        left += _width(head, columns.pop(head)) + 1
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("Ref.", min_width=refs, overflow="fold")
    table.add_column(
        "Indicator", width=min(names, max(left, _NAME)), no_wrap=True, overflow="ellipsis"
    )
    for head, cells in columns.items():
        table.add_column(head, justify="right", min_width=_width(head, cells), max_width=_WIDEST)
    for index, row in enumerate(page.rows):
        table.add_row(Text(row.ref), Text(row.name), *(Text(c[index]) for c in columns.values()))
    return table


def _width(head: str, cells: list[str], most: int = _WIDEST) -> int:
    return min(max(len(text) for text in (head, *cells)), most)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
