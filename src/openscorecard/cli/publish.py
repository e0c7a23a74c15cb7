"""`scorecard publish MONTH`: the page in all media, for the council's own people or the public."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("month")
@click.option(
    "--audience",
    type=click.Choice(["internal", "public"]),
    required=True,
    help="The public page hides small counts (1 to 5, unless set) and what would tell them.",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to write: a new one, an empty one, or an earlier publication of this page.",
)
@click.pass_context
def publish(ctx: click.Context, month: str, audience: str, to: Path) -> None:
    """Write the page of MONTH (2021-06): HTML, XLSX and CSV."""
    from openscorecard import run
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    at = Month.parse(month)
    files = run.publish(at, open_workspace(ctx.obj), audience, to)
    pages = sum(1 for path in files if path.suffix == ".html")
    click.echo(f"{at.long}, {audience}: {pages} pages, scorecard.xlsx and figures.csv")
    click.echo(f"Open {to / 'index.html'}")
