"""The last passes: the query of one indicator, or one query for all that shares the relations.

Every query gives council, month_index, counted and met: how many there are, and how many of them
meet the test (0 where there is no test).
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlglot

from openscorecard.measures.portable import refuse_what_is_not_portable
from openscorecard.measures.relations import Relations
from openscorecard.measures.resolve import Level, Plan, is_tested, with_child


def query(plan: Plan, name: str) -> str:
    """The query of one level, for people to read: a row for every month, 0 where nothing counts."""
    relations = Relations(plan)
    relations.want(name, _for_counting(plan.levels[name], plan))
    counting = _counting(relations, name)
    final = (
        "SELECT k.council, m.month_index, COALESCE(n.counted, 0) AS counted, "
        "COALESCE(n.met, 0) AS met\n"
        "FROM councils AS k\nCROSS JOIN months AS m\n"
        "LEFT JOIN counts AS n ON n.council = k.council AND n.month_index = m.month_index\n"
        "ORDER BY k.council, m.month_index"
    )
    return _checked(_with({**relations.made, "counts": counting}, final))


def query_for_all(plan: Plan, names: Iterable[str]) -> str:
    """One query for many levels, which adds a column `measure` with the level's name. Each
    relation stands in it once, however many indicators rest on it."""
    relations = Relations(plan)
    names = tuple(names)
    for name in names:
        relations.want(name, _for_counting(plan.levels[name], plan))
    together = relations.tested_together(names)
    counted = [_counting(relations, name, measure=name, tests=together.get(name)) for name in names]
    return _checked(_with(relations.made, "\nUNION ALL\n".join(counted)))


def query_of_rows(plan: Plan, name: str) -> str:
    """The rows that a level counts: council, month_index, row (its key), child (NULL where it is
    about none), unit (of which each value counts once), met, and due, the day by which the test
    should have been met (NULL where there is none)."""
    relations = Relations(plan, all_the_way=True)
    level = plan.levels[name]
    relations.want(name, _for_counting(level, plan))
    relation = relations.relation(name)
    has_child = with_child(level)
    child = "r.child" if has_child else "CAST(NULL AS BIGINT)"
    unit = {"rows": f"r.{level.key}", "children": "r.child"}.get(level.counts, f"r.{level.counts}")
    met = "r.met" if is_tested(level, plan) else "1"
    due = "r.due" if level.due else "CAST(NULL AS DATE)"
    final = (
        f"SELECT r.council, r.month_index, r.{level.key} AS row_id, {child} AS child, "
        f"{unit} AS unit, {met} AS met, {due} AS due\nFROM {relation} AS r\n{_filled(level)}"
        f"ORDER BY r.council, r.month_index, r.{level.key}"
    )
    return _checked(_with(relations.made, final))


def query_of_row_count(plan: Plan, name: str) -> str:
    """How many rows a level has by month, whatever it counts."""
    relations = Relations(plan)
    relations.want(name)
    relation = relations.relation(name)
    final = (
        f"SELECT r.council, r.month_index, COUNT(*) AS counted\nFROM {relation} AS r\n"
        "GROUP BY r.council, r.month_index"
    )
    return _checked(_with(relations.made, final))


def written_for(sql: str, dialect: str) -> str:
    """The query as another database reads it, or laid out for people ("duckdb")."""
    return sqlglot.transpile(sql, read="duckdb", write=dialect, pretty=True)[0]


def _counting(
    relations: Relations, name: str, *, measure: str = "", tests: str | None = None
) -> str:
    """The counts of a level by month; `measure` adds a column that says so. `tests` is a relation
    that holds the level's test beside those of others."""
    level = relations.plan.levels[name]
    relation = tests or relations.relation(name)
    column = f"met_{name}" if tests else "met"
    test = is_tested(level, relations.plan)
    said = f"'{measure}' AS measure, " if measure else ""
    if level.counts == "rows":
        met = f"SUM(r.{column})" if test else "0"
        return (
            f"SELECT {said}r.council, r.month_index, COUNT(*) AS counted, {met} AS met\n"
            f"FROM {relation} AS r\nGROUP BY r.council, r.month_index"
        )
    unit = ", ".join(f"r.{column}" for column in _unit(level))
    met = f"MAX(r.{column})" if test else "0"
    return (
        f"SELECT {said}u.council, u.month_index, COUNT(*) AS counted, SUM(u.met) AS met\n"
        f"FROM (\nSELECT r.council, r.month_index, {unit}, {met} AS met\nFROM {relation} AS r\n"
        f"{_filled(level)}GROUP BY r.council, r.month_index, {unit}\n) AS u\n"
        f"GROUP BY u.council, u.month_index"
    )


def _unit(level: Level) -> list[str]:
    """The columns whose different values are counted."""
    if level.counts == "children":
        return ["child"]
    if level.counts == "rows":
        return [level.key]
    return [*(["child"] if with_child(level) else []), level.counts]


def _filled(level: Level) -> str:
    """Of a column, a blank is no value: it is not counted."""
    if level.counts in ("rows", "children"):
        return ""
    return f"WHERE r.{level.counts} IS NOT NULL\n"


def _for_counting(level: Level, plan: Plan) -> set[str]:
    wanted = set(_unit(level)) if level.counts != "rows" else set()
    if is_tested(level, plan):
        wanted.add("met")
    return wanted


def _with(relations: dict[str, str], final: str) -> str:
    if not relations:
        return final
    made = ",\n".join(f"{name} AS (\n{sql}\n)" for name, sql in relations.items())
    return f"WITH {made}\n{final}"


def _checked(sql: str) -> str:
    refuse_what_is_not_portable(sql)
    return sql
