"""Counts of a load: the compiled query, run once for all indicators and months."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openscorecard import __version__
from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.measure_settings import SETTINGS, MeasureSettings
from openscorecard.errors import InputError
from openscorecard.files import replace_file
from openscorecard.measures.figures import Count
from openscorecard.measures.resolve import LIST, Plan, definition_in, resolve
from openscorecard.periods import Month


def stretches(catalogue: Catalogue, months: Iterable[Month]) -> tuple[tuple[Month, ...], ...]:
    """The months in stretches within which no definition changes, oldest first."""
    found: list[list[Month]] = []
    before = None
    for month in sorted(set(months)):
        now = tuple(definition_in(one, month).since for one in (*catalogue, *catalogue.retired))
        if now != before:
            found.append([])
        found[-1].append(month)
        before = now
    return tuple(tuple(one) for one in found)


def plan_for(
    catalogue: Catalogue,
    month: Month,
    settings: MeasureSettings,
    tables: Iterable[str],
    rows: Rows | None = None,
    absent: Iterable[str] = (),
) -> Plan:
    """The levels as defined in that month. `rows` runs a query: with it, what an empty setting
    could name is looked up. `absent` are columns that the load's files did not have."""
    seen = {} if rows is None else _seen(settings, rows)
    return resolve(catalogue, month, settings, frozenset(tables), seen, frozenset(absent))


def _seen(settings: MeasureSettings, rows: Rows) -> dict[str, list[str]]:
    """The values in the records that empty settings pick from, the most frequent first."""
    found = {}
    for one in SETTINGS:
        if one.seen_in is not None and not settings.value(one.name):
            table, column = one.seen_in
            answer = rows(
                f"SELECT {column}, COUNT(*) FROM {table} WHERE {column} IS NOT NULL "
                f"GROUP BY {column} ORDER BY COUNT(*) DESC, {column}"
            )
            found[one.name] = [f"{value} ({number:,})" for value, number in answer[:MOST_SEEN]]
    return found


MOST_SEEN = 12
Rows = Callable[[str], list[tuple[Any, ...]]]  # runs a query


def counted_levels(catalogue: Catalogue, plan: Plan) -> tuple[str, ...]:
    """The levels that figures are made from: those of indicators, and of groups in months that
    some figure is a sum or a percentage of."""
    of_refs = (*catalogue, *catalogue.retired)
    names = [plan.of[one.ref] for one in of_refs if one.ref in plan.of]
    measures = [one.measure for ref in of_refs for one in ref.definitions if one.measure]
    parts = {title for one in measures for title in (*one.sum_of, one.denominator)}
    for group in catalogue.groups:
        level = plan.level(group.id)
        if group.id in parts and level is not None and level.place != LIST:
            names.append(level.name)
    return tuple(names)


def compiled(plan: Plan, names: tuple[str, ...], folder: Path | None) -> str:
    """The one query for all these levels. It is kept in `folder` by what it is made
    from, so that it is compiled once for a set of definitions and settings."""
    key = hashlib.sha256(repr((__version__, source_hash(), plan, names)).encode()).hexdigest()[:24]
    path = None if folder is None else folder / f"{key}.sql"
    kept = "" if path is None else _kept(path)
    if kept:
        return kept
    from openscorecard.measures.queries import query_for_all  # brings SQLGlot, which takes time

    sql = query_for_all(plan, names)
    if path is not None:
        with contextlib.suppress(InputError):  # where nothing can be kept, it is compiled each time
            replace_file(path, f"{_seal(sql)}\n{sql}".encode())
    return sql


def _kept(path: Path) -> str:
    """The query as it was kept; "" where there is none, or where it was changed since."""
    try:
        seal, _, sql = path.read_bytes().decode("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return ""
    return sql if seal == _seal(sql) else ""


def _seal(sql: str) -> str:
    return f"-- sha256 {hashlib.sha256(sql.encode()).hexdigest()}"


@cache
def source_hash() -> str:
    """What everything that a count depends on looks like: where the program has changed there, the
    queries are compiled and the figures counted anew."""
    return hash_of(Path(__file__).parents[1])


def hash_of(package: Path) -> str:
    """The hash of those files of the package."""
    found = hashlib.sha256()
    for pattern in COUNTS_BY:
        for path in sorted(package.glob(pattern)):
            content = path.read_bytes()
            found.update(f"{path.relative_to(package).as_posix()} {len(content)}\n".encode())
            found.update(content)
    return found.hexdigest()


COUNTS_BY = (
    "measures/*.py",
    "engines/*.py",
    "working_days.py",
    "periods.py",
    "units.py",
    "records/standard/*.py",
    "catalogue/measure*.py",
)


def counts_of(
    rows: Rows,
    sql: str,
    council: int,
    month_of: Callable[[int], Month],
) -> Mapping[tuple[str, Month], Count]:
    """The counts of one council out of the query's answer; `rows` runs a query."""
    return {
        (measure, month_of(index)): Count(int(counted), int(met))
        for measure, of_council, index, counted, met in rows(sql)
        if of_council == council
    }
