"""`scorecard load PAGE...`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.findings import Severity, has_errors

if TYPE_CHECKING:
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
@click.pass_context
def load(ctx: click.Context, pages: tuple[Path, ...], as_printed: bool, reason: str) -> None:
    """Load printed pages into the workspace, as figures released before.

    A number that cannot be true is set aside. To correct figures, load a page with the right ones:
    the rows that it has are enough, and the page loaded last wins.
    """
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.take import load_pages

    workspace = open_workspace(ctx.obj)
    taken = load_pages(workspace, pages, as_printed=as_printed, reason=reason.strip())
    for one in taken:
        _print(one)
    newest = max(one.load.month for one in taken)
    click.echo(f"Next: `scorecard page {newest.iso}` prints the page of {newest.long}.")
    if any(has_errors(one.findings) for one in taken):
        ctx.exit(1)


def _print(taken: Taken) -> None:
    loaded = taken.load
    months = f"{loaded.months[0].short} to {loaded.months[-1].short}"
    figures = ", ".join(f"{count} {status}" for status, count in taken.by_status().items())
    click.echo(f"{loaded.file}: loaded as {loaded.id}")
    click.echo(f"  {_count(loaded.indicators, 'indicator')}, {months}; month figures: {figures}")
    if loaded.unknown_refs:
        click.echo(f"  not in the catalogue: {', '.join(loaded.unknown_refs)}")
    for finding in taken.findings:
        if finding.rule == "ref-not-in-catalogue":
            click.echo(f"    {finding.message}")
    if taken.set_aside:
        click.echo(f"  set aside, because they cannot be true: {len(taken.set_aside)}")
        for cell in taken.set_aside:
            click.echo(f"    {cell.ref} {cell.month.short}, printed {cell.raw}: {cell.note}")
        click.echo("  To correct one, load a page with the right figure: its row alone is enough.")
    if taken.derived_aside:
        number = _count(len(taken.derived_aside), "derived cell")
        click.echo(f"  set aside likewise: {number}, worked out anew where the figures allow it")
    counts = [
        _count(sum(item.severity is severity for item in taken.findings), word)
        for severity, word in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFORMATION, "note"),
        )
    ]
    click.echo(f"  findings: {', '.join(counts)}. `scorecard check` lists them.")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
