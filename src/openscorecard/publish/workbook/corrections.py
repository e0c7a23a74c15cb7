"""The sheet of what a corrected version prints otherwise than the version before it."""

from __future__ import annotations

from openscorecard.publish.release_words import changed_lines, release_line
from openscorecard.publish.workbook.notes import Note
from openscorecard.publish.workbook.table import Column, TableSheet, text
from openscorecard.scorecard.page import Scorecard


def corrections_table(scorecard: Scorecard, notes: tuple[Note, ...]) -> TableSheet:
    """A row for each changed cell. What is printed stands as text: it is compared, not summed."""
    del notes
    return TableSheet(
        name="Corrections",
        title=f"Corrections, {scorecard.month.long}",
        lines=(
            release_line(scorecard),
            "This worksheet holds one table: a row for each cell that the version before printed "
            "otherwise. Corrected: the figure, or what it was counted from, has another number. "
            "Follows: it is made from a corrected figure of its indicator.",
        ),
        columns=(
            Column("Ref.", 15),
            Column("Indicator", 44),
            Column("What changed", 14),
            Column("Column", 36),
            Column("Was", 40),
            Column("Now", 40),
        ),
        rows=tuple(
            tuple(
                map(text, (one.ref, one.name, one.part.capitalize(), one.column, one.was, one.now))
            )
            for one in changed_lines(scorecard)
        ),
        about="What this version prints otherwise than the one before",
    )
