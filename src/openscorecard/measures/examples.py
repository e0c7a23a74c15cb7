"""The hand-worked examples that stand beside the definitions.

Takes catalogue/examples/*.toml; gives each example with its rows read and typed; refuses, all at
once and with file and line, unknown tables, columns, refs and keys, dates that are none, and cells
that their column cannot hold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import openscorecard.catalogue
from openscorecard.catalogue import Catalogue, load_catalogue
from openscorecard.catalogue.places import KeyPath, Place, key_lines, line_of
from openscorecard.catalogue.written import Mistake
from openscorecard.errors import InputError
from openscorecard.measures.example_rows import SUPPLIED, Cell, number, read_rows
from openscorecard.periods import Month
from openscorecard.records.standard import TABLES, table

FOLDER = Path(openscorecard.catalogue.__file__).parent / "examples"

# One file a section of the page, in the page's order.
FILES: tuple[str, ...] = (
    "front-door.toml",
    "assessment.toml",
    "child-protection.toml",
    "looked-after.toml",
    "early-help.toml",
    "partners.toml",
)

_REQUIRED = ("ref", "month", "expected", "wrong", "wrong_gives", "rows")
_OPTIONAL = ("settings", "population", "missing")


@dataclass(frozen=True, slots=True)
class Example:
    """A few rows, a month, and the figure that they give.

    `expected` is exact and in printed units (percentages in points); None where there is no value.
    `wrong` is the tempting other definition in words, `wrong_gives` what it would come to. `rows`
    holds every standard table but those in `missing`, and supplied figures under
    `supplied_figures`; every row has every column, blanks None, ids text. The rows were read out
    of the case system on the fifth of the next month and cover everything before.
    """

    ref: str
    month: Month
    expected: Fraction | None
    wrong: str
    wrong_gives: Fraction | None
    rows: Mapping[str, tuple[Mapping[str, Cell], ...]]
    settings: Mapping[str, Any]
    population: int | None
    missing: frozenset[str]
    place: Place


def examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """All examples, in the order of the files and of their lines.

    Raises one InputError that lists every mistake in every file, one a line.
    """
    return _read_folder(folder)


def own_examples(folder: Path | None, catalogue: Catalogue) -> tuple[Example, ...]:
    """The examples in a council's own definitions; `catalogue` is the one in force.

    Raises one InputError that lists every mistake in them, one a line.
    """
    found: list[Example] = []
    mistakes: list[Mistake] = []
    for path in sorted(folder.rglob("*.toml")) if folder is not None else ():
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        if "example" not in text or path.name.startswith("."):
            continue
        lines = key_lines(text)
        for index, raw in enumerate(tomllib.loads(text).get("example", [])):
            reader = _Reader(path, text, lines, ("example", index), raw, mistakes, own=True)
            example = reader.example(catalogue)
            if example is not None:
                found.append(example)
    if mistakes:
        raise _error(mistakes, "the worked examples in the definitions folder")
    return tuple(found)


@cache
def _read_folder(folder: Path) -> tuple[Example, ...]:
    catalogue = load_catalogue()
    mistakes: list[Mistake] = []
    found: list[Example] = []
    for file in FILES:
        found.extend(_read_file(folder / file, catalogue, mistakes))
    if mistakes:
        raise _error(mistakes, "the worked examples")
    return tuple(found)


def _error(mistakes: list[Mistake], where: str) -> InputError:
    lines = "".join(f"\n  {mistake.place}: {mistake.text}" for mistake in mistakes)
    count = "one mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    return InputError(f"{count}{lines}", where=where, todo="mend the lines named above")


def _read_file(path: Path, catalogue: Catalogue, mistakes: list[Mistake]) -> list[Example]:
    try:
        text = path.read_text(encoding="utf-8")
        written = tomllib.loads(text)
    except OSError as error:
        mistakes.append(Mistake(Place(path.name, 1), f"cannot be read: {error.strerror}"))
        return []
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        mistakes.append(Mistake(Place(path.name, 1), f"not TOML in UTF-8: {error}"))
        return []
    lines = key_lines(text)
    for key in written:
        if key != "example":
            place = Place(path.name, line_of(lines, (key,)))
            mistakes.append(Mistake(place, f'unknown table "{key}": there is only [[example]]'))
    one_by_one = written.get("example", [])
    if not isinstance(one_by_one, list):
        mistakes.append(Mistake(Place(path.name, 1), "write [[example]], with two brackets"))
        return []
    found = []
    for index, raw in enumerate(one_by_one):
        reader = _Reader(path, text, lines, ("example", index), raw, mistakes)
        example = reader.example(catalogue)
        if example is not None:
            found.append(example)
    return found


class _Reader:
    """Reads one `[[example]]`; what is wrong in it goes into the list of mistakes."""

    def __init__(
        self,
        path: Path,
        text: str,
        lines: dict[KeyPath, int],
        at: KeyPath,
        raw: dict[str, Any],
        mistakes: list[Mistake],
        *,
        own: bool = False,
    ) -> None:
        self.file, self.section, self.own = path.name, path.stem, own
        self.text, self.lines, self.at = text, lines, at
        self.raw = raw
        self.mistakes = mistakes
        self.sound = True

    def example(self, catalogue: Catalogue) -> Example | None:
        for key in self.raw:
            if key not in _REQUIRED + _OPTIONAL:
                self.wrong(f'unknown key "{key}"', key)
        for key in _REQUIRED:
            if key not in self.raw:
                self.wrong(f'"{key}" is not written')
        ref = self._ref(catalogue)
        month = self._month()
        missing = self._missing()
        example = Example(
            ref=ref,
            month=month,
            expected=self._figure("expected"),
            wrong=self._text("wrong"),
            wrong_gives=self._figure("wrong_gives"),
            rows=self._rows(missing),
            settings=self._table("settings"),
            population=self._population(),
            missing=missing,
            place=self._place(),
        )
        return example if self.sound else None

    def wrong(self, text: str, *keys: str, below: int = 0) -> None:
        """A mistake at that key, so many lines below it."""
        self.sound = False
        place = self._place(*keys)
        self.mistakes.append(Mistake(Place(place.file, place.line + below), text))

    def _place(self, *keys: str) -> Place:
        return Place(self.file, line_of(self.lines, (*self.at, *keys)))

    def _text(self, key: str) -> str:
        value = self.raw.get(key, "")
        if not isinstance(value, str):
            self.wrong(f'"{key}" has to be a text in quotes', key)
            return ""
        return " ".join(value.split())

    def _ref(self, catalogue: Catalogue) -> str:
        ref = self._text("ref")
        indicator = catalogue.get(ref)
        if "ref" not in self.raw:
            return ref
        if indicator is None:
            self.wrong(f'no indicator has the ref "{ref}"', "ref")
        elif indicator.section != self.section and not self.own:
            self.wrong(f"{ref} belongs in {indicator.section}.toml", "ref")
        return ref

    def _month(self) -> Month:
        try:
            return Month.parse(self._text("month"))
        except InputError as error:
            if "month" in self.raw:
                self.wrong(error.found, "month")
            self.sound = False
            return Month(1900, 1)

    def _figure(self, key: str) -> Fraction | None:
        """The number written, None for an empty text."""
        text = self._text(key)
        value = number(text)
        if text and value is None:
            self.wrong(f'"{text}" is not a number as in "1", "94.8" or "200/3"', key)
        return value

    def _population(self) -> int | None:
        value = self.raw.get("population")
        if value is None or (type(value) is int and value > 0):
            return value
        self.wrong("the population has to be a whole number over 0", "population")
        return None

    def _table(self, key: str) -> dict[str, Any]:
        value = self.raw.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong(f'"{key}" has to be a table', key)
        return {}

    def _missing(self) -> frozenset[str]:
        names = self.raw.get("missing", [])
        if not isinstance(names, list):
            self.wrong('"missing" has to be a list of tables', "missing")
            return frozenset()
        for name in names:
            if table(name) is None:
                self.wrong(f'there is no standard table "{name}"', "missing")
            elif name in self._table("rows"):
                self.wrong(f'"{name}" is said to be missing and has rows', "missing")
        return frozenset(names)

    def _rows(self, missing: frozenset[str]) -> dict[str, tuple[Mapping[str, Cell], ...]]:
        rows: dict[str, tuple[Mapping[str, Cell], ...]] = {
            one.name: () for one in TABLES if one.name not in missing
        }
        rows[SUPPLIED] = ()
        for name, text in self._table("rows").items():
            if name != SUPPLIED and table(name) is None:
                self.wrong(f'there is no standard table "{name}"', "rows", name)
                continue
            if not isinstance(text, str):
                self.wrong("rows have to be written as lines of text", "rows", name)
                continue
            read, mistakes = read_rows(name, text)
            for mistake in mistakes:
                below = mistake.line + self._opens_below("rows", name)
                self.wrong(mistake.text, "rows", name, below=below)
            rows[name] = read
        return rows

    def _opens_below(self, *keys: str) -> int:
        """1 where the text begins on the line after its quotes, as it should; else 0."""
        opening = self.text.split("\n")[self._place(*keys).line - 1]
        return 1 if opening.rstrip().endswith(('"""', "'''")) else 0
