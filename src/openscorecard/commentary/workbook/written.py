"""What stands in a commentary workbook's rows, whatever became of its columns on the way."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from openscorecard.commentary.entries import NOTHING, version_of
from openscorecard.commentary.text import clean_text
from openscorecard.commentary.workbook import columns as head
from openscorecard.commentary.workbook.opening import SheetLine
from openscorecard.errors import InputError
from openscorecard.periods import Month

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
# `June 2021`; `1 June 2021` where another program took the header for a date.
_MONTH = re.compile(rf"(?:1 )?({'|'.join(_MONTHS)}) (20\d\d)")


@dataclass(frozen=True, slots=True)
class Written:
    """One row of the workbook, as written.

    `month` is that of the hidden column; where the whole column is lost, the one that the sheet's
    title and header name; else empty. `version` is that of the comment at export, None where the
    workbook has lost it. `name` is the indicator's, as it stands beside the visible ref. `formulas`
    are the boxes that hold no text but a formula or an error.
    """

    ref: str
    name: str
    month: str
    version: str | None
    text: str
    public: str
    place: str
    formulas: tuple[str, ...] = ()

    @property
    def own_version(self) -> str:
        return version_of(self.text, self.public or None)

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.public

    @property
    def is_untouched(self) -> bool:
        """Nobody wrote in it, as far as the row tells."""
        if self.formulas:
            return False
        return self.own_version == (self.version or NOTHING)


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of a table by their headers, and the month that its sheet names in words."""

    at: dict[str, int]
    month: str

    def row(self, line: SheetLine) -> Written | None:
        own, shown = self._cell(line, head.OWN_REF), self._cell(line, head.REF)
        text, public = self._cell(line, head.COMMENT), self._cell(line, head.PUBLIC)
        if not (own or shown or text or public):
            return None
        boxes = (head.COMMENT, head.PUBLIC)
        return Written(
            ref=own if own == shown or not shown else f"{own} / {shown}" if own else shown,
            name=self._cell(line, head.NAME),
            month=self._cell(line, head.OWN_MONTH) if head.OWN_MONTH in self.at else self.month,
            version=self._cell(line, head.OWN_VERSION) or None,
            text=text,
            public=public,
            place=f"sheet {line.sheet!r}, row {line.row}",
            formulas=tuple(name for name in boxes if self.at.get(name, -1) in line.formulas),
        )

    def _cell(self, line: SheetLine, name: str) -> str:
        number = self.at.get(name, -1)
        return clean_text(line.cells[number]) if 0 <= number < len(line.cells) else ""


def rows_of(lines: Iterable[SheetLine], path: Path) -> list[Written]:
    """The rows under each header line that has a ref and a box; InputError where none has."""
    found: list[Written] = []
    table: _Table | None = None
    sheet, titles, tables = "", set[str](), 0
    for line in lines:
        if line.sheet != sheet:
            sheet, table, titles = line.sheet, None, set()
        if _is_header(line):
            tables += 1
            table = _Table(_columns(line), _one_month(titles | _months_named(line.cells)))
        elif table is None:
            titles |= {
                month
                for text in line.cells
                if text.startswith(head.TITLE)
                for month in _months_named([text.removeprefix(head.TITLE).partition(":")[0]])
            }
        else:
            row = table.row(line)
            if row is not None:
                found.append(row)
    if not tables:
        raise InputError(
            f"no sheet has the columns {head.REF!r} and {head.COMMENT!r}",
            where=str(path),
            todo="use a workbook made by `scorecard comments export`, its header row kept",
        )
    return found


def _columns(line: SheetLine) -> dict[str, int]:
    return {clean_text(text): number for number, text in enumerate(line.cells) if text}


def _is_header(line: SheetLine) -> bool:
    names = _columns(line)
    return head.COMMENT in names and (head.OWN_REF in names or head.REF in names)


def _months_named(texts: Iterable[str]) -> set[str]:
    """The months that whole texts name: the header of the month's figures is `June 2021`."""
    matches = (_MONTH.fullmatch(clean_text(text)) for text in texts)
    return {Month(int(match[2]), _MONTHS[match[1]]).iso for match in matches if match}


def _one_month(named: set[str]) -> str:
    return next(iter(named)) if len(named) == 1 else ""
