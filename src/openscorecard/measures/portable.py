"""The check that a query stays in the subset of SQL which every engine reads alike.

SQLGlot passes much through in silence that another database reads otherwise or not at all, so what
may stand in a query is listed here, and all else is refused: no windows, no intervals, no lists,
no ASOF, no USING, no QUALIFY, no GROUP BY ALL or by ordinals, no derived table without an alias.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp

ALLOWED: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Order, exp.Ordered, exp.Union,
        exp.With, exp.CTE, exp.Subquery, exp.Table, exp.TableAlias, exp.Alias, exp.Column,
        exp.Identifier, exp.Literal, exp.Null, exp.Boolean, exp.Distinct, exp.Star, exp.Paren,
        exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is,
        exp.In, exp.Between, exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Case, exp.If, exp.Coalesce,
        exp.Count, exp.Sum, exp.Min, exp.Max, exp.Extract, exp.Var, exp.Cast, exp.DataType,
        exp.Tuple,
    }
)  # fmt: skip


class NotPortableError(ValueError):
    """The query leaves the subset; the message says by what."""


def refuse_what_is_not_portable(sql: str) -> None:
    """NotPortableError where the query holds anything that engines read differently."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    for node in tree.walk():
        if type(node) not in ALLOWED:
            raise NotPortableError(f"{type(node).__name__}: {node.sql(dialect='duckdb')[:80]}")
        wrong = _wrong(node)
        if wrong:
            raise NotPortableError(f"{wrong}: {node.sql(dialect='duckdb')[:80]}")


def _wrong(node: exp.Expr) -> str:
    if isinstance(node, exp.Join):
        return _wrong_join(node)
    if (
        isinstance(node, exp.Subquery)
        and not node.alias
        and isinstance(node.parent, exp.From | exp.Join)
    ):
        return "a derived table without an alias"
    if isinstance(node, exp.Group):
        if node.args.get("all") or node.args.get("totals"):
            return "GROUP BY ALL"
        if any(isinstance(one, exp.Literal) for one in node.expressions):
            return "GROUP BY an ordinal"
    if isinstance(node, exp.Select) and (node.args.get("qualify") or node.args.get("limit")):
        return "QUALIFY or LIMIT"
    if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
        return "SELECT *"
    if isinstance(node, exp.Column) and not node.table and not _is_of_order(node):
        return "a column without its relation"
    if isinstance(node, exp.Cast) and not isinstance(node.this, exp.Null):
        return "a cast"
    if isinstance(node, exp.Ordered) and isinstance(node.this, exp.Literal):
        return "ORDER BY an ordinal"
    return ""


def _wrong_join(node: exp.Join) -> str:
    if node.args.get("using"):
        return "USING"
    if node.args.get("method"):
        return str(node.args["method"])
    if (node.side or "") not in ("", "LEFT") or (node.kind or "") not in ("", "CROSS", "INNER"):
        return f"{node.side} {node.kind} JOIN"
    if (node.kind or "") != "CROSS" and not node.args.get("on"):
        return "a join without ON"
    return ""


def _is_of_order(node: exp.Column) -> bool:
    return node.find_ancestor(exp.Order) is not None
