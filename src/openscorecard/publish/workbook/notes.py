"""The marks in a page's cells, and its notes, numbered: `[note 1]` in the table, the words on the
Notes sheet.

No symbols and no superscripts: a screen reader says neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openscorecard.scorecard.page import Row, Scorecard

WHOLE_PAGE = ""


@dataclass(frozen=True, slots=True)
class Note:
    """`about` maps a ref (or WHOLE_PAGE) to the columns that the note speaks of, if not all."""

    number: int
    text: str
    about: dict[str, tuple[str, ...]]

    @property
    def mark(self) -> str:
        return f"[note {self.number}]"

    @property
    def places(self) -> str:
        """`M4, M5; Dec-20, Jan-21 of CP2b`, or `The whole page`."""
        if WHOLE_PAGE in self.about:
            return "The whole page"
        refs: dict[tuple[str, ...], list[str]] = {}
        for ref, columns in self.about.items():
            refs.setdefault(columns, []).append(ref)
        return "; ".join(
            f"{', '.join(columns)} of {', '.join(named)}" if columns else ", ".join(named)
            for columns, named in refs.items()
        )


def shorthand(scorecard: Scorecard) -> tuple[str, ...]:
    """What the marks in the cells of the page stand for."""
    hidden = ("[c] hidden to protect children",) if scorecard.small_counts else ()
    return (
        *hidden,
        "[r] revised since it was first published",
        "[x] not available",
        "[z] does not apply, for example a percentage of no children",
    )


def numbered_notes(scorecard: Scorecard) -> tuple[Note, ...]:
    """Each different note once, in the order in which a reader meets it."""
    found: dict[str, dict[str, list[str]]] = {}
    for text in scorecard.notes:
        found.setdefault(_sentence(text), {})[WHOLE_PAGE] = []
    for row in scorecard.rows:
        for text, column in _notes_of(row):
            columns = found.setdefault(_sentence(text), {}).setdefault(row.indicator.ref, [])
            if column:
                columns.append(column)
    return tuple(
        Note(number, text, {ref: tuple(columns) for ref, columns in about.items()})
        for number, (text, about) in enumerate(found.items(), start=1)
    )


def marks(notes: tuple[Note, ...], ref: str) -> str:
    """What stands in an indicator's Notes cell: `[note 1]`, `[note 4]`, a line each."""
    return "\n".join(note.mark for note in notes if ref in note.about)


def _notes_of(row: Row) -> Iterator[tuple[str, str]]:
    """(note, column) of a row; a cell's note that the row's notes hold already is not repeated."""
    for text in row.notes:
        yield text, ""
    cells = [(figure.note, figure.month.short) for figure in row.figures]
    cells += [
        (change.note, f"% change from {change.base.short}")
        for change in (row.change_month, row.change_year)
    ]
    cells += [(row.average_12m.note, "12-mnth avg"), (row.maximum_12m.note, "12-mnth max.")]
    for text, column in cells:
        if text and not any(text.rstrip(".") in said for said in row.notes):
            yield text, column


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
