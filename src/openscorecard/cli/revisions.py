"""`scorecard revisions REF`: as first published, as now known, and which rows moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    as_typed,
    console,
    format_option,
    print_csv,
    print_json,
    telling,
)
from openscorecard.findings import plain
from openscorecard.periods import day_in_words

if TYPE_CHECKING:
    from pathlib import Path

    from openscorecard.catalogue.indicator import Indicator
    from openscorecard.measures.figures import MeasuredFigure
    from openscorecard.workspace.revisions import MovedRow, Revision


@click.command()
@click.argument("ref")
@format_option
@click.pass_context
def revisions(ctx: click.Context, ref: str, form: str) -> None:
    """Show month by month how REF was first published and how it is now known.

    Where the two differ: the rows that made the difference, and whether they arrived late, were
    changed (in which columns, or by other records about them), or have vanished.
    """
    from openscorecard import run
    from openscorecard.catalogue.find import find_indicator
    from openscorecard.workspace import open_workspace

    workspace = open_workspace(ctx.obj)
    indicator = find_indicator(run.catalogue_of(workspace), ref)
    with telling("counting") as tell:
        found = run.revisions(indicator.ref, workspace, tell)
    if form == "json":
        print_json({"ref": indicator.ref, "months": [_as_json(one) for one in found]})
    elif form == "csv":
        print_csv(
            ("month", "released", "at_close", "closed_by", "now_known", "known_by", "moved"),
            [_as_line(one) for one in found],
        )
    else:
        _print(indicator, found, ctx.obj)


def _as_json(one: Revision) -> dict[str, object]:
    return {
        "month": one.month.iso,
        "released": None if one.published is None else plain(one.published),
        "at_close": _figure(one.at_close),
        "closed_by": None if one.closed_by is None else one.closed_by.id,
        "now_known": _figure(one.now),
        "known_by": one.now_by.id,
        "rows": None if one.rows is None else [_row(row) for row in one.rows],
    }


def _figure(figure: MeasuredFigure | None) -> dict[str, object] | None:
    if figure is None:
        return None
    return {
        name: None if number is None else plain(number)
        for name, number in (
            ("value", figure.value),
            ("numerator", figure.numerator),
            ("denominator", figure.denominator),
        )
    } | {"status": figure.status.value}


def _row(row: MovedRow) -> dict[str, object]:
    return {
        "part": row.part,
        "of": row.title,
        "row": row.row,
        "child": row.child,
        "counted_then": row.counted_then,
        "counted_now": row.counted_now,
        "why": row.why,
        "columns": list(row.columns),
    }


def _as_line(one: Revision) -> tuple[object, ...]:
    return (
        one.month.iso,
        "" if one.published is None else plain(one.published),
        _number(one.at_close),
        "" if one.closed_by is None else one.closed_by.id,
        _number(one.now),
        one.now_by.id,
        "" if one.rows is None else len(one.rows),
    )


def _number(figure: MeasuredFigure | None) -> object:
    return "" if figure is None or figure.value is None else plain(figure.value)


def _print(indicator: Indicator, found: tuple[Revision, ...], workspace: Path | None) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    out = console()
    out.print(Text(f"{indicator.ref}  {indicator.name}", style="bold"))
    if not found:
        out.print("No load of case records has closed a month yet.")
        return
    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False)
    for head in ("Month", "Released", "When closed", "Now known", "Moved by"):
        table.add_column(head, justify="left" if head in ("Month", "Moved by") else "right")
    for one in found:
        table.add_row(
            one.month.short,
            _released(indicator, one),
            _printed(indicator, one.at_close),
            _printed(indicator, one.now),
            _moved_by(one),
        )
    out.print(Padding(table, (1, 0, 0, 0)))
    moved = [one for one in found if one.rows]
    for one in moved:
        out.print()
        out.print(Text(f"{one.month.long}: what made the difference", style="bold"))
        rows = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
        for row in (one.rows or ())[:MOST_ROWS]:
            rows.add_row(*map(Text, _row_in_words(row)))
        out.print(rows)
        if len(one.rows or ()) > MOST_ROWS:
            out.print(f"  and {len(one.rows or ()) - MOST_ROWS} more (--format json has all)")
    newest = found[-1].now_by
    day = day_in_words(newest.extracted)
    out.print(f"\nNow known: by {newest.id}, read out on {day}.")
    silent = [one.now.note for one in found if one.now is not None and one.now.value is None]
    for note in dict.fromkeys(filter(None, silent)):
        out.print(f"No figure now: {note}.")
    if moved:
        month = moved[-1].month.iso
        command = as_typed("explain", indicator.ref, month, "--rows", "met", workspace=workspace)
        out.print(f"A month's rows:  {command}", soft_wrap=True)


def _row_in_words(row: MovedRow) -> tuple[str, str, str, str, str]:
    """`changed  counts now  P12  child 4711  end date`; other records about it where no column of
    its own changed."""
    why = f"  {row.why}"
    way = "counts now" if row.counted_now else "counts no more"
    if row.counted_then == row.counted_now:
        way = "now looked at" if row.why == "arrived late" else "no longer looked at"
    what = ", ".join(row.columns)
    if row.why == "changed" and not row.columns:
        what = "other records about it"
    own = row.row if row.row != row.child else ""
    return why, way, own, f"child {row.child}" if row.child else "", what


MOST_ROWS = 12  # rows shown a month; as JSON, all


def _released(indicator: Indicator, one: Revision) -> str:
    from openscorecard.scorecard.wording import figure_text

    if one.first is not None and one.first.value is not None:
        return figure_text(one.first.value, indicator.unit, one.first.digits)
    return "" if one.released is None else one.released.cell.raw.strip()


def _printed(indicator: Indicator, figure: MeasuredFigure | None) -> str:
    from openscorecard.scorecard.wording import figure_text

    if figure is None or figure.value is None:
        return "" if figure is None else figure.status.value.replace("-", " ")
    return figure_text(figure.value, indicator.unit, indicator.decimals)


def _moved_by(one: Revision) -> str:
    if one.rows is None:
        return "rows dropped"
    if not one.rows:
        return ""
    counts: dict[str, int] = {}
    for row in one.rows:
        counts[row.why] = counts.get(row.why, 0) + 1
    return ", ".join(f"{number} {why}" for why, number in sorted(counts.items()))
