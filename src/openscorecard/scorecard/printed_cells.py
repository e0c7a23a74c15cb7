"""The page's cells as they are printed, and what another version of it prints otherwise.

Takes pages as they are published; gives cells by ref and column; a page compares equal to itself
however it was made. What may not be told to the public any more is not told here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from fractions import Fraction
from typing import Any

from openscorecard.periods import Month
from openscorecard.scorecard.page import FigureStatus, Row, Scorecard
from openscorecard.scorecard.release import ChangedCell
from openscorecard.scorecard.signals.words import HIDDEN

Cells = Mapping[str, Mapping[str, str]]  # ref: column: as printed

HIDDEN_FIGURE = FigureStatus.HIDDEN.shorthand
COMMENTARY, VERDICT = "commentary", "verdict"


def printed_cells(page: Scorecard) -> dict[str, dict[str, str]]:
    """What stands in each cell: `{"M1": {"2021-06": "2,080", "change_month": "15%", ...}}`."""
    return {row.indicator.ref: _cells(row) for row in page.rows}


def _cells(row: Row) -> dict[str, str]:
    cells = {figure.month.iso: figure.printed for figure in row.history}
    cells |= {figure.month.iso: figure.printed for figure in row.figures}
    cells |= {
        "change_month": row.change_month.printed,
        "change_year": row.change_year.printed,
        "average_12m": row.average_12m.printed,
        "maximum_12m": row.maximum_12m.printed,
    }
    cells |= {one.key: one.printed for one in row.comparators}
    if row.verdict is not None:
        cells[VERDICT] = f"{row.verdict.word}: {row.verdict.reason}"
    if row.comment is not None:
        cells[COMMENTARY] = row.comment.text
    return cells


def changed_cells(before: Cells, now: Cells, audience: str) -> tuple[ChangedCell, ...]:
    """The cells that print otherwise, in the page's order; a row that is no more comes last.

    To the public `was` is "" where the cell is hidden now, and for every comment: what was taken
    out of one may be what had to go.
    """
    found: list[ChangedCell] = []
    for ref in (*now, *(one for one in before if one not in now)):
        there, here = before.get(ref, {}), now.get(ref, {})
        for column in (*here, *(one for one in there if one not in here)):
            was, stands = there.get(column, ""), here.get(column, "")
            if was == stands:
                continue
            told = was if audience == "internal" or _may_be_told(column, here, stands) else ""
            found.append(ChangedCell(ref, column, told, stands))
    return tuple(found)


def _may_be_told(column: str, here: Mapping[str, str], stands: str) -> bool:
    if column == COMMENTARY or not here:  # a row that left the page may have left for a reason
        return False
    if column == VERDICT:
        return not stands.startswith(HIDDEN)
    return bool(stands) and HIDDEN_FIGURE not in stands


def content_hash(page: Scorecard, made_by: str) -> str:
    """One hash of everything that a renderer could print, whichever release it is; `made_by` is
    what writes it, versions included."""
    text = json.dumps([made_by, _plain(replace(page, release=None))], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


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
