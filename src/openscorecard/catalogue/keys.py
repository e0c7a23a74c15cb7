"""Every key that a definitions file may hold, and what may stand in it.

Anything else fails when loading. docs/catalogue.md describes each; a test holds it to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from openscorecard.catalogue.beside_reader import read_beside
from openscorecard.catalogue.indicator import Direction, Frequency, JudgedOn, Kind, RelationKind
from openscorecard.catalogue.measure_reader import read_measure, read_stand_ins
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.units import Unit

SHORT_NAME_LENGTH = 45  # what a line of the page on a phone holds

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Key:
    """`read` turns what TOML holds into the value, or raises ValueError; `says` is what it takes,
    as the end of the sentence "it has to be ...". `default` is the value of a key not written."""

    name: str
    read: Callable[[object], Any]
    says: str
    required: bool = True
    default: Any = None


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError
    return " ".join(raw.split())


def _text_or_nothing(raw: object) -> str:
    return "" if raw == "" else _text(raw)


def _short_name(raw: object) -> str:
    text = _text(raw)
    if len(text) > SHORT_NAME_LENGTH:
        raise ValueError
    return text


def _id(raw: object) -> str:
    if not isinstance(raw, str) or not _ID.fullmatch(raw):
        raise ValueError
    return raw


def _whole_number(raw: object) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise ValueError
    return raw


def _decimals(raw: object) -> int:
    number = _whole_number(raw)
    if number > 3:
        raise ValueError
    return number


def _number(raw: object) -> Fraction:
    """A number as written: 94.8 is 474/5, for files are read with decimals kept exact."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise ValueError
    if isinstance(raw, Decimal) and not raw.is_finite():
        raise ValueError
    if raw < 0:
        raise ValueError
    return Fraction(raw)


def _yes_or_no(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError
    return raw


def _month(raw: object) -> Month:
    if not isinstance(raw, str):
        raise ValueError
    try:
        return Month.parse(raw)
    except InputError as error:
        raise ValueError from error


def _refs(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueError
    refs = tuple(_text(ref) for ref in raw)
    if len(set(refs)) < len(refs):
        raise ValueError
    return refs


def _choice(
    name: str, options: type[StrEnum], *, required: bool = True, default: Any = None
) -> Key:
    def read(raw: object) -> StrEnum:
        if not isinstance(raw, str):
            raise ValueError
        return options(raw)

    says = "one of " + ", ".join(f'"{option.value}"' for option in options)
    return Key(name, read, says, required, default)


_A_REF = "the ref of another indicator in quotes"
_REFS = "a list of refs in quotes, none of them twice"

INDICATOR: tuple[Key, ...] = (
    Key("ref", _text, "a text, as the page prints it"),
    Key("id", _id, "lower-case words joined by hyphens"),
    Key("order", _whole_number, "a whole number"),
    Key("name", _text, "a text"),
    Key("short_name", _short_name, f"a text of at most {SHORT_NAME_LENGTH} characters"),
    Key("section", _id, "the id of a section in quotes"),
    Key("outcome", _text, "a text"),
    _choice("kind", Kind),
    _choice("unit", Unit),
    Key("decimals", _decimals, "a whole number from 0 to 3", required=False, default=0),
    _choice("preferred_direction", Direction),
    _choice("frequency", Frequency, required=False, default=Frequency.MONTHLY),
    Key("owner", _text, "a role in quotes"),
    Key("reporter", _text, "a role in quotes"),
    Key("numerator", _text_or_nothing, f'{_A_REF}, or "" for none', required=False, default=""),
    Key("denominator", _text_or_nothing, f'{_A_REF}, or "" for none', required=False, default=""),
    Key("people", _yes_or_no, "true or false", required=False, default=True),
    Key("protect_complement", _yes_or_no, "true or false", required=False, default=True),
    Key(
        "provisional_months",
        _whole_number,
        "a whole number of months",
        required=False,
        default=0,
    ),
    _choice("judged_on", JudgedOn, required=False),
    Key("judged_because", _text, "a clause", required=False, default=""),
    Key("beside", read_beside, "a table", required=False, default=None),
    Key("retired", _yes_or_no, "true or false", required=False, default=False),
)

_FROM = Key("from", _month, 'a month in quotes, as in "2021-04"')

# The tables inside an indicator that are dated: each holds from a month on, until the next.
DATED: dict[str, tuple[Key, ...]] = {
    "definition": (
        _FROM,
        Key("words", _text, "a text"),
        Key("measure", read_measure, "a table", required=False, default=None),
        Key("stand_in", read_stand_ins, "a list of tables", required=False, default=()),
    ),
    "target": (
        _FROM,
        Key("value", _number, "a number, 0 or more"),
        Key("tolerance", _number, "a number, 0 or more", required=False, default=Fraction(0)),
    ),
}

SECTION: tuple[Key, ...] = (
    Key("id", _id, "lower-case words joined by hyphens"),
    Key("title", _text, "a text"),
    Key("order", _whole_number, "a whole number"),
)

GROUP: tuple[Key, ...] = (
    Key("id", _id, "lower-case words joined by hyphens"),
    Key("words", _text, "a text"),
    Key("measure", read_measure, "a table"),
    Key("stand_in", read_stand_ins, "a list of tables", required=False, default=()),
)

RELATION: tuple[Key, ...] = (
    _choice("kind", RelationKind),
    Key("whole", _text, _A_REF, required=False),
    Key("members", _refs, _REFS),
    Key("leaving", _refs, _REFS, required=False, default=()),
    Key("over", _refs, _REFS, required=False, default=()),
)

# Table in a file -> the keys of it.
TABLES: dict[str, tuple[Key, ...]] = {
    "section": SECTION,
    "indicator": INDICATOR,
    "group": GROUP,
    "relation": RELATION,
}
