"""Lookups with a limit (within_days, within_working_days): what they can do with it.

Their rows are gathered by month and brought forward from there, without a look at the row that
they stand beside. So they give the latest day of rows that belong by equal columns, and no more:
anything else would be passed over, and bend the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openscorecard.catalogue.measure import Lookup
from openscorecard.catalogue.measure_types import kind_taken, taken
from openscorecard.catalogue.measures_in_month import InMonth, Lying, WrittenMeasure
from openscorecard.catalogue.sql_text import MONTH_WORDS, read_sql
from openscorecard.catalogue.sql_values import DATE
from openscorecard.catalogue.written import Mistake
from openscorecard.records.standard import table

LIMITS = ("within_days", "within_working_days")
_EQUAL = r"other\.[A-Za-z_]\w* = [A-Za-z_]\w*"
_MATCH = re.compile(rf"{_EQUAL}(?: AND {_EQUAL})*", re.IGNORECASE)


def of_what_a_limit_allows(all_: InMonth) -> Iterator[Mistake]:
    """A lookup with a limit asks for nothing that gathering by month cannot give."""
    for one in all_.in_use():
        shape = all_.shape_of(one.measure)
        listed = shape is not None and shape.lying is Lying.LIST
        for index, lookup in enumerate(one.measure.lookups):
            limit = next((key for key in LIMITS if getattr(lookup, key)), "")
            if limit and lookup.take:
                yield from _of(all_, one, index, lookup, limit, listed=listed)


def _of(
    all_: InMonth, one: WrittenMeasure, index: int, lookup: Lookup, limit: str, *, listed: bool
) -> Iterator[Mistake]:
    def wrong(key: str, text: str) -> Mistake:
        said = f'lookup {lookup.name} has "{limit}", which {text}'
        return one.wrong(said, "lookup", index, key)

    if listed:
        yield wrong(limit, "counts from a month's end, and its rows are a list that lies in none")
    other = None if table(lookup.of) is not None else all_.shape(lookup.of)
    if other is not None and other.lying is not Lying.LIST:
        text = f'needs a standard table or a list, and the rows of "{lookup.of}" lie in months'
        yield wrong("of", text)
    matched = read_sql(lookup.match)
    of_month = {*MONTH_WORDS, "date_of_birth"} & set(matched.own)
    if not matched.mistakes and (of_month or not _MATCH.fullmatch(lookup.match)):
        yield wrong("match", 'needs equal columns in "match": other.x = y AND other.z = w')
    asked = read_sql(lookup.where)
    if lookup.where and (asked.own or asked.functions):
        named = [*asked.own, *asked.functions][0]
        yield wrong("where", f'allows in "where" columns of the other row alone, and not {named}')
    inner = taken(lookup.take)
    if not inner:
        return  # said elsewhere
    if lookup.take.startswith("MIN"):
        yield wrong("take", "sees the latest rows alone: write MAX(...)")
    reading = read_sql(inner)
    if reading.own or reading.functions:
        named = [*reading.own, *reading.functions][0]
        yield wrong("take", f'allows in "take" dates of the other row alone, and not {named}')
    elif not reading.mistakes and kind_taken(lookup.take) not in ("", DATE):
        yield wrong("take", "needs a date to take")
