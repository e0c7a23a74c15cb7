"""The second pass: conditions as they are written -> plain SQL over joined relations.

In a condition stand the columns of the row, and beside them

    child                     the row's child           month_start, month_end   of the month
    date_of_birth             of the child              other.x                  in a lookup
    working_days(a, b)        working days of England from a to b; 0 on the same day
    days(a, b)                days from a to b
    a_year_before(a)          the same day one year earlier
    aged(born, on, n)         known to be n years old or older on that day
    plus_days(a, n), plus_working_days(a, n)             for days by which something is due

Date arithmetic differs from one database to the next, so it becomes joins to the calendar, whose
columns hold it ready (working_day, day_number, year_before). `aged` counts in digits of dates
(20210630 - 20080630 = 130000), which no database sees differently: who is born on 29 February
turns a year older on 1 March.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import sqlglot
from sqlglot import exp

MONTH_COLUMNS = {
    "month_start": "month_start",
    "month_end": "month_end",
}
PEOPLE = "people"  # the relation of dates of birth; a child may stand twice in ssd_person
PEOPLE_SQL = (
    "SELECT p.council, p.pers_person_id AS child,"
    " MIN(COALESCE(p.pers_dob, p.pers_expected_dob)) AS born\n"
    "FROM ssd_person AS p\nGROUP BY p.council, p.pers_person_id"
)


class Scope:
    """What one SELECT can see, and the joins that its conditions turn out to need.

    `columns` finds the place of a plain column ("r.cine_referral_date"), or raises KeyError;
    `other` does so for `other.x`. `taken` are names that other joins have. Joins are gathered in
    the order in which they have to stand: `joins` for those on the row itself, `late` for those on
    the other row.
    """

    def __init__(
        self,
        columns: Callable[[str], str],
        other: Callable[[str], str] | None = None,
        *,
        row: str = "r",
        month: str = "m",
        taken: Collection[str] = (),
    ) -> None:
        self.columns, self.other = columns, other
        self.row, self.month, self.taken = row, month, taken
        self.joins: dict[str, str] = {}
        self.late: dict[str, str] = {}
        self.needs_month = False
        self._aliases: dict[str, str] = {}  # day in SQL -> the calendar that is joined on it

    def sql(self, condition: str) -> str:
        """The condition in plain SQL."""
        tree = sqlglot.parse_one(condition, dialect="duckdb")
        return self._plain(tree).sql(dialect="duckdb")

    def parts(self, condition: str) -> list[tuple[str, bool]]:
        """The condition's parts that are joined by AND, in plain SQL; beside each, whether it can
        stand where only the row and the other row are joined."""
        tree = sqlglot.parse_one(condition, dialect="duckdb")
        flat = list(tree.flatten(unnest=False)) if isinstance(tree, exp.And) else [tree]
        found = []
        for one in flat:
            before = len(self.late)
            plain = self._plain(one.copy())
            tables = {column.table for column in plain.find_all(exp.Column)}
            bare = len(self.late) == before and tables.isdisjoint(self.late)
            text = plain.sql(dialect="duckdb")
            found.append((f"({text})" if isinstance(plain, exp.Or) else text, bare))
        return found

    def _uses_late(self, tree: exp.Expr) -> bool:
        """Whether it needs the other row, itself or by the calendar joined on one of its days."""
        tables = {column.table for column in tree.find_all(exp.Column)}
        return "o" in tables or not tables.isdisjoint(self.late)

    def _plain(self, tree: exp.Expr) -> exp.Expr:
        def change(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Anonymous) and node.name.lower() in _FUNCTIONS:
                return self._function(node)
            if isinstance(node, exp.Column):
                return _parsed(self._column(node))
            return node

        if isinstance(tree, exp.Column | exp.Anonymous):
            return change(tree)
        for node in _outermost(tree):
            node.replace(change(node))
        return tree

    def _column(self, node: exp.Column) -> str:
        if node.table == "other":
            if self.other is None:
                raise KeyError(f"other.{node.name}")
            return self.other(node.name)
        if node.table:
            raise KeyError(f"{node.table}.{node.name}")
        if node.name in MONTH_COLUMNS:
            self.needs_month = True
            return f"{self.month}.{MONTH_COLUMNS[node.name]}"
        if node.name == "date_of_birth":
            child = self.columns("child")
            self.joins.setdefault(
                "person",
                f"LEFT JOIN {PEOPLE} AS person ON person.council = {self.row}.council"
                f" AND person.child = {child}",
            )
            return "person.born"
        return self.columns(node.name)

    def _function(self, node: exp.Anonymous) -> exp.Expr:
        name = node.name.lower()
        taken = [self._plain(argument.copy()) for argument in node.expressions]
        wanted = _FUNCTIONS[name]
        if len(taken) != wanted:
            raise ValueError(f"{name} takes {wanted} arguments, not {len(taken)}")
        if name == "working_days":
            return _parsed(
                f"{self._of(taken[1], 'working_day')} - {self._of(taken[0], 'working_day')}"
            )
        if name == "days":
            return _parsed(
                f"{self._of(taken[1], 'day_number')} - {self._of(taken[0], 'day_number')}"
            )
        if name == "a_year_before":
            return _parsed(self._of(taken[0], "year_before"))
        if name == "aged":
            born, on, years = (one.sql(dialect="duckdb") for one in taken)
            return _parsed(f"COALESCE({_digits(on)} - ({_digits(born)}), 0) >= ({years}) * 10000")
        counted = "working_day" if name == "plus_working_days" else "day_number"
        return _parsed(self._later(taken[0], counted, taken[1].sql(dialect="duckdb")))

    def _of(self, day: exp.Expr, column: str) -> str:
        """What the calendar holds about a day."""
        text = day.sql(dialect="duckdb")
        if text == f"{self.month}.month_end":
            return f"{self.month}.end_{column}"
        return f"{self._calendar(day)}.{column}"

    def _calendar(self, day: exp.Expr) -> str:
        text = day.sql(dialect="duckdb")
        columns = [column.name for column in day.find_all(exp.Column)]
        late = self._uses_late(day)
        if text not in self._aliases:
            name = "on_" + "_or_".join(dict.fromkeys(columns))
            alias = _unlike(name, (*self._aliases.values(), *self.taken))
            self._aliases[text] = alias
            where = self.late if late else self.joins
            where[alias] = f"LEFT JOIN calendar AS {alias} ON {alias}.day = {text}"
        return self._aliases[text]

    def _later(self, day: exp.Expr, counted: str, number: str) -> str:
        """The day so many days, or working days, later."""
        columns = [column.name for column in day.find_all(exp.Column)]
        alias = _unlike("due_" + "_or_".join(dict.fromkeys(columns)), self.joins)
        working = f" AND {alias}.is_working_day = 1" if counted == "working_day" else ""
        on = self._of(day, counted)
        self.joins[alias] = (
            f"LEFT JOIN calendar AS {alias} ON {alias}.{counted} = {on} + {number}{working}"
        )
        return f"{alias}.day"


_FUNCTIONS = {
    "working_days": 2,
    "days": 2,
    "a_year_before": 1,
    "aged": 3,
    "plus_days": 2,
    "plus_working_days": 2,
}


def _outermost(tree: exp.Expr) -> list[exp.Expr]:
    """The columns and functions of ours in the tree that stand in no other function of ours."""
    found: list[exp.Expr] = []
    for child in tree.iter_expressions():
        if isinstance(child, exp.Column) or (
            isinstance(child, exp.Anonymous) and child.name.lower() in _FUNCTIONS
        ):
            found.append(child)
        else:
            found.extend(_outermost(child))
    return found


def _unlike(name: str, taken: Collection[str]) -> str:
    """The name, with a number where it is taken."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


def _parsed(sql: str) -> exp.Expr:
    parsed = sqlglot.parse_one(sql, dialect="duckdb")
    return exp.Paren(this=parsed) if isinstance(parsed, exp.Binary) else parsed


def _digits(day: str) -> str:
    """A date as the number that its digits make: 2021-06-30 is 20210630."""
    return (
        f"EXTRACT(YEAR FROM {day}) * 10000 + EXTRACT(MONTH FROM {day}) * 100"
        f" + EXTRACT(DAY FROM {day})"
    )
