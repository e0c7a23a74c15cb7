"""`scorecard build MONTH`: compute the month's page, and say on what it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import as_typed, console, count, format_option, telling

if TYPE_CHECKING:
    from pathlib import Path

    from openscorecard.scorecard.page import Row, Scorecard


@click.command()
@click.argument("month")
@click.option("--load", "load_id", default="", metavar="ID", help="The load to count from.")
@click.option(
    "--as-now-known",
    is_flag=True,
    help="Count every month from the newest load, whatever was released or closed before.",
)
@format_option
@click.pass_context
def build(ctx: click.Context, month: str, load_id: str, as_now_known: bool, form: str) -> None:
    """Compute the page of MONTH (2021-06) from the loads.

    A released figure stands; else a figure is counted from the load that closed its month, else
    from the load of MONTH. What has been counted is kept, so that it is not counted again.
    """
    from openscorecard import run
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    workspace = open_workspace(ctx.obj)
    at = Month.parse(month)
    with telling("counting") as tell:
        page = run.build(at, workspace, load_id, as_now_known=as_now_known, tell=tell)
    if form == "table":
        _print_summary(page)
        for sentence in run.poorer(page, workspace):
            click.echo(f"\n{sentence}")
        _print_next(page, ctx.obj, pinned=bool(load_id) or as_now_known)
        return
    from openscorecard.cli.page import print_page

    print_page(page, form)


def _print_summary(page: Scorecard) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    month = page.month.long
    with_figure = [row for row in page.rows if row.latest.value is not None]
    out.print(Text(f"{page.council}, {month}", style="bold"))
    for note in page.notes:
        out.print(Text(note))
    out.print(
        f"  {count(len(page.rows), 'indicator')}, {len(with_figure)} with a figure for {month}"
    )
    reasons: dict[str, list[str]] = {}
    for row in page.rows:
        if row.latest.value is None:
            reasons.setdefault(_why_not(row), []).append(row.indicator.ref)
    for reason, refs in reasons.items():
        out.print(Padding(Text(f"no figure: {', '.join(refs)} ({reason})"), (0, 0, 0, 2)))
    out.print(Padding(Text(_vintages(page)), (0, 0, 0, 2)))
    out.print(f"  {count(len(page.sources), 'load')} behind them:")
    for source in page.sources:
        out.print(Text(f"    {source.load}  {source.file}"))


def _why_not(row: Row) -> str:
    figure = row.latest
    if row.indicator.kind.value == "supplied" and figure.status.value == "not-available":
        return figure.note or "none was sent"
    return figure.note or figure.status.value.replace("-", " ")


def _vintages(page: Scorecard) -> str:
    """`419 figures in the 7 months shown: 408 as their month closed, 11 released`."""
    found: dict[str, int] = {}
    for row in page.rows:
        for figure in row.figures:
            if figure.vintage is not None and figure.value is not None:
                found[figure.vintage.value] = found.get(figure.vintage.value, 0) + 1
    kinds = ", ".join(f"{found[name]:,} {words}" for name, words in _WORDS.items() if name in found)
    shown = f"{count(sum(found.values()), 'figure')} in the {len(page.months)} months shown"
    return f"{shown}: {kinds}" if kinds else shown


_WORDS = {
    "released": "released",
    "month-close": "as their month closed",
    "now-known": "as now known",
}


def _print_next(page: Scorecard, workspace: Path | None, *, pinned: bool) -> None:
    month = page.month.iso
    click.echo()
    if not pinned:
        click.echo(f"The page:      {as_typed('page', month, workspace=workspace)}")
    explain = as_typed("explain", "REF", month, workspace=workspace)
    click.echo(f"Any figure:    {explain}")
    click.echo(f"The records:   {as_typed('data', month, workspace=workspace)}")
