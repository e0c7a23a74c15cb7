"""`scorecard check FILE`: what is wrong in a printed page. Needs no workspace."""

from __future__ import annotations

from pathlib import Path

import click

from openscorecard.cli.output import (
    format_option,
    print_csv,
    print_findings,
    print_json,
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--audience",
    type=click.Choice(["internal", "public"]),
    default="public",
    help="Who will read the page; counts of 1 to 5 are a finding on a public one.",
)
@click.option("--limit-mb", type=click.IntRange(1), default=20, help="Largest file to open.")
@format_option
@click.pass_context
def check(ctx: click.Context, file: Path, audience: str, limit_mb: int, form: str) -> None:
    """Check a printed page: what is wrong in it, what it should be, and why."""
    from openscorecard.catalogue.load import load_catalogue
    from openscorecard.findings import has_errors
    from openscorecard.records.printed.read import read_page
    from openscorecard.scorecard.checks import check_page

    page = read_page(file, limit_bytes=limit_mb * 1_000_000)
    findings = check_page(page, load_catalogue(), audience=audience)
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
        header = ("rule", "severity", "ref", "column", "printed", "message")
        print_csv(header, [[getattr(f, name) or "" for name in header] for f in findings])
    else:
        tables = f"{page.tables} table{'' if page.tables == 1 else 's'}"
        click.echo(f"{page.file}: {len(page.rows)} indicators, {tables}")
        print_findings(findings)
        if not findings:
            click.echo("Nothing found.")
    if has_errors(findings):
        ctx.exit(1)
