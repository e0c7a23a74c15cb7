"""`scorecard loads` and `scorecard loads forget ID`."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import as_typed, console, format_option, print_csv, print_json

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
    """A line a load, its reason beneath it: beside it there would be no room for a sentence."""
    if not found:
        click.echo(f"Nothing is loaded. `{as_typed('load', 'PAGE')}` takes in a printed page.")
        return
    lines = [("load", "month", "loaded", "indicators", "set aside", "file")]
    for row in found:
        cells = (row["id"], row["month"], _to_the_minute(row), row["indicators"], row["set_aside"])
        lines.append((*(str(cell) for cell in cells), str(row["file"])))  # type: ignore[arg-type]
    widths = [max(len(line[at]) for line in lines) for at in range(5)]
    room = max(console().width - 4, 20)
    for number, line in enumerate(lines):
        left = [text.ljust(width) for text, width in zip(line[:3], widths, strict=False)]
        right = [text.rjust(width) for text, width in zip(line[3:5], widths[3:], strict=True)]
        click.echo("  ".join((*left, *right, line[5])))
        reason = str(found[number - 1]["reason"]) if number else ""
        for part in textwrap.wrap(f"because: {reason}", room) if reason else ():
            click.echo(f"    {part}")


def _to_the_minute(row: dict[str, object]) -> str:
    return str(row["loaded_at"])[:16].replace("T", " ")
