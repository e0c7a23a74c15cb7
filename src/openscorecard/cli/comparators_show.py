"""`scorecard comparators show`: what each indicator stands beside, and how it was made."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from openscorecard.cli.comparators_rows import HEADER, KEYS, as_json, csv_line
from openscorecard.cli.output import (
    console,
    format_option,
    print_csv,
    print_json,
)
from openscorecard.errors import InputError
from openscorecard.periods import Month

if TYPE_CHECKING:
    from openscorecard.catalogue.indicator import Indicator
    from openscorecard.comparators.beside import Beside
    from openscorecard.comparators.derive import Where
    from openscorecard.comparators.lookup import Lookup
    from openscorecard.comparators.published import Published

LATEST = Month(2200, 12)  # whatever is loaded was out by then


@click.command("show")
@click.option("--la", "asked", metavar="CODE", help="A council: ONS code, three digits or name.")
@click.option(
    "--year", type=click.IntRange(1990, 2100), help="The year that ends in March of YEAR: 2020."
)
@click.option("--ref", "ref", help="One indicator alone.")
@format_option
@click.pass_context
def show(
    ctx: click.Context, asked: str | None, year: int | None, ref: str | None, form: str
) -> None:
    """Print what each indicator stands beside: neighbours, England, region, own, and rank.

    Any council of England, any year in the loaded files. Without --la the workspace's own council;
    without --year the newest that is loaded of each measure.
    """
    from openscorecard import run
    from openscorecard.catalogue.find import find_indicator
    from openscorecard.comparators.derive import all_beside, lookup, series_of
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.beside import area_of
    from openscorecard.workspace.published import published_of

    workspace = open_workspace(ctx.obj)
    catalogue = run.catalogue_of(workspace)
    wanted = tuple(catalogue) if ref is None else (find_indicator(catalogue, ref),)
    published = published_of(workspace)
    if published is None:
        raise InputError(
            "no published figures are loaded",
            where=str(workspace.root),
            todo="load the Department's files with `scorecard comparators load FILE...`",
        )
    la = asked if asked is not None else workspace.settings.code
    where = "--la" if asked is not None else "the council’s code in the settings"
    _refuse_without_year(published, series_of(catalogue), year)
    _refuse_unknown(published, la, where)
    area = area_of(published, workspace, la, year)
    at = LATEST if year is None else year
    cells = lookup(wanted, published, area, at)
    besides = all_beside(wanted, cells, area, at)
    notes = _notes(published, area, besides, year)
    if form == "json":
        print_json(as_json(wanted, besides, area, year) | {"notes": list(notes)})
    elif form == "csv":
        for note in notes:
            click.echo(note, err=True)
        print_csv(HEADER, [csv_line(one, besides.get(one.ref)) for one in wanted])
    else:
        _print_table(wanted, besides, area, published, year, notes)
        if ref is not None:
            _print_sums(wanted[0], besides.get(wanted[0].ref), cells, year)


def _refuse_without_year(published: Published, series: tuple[str, ...], year: int | None) -> None:
    """InputError for a year that no measure of ours has; the population alone is none."""
    years = sorted({one for name in series for one in published.years(name)})
    if year is None or year in years:
        return
    others = any(year in published.years(name) for name in published.series())
    raise InputError(
        f"no measure that an indicator stands beside has the year {year}"
        if others
        else f"no loaded file has the year {year}",
        where="the published figures",
        todo=f"name one from {years[0]} to {years[-1]}"
        if years
        else "load files of such measures first; docs/comparators.md names them",
    )


def _refuse_unknown(published: Published, la: str, where: str) -> None:
    """InputError for a council that no loaded file names, with the nearest that are."""
    from openscorecard.comparators.cell import NATIONAL
    from openscorecard.comparators.places import wider_area

    if not la or published.council(la) is not None:
        return
    wider = wider_area(la)
    if wider is not None:
        kind = "the whole country" if wider.level == NATIONAL else "a region"
        raise InputError(
            f"{wider.name} is {kind}, no council",
            where=where,
            todo="name a council; England stands beside every one, and its region too"
            + (". Without --la it is the workspace’s own council" if where == "--la" else ""),
        )
    years = {one for name in published.series() for one in published.years(name)}
    names = {area.name for one in years for area in published.councils(one)}
    by_letters = {name.casefold(): name for name in sorted(names)}
    close = difflib.get_close_matches(la.casefold(), by_letters, n=3, cutoff=0.4)
    named = [by_letters[name] for name in close]
    nearest = " or ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
    raise InputError(
        f'no loaded file names a council "{la}"',
        where=where,
        todo=f"name it in full; the nearest are {nearest}"
        if len(close) > 1
        else f"name it in full; the nearest is {nearest}"
        if close
        else "name it by ONS code, three digits or name",
    )


def _notes(
    published: Published, area: Where, besides: dict[str, Beside], year: int | None
) -> tuple[str, ...]:
    """What has to be known of a council that is not there in the year that is shown."""
    from openscorecard.comparators.absent import life_note

    council = published.council(area.la) if area.la else None
    newest = max((one.year for one in besides.values()), default=None)
    shown = newest if year is None else year
    note = "" if council is None or shown is None else life_note(published, council, shown)
    if not note:
        return ()
    if area.neighbours:
        note += f" It has no figures of its own for {shown}; its neighbours are by {area.listed}."
    return (note,)


def _print_table(
    wanted: tuple[Indicator, ...],
    besides: dict[str, Beside],
    area: Where,
    published: Published,
    year: int | None,
    notes: tuple[str, ...],
) -> None:
    """Each indicator's values as its page would print them; with one indicator, the sums too."""
    from rich.table import Table
    from rich.text import Text

    out = console()
    council = published.council(area.la) if area.la else None
    name = council.name if council is not None else "England and the region"
    when = "the newest year of each measure" if year is None else f"the year to March {year}"
    out.print(Text(f"{name}, {when}", style="bold"))
    for note in notes:
        out.print(Text(note))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for head in ("Ref.", "Published measure", "Period"):
        table.add_column(head, overflow="fold")
    for head in ("Own", "SN", "ENG", "Region", "Rank", "Quarter"):
        table.add_column(head, justify="right", no_wrap=True)
    shown = [one for one in wanted if one.ref in besides]
    for indicator in shown:
        table.add_row(*map(Text, _table_line(indicator, besides[indicator.ref])))
    out.print(table)
    if 1 < len(wanted) != len(shown):
        refs = ", ".join(one.ref for one in wanted if one.ref not in besides)
        out.print(Text(f"\nNothing stands beside {refs}. Why: --ref REF."))


def _table_line(indicator: Indicator, beside: Beside) -> tuple[str, ...]:
    from openscorecard.comparators.absent import short_words
    from openscorecard.scorecard.wording import figure_text

    def text(key: str) -> str:
        value = beside.own if key == "own" else beside.value(key)
        if value is not None:
            return figure_text(value.value, indicator.unit, 1)
        status = beside.status(key)
        return "" if status == "" else short_words(status)

    rank = "" if beside.rank is None else f"{beside.rank} of {beside.of}"
    if rank and beside.rank_by == "size":
        rank += " by size"
    return (
        indicator.ref,
        beside.measure,
        beside.period,
        *map(text, ("own", *KEYS)),
        rank,
        beside.quartile or "",
    )


def _why_none(indicator: Indicator, cells: Lookup, year: int | None) -> str:
    """Why nothing stands beside an indicator: no measure is like it, or England has no value."""
    from openscorecard.catalogue.published_measures import BY_ID
    from openscorecard.comparators.absent import NOT_PUBLISHED, why_absent, words_of
    from openscorecard.comparators.measures import ENGLAND_CODE

    says = indicator.beside
    if says is None or says.how is None:
        return says.none if says is not None and says.none else "its definition names none."
    measure = BY_ID[says.measure]
    shown = max((y for name in measure.series for y in cells.years(name)), default=0)
    at = shown if year is None else year
    why = why_absent(measure, says.how, cells, at, ENGLAND_CODE) if shown else NOT_PUBLISHED
    if why == NOT_PUBLISHED:
        return "no loaded file has it" + (f" for {at}." if shown else ".")
    return f"England in {at}: {words_of(why, at)}."


def _print_sums(
    indicator: Indicator, beside: Beside | None, cells: Lookup, year: int | None
) -> None:
    if beside is None:
        reason = _why_none(indicator, cells, year)
        click.echo(f"Nothing stands beside {indicator.ref}: {reason}")
        return
    click.echo()
    if beside.own is not None:
        click.echo(f"{beside.own.name}: {beside.own.formula}")
    for value in beside.values:
        click.echo(f"{value.name}: {value.formula}")
        click.echo(f"  {value.source}, edition {value.full_edition or value.edition}")
    if beside.differs:
        click.echo(beside.differs)
