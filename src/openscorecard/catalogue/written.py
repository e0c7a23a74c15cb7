"""The first stage: definitions as they are written, every value with its place.

Takes the text of one TOML file; gives its tables with values read and placed; what is wrong in
the file itself (not TOML, unknown keys, wrong values) goes into the list of mistakes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openscorecard.catalogue.keys import DATED, TABLES, Key
from openscorecard.catalogue.measure_reader import MeasureError
from openscorecard.catalogue.places import KeyPath, Place, key_lines, line_of


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and on which line."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the line of its key. `sound` is false where what was written could not be read:
    that is reported already, and nobody reports it again as missing. `lines` and `path` say where
    what stands inside a value (the conditions of a measure) is written."""

    value: Any
    place: Place
    sound: bool = True
    lines: Mapping[KeyPath, int] = field(default_factory=dict, repr=False, compare=False)
    path: KeyPath = field(default=(), repr=False, compare=False)

    def at(self, *inside: str | int) -> Place:
        """Where a key inside the value stands."""
        path = (*self.path, *inside)
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.place.file, self.lines.get(path, self.place.line), self.place.own)


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """One `[[section]]`, `[[indicator]]`, `[[group]]` or `[[relation]]`, or a dated table in an
    indicator (`dated["definition"]`)."""

    place: Place
    keys: dict[str, Entry]
    dated: dict[str, tuple[WrittenTable, ...]]

    def value(self, key: str) -> Any:
        """The value of the key, or None where it is not written or not sound."""
        entry = self.keys.get(key)
        return entry.value if entry is not None and entry.sound else None


@dataclass(frozen=True, slots=True)
class Written:
    """The tables of one or more files, in the order in which they stand; of worked examples, the
    refs that they are of (measures/ reads the rest of them)."""

    sections: tuple[WrittenTable, ...] = ()
    indicators: tuple[WrittenTable, ...] = ()
    relations: tuple[WrittenTable, ...] = ()
    groups: tuple[WrittenTable, ...] = ()
    examples: tuple[Entry, ...] = ()

    def plus(self, other: Written) -> Written:
        return Written(
            self.sections + other.sections,
            self.indicators + other.indicators,
            self.relations + other.relations,
            self.groups + other.groups,
            self.examples + other.examples,
        )


class _File:
    """One file being read: its name, where its keys stand, and the list that its mistakes join."""

    def __init__(self, name: str, own: bool, text: str, mistakes: list[Mistake]) -> None:
        self.name = name
        self.own = own
        self.mistakes = mistakes
        self.lines: dict[KeyPath, int] = key_lines(text)

    def place(self, path: KeyPath) -> Place:
        return Place(self.name, line_of(self.lines, path), self.own)

    def wrong(self, path: KeyPath, text: str) -> None:
        self.mistakes.append(Mistake(self.place(path), text))


def read_definitions(text: str, file: str, *, own: bool, mistakes: list[Mistake]) -> Written | None:
    """The tables of one file. None where it is not TOML. `file` is the name that places show."""
    text = text.replace("\r\n", "\n")
    try:
        # Decimals stay exact: a target of 94.8 is 94.8, not the nearest binary number.
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        mistakes.append(_not_toml(str(error), text, file, own))
        return None
    except RecursionError:
        mistakes.append(Mistake(Place(file, 1, own), "not valid TOML: lists within lists too deep"))
        return None
    source = _File(file, own, text, mistakes)
    found: dict[str, tuple[WrittenTable, ...]] = {}
    examples: tuple[Entry, ...] = ()
    for name, value in raw.items():
        if name == EXAMPLE and own:
            examples = _examples(source, value)
        elif name in TABLES:
            found[name] = _tables(source, (name,), value, TABLES[name])
        else:
            kinds = [*TABLES, EXAMPLE] if own else [*TABLES]
            listed = ", ".join(f"[[{kind}]]" for kind in kinds[:-1])
            source.wrong((name, 0), f'unknown "{name}"; a file holds {listed} and [[{kinds[-1]}]]')
    sections, indicators, relations, groups = (
        found.get(kind, ()) for kind in ("section", "indicator", "relation", "group")
    )
    return Written(sections, indicators, relations, groups, examples)


EXAMPLE = "example"


def _examples(source: _File, raw: object) -> tuple[Entry, ...]:
    """The refs of worked examples, each with its place."""
    if not isinstance(raw, list) or not all(isinstance(table, dict) for table in raw):
        source.wrong((EXAMPLE,), 'write the header "example" with two brackets')
        return ()
    refs = []
    for index, table in enumerate(raw):
        if isinstance(table.get("ref"), str):
            refs.append(Entry(table["ref"], source.place((EXAMPLE, index, "ref"))))
        else:
            source.wrong((EXAMPLE, index), 'the example lacks "ref", which says what it is of')
    return tuple(refs)


def _tables(
    source: _File, path: KeyPath, raw: object, keys: tuple[Key, ...]
) -> tuple[WrittenTable, ...]:
    name = path[-1]
    if not isinstance(raw, list) or not all(isinstance(table, dict) for table in raw):
        source.wrong(
            path, f'"{name}" has to be a list of tables: write its header with two brackets'
        )
        return ()
    return tuple(_table(source, (*path, index), table, keys) for index, table in enumerate(raw))


def _table(
    source: _File, path: KeyPath, raw: dict[str, object], keys: tuple[Key, ...]
) -> WrittenTable:
    known = {key.name: key for key in keys}
    may_be_dated = DATED if path[0] == "indicator" and len(path) == 2 else {}
    entries: dict[str, Entry] = {}
    dated: dict[str, tuple[WrittenTable, ...]] = {}
    for name, value in raw.items():
        if name in may_be_dated:
            dated[name] = _dated(source, (*path, name), value, may_be_dated[name])
        elif name in known:
            entries[name] = _entry(source, (*path, name), value, known[name])
        else:
            source.wrong(
                (*path, name), f'unknown key "{name}"{like(name, [*known, *may_be_dated])}'
            )
    return WrittenTable(source.place(path), entries, dated)


def _entry(source: _File, path: KeyPath, raw: object, key: Key) -> Entry:
    try:
        return Entry(key.read(raw), source.place(path), lines=source.lines, path=path)
    except MeasureError as error:
        for inside, text in error.mistakes:
            source.wrong((*path, *inside), text)
        return Entry(None, source.place(path), sound=False)
    except ValueError:
        source.wrong(path, f"{key.name} is {_shown(raw)}; it has to be {key.says}")
        return Entry(None, source.place(path), sound=False)


def _dated(
    source: _File, path: KeyPath, raw: object, keys: tuple[Key, ...]
) -> tuple[WrittenTable, ...]:
    """Dated tables: whole, and each later than the one before. Returns the sound ones."""
    sound: list[WrittenTable] = []
    for table in _tables(source, path, raw, keys):
        for key in keys:
            if key.required and key.name not in table.keys:
                source.mistakes.append(Mistake(table.place, f'the {path[-1]} lacks "{key.name}"'))
        if any(key.required and table.value(key.name) is None for key in keys):
            continue
        since = table.value("from")
        if sound and since <= sound[-1].value("from"):
            before = sound[-1].keys["from"]
            wrong = "is written twice" if since == before.value else f"stands after {before.value}"
            source.mistakes.append(
                Mistake(
                    table.keys["from"].place,
                    f"from {since} {wrong} (line {before.place.line}); "
                    "write the oldest first, each month once",
                )
            )
            continue
        sound.append(table)
    return tuple(sound)


def like(name: str, known: Iterable[str]) -> str:
    """`; did you mean "name"?`, or nothing where nothing is like it."""
    import difflib  # only where something is wrong: reading stays quick

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""


def _shown(raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, str):
        return f'"{raw}"' if len(raw) <= 60 else f'"{raw[:57]}..." ({len(raw)} characters)'
    if isinstance(raw, list):
        return "an empty list" if not raw else "a list"
    return "a table" if isinstance(raw, dict) else str(raw)


def _not_toml(message: str, text: str, file: str, own: bool) -> Mistake:
    line = text.rstrip("\n").count("\n") + 1
    if at := re.search(r" \(at line (\d+), column \d+\)$", message):
        line = int(at[1])
    message = re.sub(r" \(at [^()]*\)$", "", message)
    if message == "Cannot overwrite a value":
        message = "a key of this table is written twice"
    return Mistake(Place(file, line, own), f"not valid TOML: {message}")
