"""Hashes of everything that a renderer could print: of the whole page, and of each of its texts.

Takes pages as they are published; gives hashes by which two versions are compared, and the names of
the texts in which they differ; no hash tells what was hashed to anybody but who has the page.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum
from fractions import Fraction
from typing import Any

from openscorecard.periods import Month
from openscorecard.scorecard.page import Figure, Row, Scorecard


def content_hash(page: Scorecard, made_by: str) -> str:
    """One hash of the whole page, whichever release it is; `made_by` is what writes it, versions
    included."""
    return _hash([made_by, _plain(replace(page, release=None))])


def text_hashes(page: Scorecard) -> dict[str, str]:
    """A hash of each text that stands round the cells, by what a person calls it."""
    return {name: _hash(_plain(part(page))) for name, part in _TEXTS}


def changed_texts(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The texts that differ, in the order of the page."""
    return tuple(name for name, one in now.items() if before.get(name) != one)


def _figures(row: Row) -> tuple[Figure, ...]:
    return (*row.on_record, *row.history, *row.figures)


# What is not a cell of its own (printed_cells.py), in the order in which a reader meets it.
_TEXTS: tuple[tuple[str, Callable[[Scorecard], Any]], ...] = (
    ("the title and the contact", lambda page: (page.council, page.title, page.contact)),
    ("what matters this month", lambda page: (page.matters, page.usual_moves, page.chance)),
    (
        "the data notes",
        lambda page: (
            page.notes,
            [row.notes for row in page.rows],
            [(one.month, one.note) for row in page.rows for one in _figures(row)],
            [
                one.note
                for row in page.rows
                for one in (row.change_month, row.change_year, row.average_12m, row.maximum_12m)
            ],
        ),
    ),
    (
        "who wrote the comments",
        lambda page: [row.comment and (row.comment.by, row.comment.month) for row in page.rows],
    ),
    ("the comments of earlier months", lambda page: [row.earlier_comments for row in page.rows]),
    (
        "the note beneath comments written before a correction",
        lambda page: [row.comment and row.comment.corrected_since for row in page.rows],
    ),
    ("names, definitions and owners", lambda page: [row.indicator for row in page.rows]),
    ("how change is judged", lambda page: ([row.verdict for row in page.rows],
                                           page.signal_settings, page.arrow_tolerance)),
    ("where other councils’ figures come from", lambda page: [
        (row.comparators, row.beside, row.standings) for row in page.rows]),
    ("the findings of the checks", lambda page: page.findings),
    ("where the figures come from", lambda page: (
        page.sources,
        [(one.month, one.vintage, one.load) for row in page.rows for one in _figures(row)])),
    (
        "unrounded figures",
        lambda page: (
            page.population,
            [(one.month, one.value) for row in page.rows for one in _figures(row)],
            [(row.change_month.percent, row.change_year.percent) for row in page.rows],
            [(row.average_12m.value, row.maximum_12m.value) for row in page.rows],
        ),
    ),
    ("what is hidden from the public", lambda page: page.small_numbers),
    ("the order of the indicators", lambda page: (
        page.sections, [row.indicator.ref for row in page.rows])),
)  # fmt: skip


def _hash(plain: Any) -> str:
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode("utf-8")).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, (str, int, bool)) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (Fraction, dt.date)):
        return str(value)
    if isinstance(value, Month):
        return value.iso
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, name)) for name in _names(type(value))]
    if isinstance(value, Mapping):
        return sorted(([_plain(key), _plain(one)] for key, one in value.items()), key=str)
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(one) for one in value), key=str)
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return repr(value)


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in dataclasses.fields(kind))
    return _NAMES[kind]
