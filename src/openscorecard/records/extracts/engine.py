"""The DuckDB in which an extract is read: alone, without any network, spilling only where told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_AT_ONCE = min(4, os.cpu_count() or 1)
T = TypeVar("T")
R = TypeVar("R")


def connect(scratch: Path | None = None) -> DuckDBPyConnection:
    """A new database in memory; what does not fit goes to `scratch`. Each query keeps to one
    thread: a council's tables are small, and `side_by_side` does several of them at once."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
        "threads": 1,
    }
    if scratch is not None:
        config["temp_directory"] = str(scratch / "spilled")
    connection = duckdb.connect(":memory:", config=config)
    # A time with a zone is a moment; the day that it fell on is that of England's clocks.
    connection.execute("SET GLOBAL TimeZone = 'Europe/London'")
    return connection


def side_by_side(
    connection: DuckDBPyConnection, work: Callable[[DuckDBPyConnection, T], R], items: Iterable[T]
) -> list[R]:
    """Does the work for each item, several at a time, each with a connection of its own to the same
    database; the results stand in the order of the items."""

    def done(item: T) -> R:
        with connection.cursor() as cursor:
            return work(cursor, item)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(done, items))


def quoted(name: str) -> str:
    """A name or path as SQL text: `it''s`, in quotes."""
    return "'" + name.replace("'", "''") + "'"


def file_literal(path: Path) -> str:
    """The path as SQL text, the signs that would stand for several files taken as they are."""
    return quoted("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)))


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def short_reason(error: Exception) -> str:
    """What was in the way, without the engine's account of itself."""
    text = str(error)
    for known in ("No space left on device", "File too large", "Permission denied"):
        if known in text:
            return known
    return text.splitlines()[0][:160]
