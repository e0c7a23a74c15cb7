"""Notes on months: what several months say alike is said once, with the months that it is true of.

Takes a row of the page; gives sentences; alters no note and drops none.
"""

from __future__ import annotations

from openscorecard.scorecard.page import Figure, Row
from openscorecard.scorecard.wording import when


def all_figures(row: Row) -> list[Figure]:
    """The history and the months shown, each month once, oldest first."""
    by_month = {figure.month: figure for figure in (*row.history, *row.figures)}
    return [by_month[month] for month in sorted(by_month)]


def row_notes(row: Row) -> tuple[str, ...]:
    """The row's data notes; those that differ in nothing but their month made one.

    `May 2021: suspended.` and `June 2021: suspended.` become `May and June 2021: suspended.`; a
    month of the history with the same note is counted in.
    """
    told = {f"{one.month.long}: {one.note.rstrip('.')}.": one.note for one in row.figures}
    figures = all_figures(row)
    notes: dict[str, None] = {}
    for note in row.notes:
        text = told.get(note)
        if text is None:
            notes[note] = None
            continue
        months = [figure.month for figure in figures if figure.note == text]
        notes[f"{when(months, len(figures))}: {text.rstrip('.')}."] = None
    return tuple(notes)
