"""`scorecard page MONTH`: the page of a month, in the terminal or as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import console, format_option, print_json

if TYPE_CHECKING:
    from openscorecard.scorecard.page import Change, Scorecard


@click.command()
@click.argument("month")
@click.option(
    "--audience",
    type=click.Choice(["internal", "public"]),
    default="internal",
    help="As the council's own people see it, or as the public does.",
)
@format_option
@click.pass_context
def page(ctx: click.Context, month: str, audience: str, form: str) -> None:
    """Print the page of MONTH (2021-06)."""
    from openscorecard import run
    from openscorecard.periods import Month
    from openscorecard.scorecard.as_json import page_as_json
    from openscorecard.workspace import open_workspace

    scorecard = run.page(Month.parse(month), open_workspace(ctx.obj), audience)
    if form == "json":
        print_json(page_as_json(scorecard))
    elif form == "csv":
        from openscorecard.publish.tidy_csv import tidy_csv

        click.echo(tidy_csv(scorecard), nl=False)
    else:
        _print_table(scorecard)


def _print_table(scorecard: Scorecard) -> None:
    from rich.table import Table
    from rich.text import Text

    out = console()
    head = f"  {scorecard.title}, {scorecard.month.long}"
    out.print(Text.assemble((scorecard.council, "bold"), head))
    for section in scorecard.sections:
        rows = scorecard.of_section(section.id)
        if not rows:
            continue
        table = Table(title=section.title, title_justify="left", box=None, pad_edge=False)
        table.add_column("Ref.", no_wrap=True)
        table.add_column("Indicator", overflow="fold")
        for month in scorecard.months:
            table.add_column(month.short, justify="right", no_wrap=True)
        for head in ("On month", "On year", "Avg", "Max"):
            table.add_column(head, justify="right", no_wrap=True)
        for row in rows:
            cells = (
                row.indicator.ref,
                row.indicator.short_name,
                *[figure.printed for figure in row.figures],
                _change(row.change_month),
                _change(row.change_year),
                row.average_12m.printed,
                row.maximum_12m.printed,
            )
            table.add_row(*[Text(cell) for cell in cells])  # as text: [r] is no mark-up
        out.print()
        out.print(table)


def _change(change: Change) -> str:
    glyph = "" if change.arrow is None else f"{change.arrow.glyph} "
    return f"{glyph}{change.printed}"
