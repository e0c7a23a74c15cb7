"""The check that a query stays in the subset of SQL which every engine reads alike.

SQLGlot passes much through in silence that another database reads otherwise or not at all, so what
may stand in a query is listed here, with the arguments that it may have, and all else is refused:
no windows, no intervals, no lists, no ASOF, no USING, no QUALIFY, no DISTINCT ON, no GROUP BY ALL
or by ordinals, no derived table without an alias.
"""

from __future__ import annotations

from itertools import pairwise

import sqlglot
from sqlglot import exp

_OF_TWO: dict[type[exp.Expr], str] = dict.fromkeys(
    (exp.And, exp.Or, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is, exp.Add, exp.Sub,
     exp.Mul),
    "this expression",
)  # fmt: skip
# What may stand in a query -> the arguments that it may have.
ALLOWED: dict[type[exp.Expr], str] = {
    exp.Select: "distinct expressions from_ group joins order where with_",
    exp.From: "this",
    exp.Join: "this on side kind",
    exp.Where: "this",
    exp.Group: "expressions",
    exp.Order: "expressions",
    exp.Ordered: "this",
    exp.Union: "this expression distinct order with_",
    exp.With: "expressions",
    exp.CTE: "this alias",
    exp.Subquery: "this alias",
    exp.Table: "this alias",
    exp.TableAlias: "this",
    exp.Alias: "this alias",
    exp.Column: "this table",
    exp.Identifier: "this",
    exp.Literal: "this is_string",
    exp.Null: "",
    exp.Boolean: "this",
    exp.Distinct: "expressions",
    exp.Star: "",
    exp.Paren: "this",
    exp.Case: "ifs default",
    exp.If: "this true",
    exp.Coalesce: "this expressions",
    exp.Count: "this big_int",
    exp.Sum: "this",
    exp.Min: "this",
    exp.Max: "this",
    exp.Extract: "this expression",
    exp.Var: "this",
    exp.Cast: "this to",
    exp.DataType: "this",
    exp.Not: "this",
    exp.Neg: "this",
    exp.In: "this expressions",
    exp.Between: "this low high",
    **_OF_TWO,
}
_AGGREGATES = (exp.Count, exp.Sum, exp.Min, exp.Max)
_DATE_PARTS = ("YEAR", "MONTH", "DAY")
_BLANKS_OF = (exp.DType.BIGINT, exp.DType.DATE)


class NotPortableError(ValueError):
    """The query leaves the subset; the message says by what."""


def refuse_what_is_not_portable(sql: str) -> None:
    """NotPortableError where the query holds anything that engines read differently."""
    trees = sqlglot.parse(sql, dialect="duckdb")
    if len(trees) != 1 or trees[0] is None:
        raise NotPortableError(f"{len(trees)} statements: {sql[:80]}")
    for node in trees[0].walk():
        wrong = _unknown(node) or _wrong(node)
        if wrong:
            raise NotPortableError(f"{wrong}: {node.sql(dialect='duckdb')[:80]}")
    if trees[0].find(exp.Ordered) and _orders_blanks(sql):
        raise NotPortableError("NULLS FIRST or NULLS LAST")


def _unknown(node: exp.Expr) -> str:
    """A kind of node, or an argument of one, that is not listed."""
    said = type(node).__name__
    if type(node) not in ALLOWED:
        return said
    allowed = ALLOWED[type(node)].split()
    for name, value in node.args.items():
        if name not in allowed and not _says_nothing(node, name, value):
            return f"{said} with {name}"
    return ""


def _says_nothing(node: exp.Expr, name: str, value: object) -> bool:
    if isinstance(node, exp.Ordered) and name == "nulls_first":
        return True  # filled in by reading; what is written is seen to apart
    return value is None or value is False or value == "" or value == []


def _orders_blanks(sql: str) -> bool:
    """Whether a query says where blanks stand in its order, which reading does not keep."""
    words = [token.text.upper() for token in sqlglot.tokenize(sql, read="duckdb")]
    return any(one == "NULLS" and then in ("FIRST", "LAST") for one, then in pairwise(words))


def _wrong(node: exp.Expr) -> str:
    """What is listed and has a value that engines read differently."""
    if isinstance(node, exp.Join):
        return _wrong_join(node)
    if isinstance(node, exp.Group | exp.Order):
        return _wrong_list(node)
    if isinstance(node, exp.Table):
        named = isinstance(node.this, exp.Identifier) and not node.this.args.get("quoted")
        return "" if named else "a table by a path or a function"
    if isinstance(node, exp.Subquery):
        return _wrong_subquery(node)
    if isinstance(node, exp.Distinct):
        return _wrong_distinct(node)
    if isinstance(node, _AGGREGATES) and node.find_ancestor(*_AGGREGATES):
        return "an aggregate in an aggregate"
    if isinstance(node, exp.Extract) and node.this.name.upper() not in _DATE_PARTS:
        return "EXTRACT of anything but YEAR, MONTH and DAY"
    if isinstance(node, exp.Var) and not isinstance(node.parent, exp.Extract):
        return "a bare word"
    if isinstance(node, exp.In):
        return _wrong_in(node)
    if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
        return "SELECT *"
    if isinstance(node, exp.Column) and not node.table and not _is_of_order(node):
        return "a column without its relation"
    if isinstance(node, exp.Cast):
        blank = isinstance(node.this, exp.Null) and node.to.this in _BLANKS_OF
        return "" if blank else "a cast"
    return ""


def _wrong_join(node: exp.Join) -> str:
    if (node.side or "") not in ("", "LEFT") or (node.kind or "") not in ("", "CROSS", "INNER"):
        return f"{node.side} {node.kind} JOIN"
    if (node.kind or "") != "CROSS" and not node.args.get("on"):
        return "a join without ON"
    return ""


def _wrong_list(node: exp.Group | exp.Order) -> str:
    """Groups and orders are by columns, or what is made of columns; an ordinal is none, in brackets
    or not."""
    said = "GROUP BY" if isinstance(node, exp.Group) else "ORDER BY"
    if not node.expressions:
        return f"{said} ALL or nothing"
    for one in node.expressions:
        by = one.this if isinstance(one, exp.Ordered) else one
        if isinstance(by, exp.Var):
            return f"{said} ALL"
        if isinstance(by, exp.Tuple):
            return f"{said} a tuple"
        if by.find(exp.Column) is None:
            return f"{said} an ordinal"
    return ""


def _wrong_subquery(node: exp.Subquery) -> str:
    if not isinstance(node.parent, exp.From | exp.Join):
        return "a query in an expression"
    return "" if node.alias else "a derived table without an alias"


def _wrong_in(node: exp.In) -> str:
    if not node.expressions:
        return "IN without a list"
    items = (node.this, *node.expressions)
    if any(isinstance(one, exp.Tuple | exp.Select | exp.Subquery) for one in items):
        return "IN of tuples or of a query"
    return ""


def _wrong_distinct(node: exp.Distinct) -> str:
    """SELECT DISTINCT, or COUNT(DISTINCT x) of one thing."""
    if isinstance(node.parent, exp.Count):
        return "" if len(node.expressions) == 1 else "COUNT(DISTINCT) of several"
    if not isinstance(node.parent, exp.Select) or node.expressions:
        return "DISTINCT in an aggregate"
    return ""


def _is_of_order(node: exp.Column) -> bool:
    return node.find_ancestor(exp.Order) is not None
