"""The settings file, openscorecard.toml.

Each setting is one line of KEYS: where it stands, what it takes, what it is when left out. All
mistakes are reported at once, each with its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.catalogue.places import KeyPath, key_lines, line_of
from openscorecard.catalogue.written import like
from openscorecard.errors import InputError
from openscorecard.files import MEGABYTE, PAGE_LIMIT_MB
from openscorecard.periods import Month
from openscorecard.scorecard.signals.settings import SignalSettings
from openscorecard.workspace.measures_table import read_measures, shown
from openscorecard.workspace.signals_table import read_signals

FILE = "openscorecard.toml"
LARGEST_FILE = 1_000_000  # bytes; a settings file is a few thousand

# ONS codes of English districts, counties and boroughs, or DfE's three digits.
_CODE = re.compile(r"E(?:06|07|08|09|10)\d{6}|\d{3}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a council decides about its scorecard.

    `code` is the ONS or DfE code, "" if not stated. `population` counts the children aged 0-17 of
    the edition named in `population_edition`. `people` maps the roles of the definitions (owner,
    reporter) to what the page shows for them: roles, never names. `measures` is how this council
    counts where councils differ, and which figures it has taken off the page. `signals` is how it
    judges change.
    """

    council: str = ""
    code: str = ""
    region: str = ""
    region_label: str = "Region"
    neighbours: tuple[str, ...] = ()
    population_edition: str = ""
    population: Fraction | None = None
    contact: str = ""
    title: str = "Children’s services scorecard"
    months_shown: int = 7
    arrow_tolerance: Fraction = Fraction(10)
    small_numbers: int = 5
    first_month: Month | None = None
    file_limit_mb: int = PAGE_LIMIT_MB
    people: dict[str, str] = field(default_factory=dict)
    measures: MeasureSettings = field(default_factory=MeasureSettings)
    signals: SignalSettings = field(default_factory=SignalSettings)

    @property
    def file_limit_bytes(self) -> int:
        return self.file_limit_mb * MEGABYTE

    def display(self, role: str) -> str:
        """What the page shows for a role of the definitions."""
        return self.people.get(role, role)


def _text(raw: object) -> str:
    if not isinstance(raw, str) or len(raw) > 200 or any(ord(letter) < 32 for letter in raw):
        raise ValueError
    return raw.strip()


def _code(raw: object) -> str:
    code = _text(raw)
    if code and not _CODE.fullmatch(code):
        raise ValueError
    return code


def _whole(low: int, high: int) -> Callable[[object], int]:
    def read(raw: object) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise ValueError
        return raw

    return read


def _tolerance(raw: object) -> Fraction:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise ValueError
    if not Decimal(raw).is_finite() or not 0 < raw <= 100:
        raise ValueError
    return Fraction(raw)


def _children(raw: object) -> Fraction:
    return Fraction(_whole(1, 20_000_000)(raw))


def _month(raw: object) -> Month | None:
    try:
        return Month.parse(_text(raw)) if raw != "" else None
    except InputError as error:
        raise ValueError from error


def _texts(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise ValueError
    return tuple(_text(item) for item in raw)


@dataclass(frozen=True, slots=True)
class Key:
    """`says` ends the sentence "it has to be ..."; `name` is the field of Settings."""

    table: str
    key: str
    name: str
    read: Callable[[object], Any]
    says: str


KEYS: tuple[Key, ...] = (
    Key("council", "name", "council", _text, "one line of text"),
    Key("council", "code", "code", _code, 'an ONS code such as "E06000000" or a DfE code ("852")'),
    Key("council", "region", "region", _text, "one line of text"),
    Key("council", "region_label", "region_label", _text, "one line of text"),
    Key("council", "contact", "contact", _text, "one line of text"),
    Key("council", "neighbours", "neighbours", _texts, "a list of texts"),
    Key("population", "edition", "population_edition", _text, "one line of text"),
    Key("population", "aged_0_to_17", "population", _children, "a whole number above 0"),
    Key("page", "title", "title", _text, "one line of text"),
    Key("page", "months", "months_shown", _whole(2, 13), "a whole number from 2 to 13"),
    Key("page", "arrow_tolerance", "arrow_tolerance", _tolerance, "above 0, at most 100"),
    Key("page", "small_numbers", "small_numbers", _whole(0, 100), "a whole number from 0 to 100"),
    Key("page", "first_month", "first_month", _month, 'a month such as "2021-06"'),
    Key("files", "limit_mb", "file_limit_mb", _whole(1, 2000), "a whole number from 1 to 2000"),
)
TABLES = ("council", "population", "page", "files", "people", "measures", "signals")


def council_name(text: str) -> str:
    """The name as the settings can hold it; InputError for one that they cannot."""
    try:
        text.encode("utf-8")  # else not of this system's letters: UnicodeError is a ValueError
        return _text(text)
    except ValueError as error:
        raise InputError(
            "it has to be one line of at most 200 characters",
            where="the council's name",
            todo="write the name as the page shall show it",
        ) from error


def read_settings(path: Path) -> Settings:
    """The settings in the file; InputError with every mistake and its line."""
    text = _read_text(path)
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            f"it is not valid TOML: {error}", where=str(path), todo="mend that line"
        ) from error
    lines = key_lines(text)
    mistakes: list[tuple[int, str]] = []

    def wrong(place: KeyPath, what: str) -> None:
        mistakes.append((line_of(lines, place), what))

    values: dict[str, Any] = {}
    known = {(key.table, key.key): key for key in KEYS}
    for table, content in raw.items():
        if table not in TABLES:
            wrong((table,), f'unknown "{table}"{like(table, TABLES)}')
        elif not isinstance(content, dict):
            wrong((table,), f'"{table}" has to be a table: write [{table}]')
        elif table == "people":
            values["people"] = _people(content, wrong)
        elif table == "measures":
            values["measures"] = read_measures(content, wrong)
        elif table == "signals":
            values["signals"] = read_signals(content, wrong)
        else:
            keys = [key for at, key in known if at == table]
            for name, value in content.items():
                if (table, name) not in known:
                    wrong((table, name), f'unknown key "{name}" in [{table}]{like(name, keys)}')
                    continue
                key = known[table, name]
                try:
                    values[key.name] = key.read(value)
                except ValueError:
                    wrong((table, name), f'"{name}" has to be {key.says}, and is {shown(value)}')
    if mistakes:
        raise _error(path, mistakes)
    return Settings(**values)


def _people(content: dict[str, object], wrong: Callable[[KeyPath, str], None]) -> Any:
    people: dict[str, str] = {}
    for role, text in content.items():
        try:
            people[role] = _text(text)
        except ValueError:
            wrong(("people", role), f'"{role}" has to be one line of text')
            continue
        if "@" in role or "@" in people[role]:
            wrong(("people", role), "an e-mail address: the workspace keeps roles only")
    return people


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(
                "it is too large for a settings file",
                where=str(path),
                todo="put back the file that `scorecard init` wrote",
            )
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise InputError(
            f"it cannot be read ({error.strerror or error})",
            where=str(path),
            todo="see that the file is there and that you may read it",
        ) from error
    except UnicodeDecodeError as error:
        raise InputError("it is not in UTF-8", where=str(path), todo="save it as UTF-8") from error


def _error(path: Path, mistakes: list[tuple[int, str]]) -> InputError:
    lines = "".join(f"\n  line {line}: {what}" for line, what in sorted(mistakes))
    count = "one mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    return InputError(f"{count}{lines}", where=str(path), todo="mend the lines named above")
