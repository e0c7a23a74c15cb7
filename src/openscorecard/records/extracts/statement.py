"""What is stated with an extract: the day it was read out, and from when each table is complete.

Never guessed: the oldest row of a table says nothing about what is missing before it.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.records.standard import SSD_VERSION, Table, table

_EARLIEST = dt.date(1950, 1, 1)
_LARGEST = 1_000_000  # bytes
_PERSONS = "ssd_person"


@dataclass(frozen=True, slots=True)
class Coverage:
    """From `first` to `last`, both included, the table holds everything there is."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Statement:
    """`coverage` by table; `complete_from` for all tables that it does not name."""

    extracted: dt.date
    version: str = SSD_VERSION
    complete_from: dt.date | None = None
    coverage: dict[str, Coverage] | None = None

    @property
    def month(self) -> Month:
        """The month that the extract closes: the one before that of its day."""
        return Month(self.extracted.year, self.extracted.month).plus(-1)


def read_statement(
    path: Path | None,
    *,
    where: str,
    extracted: dt.date | None = None,
    complete_from: dt.date | None = None,
) -> Statement:
    """What load.toml says, and the options, which go before it; InputError with every mistake."""
    raw = {} if path is None else _toml(path)
    mistakes = [f'unknown key "{key}"' for key in raw if key not in _KEYS]
    day = extracted or _date(raw, "extracted", mistakes)
    version = raw.get("version", SSD_VERSION)
    if not isinstance(version, str) or not 0 < len(version) <= 20:
        mistakes.append('"version" has to be a short text such as "1.3"')
    stated = raw.get("coverage", {})
    if not isinstance(stated, dict):
        mistakes.append('"coverage" has to be a table: write [coverage]')
        stated = {}
    if day is None and not mistakes:
        raise InputError(
            "the day on which the records were read out is not stated",
            where=where,
            todo="write `extracted = 2021-07-05` into its load.toml, or add --extracted 2021-07-05",
        )
    if day is not None and day > dt.date.today() + dt.timedelta(days=1):
        mistakes.append(f'"extracted" is {day}, which is still to come')
    if day is not None and day < _EARLIEST:
        mistakes.append(f'"extracted" is {day}, before there were case systems')
    last = day or dt.date.max
    first = complete_from or _date(stated, "all", mistakes)
    if first is not None and not _EARLIEST <= first <= last:
        mistakes.append(f"complete from {first}: not between {_EARLIEST} and the extraction")
    coverage = _tables(stated, last, mistakes)
    if mistakes or day is None:
        count = "one mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        lines = "".join(f"\n  {mistake}" for mistake in mistakes)
        raise InputError(
            f"{count} in what is stated about the extract{lines}",
            where=where if path is None else str(path),
            todo="mend them; docs/loading.md shows a load.toml",
        )
    return Statement(day, version, first, coverage)


_KEYS = ("extracted", "version", "coverage")


def coverage_of(statement: Statement, tables: Iterable[str], *, where: str) -> dict[str, Coverage]:
    """The coverage of each table of the load; InputError naming all for which none is stated.

    Tables that say how things are on the day of the load are covered on that day alone; those
    without events of their own (people, factors) as far back as any other.
    """
    found: dict[str, Coverage] = {}
    unstated, without = [], []
    for name in tables:
        standard = table(name)
        assert standard is not None, name
        said = (statement.coverage or {}).get(name)
        if said is None and standard.current:
            said = Coverage(statement.extracted, statement.extracted)
        if said is None and statement.complete_from is not None:
            said = Coverage(statement.complete_from, statement.extracted)
        if said is not None:
            found[name] = said
        elif has_events(standard):
            unstated.append(name)
        else:
            without.append(name)
    if unstated:
        raise InputError(
            f"it is not stated from when on these tables are complete: {', '.join(unstated)}",
            where=where,
            todo="write [coverage] with `all = 2017-04-01`, or a line a table, into its load.toml, "
            "or add --complete-from 2017-04-01",
        )
    first = min((one.first for one in found.values()), default=statement.extracted)
    return found | {name: Coverage(first, statement.extracted) for name in without}


def has_events(one: Table) -> bool:
    """Whether its rows lie in time, so that it is complete from some day on."""
    return bool(one.date) and one.name != _PERSONS and not one.current


def _tables(stated: dict[str, Any], last: dt.date, mistakes: list[str]) -> dict[str, Coverage]:
    coverage: dict[str, Coverage] = {}
    for name, value in stated.items():
        if name == "all":
            continue
        if table(name.lower()) is None:
            mistakes.append(f'[coverage] names "{name}", which is no standard table')
            continue
        spell = value if isinstance(value, dict) else {"from": value}
        for key in spell:
            if key not in ("from", "to"):
                mistakes.append(f'unknown key "{key}" at {name}: there are "from" and "to"')
        first, until = _date(spell, "from", mistakes, name), _date(spell, "to", mistakes, name)
        until = until or last
        if first is None:
            mistakes.append(f"{name}: write from when on it is complete")
        elif not _EARLIEST <= first <= until <= last:
            mistakes.append(f"{name}: complete from {first} to {until} cannot be; the extraction "
                            f"is of {last}")  # fmt: skip
        else:
            coverage[name.lower()] = Coverage(first, until)
    return coverage


def _date(raw: dict[str, Any], key: str, mistakes: list[str], of: str = "") -> dt.date | None:
    value = raw.get(key)
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        mistakes.append(f'{of}{": " if of else ""}"{key}" has to be a date such as 2021-07-05')
        return None


def _toml(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError("it is too large", where=str(path), todo="see docs/loading.md")
        return tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        raise InputError(
            f"it cannot be read ({error.strerror or error})",
            where=str(path),
            todo="see that you may read it",
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            f"it is not valid TOML: {error}",
            where=str(path),
            todo="mend that line; docs/loading.md shows a load.toml",
        ) from error
