"""`scorecard comments`: the commentary workbook out and in, and what is left to settle."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    console,
    format_option,
    print_csv,
    print_findings,
    print_json,
)
from openscorecard.errors import InputError

if TYPE_CHECKING:
    from openscorecard.commentary.entries import StoredComments
    from openscorecard.scorecard.page import Row

COLUMNS = (
    "ref",
    "reporter",
    "by",
    "edited",
    "text",
    "public_text",
    "numbers_checked",
    "conflicts",
)


@click.group()
def comments() -> None:
    """Send out and take in the commentary workbook."""


@comments.command()
@click.argument("month")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--reporter", metavar="ROLE", help="Only the indicators of this reporter.")
@click.pass_context
def export(ctx: click.Context, month: str, file: Path, reporter: str | None) -> None:
    """Write FILE.xlsx: each indicator's figures, last month's comment and a box to write in."""
    from openscorecard import run
    from openscorecard.commentary.store import read_comments, read_earlier
    from openscorecard.commentary.workbook import export_comments
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    at, workspace = Month.parse(month), open_workspace(ctx.obj)
    stored = read_comments(workspace.root, at)
    earlier = read_earlier(workspace.root, at)
    export_comments(run.build(at, workspace), stored, file, reporter, earlier=earlier)
    click.echo(f"{file}: the workbook for {at.long}{f', {reporter}' if reporter else ''}.")


@comments.command("import")
@click.argument("month")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", metavar="ROLE", help="Who wrote; by default each indicator's reporter.")
@click.pass_context
def take_in(ctx: click.Context, month: str, file: Path, by: str | None) -> None:
    """Take in what was written in FILE.xlsx: all of it or nothing.

    A comment that was changed meanwhile, here and in the workbook, is a conflict: both are kept.
    """
    from openscorecard import run
    from openscorecard.commentary.store import read_comments, write_comments
    from openscorecard.commentary.workbook import import_comments
    from openscorecard.findings import has_errors
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    at, workspace = Month.parse(month), open_workspace(ctx.obj)
    stored = read_comments(workspace.root, at)
    page = run.build(at, workspace)
    taken = import_comments(file, stored, page, at=dt.datetime.now(dt.UTC), by=by)
    if taken.refused:
        print_findings(taken.findings)
        ctx.exit(2)
    if taken.stored != stored:
        write_comments(workspace.root, taken.stored)
    count = len(taken.changed)
    changed = f"{count} comment{'' if count == 1 else 's'} changed" if count else "nothing changed"
    click.echo(f"{at.long}: {changed}{': ' + ', '.join(taken.changed) if count else ''}.")
    print_findings(taken.findings)
    if has_errors(taken.findings):
        ctx.exit(1)


@comments.command()
@click.argument("month")
@click.argument("ref")
@click.option("--by", metavar="ROLE", required=True, help="Who answers for it.")
@click.option("--because", metavar="REASON", required=True, help="Why the text may stand.")
@click.pass_context
def settle(ctx: click.Context, month: str, ref: str, by: str, because: str) -> None:
    """Say that the comment on REF may stand: its numbers give nothing away, no other text goes
    before it. A later change of the text asks again; so does a number of it that equals no hidden
    one now and comes to equal one later."""
    from openscorecard import run
    from openscorecard.commentary.store import read_comments
    from openscorecard.commentary.text import first_words
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    at, workspace = Month.parse(month), open_workspace(ctx.obj)
    stored = read_comments(workspace.root, at)
    comment = stored.current(ref)
    if comment is None:
        raise InputError(
            f"there is no comment on {ref!r}",
            where=f"the comments of {at.long}",
            todo=f"choose one of: {', '.join(stored.refs) or '(there are none yet)'}",
        )
    for name, said in (("--by", by), ("--because", because)):
        if not said.strip():
            raise InputError("it is empty", where=name, todo="say the role and the reason")
    now = dt.datetime.now(dt.UTC)
    numbers = run.settle(at, ref, workspace, by=by, because=because, at=now)
    click.echo(f"{ref}, {at.long}: settled. “{first_words(comment.text)}” may stand.")
    for number in numbers or ("no number in it equals a hidden one",):
        click.echo(f"  {number}")


@comments.command("list")
@click.argument("month")
@format_option
@click.pass_context
def list_comments(ctx: click.Context, month: str, form: str) -> None:
    """List the comments of a month: who wrote, what, and what is left to do."""
    from openscorecard import run
    from openscorecard.commentary.store import read_comments
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    at, workspace = Month.parse(month), open_workspace(ctx.obj)
    stored = read_comments(workspace.root, at)
    rows = [_line(row, stored) for row in run.build(at, workspace).rows]
    if form == "json":
        print_json({"month": at.iso, "rows": rows})
    elif form == "csv":
        print_csv(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])
    else:
        _print(rows)


def _line(row: Row, stored: StoredComments) -> dict[str, object]:
    ref = row.indicator.ref
    comment = stored.current(ref)
    return {
        "ref": ref,
        "reporter": row.indicator.reporter,
        "by": comment.by if comment else None,
        "edited": comment.edited.isoformat().replace("+00:00", "Z") if comment else None,
        "text": comment.text if comment else None,
        "public_text": comment.public_text if comment else None,
        "numbers_checked": comment.numbers_checked if comment else None,
        "conflicts": len(stored.conflicts(ref)),
    }


def _print(rows: list[dict[str, object]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from openscorecard.commentary.text import first_words

    table = Table(box=None, pad_edge=False)
    for head in ("ref", "by", "comment", "remarks"):
        table.add_column(head, no_wrap=head == "ref")
    for row in rows:
        remarks = []
        if row["conflicts"]:
            remarks.append("CONFLICT: another text came in")
        if row["public_text"]:
            remarks.append("other wording for the public")
        if row["numbers_checked"]:
            remarks.append(f"settled by {row['numbers_checked']}")
        words = first_words(str(row["text"] or row["public_text"] or ""), 12) or "none yet"
        cells = (row["ref"], row["by"] or row["reporter"], words, "; ".join(remarks))
        table.add_row(*(Text(str(cell)) for cell in cells))
    console().print(table)
    written = sum(1 for row in rows if row["text"] or row["public_text"])
    click.echo(f"\n{written} of {len(rows)} indicators have a comment.")
