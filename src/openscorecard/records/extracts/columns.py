"""Which column of a file is which of the standard table, by the headings alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from openscorecard.errors import InputError
from openscorecard.records.extracts.factors import FACTOR, JSON_COLUMN
from openscorecard.records.extracts.found import Found
from openscorecard.records.standard import Table

_MANY = 8
_ALIKE = 0.8  # of 1, which is the same
NO_NOTE = "NULL::VARCHAR"


@dataclass(frozen=True, slots=True)
class Columns:
    """`at` maps a declared column to its place in the file, from 0; `absent` are declared ones that
    the file lacks, `extra` headings that are not declared."""

    at: dict[str, int]
    absent: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileIn:
    """A file that the database can read: `source` is SQL of a table with a column `c<place>` for
    each that we take, as text. `at`, `row` and `note` are SQL of a row's place in the source (from
    0), its number in the file and of what is odd about it; `trim` are the places whose cells may
    begin or end with blanks, `dates` those that are dates already, in a column `d<place>`."""

    sha256: str
    columns: Columns
    source: str
    found: tuple[Found, ...] = ()
    at: str = "rowid"
    row: str = "row"
    note: str = NO_NOTE
    trim: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()


def place_columns(table: Table, headings: Sequence[str], name: str) -> Columns:
    """The columns of the file; InputError for one that is needed and missing, or there twice."""
    found: dict[str, int] = {}
    extra: list[str] = []
    wanted = names_in_files(table)
    for index, heading in enumerate(headings):
        plain = plain_heading(heading)
        if plain not in wanted:
            extra.extend([heading.strip()] if plain else [])
        elif plain in found:
            raise InputError(
                f"the column {plain} is there twice", where=name, todo="remove one of the two"
            )
        else:
            found[plain] = index
    required = [column.name for column in table.columns if column.required]
    if JSON_COLUMN in found:
        required = [column for column in required if column != FACTOR]
    missing = [column for column in required if column not in found]
    if missing:
        word = "column" if len(missing) == 1 else "columns"
        seen = ", ".join(extra[:_MANY]) or "none"
        raise InputError(
            f"the {word} {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
            + ("" if found else f"; none of its headings is one of {table.name} (it has: {seen})"),
            where=name,
            todo="extract the table with it; the first row has to be the column names"
            + "".join(f"; {hint}" for hint in mistyped(missing, extra)),
        )
    declared = [column.name for column in table.columns]
    absent = [one for one in declared if one not in found and one not in required and one != FACTOR]
    return Columns(found, tuple(absent), tuple(extra))


def mistyped(missing: Iterable[str], extra: Iterable[str]) -> list[str]:
    """`is cppl_plan_end_date meant to be cppl_cp_plan_end_date?` for headings that are much like a
    column that the file lacks."""
    headings = {"_".join(plain_heading(heading).split()): heading for heading in extra}
    found = []
    for name in missing:
        for near in get_close_matches(name, headings, n=1, cutoff=_ALIKE):
            found.append(f"is {headings[near]} meant to be {name}?")
    return found


def names_in_files(table: Table) -> set[str]:
    names = {column.name for column in table.columns}
    return names | {JSON_COLUMN} if FACTOR in names else names


def plain_heading(heading: str) -> str:
    """The heading without what programs wrap around it: case, blanks, quotes, brackets."""
    return heading.strip().strip('"[]`').strip().lower()
