"""A measure out of its TOML table, with everything that is wrong in it at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from openscorecard.catalogue.measure import Condition, Lookup, Measure, StandIn

NAME = re.compile(r"[a-z][a-z0-9_]*")
Path = tuple[str | int, ...]


class MeasureError(ValueError):
    """What is wrong in a measure: (where in its table, what)."""

    def __init__(self, mistakes: list[tuple[Path, str]]) -> None:
        super().__init__(str(mistakes))
        self.mistakes = mistakes


def read_measure(raw: object) -> Measure:
    """The measure; MeasureError where it is none."""
    mistakes: list[tuple[Path, str]] = []
    measure = _measure(raw, (), mistakes)
    if mistakes:
        raise MeasureError(mistakes)
    return measure


def read_stand_ins(raw: object) -> tuple[StandIn, ...]:
    """The measures that stand in where a table is missing."""
    mistakes: list[tuple[Path, str]] = []
    found = []
    for place, table in _tables(raw, (), mistakes):
        without = _text(table.pop("without", None), (*place, "without"), mistakes)
        words = _text(table.pop("words", None), (*place, "words"), mistakes)
        found.append(StandIn(without, words, _measure(table, place, mistakes)))
    if mistakes:
        raise MeasureError(mistakes)
    return tuple(found)


def _measure(raw: object, at: Path, mistakes: list[tuple[Path, str]]) -> Measure:
    if not isinstance(raw, dict):
        mistakes.append((at, "a measure has to be a table"))
        return Measure()
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if key not in _READERS:
            mistakes.append(((*at, key), f'unknown key "{key}" in a measure'))
            continue
        field, read = _READERS[key]
        values[field] = read(value, (*at, key), mistakes)
    measure = Measure(**values)
    mistakes.extend((at, text) for text in _whole(measure))
    return measure


def _whole(measure: Measure) -> list[str]:
    """What must hold between the keys of a measure."""
    wrong = []
    starts = [bool(measure.of), bool(measure.any_of), bool(measure.sum_of or measure.denominator)]
    if not any(starts):
        wrong.append('a measure says what it is "of", or which it puts together ("any_of")')
    if measure.of and measure.any_of:
        wrong.append('a measure has "of" or "any_of", not both')
    places = [measure.in_month, measure.open, measure.touches, measure.as_at_load]
    if sum(bool(place) for place in places) > 1:
        wrong.append("one of in_month, open, touches and as_at_load is enough")
    return wrong


def _text(raw: object, at: Path, mistakes: list[tuple[Path, str]]) -> str:
    if isinstance(raw, str) and raw.strip():
        return " ".join(raw.split())
    mistakes.append((at, f"{at[-1]} has to be a text"))
    return ""


def _number_or_setting(raw: object, at: Path, mistakes: list[tuple[Path, str]]) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool) and raw > 0:
        return str(raw)
    if isinstance(raw, str) and NAME.fullmatch(raw):
        return raw
    mistakes.append((at, f"{at[-1]} has to be a whole number above 0 or the name of a setting"))
    return ""


def _months(raw: object, at: Path, mistakes: list[tuple[Path, str]]) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw <= 1200:
        return raw
    mistakes.append((at, f"{at[-1]} has to be a whole number of months"))
    return 0


def _yes(raw: object, at: Path, mistakes: list[tuple[Path, str]]) -> bool:
    if raw is not True:
        mistakes.append((at, f"{at[-1]} has to be true, or left out"))
    return True


def _texts(raw: object, at: Path, mistakes: list[tuple[Path, str]]) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw:
        mistakes.append((at, f"{at[-1]} has to be a list of texts"))
        return ()
    return tuple(_text(item, (*at, index), mistakes) for index, item in enumerate(raw))


def _span(raw: object, at: Path, mistakes: list[tuple[Path, str]]) -> tuple[str, str] | None:
    both = _texts(raw, at, mistakes)
    if len(both) == 2:
        return both[0], both[1]
    mistakes.append((at, f"{at[-1]} has to be two columns: the start and the end"))
    return None


def _tables(
    raw: object, at: Path, mistakes: list[tuple[Path, str]]
) -> list[tuple[Path, dict[str, Any]]]:
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        mistakes.append((at, "it has to be a list of tables: write two brackets round its header"))
        return []
    return [((*at, index), dict(item)) for index, item in enumerate(raw)]


def _conditions(raw: object, at: Path, mistakes: list[tuple[Path, str]]) -> tuple[Condition, ...]:
    found = []
    for place, table in _tables(raw, at, mistakes):
        values = _of(table, place, _CONDITION, mistakes)
        if (
            "words" not in values
            or sum(key in values for key in ("sql", "among", "not_among")) != 1
        ):
            text = 'a condition has "words", and one of "sql", "among" and "not_among"'
            mistakes.append((place, text))
            continue
        found.append(Condition(**values))
    return tuple(found)


def _lookups(raw: object, at: Path, mistakes: list[tuple[Path, str]]) -> tuple[Lookup, ...]:
    found = []
    for place, table in _tables(raw, at, mistakes):
        values = _of(table, place, _LOOKUP, mistakes)
        lacking = [key for key in ("name", "words", "of", "match") if key not in values]
        if lacking:
            mistakes.append((place, f"a lookup lacks {', '.join(lacking)}"))
            continue
        if not NAME.fullmatch(values["name"]):
            mistakes.append(((*place, "name"), "a lookup's name is small letters, digits and _"))
        found.append(Lookup(**values))
    return tuple(found)


def _of(
    table: dict[str, Any],
    at: Path,
    readers: Mapping[str, Callable[[object, Path, list[tuple[Path, str]]], Any]],
    mistakes: list[tuple[Path, str]],
) -> dict[str, Any]:
    values = {}
    for key, value in table.items():
        if key not in readers:
            mistakes.append(((*at, key), f'unknown key "{key}"'))
        else:
            values[key] = readers[key](value, (*at, key), mistakes)
    return values


_CONDITION = {"words": _text, "sql": _text, "among": _text, "not_among": _text, "when": _text}
_LOOKUP: dict[str, Callable[[object, Path, list[tuple[Path, str]]], Any]] = {
    "name": _text,
    "words": _text,
    "of": _text,
    "match": _text,
    "where": _text,
    "take": _text,
    "when": _text,
    "looks_back": _months,
    "looks_back_days": _number_or_setting,
    "within_days": _number_or_setting,
    "within_working_days": _number_or_setting,
}

# Key in TOML -> the field of Measure, and how it is read.
_READERS: dict[str, tuple[str, Callable[[object, Path, list[tuple[Path, str]]], Any]]] = {
    "of": ("of", _text),
    "any_of": ("any_of", _texts),
    "counts": ("counts", _text),
    "in_month": ("in_month", _text),
    "open": ("open", _span),
    "touches": ("touches", _span),
    "as_at_load": ("as_at_load", _yes),
    "where": ("where", _conditions),
    "lookup": ("lookups", _lookups),
    "test": ("test", _conditions),
    "due": ("due", _text),
    "denominator": ("denominator", _text),
    "sum_of": ("sum_of", _texts),
    "needs": ("needs", _texts),
}
MEASURE_KEYS = tuple(_READERS)
