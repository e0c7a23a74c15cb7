"""How commands print: the same data as a table for people, JSON for programs, CSV for Excel."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from openscorecard.findings import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., Any])


def format_option(command: F) -> F:
    """`--format table|json|csv`, passed to the command as `form`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        help="How to print it.",
    )(command)


def console() -> Console:
    """A console as wide as the terminal, or 120 columns into a pipe."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120, highlight=False)


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([as_csv_text(cell) for cell in row] for row in rows)
    click.echo(text.getvalue(), nl=False)


def as_csv_text(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and len(value) > 1:
        try:
            float(value.replace(",", "").rstrip("%"))
        except ValueError:
            return f"'{value}"
    return value


def print_findings(findings: Sequence[Finding]) -> None:
    """The findings by severity, worst first: where, then the sentence, wrapped beside it."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    out = console()
    style = {
        Severity.ERROR: "bold red",
        Severity.WARNING: "bold yellow",
        Severity.INFORMATION: "bold cyan",
    }
    for severity in Severity:
        some = [finding for finding in findings if finding.severity is severity]
        if not some:
            continue
        out.print()
        out.print(Text(_count(len(some), severity), style=style[severity]))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=_PLACE, overflow="fold")
        grid.add_column(overflow="fold")
        for finding in some:
            grid.add_row(Text(_place(finding), style="bold"), Text(finding.message))
        out.print(Padding(grid, (0, 0, 0, 2)))


_PLACE = 24  # characters: "LAC11-QL (%) change_year"


def _place(finding: Finding) -> str:
    """`NI147 2021-06`; for what concerns no cell, where in the file: `line 47`."""
    cell = " ".join(filter(None, [finding.ref, finding.column]))
    return cell or (finding.place or "").rpartition(", ")[2]


def _count(number: int, severity: Severity) -> str:
    word = {"error": "error", "warning": "warning", "information": "note"}[severity.value]
    return f"{number} {word}{'' if number == 1 else 's'}"
