"""`scorecard loads` and `scorecard loads forget ID`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import console, format_option, print_csv, print_json

if TYPE_CHECKING:
    from openscorecard.workspace.load import Load

COLUMNS = ("id", "month", "file", "indicators", "set_aside", "loaded_at", "reason", "sha256")


@click.group(invoke_without_command=True)
@format_option
@click.pass_context
def loads(ctx: click.Context, form: str) -> None:
    """List the loads of the workspace, in the order in which they came."""
    if ctx.invoked_subcommand is not None:
        return
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.load import all_loads

    found = [_row(load) for load in all_loads(open_workspace(ctx.obj).loads)]
    if form == "json":
        print_json(found)
    elif form == "csv":
        print_csv(COLUMNS, [list(row.values()) for row in found])
    else:
        _print(found)


@loads.command()
@click.argument("load_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def forget(ctx: click.Context, load_id: str, yes: bool) -> None:
    """Take a load out of the workspace: its figures, and its copy of the page.

    That it was there, its file's name and its hash stay in loads/forgotten.json.
    """
    from openscorecard.locks import locked
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.store import forget as take_out
    from openscorecard.workspace.store import known_load

    workspace = open_workspace(ctx.obj)
    known_load(workspace.loads, load_id)
    if not yes:
        click.confirm(f"Forget {load_id} and its copy of the page?", abort=True)
    with locked(workspace.loads):
        take_out(workspace.loads, load_id)
    click.echo(f"{load_id} is forgotten. Figures that it had put out stand again.")


def _row(load: Load) -> dict[str, object]:
    return {
        "id": load.id,
        "month": load.month.iso,
        "file": load.file,
        "indicators": load.indicators,
        "set_aside": load.set_aside,
        "loaded_at": load.loaded_at,
        "reason": load.reason,
        "sha256": load.sha256,
    }


def _print(found: list[dict[str, object]]) -> None:
    from rich.table import Table
    from rich.text import Text

    if not found:
        click.echo("Nothing is loaded. `scorecard load PAGE` takes in a printed page.")
        return
    table = Table(box=None, pad_edge=False)
    for head in ("load", "month", "file", "indicators", "set aside", "loaded", "reason"):
        number = head in ("indicators", "set aside")
        table.add_column(
            head, justify="right" if number else "left", no_wrap=head in ("load", "month", "loaded")
        )
    for row in found:
        cells = [str(row[column]) for column in COLUMNS[:-1]]
        cells[5] = cells[5][:16].replace("T", " ")  # to the minute
        table.add_row(*(Text(cell) for cell in cells))
    console().print(table)
