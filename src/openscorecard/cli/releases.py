"""`scorecard releases`: what was published when, and what each correction changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
    from pathlib import Path

    from openscorecard.periods import Month
    from openscorecard.workspace.folder import Workspace
    from openscorecard.workspace.releases import DamagedRelease, KeptRelease


@click.command()
@click.argument("month", required=False)
@format_option
@click.pass_context
def releases(ctx: click.Context, month: str | None, form: str) -> None:
    """List what was published: month, audience, version, day, reason, cells changed.

    With MONTH (2021-06) also the cells that each correction of it changed: what stood there before
    and what stands there now. Exit code 1: the record of a release is damaged; the rest is listed.
    """
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.releases import releases_in

    at = None if month is None else Month.parse(month)
    workspace = open_workspace(ctx.obj)
    kept, damaged = releases_in(workspace.root)
    damaged += _damaged_within(kept)
    found = [one for one in kept if at is None or one.month == at]
    with telling("looking at what was published") as tell:
        behind = remarks(found, workspace, tell)
    if form == "json":
        print_json([_as_json(one, behind.get(one.folder.name, "")) for one in found])
    elif form == "csv" and at is None:
        print_csv(
            ("month", "audience", "version", "on", "reason", "changed", "made_by", "remark"),
            [_as_line(one, behind.get(one.folder.name, "")) for one in found],
        )
    elif form == "csv":
        print_csv(
            ("month", "audience", "version", "on", "ref", "column", "was", "now"),
            _changed_lines(found),
        )
    else:
        if found:
            _print(found, behind, with_cells=at is not None)
        elif not damaged:
            _say_nothing_yet(at, ctx.obj)
    if damaged:
        _say_damaged(damaged)
        ctx.exit(1)


def _damaged_within(kept: Iterable[KeptRelease]) -> tuple[DamagedRelease, ...]:
    """Of releases whose record can be read, those that a page or a correction would stumble over,
    those whose record was altered, and the versions that one replaces and that are gone."""
    import json

    from openscorecard.publish.verify import sealed
    from openscorecard.workspace.first_verdicts import VERDICTS
    from openscorecard.workspace.release_figures import FIGURES
    from openscorecard.workspace.releases import RECORD, DamagedRelease, damage_in
    from openscorecard.workspace.releasing import PAGE

    found = []
    for one in kept:
        content = (one.folder / RECORD).read_bytes()
        said = [VERDICTS] if one.release.version == 1 else []
        amiss = damage_in(one.folder, (PAGE, FIGURES, *said))
        if content != sealed(json.loads(content)):
            amiss = f"its {RECORD} was altered: it no longer fits its own seal"
        if amiss:
            found.append(DamagedRelease(one.folder, amiss))
        for version in range(1, one.release.version):
            before = one.folder.with_name(f"{one.month.iso}-{one.audience}-{version}")
            gone = DamagedRelease(before, "it is not there, and a later version replaces it")
            if not before.exists() and gone not in found:
                found.append(gone)
    return tuple(found)


def _say_damaged(damaged: Sequence[DamagedRelease]) -> None:
    """To stderr, so that what is whole can be taken on by a program."""
    from openscorecard.workspace.releases import PUT_BACK

    click.echo("", err=True)
    for one in damaged:
        click.echo(f"{one.folder}: the release is not as it was kept: {one.found}.", err=True)
    click.echo(f"What to do: {PUT_BACK}.", err=True)


def remarks(
    kept: Sequence[KeptRelease], workspace: Workspace, tell: Callable[[str], None]
) -> dict[str, str]:
    """By release, what to say of it: that it was withdrawn, when and why; that the newest public
    version was made before the newest correction of the internal one, and that the public's page
    would read otherwise by now."""
    from openscorecard.periods import day_in_words
    from openscorecard.workspace.withdrawal import withdrawal_of

    newest: dict[tuple[str, str], KeptRelease] = {}
    for one in kept:
        key = (one.month.iso, one.audience)
        if key not in newest or one.release.version > newest[key].release.version:
            newest[key] = one
    said = {}
    for one in kept:
        gone = withdrawal_of(one.folder)
        if gone is not None:
            said[one.folder.name] = f"withdrawn on {day_in_words(gone.at.date())}: {gone.reason}"
    for (month, audience), public in newest.items():
        internal = newest.get((month, "internal"))
        if public.folder.name in said:
            continue
        if audience != "public" or internal is None or internal.sequence < public.sequence:
            continue
        if internal.release.version == 1:
            continue
        tell(f"composing the public page of {public.month.long}")
        otherwise = _would_read(public, workspace)
        if otherwise:
            said[public.folder.name] = (
                f"older than internal version {internal.release.version}, and {otherwise}"
            )
    return said


def _would_read(public: KeptRelease, workspace: Workspace) -> str:
    """What of the public's page would read otherwise if it were published again; "" for nothing."""
    from openscorecard import run
    from openscorecard.errors import InputError
    from openscorecard.scorecard.printed_cells import changed_cells, printed_cells
    from openscorecard.workspace.releasing import cells_of

    try:
        now = printed_cells(run.page(public.month, workspace, "public"))
        changed = len(changed_cells(cells_of(public), now, "public"))
    except InputError as error:
        reason = error.found.splitlines()[0]
        return f"it cannot be told whether it would read the same ({reason})"
    if not changed:
        return ""
    reads = "cell of it reads" if changed == 1 else "cells of it read"
    return f"{changed:,} {reads} otherwise by now: publish it again with a reason"


def _as_json(one: KeptRelease, remark: str) -> dict[str, object]:
    release = one.release
    return {
        "month": one.month.iso,
        "audience": one.audience,
        "version": release.version,
        "on": release.on.isoformat(),
        "reason": release.reason,
        "made_by": one.made_by,
        "sha256": one.sha256,
        "remark": remark,
        "changed": [
            {"ref": cell.ref, "column": cell.column, "was": cell.was, "now": cell.now}
            for cell in release.changed
        ],
    }


def _as_line(one: KeptRelease, remark: str) -> tuple[object, ...]:
    release = one.release
    return (
        one.month.iso,
        one.audience,
        release.version,
        release.on.isoformat(),
        release.reason,
        len(release.changed),
        one.made_by,
        remark,
    )


def _changed_lines(found: Iterable[KeptRelease]) -> list[tuple[object, ...]]:
    return [
        (one.month.iso, one.audience, one.release.version, one.release.on.isoformat(),
         cell.ref, cell.column, cell.was, cell.now)
        for one in found
        for cell in one.release.changed
    ]  # fmt: skip


def _say_nothing_yet(month: Month | None, workspace: Path | None) -> None:
    what = "Nothing" if month is None else f"Nothing of {month.long}"
    iso = "2021-06" if month is None else month.iso
    command = as_typed("publish", iso, "--audience", "public", "--to", "out", workspace=workspace)
    out = console()
    out.print(f"{what} has been published yet.")
    out.print(f"Publish a month:  {command}", soft_wrap=True)


def _print(found: list[KeptRelease], behind: dict[str, str], *, with_cells: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    from openscorecard.periods import day_in_words

    out = console()
    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False)
    for head in ("Month", "Audience", "Version", "Day", "Changed", "Reason", "Made by"):
        table.add_column(head, justify="right" if head in ("Version", "Changed") else "left")
    for one in found:
        release = one.release
        changed = str(len(release.changed)) if release.version > 1 else ""
        table.add_row(
            one.month.short,
            one.audience,
            str(release.version),
            day_in_words(release.on),
            changed,
            Text(release.reason),
            Text(one.made_by),
        )
    out.print(table)
    for one in found:
        if one.folder.name in behind:
            out.print(
                f"\n{one.month.short}, {one.audience} version {one.release.version}: "
                f"{behind[one.folder.name]}."
            )
    if with_cells:
        for one in found:
            _print_cells(one)


def _print_cells(one: KeptRelease) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from openscorecard.publish.release_words import was_and_now
    from openscorecard.scorecard.corrections import by_row, column_words

    if not one.release.changed:
        return
    out = console()
    changed = count(len(one.release.changed), "cell")
    out.print()
    out.print(
        Text(f"{one.audience}, version {one.release.version}: {changed} changed", style="bold")
    )
    grid = Table.grid(padding=(0, 2))
    for row in by_row(one.release.changed):
        for cell in row.cells:
            column = column_words(cell.column, one.month)
            bold = "bold" if cell in row.corrected else ""
            words = " -> ".join(was_and_now(cell))
            grid.add_row(Text(cell.ref, style="bold"), Text(column, style=bold), Text(words, bold))
    out.print(Padding(grid, (0, 0, 0, 2)))
