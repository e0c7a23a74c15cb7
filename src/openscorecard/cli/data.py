"""`scorecard data [MONTH]`: what in the case records would mislead the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    WORDS,
    console,
    count,
    counted,
    format_option,
    print_csv,
    print_json,
)

if TYPE_CHECKING:
    from openscorecard.findings import Finding

COLUMNS = ("rule", "severity", "rows", "refs", "message", "samples")


@click.command()
@click.argument("month", required=False)
@click.option("--rule", default="", help="List every row that this check finds, not a sample.")
@format_option
@click.pass_context
def data(ctx: click.Context, month: str | None, rule: str, form: str) -> None:
    """Check the records of MONTH (2021-06): what in them would mislead the page.

    Without MONTH, the newest load of records is looked at. docs/data-checks.md says what each
    check looks for.
    """
    from openscorecard import run
    from openscorecard.findings import has_errors
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    wanted = None if month is None else Month.parse(month)
    workspace = open_workspace(ctx.obj)
    if rule:
        _print_rows(*run.data_rows(rule, wanted, workspace), form)
        return
    load, findings = run.data_findings(wanted, workspace)
    if form == "json":
        print_json(
            {
                "month": load.month.iso,
                "load": load.id,
                "findings": [finding.as_json() for finding in findings],
            }
        )
    elif form == "csv":
        print_csv(COLUMNS, [_csv_row(finding) for finding in findings])
    else:
        click.echo(f"{load.id}, read out on {load.extracted}, closes {load.month.long}.")
        _print(findings)
    if has_errors(findings):
        ctx.exit(1)


def _print_rows(heads: Sequence[str], lines: Sequence[Sequence[object]], form: str) -> None:
    texts = [["" if cell is None else str(cell) for cell in line] for line in lines]
    if form == "json":
        print_json([dict(zip(heads, line, strict=True)) for line in texts])
        return
    if form == "csv":
        print_csv(heads, texts)
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for head in heads:
        table.add_column(head.replace("_", " ").capitalize(), overflow="fold")
    for line in texts:
        table.add_row(*line)
    console().print(table)
    click.echo(f"{count(len(texts), 'row')}.")


def _csv_row(finding: Finding) -> list[object]:
    said = finding.as_json()
    return [
        finding.rule,
        finding.severity.value,
        said.get("rows", ""),
        ", ".join(_texts(said.get("refs"))),
        finding.message,
        "; ".join(_samples(finding)),
    ]


def _samples(finding: Finding) -> list[str]:
    return _texts(finding.as_json().get("samples")) or [finding.place or ""]


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _print(findings: Sequence[Finding]) -> None:
    """Worst first: the rule, what it means, and under it the rows that show it."""
    from rich.padding import Padding
    from rich.text import Text

    from openscorecard.findings import Severity

    out = console()
    if not findings:
        click.echo("Nothing found.")
        return
    for severity in Severity:
        some = [finding for finding in findings if finding.severity is severity]
        if not some:
            continue
        out.print()
        out.print(Text(count(len(some), WORDS[severity]), style="bold"))
        for finding in some:
            out.print()
            out.print(Padding(Text(finding.rule, style="bold"), (0, 0, 0, 2)))
            out.print(Padding(Text(finding.message), (0, 0, 0, 4)))
            shown = _samples(finding)
            for sample in filter(None, shown):
                out.print(Padding(Text(sample), (0, 0, 0, 6)))
            more = _rows(finding) - len(shown)
            if more > 0:
                out.print(Padding(Text(f"and {more:,} more"), (0, 0, 0, 6)))
    out.print()
    click.echo(counted(findings))


def _rows(finding: Finding) -> int:
    rows = finding.as_json().get("rows")
    return rows if isinstance(rows, int) else 0
