"""Figures that cannot be, which are refused, and figures that are unlikely, which are remarked on.

Judged are the series that an indicator may stand beside, every measure of a table that we know, and
in other tables those whose name says count or percent. Of LAIT nothing else is judged: it has
progress scores, which are below 0, and shares of an estimate, which go to 233%.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from openscorecard.catalogue.published_measures import PUBLISHED
from openscorecard.comparators.cell import NATIONAL, REGION
from openscorecard.comparators.sources import LAIT
from openscorecard.comparators.staged import LineOf
from openscorecard.comparators.values import exact
from openscorecard.errors import InputError
from openscorecard.records.extracts.engine import quoted
from openscorecard.statistics.ranges import printed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_TOLD = 5
REGIONS = 9
# Parts are rounded each for itself, and a region may be withheld in part: England's number is far
# from their sum where it is off by more than this share of it, and by more than so many.
FAR_SHARE, FAR_NUMBER = 0.02, 100
FAR_POINTS = 1  # an average lies between its parts, but for their rounding
_MAY_BE_BELOW = ("change", "difference", "gap", "progress", "net")
_LIMITS = "a percentage lies between 0 and 100"


class Unit(StrEnum):
    """What a series is, as far as that sets limits to it."""

    NUMBER = "number"
    RATE = "rate"
    PERCENTAGE = "percentage"


def unit_of(series: str, known: bool) -> Unit | None:
    """The unit of a series whose figures have limits; None for one that is not judged. `known` is
    whether its table is one that we know.

    >>> unit_of("c1:rereferral_percent", True).value, unit_of("absence:sessions_count", False).value
    ('percentage', 'number')
    >>> unit_of("lait:%_2yr_olds", True), unit_of("absence:percent_change", False)
    (None, None)
    """
    used = _used().get(series)
    if used is not None:
        return used
    prefix, _, name = series.partition(":")
    name = name.partition("[")[0].casefold()
    words = name.replace("_", " ").split()
    if prefix == LAIT or any(word in words for word in _MAY_BE_BELOW):
        return None
    if "percent" in name or "%" in name or "percentage" in words:
        return Unit.PERCENTAGE
    if not known:
        return Unit.NUMBER if "count" in words else None
    return Unit.RATE if "rate" in words else Unit.NUMBER


@cache
def _used() -> dict[str, Unit]:
    """The series that indicators may stand beside."""
    found: dict[str, Unit] = {}
    for measure in PUBLISHED:
        for sum_ in (*measure.number, *measure.whole):
            found |= dict.fromkeys(sum_, Unit.NUMBER)
        found |= dict.fromkeys(measure.rate, Unit.RATE)
        found |= dict.fromkeys(measure.percentage, Unit.PERCENTAGE)
    return found


def refuse_impossible(
    connection: DuckDBPyConnection, series: Iterable[str], known: bool, where: str, line: LineOf
) -> None:
    """InputError for a number, rate or percentage below 0, and for a percentage above 100 in a
    table that we know; each with its place, area and year."""
    _units(connection, series, known)
    above = "OR (u.unit = 'percentage' AND u.whole AND v > 100)"
    found = connection.execute(
        f"""SELECT line, series, name, year, value, u.unit FROM (
          SELECT *, TRY_CAST(value AS DOUBLE) AS v FROM long
        ) JOIN units AS u USING (series) WHERE v < 0 {above} ORDER BY line, series"""  # noqa: S608
    ).fetchall()
    if not found:
        return
    told = "; ".join(
        f"{value} ({line(number)}, {name}, {year}, {one.partition(':')[2]}): "
        f"{_LIMITS if unit == Unit.PERCENTAGE else f'a {unit} is never below 0'}"
        for number, one, name, year, value, unit in found[:MOST_TOLD]
    )
    more = f"; and {len(found) - MOST_TOLD:,} more" if len(found) > MOST_TOLD else ""
    raise InputError(
        f"figures that cannot be: {told}{more}",
        where=where,
        todo="see what the publication has there, and mend the file or fetch it anew",
    )


def unlikely(connection: DuckDBPyConnection) -> tuple[str, ...]:
    """Remarks on judged series, after `refuse_impossible`: England's number below that of one of
    its regions, or far from their sum; England's rate or percentage outside of all its regions'; a
    percentage above 100 in a table that we do not know; a number of children that is not whole."""
    found = connection.execute(
        f"""SELECT series, year, any_value(u.unit), any_value(value) FILTER (WHERE {_ENGLAND}),
          count(v) FILTER (WHERE {_REGION}), sum(v) FILTER (WHERE {_REGION}),
          min(v) FILTER (WHERE {_REGION}), max(v) FILTER (WHERE {_REGION}),
          arg_max(name, v) FILTER (WHERE {_REGION}),
          arg_max(value, v) FILTER (WHERE {_REGION}), max(v) FILTER (WHERE NOT u.whole),
          arg_max(name, v),
          count(*) FILTER (WHERE v <> round(v)), arg_min(name, line) FILTER (WHERE v <> round(v)),
          arg_min(value, line) FILTER (WHERE v <> round(v))
        FROM (SELECT *, TRY_CAST(value AS DOUBLE) AS v FROM long) JOIN units AS u USING (series)
        GROUP BY series, year ORDER BY series, year"""  # noqa: S608
    ).fetchall()
    told: list[str] = []
    for (
        series,
        year,
        unit,
        england,
        regions,
        total,
        least,
        most,
        of,
        of_value,
        top,
        place,
        *broken,
    ) in found:
        at = f"{series.partition(':')[2]}, {year}"
        if unit == Unit.PERCENTAGE and top is not None and top > 100:
            told.append(f"{at}: {place} has {top:g}%, more than the whole.")
        parts, whose, part = broken
        if unit == Unit.NUMBER and parts:
            others = f" and {parts - 1:,} more" if parts > 1 else ""
            told.append(f"{at}: {whose} has {_said(part)}{others}, which is no whole number.")
        if england is None or not regions:
            continue
        value = float(england)
        its = f"England has {_said(england)}"
        if unit == Unit.NUMBER:
            if value < most:
                told.append(f"{at}: {its}, less than {of} alone ({_said(of_value)}).")
            elif regions == REGIONS and abs(value - total) > max(FAR_NUMBER, FAR_SHARE * value):
                told.append(f"{at}: {its}, its nine regions together {total:,.0f}.")
        elif regions == REGIONS and not least - FAR_POINTS <= value <= most + FAR_POINTS:
            told.append(f"{at}: {its}, its regions {least:g} to {most:g}.")
    more = len(told) - MOST_TOLD
    lines = [f"Unlikely, see whether it is so: {one}" for one in told[:MOST_TOLD]]
    return (*lines, f"Unlikely likewise: {more:,} more.") if more > 0 else tuple(lines)


_ENGLAND = f"level = {quoted(NATIONAL)}"
_REGION = f"level = {quoted(REGION)} AND code LIKE 'E12%'"  # London whole, without its halves


def _units(connection: DuckDBPyConnection, series: Iterable[str], known: bool) -> None:
    """The table `units`: the judged series, their unit, and whether 100 is their whole."""
    connection.execute("CREATE TABLE units (series VARCHAR, unit VARCHAR, whole BOOLEAN)")
    rows = [
        (one, unit.value, known or one in _used())
        for one in series
        if (unit := unit_of(one, known)) is not None
    ]
    if rows:
        connection.executemany("INSERT INTO units VALUES (?, ?, ?)", rows)


def _said(text: str) -> str:
    return printed(exact(text), len(text.partition(".")[2]))
