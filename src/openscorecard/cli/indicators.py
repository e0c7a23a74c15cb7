"""`scorecard indicators [REF]`: the catalogue in force, and where each line of it came from."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.catalogue import (
    Catalogue,
    Direction,
    Frequency,
    Indicator,
    load_catalogue,
)
from openscorecard.catalogue.as_records import (
    catalogue_csv,
    catalogue_record,
    indicator_lines,
    indicator_record,
)
from openscorecard.catalogue.find import find_indicator
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.catalogue.resolve import BY_DEFAULT
from openscorecard.cli.output import console, count, format_option, print_csv, print_json
from openscorecard.units import Unit

if TYPE_CHECKING:
    from rich.table import Table

UNITS = {
    Unit.COUNT: "count",
    Unit.PERCENT: "%",
    Unit.PER_10000: "per 10,000",
    Unit.PER_100000: "per 100,000",
}
WAYS = {Direction.UP: "↑", Direction.DOWN: "↓", Direction.NONE: "–"}


@click.command()
@click.argument("ref", required=False)
@format_option
@click.pass_context
def indicators(ctx: click.Context, ref: str | None, form: str) -> None:
    """Print the catalogue and where each line came from.

    With REF ("CP3-QL", or its id "initial-conferences-on-time-share"): everything about one
    indicator. A workspace's own definitions folder is laid over ours.
    """
    from openscorecard.workspace.folder import definitions_of
    from openscorecard.workspace.settings import FILE, read_settings

    root, own = definitions_of(ctx.obj)
    catalogue = load_catalogue(own)
    if ref is None and form != "json":
        settings = MeasureSettings()  # the list says nothing of them: a mistake there is no matter
    else:
        settings = MeasureSettings() if root is None else read_settings(root / FILE).measures
    if ref is not None:
        _print_one(catalogue, find_indicator(catalogue, ref), settings, form)
    elif form == "json":
        print_json(catalogue_record(catalogue, settings))
    elif form == "csv":
        print_csv(*catalogue_csv(catalogue))
    else:
        _print_list(catalogue, own)


def _print_list(catalogue: Catalogue, own: Path | None) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    for section in catalogue.sections:
        out.print(Text(section.title, style="bold"))
        in_section = catalogue.of_section(section.id)
        for (owner, reporter), rows in groupby(in_section, key=lambda i: (i.owner, i.reporter)):
            out.print(Text(f"  {owner} · {reporter}", style="dim"))
            table = _list_table(catalogue, out.width)
            for item in rows:
                table.add_row(*map(Text, _list_cells(catalogue, item, own, out.width)))
            out.print(Padding(table, (0, 0, 0, 2), expand=False))
        out.print()
    total = len(catalogue.indicators)
    out.print(f"{count(total, 'indicator')}. ↑ more is better, ↓ less is better, – neither.")
    out.print("scorecard indicators REF shows one in full, and where each line of it came from.")


_BESIDE = 110  # columns from which on what is the council's own stands beside, not beneath


def _list_cells(
    catalogue: Catalogue, item: Indicator, own: Path | None, width: int
) -> tuple[str, ...]:
    changed = _changed_by_own(catalogue, item, own)
    name = item.short_name if width >= _BESIDE or not changed else f"{item.short_name}\n{changed}"
    cells = (item.ref, name, UNITS[item.unit], WAYS[item.preferred_direction], item.frequency.value)
    return (*cells, changed) if width >= _BESIDE else cells


def _list_table(catalogue: Catalogue, width: int) -> Table:
    """The same widths whatever it holds, so that columns stand in one line down the whole list. In
    a narrow window the names wrap; nothing is cut."""
    from rich.table import Table

    others = (
        max(len(item.ref) for item in catalogue),
        max(len(unit) for unit in UNITS.values()),
        1,
        max(len(frequency) for frequency in Frequency),
    )
    name = max(len(item.short_name) for item in catalogue)
    left = width - 2 - sum(others) - 2 * len(others)  # 2 before the table, 2 between columns
    widths = (others[0], max(min(name, left), 14), *others[1:])
    table = Table(box=None, pad_edge=False, show_header=False)
    for each in widths:
        table.add_column(width=each, overflow="fold")
    if width >= _BESIDE:
        table.add_column(overflow="fold")
    return table


def _changed_by_own(catalogue: Catalogue, item: Indicator, own: Path | None) -> str:
    """Which keys of the indicator are the council's own: "own: reporter, target from 2021-04"."""
    if own is None:
        return ""
    places = catalogue.origin[item.ref]
    inside = f"{own.resolve().name}/"
    changed = [key for key, place in places.items() if place.startswith(inside) and key != "ref"]
    written = [key for key, place in places.items() if place != BY_DEFAULT]
    if len(changed) == len(written) - 1:
        return "own"
    return f"own: {', '.join(changed)}" if changed else ""


def _print_one(catalogue: Catalogue, item: Indicator, settings: MeasureSettings, form: str) -> None:
    if form == "json":
        print_json(indicator_record(catalogue, item, settings))
        return
    lines = indicator_lines(catalogue, item, settings)
    if form == "csv":
        print_csv(("key", "value", "from"), lines)
        return
    from rich.table import Table
    from rich.text import Text

    out = console()
    out.print(Text.assemble((item.ref, "bold"), f"  {item.name}"))
    table = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
    table.add_column("Key", no_wrap=True)
    table.add_column("Value", ratio=1, overflow="fold")
    table.add_column("From", style="dim", overflow="fold")
    for key, value, place in lines:
        table.add_row(Text(key), Text(value), Text(place))
    out.print()
    out.print(table)
