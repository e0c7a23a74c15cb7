"""The marks in a page's cells, and its notes, numbered: `[note 1]` in the table, the words on the
Notes sheet.

No symbols and no superscripts: a screen reader says neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openscorecard.publish.month_notes import row_notes
from openscorecard.scorecard.page import Change, Figure, FigureStatus, Row, Scorecard, Summary

WHOLE_PAGE = ""
AVERAGE, MAXIMUM = "12-month average", "12-month maximum"
_REVISED = "[r]"  # stands behind a figure, all others instead of one
_CODES = {
    "[c]": "hidden to protect children",
    _REVISED: "revised since it was first published",
    "[x]": "not available",
    "[z]": "does not apply, for example a percentage of no children",
}
_WORDS = {"n/a": "no % change can be given", "Local": "no comparable measure exists"}
MOST_NAMED = 3  # rows that a note names even where they are most of a short page's


@dataclass(frozen=True, slots=True)
class Note:
    """`about` maps a ref (or WHOLE_PAGE) to the columns that the note speaks of, if not all.
    `page_rows` is how many rows the page has."""

    number: int
    text: str
    about: dict[str, tuple[str, ...]]
    page_rows: int

    @property
    def mark(self) -> str:
        return f"[note {self.number}]"

    @property
    def places(self) -> str:
        """`M4, M5; Dec-20, Jan-21 of CP2b`, `% change from Jun-20, most rows`, `The whole page`.

        Each row's own Notes cell says which: a list of most of them would tell nobody more.
        """
        if WHOLE_PAGE in self.about:
            return "The whole page"
        refs: dict[tuple[str, ...], list[str]] = {}
        for ref, columns in self.about.items():
            refs.setdefault(columns, []).append(ref)
        return "; ".join(self._place(columns, named) for columns, named in refs.items())

    def _place(self, columns: tuple[str, ...], refs: list[str]) -> str:
        if len(refs) > max(self.page_rows / 2, MOST_NAMED):
            rows = "all rows" if len(refs) == self.page_rows else "most rows"
            return ", ".join((*columns, rows)) if columns else rows.capitalize()
        named = ", ".join(refs)
        return f"{', '.join(columns)} of {named}" if columns else named


def shorthand(texts: Iterable[str]) -> tuple[str, ...]:
    """What those marks stand for that occur in the cells: `texts` are what they print."""
    found: set[str] = set()
    for text in texts:  # `[z] [r]` bears two
        found |= {text.removesuffix(f" {_REVISED}"), text[-len(_REVISED) :]}
    return tuple(f"{code} {meaning}" for code, meaning in _CODES.items() if code in found)


def words_in_cells(texts: Iterable[str]) -> tuple[str, ...]:
    """The same for the words that stand where a figure would."""
    found = set(texts)
    return tuple(f"{word}: {meaning}" for word, meaning in _WORDS.items() if word in found)


def numbered_notes(scorecard: Scorecard, *, of_comments: bool = True) -> tuple[Note, ...]:
    """Each different note once, in the order in which a reader meets it. `of_comments` is false
    where what is to be known of a comment stands beneath it."""
    found: dict[str, dict[str, list[str]]] = {}
    for text in scorecard.notes:
        found.setdefault(_sentence(text), {})[WHOLE_PAGE] = []
    for row in scorecard.rows:
        for text, column in _notes_of(row, of_comments):
            columns = found.setdefault(_sentence(text), {}).setdefault(row.indicator.ref, [])
            if column:
                columns.append(column)
    return tuple(
        Note(
            number,
            text,
            {ref: tuple(columns) for ref, columns in about.items()},
            len(scorecard.rows),
        )
        for number, (text, about) in enumerate(found.items(), start=1)
    )


def marks(notes: tuple[Note, ...], ref: str) -> str:
    """What stands in an indicator's Notes cell: `[note 1]`, `[note 4]`, a line each."""
    return "\n".join(note.mark for note in notes if ref in note.about)


def _notes_of(row: Row, of_comments: bool) -> Iterator[tuple[str, str]]:
    """(note, column) of a row. A cell's note that the row's notes hold already is not repeated,
    and a hidden cell needs none: what [c] means stands above every table."""
    notes = row_notes(row)
    for text in notes:
        yield text, ""
    if of_comments and row.comment is not None and row.comment.remark:
        yield row.comment.remark, "Commentary"
    changes = (row.change_month, row.change_year)
    cells: list[tuple[Figure | Change | Summary, str]] = [
        (item, item.month.short) for item in row.figures
    ]
    cells += [(item, f"% change from {item.base.short}") for item in changes]
    cells += [(row.average_12m, AVERAGE), (row.maximum_12m, MAXIMUM)]
    for cell, column in cells:
        said = any(cell.note.rstrip(".") in text for text in notes)
        if cell.note and not said and cell.status is not FigureStatus.HIDDEN:
            yield cell.note, column


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
