"""`scorecard indicators [REF]`: the catalogue in force, and where each line of it came from."""

from __future__ import annotations

import difflib
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.catalogue import (
    Catalogue,
    Direction,
    Frequency,
    Indicator,
    Relation,
    load_catalogue,
)
from openscorecard.catalogue.resolve import BY_DEFAULT, refs_of
from openscorecard.cli.output import console, count, format_option, print_csv, print_json
from openscorecard.errors import InputError
from openscorecard.findings import plain
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
# What an indicator has several of: in JSON as lists, in a table a line each.
SEVERAL = ("definitions", "targets", "relations", "origin")


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

    _, own = definitions_of(ctx.obj)
    catalogue = load_catalogue(own)
    if ref is not None:
        _print_one(catalogue, _found(catalogue, ref), form)
    elif form == "json":
        print_json(_catalogue_json(catalogue))
    elif form == "csv":
        print_csv(*_catalogue_csv(catalogue))
    else:
        _print_list(catalogue, own)


def _found(catalogue: Catalogue, asked: str) -> Indicator:
    """The indicator of that ref or id, in any case; else an error that names what is like it."""
    names = {name.casefold(): item for item in catalogue for name in (item.id, item.ref)}
    exact = catalogue.get(asked) or names.get(asked.strip().casefold())
    if exact is not None:
        return exact
    close = difflib.get_close_matches(asked.strip().casefold(), names, n=4, cutoff=0.5)
    like = list(dict.fromkeys(names[name].ref for name in close))
    raise InputError(
        f'there is no indicator "{asked}"',
        where="the catalogue",
        todo=f"try {_or(like)}" if like else "run `scorecard indicators` to see them all",
    )


def _or(refs: list[str]) -> str:
    quoted = [f'"{ref}"' for ref in refs]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


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


def _print_one(catalogue: Catalogue, item: Indicator, form: str) -> None:
    lines = _lines(catalogue, item)
    if form == "json":
        print_json(_indicator_json(catalogue, item))
        return
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


def _lines(catalogue: Catalogue, item: Indicator) -> list[tuple[str, str, str]]:
    """Key, value and place of everything about one indicator."""
    origin = catalogue.origin[item.ref]
    record = _indicator_json(catalogue, item)
    values = {key: str(_cell(value)) for key, value in record.items() if key not in SEVERAL}
    values["numerator"] = _named(catalogue, item.numerator)
    values["denominator"] = _named(catalogue, item.denominator)
    for definition in item.definitions:
        values[f"definition from {definition.since}"] = definition.words
    for target in item.targets:
        tolerance = f", give or take {plain(target.tolerance)}" if target.tolerance else ""
        values[f"target from {target.since}"] = f"{plain(target.value)}{tolerance}"
    lines = [(key, value, origin[key]) for key, value in values.items()]
    for number, relation in enumerate(catalogue.relations, start=1):
        if item.ref in refs_of(relation):
            place = catalogue.origin[f"relation {number}"]["kind"]
            lines.append((f"relation: {relation.kind}", _relation_in_words(relation), place))
    return lines


def _named(catalogue: Catalogue, ref: str | None) -> str:
    other = None if ref is None else catalogue.get(ref)
    return "none on the page" if other is None else f"{other.ref}: {other.short_name}"


def _relation_in_words(relation: Relation) -> str:
    members = " + ".join(relation.members)
    over = " + ".join(relation.over) or "the population"
    return {
        "bands": f"{members} = 100% of {relation.whole}",
        "complements": f"{members} = 100%",
        "parts": f"{members} = {relation.whole}",
        "flows": f"{relation.whole} = {relation.whole} a month before + {members}"
        + "".join(f" − {ref}" for ref in relation.leaving),
        "shares": f"{relation.whole} = {members} over {over}",
        "within": f"{members} are some of {relation.whole}",
    }[relation.kind.value]


def _indicator_json(catalogue: Catalogue, item: Indicator) -> dict[str, object]:
    return {
        "ref": item.ref,
        "id": item.id,
        "order": item.order,
        "name": item.name,
        "short_name": item.short_name,
        "section": item.section,
        "outcome": item.outcome,
        "kind": item.kind.value,
        "unit": item.unit.value,
        "decimals": item.decimals,
        "preferred_direction": item.preferred_direction.value,
        "frequency": item.frequency.value,
        "owner": item.owner,
        "reporter": item.reporter,
        "numerator": item.numerator,
        "denominator": item.denominator,
        "people": item.people,
        "protect_complement": item.protect_complement,
        "definitions": [
            {"from": definition.since.iso, "words": definition.words}
            for definition in item.definitions
        ],
        "targets": [
            {
                "from": target.since.iso,
                "value": plain(target.value),
                "tolerance": plain(target.tolerance),
            }
            for target in item.targets
        ],
        "relations": [
            _relation_json(relation)
            for relation in catalogue.relations
            if item.ref in refs_of(relation)
        ],
        "origin": catalogue.origin[item.ref],
    }


def _relation_json(relation: Relation) -> dict[str, object]:
    return {
        "kind": relation.kind.value,
        "whole": relation.whole,
        "members": list(relation.members),
        "leaving": list(relation.leaving),
        "over": list(relation.over),
    }


def _catalogue_json(catalogue: Catalogue) -> dict[str, object]:
    return {
        "sections": [
            {"id": section.id, "title": section.title, "order": section.order}
            for section in catalogue.sections
        ],
        "indicators": [_indicator_json(catalogue, item) for item in catalogue],
        "relations": [_relation_json(relation) for relation in catalogue.relations],
    }


def _catalogue_csv(catalogue: Catalogue) -> tuple[list[str], list[list[object]]]:
    """One line an indicator: the single values, and the newest definition in words."""
    header: list[str] = []
    rows: list[list[object]] = []
    for item in catalogue:
        record = _indicator_json(catalogue, item)
        single = {key: value for key, value in record.items() if key not in SEVERAL}
        single["definition"] = item.definitions[-1].words
        header = list(single)
        rows.append([_cell(value) for value in single.values()])
    return header, rows


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
