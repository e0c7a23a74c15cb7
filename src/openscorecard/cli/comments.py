"""`scorecard comments`: the commentary workbook out and in, and what is left to settle."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    as_typed,
    console,
    count,
    format_option,
    print_csv,
    print_findings,
    print_json,
)
from openscorecard.errors import InputError

if TYPE_CHECKING:
    from openscorecard.commentary.entries import Entry, StoredComments
    from openscorecard.scorecard.page import Scorecard

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
    """Write FILE.xlsx: each indicator's figures, last month's comment and a box to write in.

    A workbook that stands there is replaced only if all that was written in it is stored.
    """
    from openscorecard import run
    from openscorecard.commentary.store import read_comments, read_earlier
    from openscorecard.commentary.workbook import export_comments
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    at, workspace = Month.parse(month), open_workspace(ctx.obj)
    stored = read_comments(workspace.root, at)
    earlier = read_earlier(workspace.root, at)
    page = run.build(at, workspace)
    public = run.public_view(page, workspace)
    export_comments(page, stored, file, reporter, earlier=earlier, public=public)
    _say(f"{file}: the workbook for {at.long}{f', {reporter}' if reporter else ''}.")
    click.echo("When it has been written in, take it in:")
    _command(as_typed("comments", "import", at.iso, file, workspace=ctx.obj))


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
        _say(
            f"\nNothing of {file} was taken in. Put these rows right and take it in again; or "
            "write a new workbook and paste the texts into its boxes:"
        )
        _command(as_typed("comments", "export", at.iso, "NEW.xlsx", workspace=ctx.obj))
        ctx.exit(2)
    if taken.stored != stored:
        write_comments(workspace.root, taken.stored)
    changed = "nothing changed"
    if taken.changed:
        changed = f"{count(len(taken.changed), 'comment')} changed: {', '.join(taken.changed)}"
    _say(f"{at.long}: {changed}.")
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
    _say(f"{ref}, {at.long}: settled. “{first_words(comment.text)}” may stand.")
    for beside in stored.conflicts(ref):
        _say(f"  What {beside.by} sent stays in the history: “{first_words(beside.text)}”")
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
    page = run.build(at, workspace)
    reporters = _reporters(page, stored)
    if form == "table":
        answers = ("REF", "--by", "ROLE", "--because", "REASON")
        _print(
            stored, reporters, as_typed("comments", "settle", at.iso, *answers, workspace=ctx.obj)
        )
        return
    rows = [_line(ref, reporter, stored) for ref, reporter in reporters.items()]
    if form == "json":
        print_json({"month": at.iso, "rows": rows})
    else:
        print_csv(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


def _reporters(page: Scorecard, stored: StoredComments) -> dict[str, str | None]:
    """Who reports each ref of the page; None for refs with comments that the page has not."""
    found: dict[str, str | None] = {row.indicator.ref: row.indicator.reporter for row in page.rows}
    return found | {ref: None for ref in stored.refs if ref not in found}


def _line(ref: str, reporter: str | None, stored: StoredComments) -> dict[str, object]:
    comment = stored.current(ref)
    beside = stored.conflicts(ref)
    return {
        "ref": ref,
        "reporter": reporter,
        "by": comment.by if comment else None,
        "edited": _as_iso(comment.edited) if comment else None,
        "text": comment.text if comment else None,
        "public_text": comment.public_text if comment else None,
        "numbers_checked": comment.numbers_checked if comment else None,
        "conflicts": len(beside),
        "also_sent": [
            {"by": entry.by, "at": _as_iso(entry.at), "text": entry.text,
             "public_text": entry.public_text}
            for entry in beside
        ],
    }  # fmt: skip


def _print(stored: StoredComments, reporters: dict[str, str | None], settle_command: str) -> None:
    """An indicator a block: who wrote and when, the words, and what else there is to know."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    out = console()
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    missing: dict[str, list[str]] = {}
    for ref, reporter in reporters.items():
        lines = _told(stored, ref)
        if lines and reporter is None:
            lines.append("This page has no such indicator, so the comment is not shown on it.")
        elif stored.current(ref) is None and reporter is not None:
            missing.setdefault(reporter, []).append(ref)
        for number, line in enumerate(lines):
            style = "bold yellow" if line.startswith("CONFLICT") else "dim" if not number else ""
            grid.add_row(Text("" if number else ref, style="bold"), Text(line, style=style))
        if lines:
            grid.add_row("", "")
    out.print(grid)
    if missing:
        out.print(Text("No comment yet", style="bold"))
        for reporter, refs in missing.items():
            out.print(Padding(Text(reporter or "No reporter"), (0, 0, 0, 2)))
            out.print(Padding(Text(", ".join(refs)), (0, 0, 0, 4)))
        out.print()
    on_page = sum(1 for reporter in reporters.values() if reporter is not None)
    written = on_page - sum(map(len, missing.values()))
    open_ones = [ref for ref in reporters if stored.conflicts(ref)]
    _say(f"{written} of {count(on_page, 'indicator')} have a comment.")
    if open_ones:
        _say(
            f"Two texts and no decision: {', '.join(open_ones)}. Export the workbook again and "
            "write the one to keep; or keep the stored one:"
        )
        _command(settle_command)


def _told(stored: StoredComments, ref: str) -> list[str]:
    """What there is to say on a ref, a line each; nothing where nobody wrote."""
    from openscorecard.commentary.entries import EntryKind
    from openscorecard.commentary.text import first_words

    lines = []
    comment = stored.current(ref)
    if comment is not None:
        lines.append(f"{comment.by}, {_when(comment.edited)}")
        if comment.text:
            lines.append(first_words(comment.text, 24))
        if comment.public_text:
            lines.append(f"For the public: {first_words(comment.public_text, 24)}")
    lines += [_conflict(entry) for entry in stored.conflicts(ref)]
    for entry in stored.history(ref):
        if comment and entry.kind is EntryKind.SETTLED and entry.version == comment.version:
            covers = f" ({'; '.join(entry.numbers)})" if entry.numbers else ""
            lines.append(f"Settled by {entry.by}, {_when(entry.at)}: {entry.because}{covers}")
    return lines


def _conflict(entry: Entry) -> str:
    from openscorecard.commentary.text import first_words

    words = first_words(entry.text or entry.public_text or "", 24)
    sent = f"also sent: {words}" if words else "emptied the box"
    return f"CONFLICT. {entry.by}, {_when(entry.at)}, {sent}"


def _say(text: str) -> None:
    """A line for people, wrapped between words."""
    from rich.text import Text

    console().print(Text(text))


def _command(line: str) -> None:
    """A command on a line of its own, never broken, so that it can be copied."""
    click.echo(f"  {line}")


def _as_iso(at: dt.datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _when(at: dt.datetime) -> str:
    """`5 July 2021, 11:11`, by this machine's clock."""
    here = at.astimezone()
    return f"{here.day} {here:%B %Y, %H:%M}"
