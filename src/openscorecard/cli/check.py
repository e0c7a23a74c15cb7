"""`scorecard check FILE`: what is wrong in a printed page. Needs no workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    count,
    format_option,
    limit_option,
    print_csv,
    print_findings,
    print_json,
    telling_of_pdf,
)

if TYPE_CHECKING:
    from openscorecard.findings import Expected, Finding
    from openscorecard.records.printed.page import PrintedPage

COLUMNS = ("rule", "severity", "ref", "column", "printed", "expected", "message", "place")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--audience",
    type=click.Choice(["internal", "public"]),
    default="public",
    help="Who will read the page; counts of 1 to 5 are a finding on a public one.",
)
@limit_option("25")
@format_option
@click.pass_context
def check(
    ctx: click.Context, file: Path, audience: str, limit_bytes: int | None, form: str
) -> None:
    """Check a printed page: what is wrong in it, what it should be, and why.

    FILE is a monthly page as tab-separated text, CSV, XLSX, HTML or PDF.

    In a workspace the page is held against the council's own definitions too: rows that none of
    them knows, and figures in another unit than theirs.
    """
    from openscorecard.findings import has_errors
    from openscorecard.records.printed.read import DEFAULT_LIMIT, read_page

    with telling_of_pdf(file):
        page = read_page(file, limit_bytes=limit_bytes or DEFAULT_LIMIT)
    root, findings = _findings(page, ctx.obj, audience)
    if form == "json":
        print_json(
            {
                "file": page.file,
                "indicators": len(page.rows),
                "tables": page.tables,
                "findings": [finding.as_json() for finding in findings],
            }
        )
    elif form == "csv":
        print_csv(COLUMNS, [_csv_row(finding) for finding in findings])
    else:
        read = f"{count(len(page.rows), 'indicator')}, {count(page.tables, 'table')}"
        click.echo(f"{page.file}: {read}")
        if root is not None:
            click.echo(f"Held against the definitions of {root}")
        print_findings(findings)
        if not findings:
            click.echo("Nothing found.")
    if has_errors(findings):
        ctx.exit(1)


def _findings(
    page: PrintedPage, workspace: Path | None, audience: str
) -> tuple[Path | None, Sequence[Finding]]:
    """What is wrong in the page, and the workspace whose definitions it was held against, if any.

    Without a workspace our own definitions give what relates to what; but the page may be another
    council's, so that a ref that they do not know is no fault of it.
    """
    from openscorecard.catalogue.load import load_catalogue
    from openscorecard.workspace.folder import definitions_of

    root, own = definitions_of(workspace)
    catalogue = load_catalogue(own)
    if root is None:
        from openscorecard.scorecard.checks import check_page

        return None, check_page(page, catalogue, audience=audience)
    from openscorecard.workspace.page_findings import find_in_page

    return root, find_in_page(page, catalogue, audience=audience).findings


def _csv_row(finding: Finding) -> list[object]:
    cells = {name: getattr(finding, name) or "" for name in COLUMNS}
    cells["expected"] = "" if finding.expected is None else _in_words(finding.expected)
    return list(cells.values())


def _in_words(expected: Expected) -> str:
    """`23`, `23.5 to 24.5`, `24 or more`, or the text."""
    held = expected.as_json()
    if "low" not in held:
        return str(held.get("text", held.get("value")))
    low, high = held["low"], held["high"]
    if low is None or high is None:
        return f"{high} or less" if low is None else f"{low} or more"
    return f"{low} to {high}"
