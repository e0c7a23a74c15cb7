"""`scorecard load PAGE...`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import as_typed, count, counted, limit_option, print_findings
from openscorecard.findings import Severity, has_errors

if TYPE_CHECKING:
    from openscorecard.workspace.figures import LoadedCell
    from openscorecard.workspace.take import Taken


@click.command()
@click.argument(
    "pages",
    metavar="PAGE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--as-printed",
    is_flag=True,
    help="Take every number as it is printed, even one that cannot be true.",
)
@click.option("--reason", default="", help="Why, shown beside the figures that this page revises.")
@limit_option("limit_mb of the settings, 25 unless changed")
@click.pass_context
def load(
    ctx: click.Context,
    pages: tuple[Path, ...],
    as_printed: bool,
    reason: str,
    limit_bytes: int | None,
) -> None:
    """Load printed pages into the workspace, as figures released before.

    A number that cannot be true is set aside. To correct figures, load a page with the right ones:
    the rows that it has are enough, and the page loaded last wins.
    """
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.take import load_pages

    workspace = open_workspace(ctx.obj)
    taken = load_pages(
        workspace, pages, as_printed=as_printed, reason=reason.strip(), limit_bytes=limit_bytes
    )
    for one in taken:
        _print(one)
    newest = max(one.load.month for one in taken)
    command = as_typed("page", newest.iso, workspace=ctx.obj)
    click.echo(f"Next: `{command}` prints the page of {newest.long}.")
    if any(has_errors(one.findings) for one in taken):
        ctx.exit(1)


def _print(taken: Taken) -> None:
    loaded = taken.load
    months = f"{loaded.months[0].short} to {loaded.months[-1].short}"
    figures = ", ".join(f"{number} {status}" for status, number in taken.by_status().items())
    click.echo(f"{loaded.file}: loaded as {loaded.id}")
    click.echo(f"  {count(loaded.indicators, 'indicator')}, {months}; month figures: {figures}")
    if loaded.unknown_refs:
        click.echo(f"  not in the catalogue: {', '.join(loaded.unknown_refs)}")
    if taken.unread:
        click.echo(f"  could not be read, and taken as no figure: {_named(taken.unread)}")
    if taken.set_aside:
        click.echo(f"  set aside, because they cannot be true: {_named(taken.set_aside)}")
        click.echo("  To correct one, load a page with the right figure: its row alone is enough.")
    if taken.derived_aside:
        number = count(len(taken.derived_aside), "derived cell")
        click.echo(f"  set aside likewise: {number}, worked out anew where the figures allow it")
    click.echo(f"  findings: {counted(taken.findings)}")
    serious = [one for one in taken.findings if one.severity is not Severity.INFORMATION]
    if serious:
        print_findings(serious)
        click.echo()


def _named(cells: Iterable[LoadedCell]) -> str:
    """`M1 May-21 (50%), Jun-21 (60%); M2 Jun-21 (see note)`: why, the findings say."""
    of_ref: dict[str, list[str]] = {}
    for cell in cells:
        at = cell.month.short if cell.column == "value" else cell.column
        shown = f" ({' '.join(cell.raw.split())})" if cell.raw.strip() else ""
        of_ref.setdefault(cell.ref, []).append(f"{at}{shown}")
    return "; ".join(f"{ref} {', '.join(places)}" for ref, places in of_ref.items())
