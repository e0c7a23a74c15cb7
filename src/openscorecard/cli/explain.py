"""`scorecard explain REF MONTH`: how a figure came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import as_typed, console, count, format_option, print_csv, print_json
from openscorecard.findings import plain
from openscorecard.periods import day_in_words

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table
    from rich.text import Text

    from openscorecard.workspace.records_load import RecordsLoad
    from openscorecard.workspace.working import Part, Working
    from openscorecard.workspace.working_rows import Line

LINE_HEADER = ("row", "child", "met", "due", "worker", "team")


@click.command()
@click.argument("ref")
@click.argument("month")
@click.option(
    "--rows",
    "wanted",
    type=click.Choice(["all", "met", "not-met"]),
    default=None,
    help="List the children or rows: all, those that count as met, or the rest.",
)
@click.option("--load", "load_id", default="", metavar="ID", help="The load to count from.")
@format_option
@click.pass_context
def explain(
    ctx: click.Context, ref: str, month: str, wanted: str | None, load_id: str, form: str
) -> None:
    """Show how the figure of REF ("CP3-QL") in MONTH (2021-06) came about.

    The definition in words, how many rows are left at each condition, the load and its files; as
    JSON, the query too. With --rows: child, due date, worker and team. That list is about children:
    keep it as you keep case records.
    """
    from openscorecard import run
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    workspace = open_workspace(ctx.obj)
    at = Month.parse(month)
    if wanted is not None:
        lines = run.rows_behind(ref, at, workspace, wanted, load_id)
        _print_lines(lines, wanted, form)
        return
    working = run.explain(ref, at, workspace, load_id)
    if form == "json":
        print_json(_as_json(working))
    elif form == "csv":
        print_csv(("part", "condition", "rows"),
                  [(part.name, step.text, step.rows) for part in working.parts
                   for step in part.steps])  # fmt: skip
    else:
        _print_working(working)
        _print_next(working, load_id, ctx.obj)


def _as_json(working: Working) -> dict[str, object]:
    figure = working.figure
    numbers = {
        name: None if number is None else plain(number)
        for name, number in (
            ("value", figure.value),
            ("numerator", figure.numerator),
            ("denominator", figure.denominator),
        )
    }
    return {
        "ref": working.indicator.ref,
        "month": working.month.iso,
        "definition": " ".join(working.words.split()),
        "sql": working.sql,
        "unit": working.indicator.unit.value,
        **numbers,
        "status": figure.status.value,
        "note": figure.note,
        "conditions": [
            {"part": part.name, "text": step.text, "rows": step.rows}
            for part in working.parts
            for step in part.steps
        ],
        "vintage": working.vintage.value,
        "load": working.load.id,
        "extracted": working.load.extracted.isoformat(),
        "taken_out": [{"on": one.on, "rows": one.rows} for one in working.load.forgotten],
        "released": None
        if working.released is None or working.released.number is None
        else plain(working.released.number),
        "files": [{"path": one.name, "sha256": one.sha256} for one in working.files],
    }


def _print_working(working: Working) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from openscorecard.workspace.working_words import figure_in_full, whole

    out, indicator, figure = console(), working.indicator, working.figure
    out.print(Text(f"{indicator.ref}  {indicator.name}", style="bold"))
    out.print(Text(f"{working.month.long}: {figure_in_full(working)}", style="bold"))
    if working.released is not None:
        out.print(
            f"The page prints {working.released.cell.raw.strip()}: that was released "
            f"({working.released.load.id}), and a released figure stands."
        )
    out.print(Padding(Text(" ".join(working.words.split())), (1, 0, 0, 2)))
    for part in working.parts:
        out.print()
        _print_part(working, part)
    if indicator.unit.is_rate and figure.denominator is not None:
        out.print()
        out.print(Text("Denominator (population)", style="bold"))
        edition = f" ({working.population})" if working.population else ""
        people = Text(f"children aged 0 to 17{edition}")
        out.print(Padding(_grid([(whole(figure.denominator), people)]), (0, 0, 0, 2)))
    if figure.note and figure.value is not None:
        out.print(Padding(Text(f"Note: {figure.note}."), (1, 0, 0, 0)))
    out.print()
    _print_source(working)


def _print_part(working: Working, part: Part) -> None:
    from rich.padding import Padding
    from rich.text import Text

    head = part.name.capitalize() if part.name != "count" else "How many"
    titles = ", ".join(part.titles)
    same = titles == working.indicator.ref
    console().print(Text(head if same else f"{head} ({titles})", style="bold"))
    table = _grid([(f"{step.rows:,}", Text(step.text)) for step in part.steps])
    console().print(Padding(table, (0, 0, 0, 2)))


def _grid(lines: list[tuple[str, Text]]) -> Table:
    """Numbers, and what they are of."""
    from rich.table import Table

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(justify="right", min_width=8)
    table.add_column(overflow="fold")
    for line in lines:
        table.add_row(*line)
    return table


def _print_source(working: Working) -> None:
    from rich.table import Table

    out, load = console(), working.load
    day = day_in_words(load.extracted)
    if working.indicator.kind.value == "supplied":
        if working.files and working.figure.value is not None:
            out.print(f"Sent by another team; it came with {load.id}, read out on {day}:")
        else:
            out.print("Another team sends this figure.")
    else:
        closed = working.vintage.value == "month-close"
        known = f"which closed {working.month.long}" if closed else "as known to that load"
        out.print(f"Counted from {load.id}, read out on {day}, {known}:")
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    for one in working.files:
        rows = load.tables.get(one.table)
        counted = "" if rows is None else count(rows, "row")
        table.add_row(f"  {one.name}", counted, f"sha256 {one.sha256[:12]}")
    if working.files:
        out.print(table)
    if load.rows_dropped:
        out.print(f"Its rows were dropped on {load.rows_dropped[:10]}: the figure is as kept.")
    elif load.forgotten and working.parts:
        out.print(
            f"{_taken_out(load)}: a figure counted before stands; what is counted since, the "
            "conditions above and the lists, is without them."
        )


def _taken_out(load: RecordsLoad) -> str:
    """`A child's rows were taken out since (8 rows on 2021-08-02)`."""
    rows = ", ".join(f"{count(one.rows, 'row')} on {one.on[:10]}" for one in load.forgotten)
    if len(load.forgotten) == 1:
        return f"A child’s rows were taken out since ({rows})"
    return f"Rows of {len(load.forgotten)} children were taken out since ({rows})"


def _print_next(working: Working, load_id: str, workspace: Path | None) -> None:
    if working.indicator.kind.value == "supplied":
        return
    ref, month = working.indicator.ref, working.month.iso
    click.echo()
    if working.parts:
        which = "not-met" if working.tells_rest else "all"
        load = ("--load", load_id) if load_id else ()
        rows = as_typed("explain", ref, month, "--rows", which, *load, workspace=workspace)
        click.echo(f"The rows:   {rows}")
    click.echo(f"The query:  {as_typed('sql', ref, workspace=workspace)}")


def _print_lines(lines: tuple[Line, ...], wanted: str, form: str) -> None:
    yes_no = {True: "yes", False: "no", None: ""}
    if form == "json":
        print_json(
            [
                {
                    "row": one.row,
                    "child": one.child or None,
                    "met": one.met,
                    "due": None if one.due is None else one.due.isoformat(),
                    "worker": one.worker or None,
                    "team": one.team or None,
                }
                for one in lines
            ]
        )
        return
    cells = [
        (one.row, one.child, yes_no[one.met], one.due.isoformat() if one.due else "",
         one.worker, one.team)
        for one in lines
    ]  # fmt: skip
    if form == "csv":
        print_csv(LINE_HEADER, cells)
        return
    from rich.table import Table
    from rich.text import Text

    out = console()
    if lines:
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
        for name in LINE_HEADER:
            table.add_column(name.capitalize(), overflow="fold")
        for line in cells:
            table.add_row(*map(Text, line))
        out.print(table)
        out.print()
    if wanted == "not-met" and not lines:
        out.print(
            "None that is not met. A plain count has no test: --rows all lists what it counts."
        )
        return
    words = {"all": "in all", "met": "met", "not-met": "not met"}
    out.print(f"{len(lines):,} {words[wanted]}. --format csv gives the list to a spreadsheet.")
    if any(one.child for one in lines):
        out.print("It is about children: keep it as you keep case records.")
