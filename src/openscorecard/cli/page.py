"""`scorecard page MONTH`: the page of a month, in the terminal or as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import console, format_option, print_json, telling

if TYPE_CHECKING:
    from openscorecard.scorecard.page import Change, Row, Scorecard


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
    from openscorecard.workspace import open_workspace

    at, workspace = Month.parse(month), open_workspace(ctx.obj)
    with telling("counting") as tell:
        found = run.page(at, workspace, audience, tell)
    print_page(found, form)


def print_page(scorecard: Scorecard, form: str) -> None:
    """A page as a table, as JSON or as CSV."""
    if form == "json":
        from openscorecard.scorecard.as_json import page_as_json

        print_json(page_as_json(scorecard))
    elif form == "csv":
        from openscorecard.publish.tidy_csv import tidy_csv

        click.echo(tidy_csv(scorecard), nl=False)
    else:
        _print_table(scorecard)


def _print_table(scorecard: Scorecard) -> None:
    from rich.text import Text

    from openscorecard.cli.figure_table import figure_table, lay_out

    months = [month.short for month in scorecard.months]
    heads = ["Ref.", "Indicator", *months, "On month", "On year", "Avg", "Max"]
    line_of: Callable[[Row], list[str]] = _line
    width = console().width
    layout = lay_out(heads, [_line(row) for row in scorecard.rows], len(months), width)
    judged = lay_out([*heads, "Signal"], [_judged(row) for row in scorecard.rows], len(months),
                     width)  # fmt: skip
    names = judged.widths[1] >= min(layout.widths[1], NAMES)
    if names and judged.width <= width and judged.left_out == layout.left_out:
        layout, line_of = judged, _judged
    out = console(layout.width)
    head = f"  {scorecard.title}, {scorecard.month.long}"
    out.print(Text.assemble((scorecard.council, "bold"), head))
    for note in scorecard.notes:
        out.print(Text(note))
    if layout.left_out:
        out.print(layout.remark())
    for section in scorecard.sections:
        rows = [line_of(row) for row in scorecard.of_section(section.id)]
        if rows:
            out.print()
            out.print(figure_table(layout, rows, title=section.title))


def _line(row: Row) -> list[str]:
    return [
        row.indicator.ref,
        row.indicator.short_name,
        *(figure.printed for figure in row.figures),
        _change(row.change_month),
        _change(row.change_year),
        row.average_12m.printed,
        row.maximum_12m.printed,
    ]


def _judged(row: Row) -> list[str]:
    """The line with the verdict in a word; usual variation is a dot, so that others stand out."""
    word = "" if row.verdict is None else row.verdict.word
    short = {"Usual variation": "·", "Not judged": "–"}.get(word, word)
    return [*_line(row), short.removeprefix("Unusually ").removeprefix("Unusual ").capitalize()]


NAMES = 24  # characters that names keep beside the signals; else these stay away


def _change(change: Change) -> str:
    glyph = "" if change.arrow is None else f"{change.arrow.glyph} "
    return f"{glyph}{change.printed}"
