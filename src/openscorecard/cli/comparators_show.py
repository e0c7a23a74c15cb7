"""`scorecard comparators show`: what each indicator stands beside, and how it was made."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    console,
    format_option,
    print_csv,
    print_json,
)
from openscorecard.errors import InputError
from openscorecard.findings import plain
from openscorecard.periods import Month

if TYPE_CHECKING:
    from openscorecard.catalogue.indicator import Indicator
    from openscorecard.comparators.beside import Beside, BesideValue, PublishedFigure
    from openscorecard.comparators.derive import Where
    from openscorecard.comparators.published import Published

KEYS = ("sn", "eng", "region")
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
    from openscorecard.comparators.derive import all_beside, lookup
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
    _refuse_unknown(published, la, year, asked)
    area = area_of(published, workspace, la, year)
    at = LATEST if year is None else year
    cells = lookup(wanted, published, area, at)
    besides = all_beside(wanted, cells, area, at)
    if form == "json":
        print_json(_as_json(wanted, besides, area, year))
    elif form == "csv":
        print_csv(_HEADER, [_csv_line(one, besides.get(one.ref)) for one in wanted])
    else:
        _print_table(wanted, besides, area, published, year)


_HEADER = (
    "ref", "measure", "how", "year", "period",
    *(f"{key}{part}" for key in KEYS for part in ("", "_formula", "_source", "_edition")),
    "own", "rank", "of", "quartile", "differs", "none",
)  # fmt: skip


def _refuse_unknown(published: Published, la: str, year: int | None, asked: str | None) -> None:
    """InputError for a council or a year that no loaded file has, with the nearest that are."""
    years = sorted({one for name in published.series() for one in published.years(name)})
    if year is not None and year not in years:
        raise InputError(
            f"no loaded file has the year {year}",
            where="the published figures",
            todo=f"name one from {years[0]} to {years[-1]}" if years else "load files first",
        )
    if not la or published.council(la) is not None:
        return
    names = {area.name for one in years for area in published.councils(one)}
    by_letters = {name.casefold(): name for name in sorted(names)}
    close = difflib.get_close_matches(la.casefold(), by_letters, n=3, cutoff=0.4)
    nearest = ", ".join(by_letters[name] for name in close)
    raise InputError(
        f'no loaded file names a council "{la}"',
        where="--la" if asked is not None else "the council’s code in the settings",
        todo=f"did you mean {nearest}?" if nearest else "name it by ONS code, three digits or name",
    )


def _as_json(
    wanted: tuple[Indicator, ...], besides: dict[str, Beside], area: Where, year: int | None
) -> dict[str, object]:
    newest = max((one.year for one in besides.values()), default=None)
    return {
        "la": area.la or None,
        "year": newest if year is None else year,
        "rows": [_row_json(one, besides.get(one.ref)) for one in wanted],
    }


def _row_json(indicator: Indicator, beside: Beside | None) -> dict[str, object]:
    says = indicator.beside
    row: dict[str, object] = {"ref": indicator.ref}
    row |= {key: None if beside is None else _value_json(beside.value(key)) for key in KEYS}
    row |= {"rank": None, "quartile": None, "own": None, "of": None}
    if beside is not None:
        row |= {
            "rank": beside.rank,
            "quartile": beside.quartile,
            "own": _own_json(beside.own),
            "of": beside.of,
            "unit": indicator.unit.value,
            "measure": beside.measure,
            "how": beside.how,
            "year": beside.year,
            "period": beside.period,
            "differs": beside.differs,
        }
    if says is not None and says.none:
        row["none"] = says.none
    return row


def _value_json(value: BesideValue | None) -> dict[str, object] | None:
    if value is None:
        return None
    return {
        "value": plain(value.value),
        "formula": value.formula,
        "source": value.source,
        "edition": value.edition,
    }


def _own_json(own: PublishedFigure | None) -> dict[str, object] | None:
    if own is None:
        return None
    return {
        "value": plain(own.value),
        "name": own.name,
        "numerator": None if own.numerator is None else plain(own.numerator),
        "denominator": None if own.denominator is None else plain(own.denominator),
    }


def _csv_line(indicator: Indicator, beside: Beside | None) -> list[object]:
    says = indicator.beside
    none = "" if says is None else says.none
    if beside is None:
        return [indicator.ref, *[""] * (len(_HEADER) - 2), none]
    line: list[object] = [indicator.ref, beside.measure, beside.how, beside.year, beside.period]
    for key in KEYS:
        value = beside.value(key)
        line += (
            [""] * 4
            if value is None
            else [plain(value.value), value.formula, value.source, value.edition]
        )
    own = "" if beside.own is None else plain(beside.own.value)
    line += [own, beside.rank or "", beside.of, beside.quartile or "", beside.differs, none]
    return line


def _print_table(
    wanted: tuple[Indicator, ...],
    besides: dict[str, Beside],
    area: Where,
    published: Published,
    year: int | None,
) -> None:
    """Each indicator's values as its page would print them; with one indicator, the sums too."""
    from rich.table import Table
    from rich.text import Text

    out = console()
    council = published.council(area.la) if area.la else None
    name = council.name if council is not None else "England and the region"
    when = "the newest year of each measure" if year is None else f"the year to March {year}"
    out.print(Text(f"{name}, {when}", style="bold"))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for head in ("Ref.", "Published measure", "Period"):
        table.add_column(head, overflow="fold")
    for head in ("Own", "SN", "ENG", "Region", "Rank", "Quarter"):
        table.add_column(head, justify="right", no_wrap=True)
    shown = [one for one in wanted if one.ref in besides]
    for indicator in shown:
        table.add_row(*map(Text, _table_line(indicator, besides[indicator.ref])))
    out.print(table)
    if len(wanted) == 1:
        _print_sums(wanted[0], besides.get(wanted[0].ref))
    elif len(shown) < len(wanted):
        refs = ", ".join(one.ref for one in wanted if one.ref not in besides)
        out.print(Text(f"\nNothing stands beside {refs}. Why: --ref REF."))


def _table_line(indicator: Indicator, beside: Beside) -> tuple[str, ...]:
    from openscorecard.scorecard.wording import figure_text

    def text(value: BesideValue | PublishedFigure | None) -> str:
        return "" if value is None else figure_text(value.value, indicator.unit, 1)

    rank = "" if beside.rank is None else f"{beside.rank} of {beside.of}"
    values = (beside.own, *(beside.value(key) for key in KEYS))
    return (
        indicator.ref,
        beside.measure,
        beside.period,
        *map(text, values),
        rank,
        beside.quartile or "",
    )


def _print_sums(indicator: Indicator, beside: Beside | None) -> None:
    if beside is None:
        says = indicator.beside
        reason = says.none if says is not None and says.none else "no loaded file has it"
        click.echo(f"Nothing stands beside {indicator.ref}: {reason}")
        return
    click.echo()
    for value in beside.values:
        click.echo(f"{value.name}: {value.formula}")
        click.echo(f"  {value.source}, edition {value.edition}")
    if beside.differs:
        click.echo(beside.differs)
