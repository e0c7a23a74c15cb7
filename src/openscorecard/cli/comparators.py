"""`scorecard comparators load`, `list` and `remove`; `show` is in comparators_show.py."""

from __future__ import annotations

from pathlib import Path
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

if TYPE_CHECKING:
    from openscorecard.comparators.differing import Differs
    from openscorecard.comparators.manifest import Entry
    from openscorecard.comparators.store import Loaded

COLUMNS = ("id", "kind", "source", "title", "edition", "file", "first_year", "last_year", "series",
           "rows", "loaded_at", "sha256", "changed")  # fmt: skip
_SERIES_SHOWN = 6


@click.group()
def comparators() -> None:
    """Published statistics: take them in, list them, show what stands beside each indicator."""


@comparators.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--edition", default="", help="What to call the edition, such as 'October 2025'.")
@click.pass_context
def load(ctx: click.Context, files: tuple[Path, ...], edition: str) -> None:
    """Load published FILES: tables of the Department for Education, LAIT, neighbours, population.

    A file is told by its columns, not by its name. All files are loaded or none. A newer edition
    of a table is kept beside the older one, and is the one that counts. docs/comparators.md says
    which files there are.
    """
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.published import load_published, published_of

    workspace = open_workspace(ctx.obj)
    with telling() as tell:
        loaded = load_published(workspace, files, edition=edition, tell=tell)
    for one in loaded:
        _say(one, " ".join(edition.split()), ctx.obj)
    published = published_of(workspace)
    if published and any(entry.kind == "figures" for entry in published.files()):
        click.echo(f"\nNext: `{as_typed('comparators', 'show', workspace=ctx.obj)}` prints what "
                   "each indicator stands beside.")  # fmt: skip


@comparators.command(name="list")
@format_option
@click.option("--series", "with_series", is_flag=True, help="Name every series of every file.")
@click.pass_context
def list_(ctx: click.Context, form: str, with_series: bool) -> None:
    """List the published files that are loaded, the newest edition of each source first."""
    from openscorecard.comparators.manifest import broken, entries, newest_first
    from openscorecard.comparators.store import changed_files
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.published import published_folder

    folder = published_folder(open_workspace(ctx.obj))
    found = newest_first(entries(folder))
    found.sort(key=lambda entry: entry.prefix)
    changed = {entry.id: changed_files(folder, entry) for entry in found}
    rows = [_row(entry) | {"changed": list(changed[entry.id])} for entry in found]
    if form == "json":
        print_json([row | {"series": dict(entry.series)}
                    for row, entry in zip(rows, found, strict=True)])  # fmt: skip
    elif form == "csv":
        print_csv(COLUMNS, [[*list(row.values())[:-1], " ".join(changed[entry.id])]
                            for row, entry in zip(rows, found, strict=True)])  # fmt: skip
    elif not found:
        click.echo(f"Nothing published is loaded. `{as_typed('comparators', 'load', 'FILE')}` "
                   "takes it in.")  # fmt: skip
    else:
        _print(found, with_series)
    for entry in found:
        for name in changed[entry.id]:
            click.echo(f"\n{broken(name, entry)}", err=True)
    if any(changed.values()):
        ctx.exit(1)


@comparators.command()
@click.argument("entry_id", metavar="ID")
@click.pass_context
def remove(ctx: click.Context, entry_id: str) -> None:
    """Take a published file out again."""
    from openscorecard.comparators.store import remove as take_out
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.published import published_folder

    gone = take_out(published_folder(open_workspace(ctx.obj)), entry_id)
    click.echo(f"{gone.id} is taken out: {gone.title}, edition {gone.edition}.")


def _say(loaded: Loaded, edition: str, workspace: Path | None) -> None:
    """What a file is, and what of it counts; a paragraph each."""
    entry, read = loaded.entry, loaded.read
    if read is None:
        of = "" if loaded.given == entry.file else f", the same content as {entry.file}"
        click.echo(f"{loaded.given}{of}: loaded already as {entry.id}, on {entry.loaded_at[:10]}; "
                   "nothing was changed.")  # fmt: skip
        if edition and edition != entry.edition:
            removing = as_typed("comparators", "remove", entry.id, workspace=workspace)
            click.echo(f"  Its edition is still {entry.edition}. To name it otherwise, take it out "
                       f"and load it again: `{removing}`.")  # fmt: skip
        return
    click.echo(f"{entry.file}: {entry.title}")
    click.echo(f"  loaded as {entry.id}, edition {entry.edition}")
    for line in _held(entry, len(read.areas)):
        click.echo(f"  {line}")
    if not read.known:
        names = list(entry.series)
        more = f" and {len(names) - _SERIES_SHOWN:,} more" if len(names) > _SERIES_SHOWN else ""
        click.echo(f"  its series: {', '.join(names[:_SERIES_SHOWN])}{more}")
    for line in (*_symbols(entry), *_skipped(entry), *read.remarks):
        click.echo(f"  {line}")
    for one in loaded.differs:
        _say_difference(entry, one, workspace)


def _say_difference(entry: Entry, differs: Differs, workspace: Path | None) -> None:
    """How a file differs from one that was there, which of them counts, and how to undo it."""
    older = differs.older
    parts = []
    if differs.cells:
        more = differs.cells - len(differs.told)
        told = "; ".join((*differs.told, *([f"and {more:,} more"] if more else ())))
        parts.append(f"in {count(differs.cells, 'cell')}: {told}")
    if differs.lacking:
        parts.append(f"{count(differs.lacking, 'cell')} of it not being here")
    removing = as_typed("comparators", "remove", entry.id, workspace=workspace)
    if differs.counts:
        then = f"{entry.id} now counts; `{removing}` undoes it"
    else:
        then = f"{older.id} still counts: its newest year is {older.years[-1]}"
    if parts:
        line = f"differs from {older.id} ({older.file}) {'; '.join(parts)}. {then}."
    else:
        line = f"has the figures of {older.id} ({older.file}) of the years that both have. {then}."
    click.echo(f"  {line}")


def _held(entry: Entry, areas: int) -> list[str]:
    councils = count(areas, "council")
    if entry.kind == "figures":
        of = f"{councils} in all years together" if areas else "England and regions, no council"
        return [f"{_years(entry)}: {entry.rows:,} cells of {len(entry.series):,} series; {of}"]
    if entry.kind == "neighbours":
        return [f"ten neighbours each of {count(entry.rows, 'council')}"]
    if entry.kind == "areas":
        return [councils]
    return [f"{count(entry.rows, 'line')} on measures"]


def _symbols(entry: Entry) -> list[str]:
    from openscorecard.comparators.symbols import MEANING, Status

    parts = [f"{number:,} {MEANING[Status(status)]}" for status, number in entry.symbols.items()]
    return [f"cells without a figure: {'; '.join(parts)}"] if parts else []


def _skipped(entry: Entry) -> list[str]:
    return [f"left out: {count(number, 'row')} {why}" for why, number in entry.skipped.items()]


def _years(entry: Entry) -> str:
    first, last = entry.years[0], entry.years[-1]
    gaps = "" if last - first + 1 == len(entry.years) else " with gaps"
    return str(last) if first == last else f"{first} to {last}{gaps}"


def _row(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "source": entry.prefix,
        "title": entry.title,
        "edition": entry.edition,
        "file": entry.file,
        "first_year": entry.years[0] if entry.years else None,
        "last_year": entry.years[-1] if entry.years else None,
        "series": len(entry.series),
        "rows": entry.rows,
        "loaded_at": entry.loaded_at,
        "sha256": entry.sha256,
    }


def _print(found: list[Entry], with_series: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("file", "what it is", "edition", "years", "series"):
        table.add_column(
            heading, overflow="fold", justify="right" if heading == "series" else "left"
        )
    for entry in found:
        years = _years(entry) if entry.years else ""
        series = f"{len(entry.series):,}" if entry.series else ""
        table.add_row(entry.id, Text(entry.title), Text(entry.edition), years, series)
    console().print(table)
    if with_series:
        for entry in found:
            for name in entry.series:
                click.echo(name)


def _add_show() -> None:
    from openscorecard.cli.comparators_show import show

    comparators.add_command(show)


_add_show()
