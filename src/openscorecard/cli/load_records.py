"""What `scorecard load` prints of case records and supplied figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import console, count
from openscorecard.findings import Severity
from openscorecard.periods import day_in_words

if TYPE_CHECKING:
    from openscorecard.records.extracts.found import Found
    from openscorecard.workspace.folder import Workspace
    from openscorecard.workspace.take_records import TakenRecords

_WORDS = {
    Severity.ERROR: ("certainly wrong", "bold red"),
    Severity.WARNING: ("to be looked at", "bold yellow"),
    Severity.INFORMATION: ("good to know", "bold cyan"),
}
_MOST = 3  # samples printed of each kind; findings.json has the others


def print_records(taken: TakenRecords, workspace: Workspace) -> None:
    """What was taken, table by table, and what was found; short enough to be read."""
    from openscorecard.workspace.vintages import own_loads, poorer_loads

    load = taken.load
    click.echo(f"{load.source}: loaded as {load.id}")
    read_out = f"read out on {day_in_words(load.extracted)}"
    click.echo(f"  {read_out}: closes {load.month.long}")
    if len(load.councils) > 1:
        click.echo(f"  {count(len(load.councils), 'council')}: {', '.join(load.councils.values())}")
    if load.counts:
        click.echo(f"  {count(len(load.counts), 'table')}, {count(load.rows, 'row')}")
        _print_tables(taken)
    if load.supplied:
        click.echo(f"  {count(load.supplied, 'supplied figure')}")
    _print_found(taken.found)
    for said in poorer_loads(own_loads(workspace), [load.month]):
        click.echo()
        click.echo(said)
    folder = workspace.loads / load.id
    click.echo()
    if load.set_aside:
        click.echo(f"Set aside, with the reasons: {count(load.set_aside, 'row')}, "
                   f"in {folder / 'set-aside'}")  # fmt: skip
    click.echo(f"All findings: {folder / 'findings.json'}")


def _print_tables(taken: TakenRecords) -> None:
    load = taken.load
    lines = [("table", "rows", "set aside", "complete")]
    for name, counts in load.counts.items():
        coverage = load.coverage[name]
        spell = f"{coverage.first} to {coverage.last}"
        aside = f"{counts.set_aside:,}" if counts.set_aside else ""
        if coverage.first == coverage.last:
            spell = f"as on {coverage.first}"
        lines.append((name, f"{counts.kept:,}", aside, spell))
    widths = [max(len(line[at]) for line in lines) for at in range(3)]
    for name, rows, aside, spell in lines:
        cells = (name.ljust(widths[0]), rows.rjust(widths[1]), aside.rjust(widths[2]), spell)
        click.echo(f"    {'  '.join(cells)}")


def _print_found(found: tuple[Found, ...]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    absent = [one.table for one in found if one.rule == "table-absent"]
    for severity, (words, style) in _WORDS.items():
        some = [one for one in found if one.severity is severity and one.rule != "table-absent"]
        if not some:
            continue
        out.print()
        out.print(Text(f"{count(len(some), 'thing')} {words}", style=style))
        for one in some:
            out.print(Padding(Text(one.message), (0, 0, 0, 2)))
            for sample in one.samples[:_MOST] if severity is not Severity.INFORMATION else ():
                out.print(Padding(Text(f"{sample.place}: {sample.message}", style="dim"),
                                  (0, 0, 0, 4)))  # fmt: skip
            left = one.rows - _MOST
            if left > 0 and one.samples and severity is not Severity.INFORMATION:
                out.print(Padding(Text(f"and {left:,} more", style="dim"), (0, 0, 0, 4)))
    if absent:
        out.print()
        what = "1 table is" if len(absent) == 1 else f"{len(absent)} tables are"
        out.print(Text(f"{what} not in the extract", style="bold cyan"))
        words = f"{', '.join(absent)}. `scorecard doctor` says which figures that stops."
        out.print(Padding(Text(words), (0, 0, 0, 2)))
