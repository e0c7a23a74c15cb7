"""Of what kind the names in a measure's texts are, by the types of the standard tables."""

from __future__ import annotations

import re

from openscorecard.catalogue.measure import Lookup
from openscorecard.catalogue.measure_settings import BY_NAME
from openscorecard.catalogue.measures_in_month import Shape
from openscorecard.catalogue.sql_text import MONTH_WORDS, read_sql
from openscorecard.catalogue.sql_values import CHILD, DATE, NUMBER, TEXT, TRUTH
from openscorecard.records.standard import TABLES, Type

_KINDS = {Type.DATE: DATE, Type.CHILD: CHILD}  # all else is kept as a text
_OF_COLUMNS = {column.name: column.type for one in TABLES for column in one.columns}


def kind_of_name(
    name: str, shape: Shape | None, lookups: tuple[Lookup, ...], other: Shape | None
) -> str:
    """DATE, NUMBER, TEXT, TRUTH or CHILD; "" where that cannot be told, as of what is not there."""
    start, dot, rest = name.partition(".")
    if start == "setting":
        return _of_setting(rest)
    if dot:
        if other is None:
            return ""
        name, shape, lookups = rest, other, other.lookups
    elif name in MONTH_WORDS or name == "date_of_birth":
        return DATE
    if name == "child":
        return CHILD
    column = None if shape is None else shape.column(name)
    if column is not None:
        return _KINDS.get(column.type, TEXT)
    kinds = {_of_lookup(one) for one in lookups if one.name == name}
    return kinds.pop() if len(kinds) == 1 else ""


def taken(take: str) -> str:
    """What stands in MIN(...) or MAX(...); "" where neither is written."""
    match = re.fullmatch(r"(?:MIN|MAX)\s*\((.*)\)", take)
    return match[1] if match else ""


def kind_taken(take: str) -> str:
    """Of what kind that is; a column's name says its table, so that its type is known by it."""
    kinds = set()
    for one in read_sql(taken(take)).value:
        kind = one
        if one.startswith("@"):
            type_ = _OF_COLUMNS.get(one[1:].removeprefix("other."))
            kind = "" if type_ is None else _KINDS.get(type_, TEXT)
        kinds.add(kind)
    return kinds.pop() if len(kinds) == 1 else ""


def _of_lookup(one: Lookup) -> str:
    return kind_taken(one.take) if one.take else NUMBER


def _of_setting(name: str) -> str:
    setting = BY_NAME.get(name) or BY_NAME.get(name.removesuffix("_from").removesuffix("_to"))
    if setting is None:
        return ""
    value = setting.default
    if isinstance(value, tuple):
        return NUMBER if value and isinstance(value[0], int) else TEXT
    return {bool: TRUTH, int: NUMBER}.get(type(value), TEXT)
