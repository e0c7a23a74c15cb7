"""`scorecard chart FILE`: a control chart of any series. Needs no workspace."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import console, print_json
from openscorecard.errors import InputError

if TYPE_CHECKING:
    from openscorecard.cli.chart_judged import JudgedSeries, Settings
    from openscorecard.statistics.control import ChartKind

KINDS = {
    "xmr": "individual values",
    "p": "a proportion",
    "pprime": "a proportion, corrected for spread beyond chance",
    "u": "a rate",
    "uprime": "a rate, corrected for spread beyond chance",
    "c": "a count",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.argument("more_dates", nargs=-1, metavar="")
@click.option("--date", "date", required=True, metavar="COLUMN", help="The column of dates.")
@click.option(
    "--value",
    required=True,
    metavar="COLUMN",
    help="The column of values; for p and u charts, of events.",
)
@click.option(
    "--denominator", metavar="COLUMN", help="The column of denominators, for p and u charts."
)
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    required=True,
    help="xmr: individual values. p, u: proportions, rates. pprime, uprime: the same after Laney. "
    "c: counts. Proportions are printed as percentages.",
)
@click.option(
    "--direction",
    type=click.Choice(["up", "down", "none"]),
    default="none",
    show_default=True,
    help="Which way is better.",
)
@click.option(
    "--screen/--no-screen",
    default=False,
    help="Leave unusual moving ranges out of the limits of an xmr chart.  [default: no-screen]",
)
@click.option(
    "--shift",
    type=click.IntRange(min=2),
    default=7,
    show_default=True,
    help="Points in a row on one side of the mean that are a shift. Most charts take 7; the "
    "council's page takes 8, for fewer false alarms.",
)
@click.option(
    "--trend",
    type=click.IntRange(min=3),
    default=7,
    show_default=True,
    help="Points in a row, each above or each below the one before, that are a trend.",
)
@click.option(
    "--two-of-three/--no-two-of-three",
    "two_of_three",
    default=True,
    help="Whether two of three points near a limit are a signal.  [default: two-of-three]",
)
@click.option(
    "--baseline",
    type=click.IntRange(min=1),
    help="Only the first so many values fix the limits.  [default: all]",
)
@click.option(
    "--rebase", multiple=True, metavar="DATE ...", help="Dates from which limits start anew."
)
@click.option("--target", type=float, help="The target, in the units printed.")
@click.option(
    "--per",
    type=float,
    default=1,
    show_default=True,
    help="What a rate (u, uprime) is printed for: 10000 prints a rate per 10,000.",
)
@click.option("--title", help="What the drawing is called.  [default: the columns and the dates]")
@click.option("--phone", is_flag=True, help="Draw for a phone, 343 pixels wide.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "svg"]),
    default="table",
    help="How to print it.",
)
def chart(
    file: Path,
    more_dates: tuple[str, ...],
    date: str,
    value: str,
    denominator: str | None,
    kind: str,
    direction: str,
    screen: bool,
    shift: int,
    trend: int,
    two_of_three: bool,
    baseline: int | None,
    rebase: tuple[str, ...],
    target: float | None,
    per: float,
    title: str | None,
    phone: bool,
    form: str,
) -> None:
    """Draw a control chart of a series in a CSV file, or print it.

    Limits, rules and verdicts of every line, by date. An empty value is a gap, and so is a date
    without a line where the lines come at a plain step.

    \b
    scorecard chart breaches.csv --date month --value breaches --kind xmr --direction down
    scorecard chart visits.csv --date month --value on_time --denominator due \\
        --kind pprime --direction up --target 90 --format svg > visits.svg
    """
    from openscorecard.cli.chart_file import Columns, read_series
    from openscorecard.cli.chart_judged import Direction, Settings, judge
    from openscorecard.cli.chart_steps import stepped
    from openscorecard.cli.chart_words import default_title
    from openscorecard.statistics.control import ChartKind, Rules

    if more_dates and not rebase:
        raise click.UsageError(f"Got unexpected extra arguments ({' '.join(more_dates)})")
    which = ChartKind(kind)
    _check_options(which, denominator, per, target)
    series = stepped(read_series(file, Columns(date, value, denominator), which))
    last = series.readings[-1].date
    settings = Settings(
        kind=which,
        rules=Rules(shift, trend, two_of_three, screen),
        direction=Direction(direction),
        baseline=baseline,
        rebase=tuple(sorted({_rebase_date(one, last) for one in (*rebase, *more_dates)})),
        target=target,
        per=per,
    )
    judged = judge(series, settings)
    name = title or default_title(value, denominator, settings, series)
    if form == "json":
        print_json(_as_json(judged, settings))
    elif form == "svg":
        click.echo(_drawn(judged, settings, name, file, phone=phone))
    else:
        _print_table(judged, settings, name)


def _check_options(
    which: ChartKind, denominator: str | None, per: float, target: float | None
) -> None:
    """Options that say nothing, or something impossible, of this kind of chart."""
    if which.has_sizes and denominator is None:
        raise InputError(f"a {which} chart divides by a denominator, and none is named",
                         where="--denominator", todo="name its column")  # fmt: skip
    if denominator is not None and not which.has_sizes:
        raise InputError(f"a {which} chart has no denominator", where="--denominator",
                         todo="leave it out, or choose --kind p, pprime, u or uprime")  # fmt: skip
    if not (math.isfinite(per) and per > 0):
        raise InputError(f"{per:g} is not above 0", where="--per",
                         todo="say what the rate is for, such as 10000")  # fmt: skip
    if per != 1 and (which.is_proportion or not which.has_sizes):
        raise InputError(f"only rates are printed per so many, and this is a {which} chart",
                         where="--per", todo="leave it out")  # fmt: skip
    if target is not None and not math.isfinite(target):
        raise InputError(f"{target} is no number", where="--target", todo="give a number")


def _rebase_date(text: str, last: dt.date) -> dt.date:
    from openscorecard.cli.chart_cells import date_in

    date = date_in(text)
    if date is None:
        raise InputError(f"“{text}” is no date", where="--rebase", todo="write it as 2021-06-01")
    if date > last:
        raise InputError(f"no value stands on {text} or later", where="--rebase",
                         todo=f"give a date up to {last.isoformat()}")  # fmt: skip
    return date


def _unit(settings: Settings) -> str:
    if settings.kind.is_proportion:
        return "percent"
    if settings.kind.has_sizes:
        return f"per {settings.per:,.10g}"
    return "count" if settings.kind == "c" else "value"


def _as_json(judged: JudgedSeries, settings: Settings) -> dict[str, object]:
    rules = settings.rules
    return {
        "kind": settings.kind.value,
        "unit": _unit(settings),
        "direction": settings.direction.value,
        "rules": {
            "shift": rules.shift,
            "trend": rules.trend,
            "two_of_three": rules.two_of_three,
            "screen": rules.screen,
        },
        "baseline": settings.baseline,
        "rebase": [date.isoformat() for date in settings.rebase],
        "target": settings.target,
        "points": [
            {
                "date": one.label,
                "value": one.value,
                "mean": one.centre,
                "lower": one.lower,
                "upper": one.upper,
                "rule": one.rule,
                "side": one.side,
                "verdict": one.signal.value,
            }
            for one in judged.points
        ],
        "reason": judged.reason,
        "assurance": judged.assurance,
    }


def _drawn(judged: JudgedSeries, settings: Settings, title: str, file: Path, *, phone: bool) -> str:
    from openscorecard.cli.chart_words import as_series
    from openscorecard.publish.charts.series import series_chart

    if all(one.value is None for one in judged.points):
        raise InputError("no line has a value: there is nothing to draw", where=str(file),
                         todo="give a file with values")  # fmt: skip
    return str(series_chart(as_series(judged, settings, title), for_phone=phone))


def _print_table(judged: JudgedSeries, settings: Settings, title: str) -> None:
    from rich.table import Table
    from rich.text import Text

    from openscorecard.cli.chart_words import (
        ASSURANCE,
        as_series,
        method_words,
        rule_words,
    )
    from openscorecard.publish.charts.series_words import number_text, value_text

    out = console()
    series = as_series(judged, settings, title)
    out.print(Text.assemble((title, "bold"), f"  {KINDS[settings.kind]} ({_unit(settings)})"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Date", no_wrap=True)
    for name in ("Value", "Mean", "Lower", "Upper"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Rule")
    for one in judged.points:
        levels = (one.centre, one.lower, one.upper)
        table.add_row(
            one.label,
            "" if one.value is None else value_text(series, one.value),
            *("" if level is None else number_text(series, level) for level in levels),
            Text(one.signal.value, style="" if one.signal == "none" else "bold"),
            rule_words(one, settings.rules),
        )
    out.print(table)
    for words in (judged.reason, method_words(settings)):
        if words:
            out.print(Text(words))
    if judged.assurance:
        out.print(Text(ASSURANCE[judged.assurance]))
