"""What a standard table is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """What a column holds, as it is stored: CHILD becomes a whole number by the workspace's own
    map, FLAG is Y or N, all else is what its name says."""

    ID = "id"
    CHILD = "child"
    DATE = "date"
    FLAG = "flag"
    CODE = "code"
    TEXT = "text"

    @property
    def sql(self) -> str:
        """The type in the Parquet files and in a database."""
        return {Type.CHILD: "BIGINT", Type.DATE: "DATE"}.get(self, "VARCHAR")


@dataclass(frozen=True, slots=True)
class Column:
    """`codes` names a code set; `required` columns have to be in the file and in every row of it;
    `refers` is "table.column" of the row that this one belongs to."""

    name: str
    type: Type
    codes: str = ""
    required: bool = False
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One standard table.

    `key` is the column that tells rows apart; `natural_key` does where a row has no id. `person`
    is the column of the child, "" where the table is not about children. `spans` are pairs of
    columns of which the second may not lie before the first. `date` is the date that rows are
    sorted by. A `current` table says how things are on the day of the load and holds no past.
    `ours` marks what the SSD lacks.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: str = ""
    natural_key: tuple[str, ...] = ()
    person: str = ""
    date: str = ""
    spans: tuple[tuple[str, str], ...] = ()
    current: bool = False
    ours: bool = False

    @property
    def called(self) -> str:
        """What its rows are, in a word or two."""
        return self.about.replace(";", ",").partition(",")[0]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)
