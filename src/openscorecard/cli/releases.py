"""`scorecard releases`: what was published when, and what each correction changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    as_typed,
    console,
    count,
    format_option,
    print_csv,
    print_json,
)

if TYPE_CHECKING:
    from pathlib import Path

    from openscorecard.workspace.releases import KeptRelease


@click.command()
@click.argument("month", required=False)
@format_option
@click.pass_context
def releases(ctx: click.Context, month: str | None, form: str) -> None:
    """List what was published: month, audience, version, day, reason, cells changed.

    With MONTH (2021-06) also the cells that each correction of it changed: what stood there before
    and what stands there now.
    """
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.releases import kept_releases

    at = None if month is None else Month.parse(month)
    kept = kept_releases(open_workspace(ctx.obj).root)
    found = [one for one in kept if at is None or one.month == at]
    behind = remarks(kept)
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
        _print(found, behind, at is not None, ctx.obj)


def remarks(kept: Iterable[KeptRelease]) -> dict[str, str]:
    """By release, what to say of it: that the newest public version was made before the newest
    internal one, so that the two may differ."""
    newest: dict[tuple[str, str], KeptRelease] = {}
    for one in kept:
        key = (one.month.iso, one.audience)
        if key not in newest or one.release.version > newest[key].release.version:
            newest[key] = one
    said = {}
    for (month, audience), public in newest.items():
        internal = newest.get((month, "internal"))
        if audience != "public" or internal is None or internal.sequence < public.sequence:
            continue
        if internal.release.version > 1:
            said[public.folder.name] = (
                f"older than internal version {internal.release.version}: publish it again"
            )
    return said


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


def _print(
    found: list[KeptRelease], behind: dict[str, str], with_cells: bool, workspace: Path | None
) -> None:
    from rich.table import Table
    from rich.text import Text

    from openscorecard.periods import day_in_words

    out = console()
    if not found:
        out.print("Nothing has been published yet.")
        command = as_typed("publish", "2021-06", "--audience", "public", "--to", "out",
                           workspace=workspace)  # fmt: skip
        out.print(f"Publish a month:  {command}", soft_wrap=True)
        return
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

    from openscorecard.publish.release_words import NOT_SHOWN, NOTHING, column_words

    if not one.release.changed:
        return
    out = console()
    changed = count(len(one.release.changed), "cell")
    out.print()
    out.print(
        Text(f"{one.audience}, version {one.release.version}: {changed} changed", style="bold")
    )
    no_longer_told = NOT_SHOWN if one.audience == "public" else NOTHING
    grid = Table.grid(padding=(0, 2))
    for cell in one.release.changed:
        words = f"{cell.was or no_longer_told} -> {cell.now or NOTHING}"
        grid.add_row(Text(cell.ref, style="bold"), Text(column_words(cell.column)), Text(words))
    out.print(Padding(grid, (0, 0, 0, 2)))
