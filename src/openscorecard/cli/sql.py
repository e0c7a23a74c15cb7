"""`scorecard sql REF`: an indicator's own query."""

from __future__ import annotations

import click

DIALECTS = ("duckdb", "postgres", "spark", "tsql")


@click.command()
@click.argument("ref")
@click.option(
    "--dialect",
    type=click.Choice(DIALECTS),
    default="duckdb",
    help="The database to write it for. Run on: duckdb. Written for, and not run here: the others.",
)
@click.pass_context
def sql(ctx: click.Context, ref: str, dialect: str) -> None:
    """Print the query that counts REF ("CP3-QL").

    It reads the standard tables, and beside them `calendar`, `months`, `councils` and `steps`,
    which hold all date arithmetic ready.
    """
    from openscorecard import run
    from openscorecard.workspace.folder import find_workspace, open_workspace

    in_one = ctx.obj is not None or find_workspace() is not None
    workspace = open_workspace(ctx.obj) if in_one else None
    click.echo(run.sql(ref, workspace, dialect))
