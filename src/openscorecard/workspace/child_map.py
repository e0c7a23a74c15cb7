"""The workspace's own numbers for children and councils, which never change.

    loads/children.parquet    council, id (as the case system has it), number
    loads/councils.json       number, code

Both are written before the load that needs them appears, so that they may know more children than
the loads hold, never fewer. A forgotten child leaves its number without an id, so that nobody gets
it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openscorecard.errors import InputError
from openscorecard.files import replace_file, sync_file, sync_folder
from openscorecard.records.extracts.engine import connect, file_literal, quoted
from openscorecard.records.extracts.usable import clean
from openscorecard.records.standard import Type, table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHILDREN, COUNCILS = "children.parquet", "councils.json"


@dataclass(frozen=True, slots=True)
class Child:
    """A child as the council's case system knows it; `council` is the council's number."""

    council: int
    id: str


def read_children(loads: Path) -> dict[int, Child]:
    """Every child by number; empty where nothing was loaded."""
    if not (loads / CHILDREN).exists():
        return {}
    connection = connect()
    try:
        open_map(connection, loads, 0)
        rows = connection.execute(
            "SELECT number, council, id FROM children WHERE id IS NOT NULL ORDER BY number"
        ).fetchall()
    finally:
        connection.close()
    return {number: Child(council, text) for number, council, text in rows}


def open_map(connection: DuckDBPyConnection, loads: Path, highest: int) -> None:
    """Makes the table `children` (council, id, number) of the workspace's map; InputError where it
    is missing or older than a load, whose `highest` number it does not know."""
    import duckdb

    path = loads / CHILDREN
    connection.execute("CREATE TABLE children (council SMALLINT, id VARCHAR, number BIGINT)")
    if path.exists():
        try:
            connection.execute(
                f"""INSERT INTO children SELECT council, id, number
                FROM read_parquet({file_literal(path)})"""  # noqa: S608
            )
        except duckdb.Error as error:
            raise _lost("it cannot be read") from error
    known = connection.execute("SELECT coalesce(max(number), 0) FROM children").fetchone()
    assert known is not None
    if known[0] < highest:
        raise _lost("it is missing" if not path.exists() else "it is older than the loads")


def number_children(
    connection: DuckDBPyConnection, loads: Path, tables: Iterable[str], highest: int, scratch: Path
) -> int:
    """Makes the table `children` with a number for every child of the clean tables; new children
    get the numbers after the last, in the order of their ids, and are written to the map. Returns
    the highest number."""
    open_map(connection, loads, highest)
    asked = []
    for name in tables:
        one = table(name)
        assert one is not None, name
        asked += [
            f"SELECT DISTINCT council, {column.name} AS id FROM {clean(one)}"  # noqa: S608
            for column in one.columns
            if column.type is Type.CHILD
        ]
    if asked:
        added = connection.execute(
            f"""INSERT INTO children SELECT council, id,
                (SELECT coalesce(max(number), 0) FROM children)
                    + row_number() OVER (ORDER BY council, id)
            FROM (SELECT DISTINCT council, id FROM ({" UNION ALL ".join(asked)})) new
            ANTI JOIN children USING (council, id) ORDER BY council, id"""  # noqa: S608
        ).fetchone()
        if added is not None and added[0]:
            copy_map(connection, scratch / CHILDREN)
            (scratch / CHILDREN).replace(loads / CHILDREN)
            sync_folder(loads)
    last = connection.execute("SELECT coalesce(max(number), 0) FROM children").fetchone()
    assert last is not None
    return int(last[0])


def copy_map(connection: DuckDBPyConnection, path: Path) -> None:
    """Writes the table `children` to a file, forced to disk."""
    connection.execute(
        f"""COPY (SELECT * FROM children ORDER BY number) TO {quoted(str(path))}
        (FORMAT parquet, COMPRESSION zstd)"""  # noqa: S608
    )
    sync_file(path)


def council_numbers(loads: Path) -> dict[str, int]:
    """The number of each council by its code ("" where none was stated)."""
    path = loads / COUNCILS
    if not path.exists():
        return {}
    try:
        raw = json.loads(path.read_bytes())
        return {str(one["code"]): int(one["number"]) for one in raw["councils"]}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            "it cannot be read", where=f"loads/{COUNCILS}", todo="put it back from a copy"
        ) from error


def with_numbers(
    known: Mapping[str, int], codes: tuple[str, ...], own_code: str
) -> tuple[dict[str, int], dict[str, int]]:
    """The number of each code of a folder, and the whole map with what is new in it.

    A folder without codes ("") is the council of `own_code`; a council that had stated no code and
    states one now stays the same council.
    """
    numbers = dict(known)
    named = {code: code or own_code for code in codes}
    for code in named.values():
        if code in numbers:
            continue
        if code and "" in numbers and codes == ("",):
            numbers[code] = numbers.pop("")
        elif not code and len(numbers) == 1:
            named[""] = next(iter(numbers))
        elif not code and numbers:
            raise InputError(
                f"the workspace knows {len(numbers)} councils, and the extract does not say whose "
                "it is",
                where="the extract",
                todo="add --council CODE",
            )
        else:
            numbers[code] = max(numbers.values(), default=0) + 1
    return {code: numbers[named[code]] for code in codes}, numbers


def write_councils(loads: Path, numbers: Mapping[str, int]) -> None:
    content = {
        "councils": [
            {"number": number, "code": code}
            for code, number in sorted(numbers.items(), key=lambda item: item[1])
        ]
    }
    replace_file(loads / COUNCILS, (json.dumps(content, indent=2) + "\n").encode())


def _lost(found: str) -> InputError:
    return InputError(
        f"{found}: the children of the loads would get other numbers",
        where=f"loads/{CHILDREN}",
        todo="put it back from a copy of the workspace",
    )
