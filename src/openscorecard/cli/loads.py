"""`scorecard loads`, `scorecard loads forget` and `scorecard loads remove`."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    as_typed,
    console,
    count,
    format_option,
    print_csv,
    print_json,
    telling,
)
from openscorecard.errors import InputError
from openscorecard.locks import locked

if TYPE_CHECKING:
    from openscorecard.workspace.folder import Workspace
    from openscorecard.workspace.load import Load
    from openscorecard.workspace.records_load import RecordsLoad

# Those of pages first, then those of case records.
COLUMNS = ("id", "month", "file", "indicators", "set_aside", "loaded_at", "reason", "sha256",
           "kind", "extracted", "tables", "rows", "supplied", "rows_dropped")  # fmt: skip


@click.group(invoke_without_command=True)
@format_option
@click.pass_context
def loads(ctx: click.Context, form: str) -> None:
    """List the loads of the workspace, in the order in which they came."""
    if ctx.invoked_subcommand is not None:
        return
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.load import page_loads
    from openscorecard.workspace.records_load import all_records_loads

    folder = open_workspace(ctx.obj).loads
    both = [(load.sequence, _page_row(load)) for load in page_loads(folder)]
    both += [(load.sequence, _records_row(load)) for load in all_records_loads(folder)]
    found = [row for _, row in sorted(both, key=lambda one: one[0])]
    if form == "json":
        print_json(found)
    elif form == "csv":
        print_csv(COLUMNS, [list(row.values()) for row in found])
    else:
        _print(found)


@loads.command()
@click.argument("load_id", metavar="[ID]", default="")
@click.option("--child", default="", help="Take one child's rows out of every load instead.")
@click.option("--council", default="", help="With --child: whose child, where there are several.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def forget(ctx: click.Context, load_id: str, child: str, council: str, yes: bool) -> None:
    """Take out what need not be kept any longer: a load's rows, or one child of every load.

    Of case records the rows go; the load stays in the list with its figures, its counts, coverage
    and the hashes of its files, and still closes its month. A load that was a mistake goes with
    `scorecard loads remove`. Of a printed page its figures and its copy of the page go; that it was
    there, its file's name and its hash stay in loads/forgotten.json.

    --child ID (as the case system has it) takes that child's rows out of every load of case
    records. The files are written anew, all of them or none.
    """
    from openscorecard.workspace import open_workspace

    if bool(load_id) == bool(child):
        raise click.UsageError("name a load, or a child with --child ID.")
    workspace = open_workspace(ctx.obj)
    if child:
        _forget_child(workspace, child.strip(), council.strip().upper(), yes)
    else:
        _forget_load(workspace, load_id, yes)


@loads.command()
@click.argument("load_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def remove(ctx: click.Context, load_id: str, yes: bool) -> None:
    """Take away a load that was a mistake, wholly, as if it had not been loaded.

    All its files go, the figures that were kept of it, and the ids of children whom no other load
    has; it closes no month any longer. That it
    was there stays in loads/forgotten.json. The same files can be loaded again. To drop rows that
    are not needed any longer and keep their figures: `scorecard loads forget`.
    """
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.computed import remove_kept
    from openscorecard.workspace.forget_records import forget_strangers
    from openscorecard.workspace.store import forget as take_out
    from openscorecard.workspace.store import known_load

    workspace = open_workspace(ctx.obj)
    known_load(workspace.loads, load_id)
    if not yes:
        _ask(f"Take away {load_id} wholly, with every figure that was counted from it?")
    with locked(workspace.loads):
        take_out(workspace.loads, load_id)
        remove_kept(workspace, load_id)
        forget_strangers(workspace.loads)
    if "-page-" in load_id:
        click.echo(f"{load_id} is removed. Figures that it had put out stand again.")
        return
    click.echo(f"{load_id} is removed, with the figures that were counted from it.")
    click.echo(
        "Its month is closed by another load now, or by none; its files can be loaded again."
    )


def _ask(question: str) -> None:
    """Goes on after a yes alone; where there is nobody to ask, says how a script answers."""
    try:
        if click.confirm(question):
            return
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo()  # ends the line of the question
        raise InputError(
            "nobody is there to answer, and nothing was changed",
            where="scorecard loads",
            todo="in a script, add --yes",
        ) from None
    raise click.Abort


def _forget_load(workspace: Workspace, load_id: str, yes: bool) -> None:
    from openscorecard.workspace.forget_records import drop_rows
    from openscorecard.workspace.load import records_folders
    from openscorecard.workspace.records_load import read_records_load
    from openscorecard.workspace.store import forget as take_out
    from openscorecard.workspace.store import known_load

    folder = known_load(workspace.loads, load_id)
    load = None
    if folder in records_folders(workspace.loads):
        try:
            load = read_records_load(folder)
        except InputError:
            click.echo(f"The load.json of {load_id} is broken: the whole folder will go.")
    if load is None:
        what = "its copy of the page" if "-page-" in load_id else "all its files"
        if not yes:
            _ask(f"Forget {load_id} and {what}?")
        with locked(workspace.loads):
            take_out(workspace.loads, load_id)
        click.echo(f"{load_id} is forgotten. Figures that it had put out stand again.")
        return
    if not yes:
        _ask(f"Drop the {count(load.rows, 'row')} of {load_id}?")
    if not load.rows_dropped:
        _keep_figures(workspace, load_id)
    with locked(workspace.loads):
        drop_rows(workspace.loads, load_id)
    click.echo(f"The rows of {load_id} are dropped; its figures, counts and hashes stay.")
    click.echo("Its figures are those of today's definitions: no others can be counted from it.")
    click.echo(f"It still closes {load.month.long}. If it was a mistake, take it away wholly: "
               f"`scorecard loads remove {load_id}`.")  # fmt: skip


def _keep_figures(workspace: Workspace, load_id: str = "") -> None:
    """Figures stay when rows go: those that nobody has asked for yet are counted now. InputError,
    and no row goes, where they cannot be kept."""
    from openscorecard import run

    try:
        with telling("counting") as tell:
            run.keep_figures(workspace, load_id, tell)
    except InputError as error:
        todo = error.todo
        if load_id:
            todo += f"; a load that was a mistake goes wholly: `scorecard loads remove {load_id}`"
        raise InputError(
            f"no row was dropped, for its figures would be lost: {error.found}",
            where=error.where,
            todo=todo,
        ) from error


def _forget_child(workspace: Workspace, child: str, council: str, yes: bool) -> None:
    from openscorecard.workspace.child_map import council_numbers
    from openscorecard.workspace.forget_records import forget_child, known_child

    of_council = None
    if council:
        of_council = council_numbers(workspace.loads).get(council)
        if of_council is None:
            raise InputError(f"no load is of the council {council}", where="--council",
                             todo="see `scorecard doctor`")  # fmt: skip
    known_child(workspace.loads, child, of_council)
    if not yes:
        _ask(f"Take every row of child {child} out of every load, for good?")
    _keep_figures(workspace)
    with locked(workspace.loads):
        gone = forget_child(workspace.loads, known_child(workspace.loads, child, of_council))
    click.echo(f"Child {child} is forgotten: {count(sum(gone.rows.values()), 'row')} taken out.")
    for load_id, rows in gone.rows.items():
        click.echo(f"  {load_id}: {count(rows, 'row')}")
    click.echo("Figures that are counted anew from these loads may change by this child.")


def _page_row(load: Load) -> dict[str, object]:
    return dict.fromkeys(COLUMNS) | {
        "id": load.id,
        "month": load.month.iso,
        "file": load.file,
        "indicators": load.indicators,
        "set_aside": load.set_aside,
        "loaded_at": load.loaded_at,
        "reason": load.reason,
        "sha256": load.sha256,
        "kind": load.kind,
    }


def _records_row(load: RecordsLoad) -> dict[str, object]:
    return dict.fromkeys(COLUMNS) | {
        "id": load.id,
        "month": load.month.iso,
        "file": load.source,
        "set_aside": load.set_aside,
        "loaded_at": load.loaded_at,
        "reason": load.reason,
        "kind": load.kind,
        "extracted": load.extracted.isoformat(),
        "tables": len(load.tables),
        "rows": load.rows,
        "supplied": load.supplied,
        "rows_dropped": load.rows_dropped or None,
    }


def _print(found: list[dict[str, object]]) -> None:
    """A line a load, its reason beneath it: beside it there would be no room for a sentence."""
    if not found:
        click.echo(f"Nothing is loaded. `{as_typed('load', 'PATH')}` takes in case records (a "
                   "folder) or a printed page.")  # fmt: skip
        return
    lines = [("load", "month", "loaded", "holds", "set aside", "from")]
    for row in found:
        cells = (row["id"], row["month"], _to_the_minute(row), _holds(row), row["set_aside"])
        lines.append((*(str(cell) for cell in cells), str(row["file"])))  # type: ignore[arg-type]
    widths = [max(len(line[at]) for line in lines) for at in range(5)]
    room = max(console().width - 4, 20)
    for number, line in enumerate(lines):
        left = [text.ljust(width) for text, width in zip(line[:4], widths, strict=False)]
        click.echo("  ".join((*left, line[4].rjust(widths[4]), line[5])))
        row = found[number - 1] if number else {}
        notes = []
        if row.get("rows_dropped"):
            notes.append(f"rows dropped on {str(row['rows_dropped'])[:10]}")
        if row.get("reason"):
            notes.append(f"because: {row['reason']}")
        for part in textwrap.wrap("; ".join(notes), room):
            click.echo(f"    {part}")


def _holds(row: dict[str, object]) -> str:
    """`64 indicators`; `258,518 rows in 27 tables, 36 figures`."""
    if row["kind"] != "records":
        return count(_whole(row["indicators"]), "indicator")
    parts = []
    if row["tables"]:
        parts.append(
            f"{count(_whole(row['rows']), 'row')} in {count(_whole(row['tables']), 'table')}"
        )
    if row["supplied"]:
        parts.append(count(_whole(row["supplied"]), "figure"))
    return ", ".join(parts)


def _whole(cell: object) -> int:
    assert isinstance(cell, int)
    return cell


def _to_the_minute(row: dict[str, object]) -> str:
    return str(row["loaded_at"])[:16].replace("T", " ")
