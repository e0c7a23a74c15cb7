"""`scorecard read FILE`: what stands in a printed page, and what could not be placed."""

from __future__ import annotations

from pathlib import Path

import click

from openscorecard.cli.output import (
    console,
    count,
    format_option,
    limit_option,
    print_csv,
    print_findings,
    print_json,
    telling_of_pdf,
)
from openscorecard.findings import has_errors
from openscorecard.records.printed.page import Cell, PrintedPage, PrintedRow
from openscorecard.records.printed.read import DEFAULT_LIMIT, read_page

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
_MONTHS_SHOWN = 7  # in the table for people; JSON and CSV have all


@click.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@format_option
@limit_option("25")
def read(file: Path, form: str, limit_bytes: int | None) -> None:
    """Read a printed page: what stands in it.

    FILE is a monthly page as tab-separated text, CSV, XLSX, HTML or PDF. Columns are placed by
    their headers; what could not be placed is listed. A scan, a picture of a page, is not read.
    """
    with telling_of_pdf(file):
        page = read_page(file, limit_bytes=limit_bytes or DEFAULT_LIMIT)
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
    from openscorecard.cli.figure_table import figure_table, lay_out

    months = page.months
    shown = months[-_MONTHS_SHOWN:]
    derived = [name for name in _TITLES if any(getattr(row, name) is not None for row in page.rows)]
    heads = ["Ref.", "Indicator", *(m.short for m in shown), *(_TITLES[name] for name in derived)]
    lines = [
        [
            row.ref,
            row.name,
            *(row.value(month).raw for month in shown),
            *(_raw(getattr(row, name)) for name in derived),
        ]
        for row in page.rows
    ]
    layout = lay_out(heads, lines, len(shown), console().width)
    out = console(layout.width)
    out.print(f"[bold]{_escaped(page.file)}[/bold]")
    out.print(f"{count(len(page.rows), 'indicator')} in {count(page.tables, 'table')}")
    out.print(f"Months: {months[0].short} to {months[-1].short} ({len(months)})")
    compared = ", ".join(f"{key} = {_escaped(head)}" for key, head in page.comparators.items())
    out.print(f"Comparators: {compared or 'none'}")
    if layout.left_out:
        out.print(layout.remark())
    out.print()
    out.print(figure_table(layout, lines, wrap=False))
    if page.findings:
        print_findings(page.findings)
    else:
        out.print("\nEverything was placed.")


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
