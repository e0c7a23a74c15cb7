"""Ours and the council's own definitions laid over each other, key by key.

Takes what is written on both levels; gives one table for each ref, in which the council's own keys
stand in place of ours; doubled refs and ids go into the list of mistakes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openscorecard.catalogue.keys import DATED
from openscorecard.catalogue.places import Place
from openscorecard.catalogue.written import Mistake, WrittenTable
from openscorecard.periods import Month


@dataclass(frozen=True, slots=True)
class Layered:
    """A section or an indicator as it is in force.

    `table` holds its keys, each with the place that it came from; `dated` its dated tables by
    month, oldest first. `of_ours` is false where it is the council's own from the ground up.
    """

    name: str
    place: Place
    table: WrittenTable
    dated: dict[str, dict[Month, WrittenTable]]
    of_ours: bool

    @property
    def retired(self) -> bool:
        return self.table.value("retired") is True


def layered(
    ours: Iterable[WrittenTable],
    own: Iterable[WrittenTable],
    identity: str,
    mistakes: list[Mistake],
) -> dict[str, Layered]:
    """By ref (or id of a section, as `identity` says), ours first, each in the order written."""
    bottom = _by_identity(ours, identity, mistakes)
    top = _by_identity(own, identity, mistakes)
    result = {
        name: _one(name, table, top.get(name), of_ours=True) for name, table in bottom.items()
    }
    for name, table in top.items():
        if name not in bottom:
            result[name] = _one(name, table, None, of_ours=False)
        elif "id" in table.keys and identity != "id":
            _refuse_a_new_id(name, bottom[name], table, mistakes)
    return result


def _by_identity(
    tables: Iterable[WrittenTable], identity: str, mistakes: list[Mistake]
) -> dict[str, WrittenTable]:
    found: dict[str, WrittenTable] = {}
    for table in tables:
        name = table.value(identity)
        if identity not in table.keys:
            mistakes.append(
                Mistake(table.place, f'lacks "{identity}", which says what it is about')
            )
        elif name in found:
            first = found[name].keys[identity].place
            text = f'{identity} "{name}" is written twice: also at {first}'
            mistakes.append(Mistake(table.keys[identity].place, text))
        elif name is not None:
            found[name] = table
    return found


def _one(name: str, bottom: WrittenTable, top: WrittenTable | None, *, of_ours: bool) -> Layered:
    keys = {**bottom.keys, **(top.keys if top is not None else {})}
    dated: dict[str, dict[Month, WrittenTable]] = {}
    for kind in DATED:
        by_month = {
            entry.value("from"): entry
            for table in (bottom, top)
            if table is not None
            for entry in table.dated.get(kind, ())
        }
        dated[kind] = dict(sorted(by_month.items()))
    place = bottom.place if top is None else top.place
    return Layered(name, place, WrittenTable(place, keys, {}), dated, of_ours)


def _refuse_a_new_id(
    name: str, bottom: WrittenTable, top: WrittenTable, mistakes: list[Mistake]
) -> None:
    old, new = bottom.value("id"), top.value("id")
    if new is not None and new != old:
        text = f'id of {name} is "{old}" for good: it stands in addresses and files; leave it out'
        mistakes.append(Mistake(top.keys["id"].place, text))
