"""How an indicator is counted, as it is written: frozen, SQL conditions still as text.

docs/measures.md describes the language. `measures/` compiles it; nothing here knows SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ROWS, CHILDREN = "rows", "children"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold of a row: `sql`, or that its child is among (not among) the
    children of another indicator or group at the end of the month. `when` limits it to one choice
    of a setting: "re_referral_clock = closure"."""

    words: str
    sql: str = ""
    among: str = ""
    not_among: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What rows of another table say about a row; it becomes a column of the name `name`.

    `match` says which rows belong to it and `where` which of them count: `other.` stands before
    columns of the other table. `take` is what is taken of them, MIN(...) or MAX(...); "" where it
    is enough that there is one: the column is then 1, else NULL. `looks_back` is how many months
    before the month's first day such rows may lie, `looks_back_days` the same in days (a number,
    or the name of a setting). `within_days` and `within_working_days` (a
    number, or the name of a setting) say that rows further back from the month's end than that
    need not be seen.
    """

    name: str
    words: str
    of: str
    match: str
    where: str = ""
    take: str = ""
    when: str = ""
    looks_back: int = 0
    looks_back_days: str = ""
    within_days: str = ""
    within_working_days: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted.

    `of` is a standard table, or another indicator or group whose rows are looked at further;
    `any_of` are indicators and groups whose children are put together, each once. `counts` is
    "rows", "children" or a column, of which each value counts once. One of `in_month`, `open`,
    `touches` and `as_at_load` places the rows of a table in months. `where` says which rows count;
    `test`, which of those are met: the figure is then the number met, or a percentage of all.
    `denominator` and `sum_of` name indicators or groups. `due` is the day by which it should have
    been met, for lists.
    """

    of: str = ""
    any_of: tuple[str, ...] = ()
    counts: str = ""
    in_month: str = ""
    open: tuple[str, str] | None = None
    touches: tuple[str, str] | None = None
    as_at_load: bool = False
    where: tuple[Condition, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    test: tuple[Condition, ...] = ()
    due: str = ""
    denominator: str = ""
    sum_of: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # settings that may not be empty


@dataclass(frozen=True, slots=True)
class StandIn:
    """The measure that stands in where a load lacks a table; `words` are printed beside it."""

    without: str
    words: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Group:
    """Children or rows that indicators speak of and that are no line of the page themselves."""

    id: str
    words: str
    measure: Measure
    stand_ins: tuple[StandIn, ...] = field(default=())
