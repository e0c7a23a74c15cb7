"""Names that measures give, which stand in queries: none may be taken for another.

Ids of indicators and groups become relations (`children-looked-after` is children_looked_after),
and each makes a few more beside it; a lookup's name becomes a column and a relation.
"""

from __future__ import annotations

from collections.abc import Iterator

from openscorecard.catalogue.layers import Layered
from openscorecard.catalogue.measures_in_month import InMonth, WrittenMeasure
from openscorecard.catalogue.written import Mistake
from openscorecard.records.standard import TABLES

# What the queries themselves call something.
TAKEN = frozenset(
    {
        *("calendar", "months", "councils", "steps", "counts", "people", "person"),  # relations
        *("council", "child", "counted", "met", "due", "measure", "step", "day"),  # columns
        *("month_index", "month_start", "month_end", "date_of_birth", "other", "setting"),
        *("r", "o", "m", "d", "s", "u", "n", "k", "p"),  # what relations are called for short
    }
)
# Words that no database takes for a name.
RESERVED = frozenset(
    {
        *("all", "and", "any", "as", "asc", "between", "both", "by", "case", "cast", "check"),
        *("collate", "column", "constraint", "create", "cross", "current_date", "default"),
        *("desc", "distinct", "else", "end", "except", "exists", "extract", "false", "fetch"),
        *("for", "foreign", "from", "full", "grant", "group", "having", "in", "inner"),
        *("intersect", "into", "is", "join", "leading", "left", "like", "limit", "natural"),
        *("not", "null", "offset", "on", "only", "or", "order", "outer", "primary"),
        *("references", "right", "select", "some", "table", "then", "to", "trailing", "true"),
        *("union", "unique", "user", "using", "values", "when", "where", "window", "with"),
    }
)
_MADE = ("rows", "children")  # ends of the names of relations that a query makes beside
BEGINNINGS = ("due_", "among_")  # of the relations that a query joins to by itself


def names_apart(all_: InMonth) -> Iterator[Mistake]:
    """No id and no lookup has a name that a query uses for something else."""
    holder: dict[str, Layered] = {}
    for item in (*all_.all.indicators.values(), *all_.all.groups.values()):
        id_ = item.table.value("id")
        if id_ is None:
            continue
        entry = item.table.keys["id"]
        name = relation_name(id_)
        if item.name in all_.all.groups and item.name in all_.all.indicators:
            yield Mistake(entry.place, f'the group "{id_}" has the name of a ref')
        if name in TAKEN | RESERVED or name in _TABLE_NAMES:
            yield Mistake(entry.place, f'id "{id_}" has a name that queries need: choose another')
        first = holder.setdefault(name, item)
        if first is not item and item.name in all_.all.groups:
            where = first.table.keys["id"].place
            yield Mistake(
                entry.place, f'id "{id_}" of a group is also that of {first.name} ({where})'
            )
    for one in all_.in_use():
        yield from _lookups(all_, one, holder)


def _lookups(all_: InMonth, one: WrittenMeasure, holder: dict[str, Layered]) -> Iterator[Mistake]:
    item = all_.all.indicators.get(one.title) or all_.all.groups[one.title]
    id_ = item.table.value("id")
    for index, lookup in enumerate(one.measure.lookups):
        own = (*_MADE, *TAKEN, *RESERVED)
        if lookup.name in own or lookup.name.startswith(BEGINNINGS):
            text = f"the lookup {lookup.name} has a name that queries need: choose another"
            yield one.wrong(text, "lookup", index, "name")
        elif id_ is not None and (made := f"{relation_name(id_)}_{lookup.name}") in holder:
            text = f"the lookup {lookup.name} makes {made}, which is {holder[made].name}"
            yield one.wrong(f"{text}: choose another name", "lookup", index, "name")


def relation_name(id_: str) -> str:
    """What an id is called in queries."""
    return id_.replace("-", "_")


_TABLE_NAMES = frozenset(one.name for one in TABLES)
