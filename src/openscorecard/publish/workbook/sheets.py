"""What stands on each sheet: a function a table, and the list of them all."""

from __future__ import annotations

from collections.abc import Callable

from openscorecard.catalogue.indicator import Frequency
from openscorecard.publish.workbook.comparators import comparators_table, standings_table
from openscorecard.publish.workbook.corrections import corrections_table
from openscorecard.publish.workbook.figures import (
    DIRECTIONS,
    NAME,
    NOTHING_TO_SAY,
    REF,
    changes_table,
    figures_table,
)
from openscorecard.publish.workbook.notes import Note
from openscorecard.publish.workbook.signals import signals_table
from openscorecard.publish.workbook.table import Cell, Column, TableSheet, text
from openscorecard.scorecard.page import Comment, Row, Scorecard
from openscorecard.units import Unit

UNITS = {
    Unit.COUNT: "Number",
    Unit.PERCENT: "Percentage",
    Unit.PER_10000: "Rate per 10,000",
    Unit.PER_100000: "Rate per 100,000",
}


def all_tables(scorecard: Scorecard, notes: tuple[Note, ...]) -> tuple[TableSheet, ...]:
    """The tables that have something in them, in the order of their sheets."""
    tables = [notes_table(notes)] + [make(scorecard, notes) for make in TABLES]
    if scorecard.audience == "internal":
        tables.append(findings_table(scorecard))
    return tuple(_without_empty_columns(table) for table in tables if table.rows)


def notes_table(notes: tuple[Note, ...]) -> TableSheet:
    return TableSheet(
        name="Notes",
        title="Notes",
        lines=("This worksheet holds one table: the notes that the other sheets refer to.",),
        columns=(Column("Note", 12), Column("What it is about", 44), Column("Text", 80)),
        rows=tuple((text(note.mark), text(note.places), text(note.text)) for note in notes),
        about="What the marks [note 1] and so on stand for",
    )


def commentary_table(scorecard: Scorecard, notes: tuple[Note, ...]) -> TableSheet:
    del notes
    rows = [
        _comment_row(row, comment)
        for row in scorecard.rows
        for comment in (*([row.comment] if row.comment else []), *row.earlier_comments)
    ]
    return TableSheet(
        name="Commentary",
        title=f"Commentary, {scorecard.month.long}",
        lines=("This worksheet holds one table: a row for each comment, the newest first.",),
        columns=(
            REF,
            NAME,
            Column("About", 16),
            Column("Written by", 24),
            Column("Comment", 90),
            Column("Remark", 30),
        ),
        rows=tuple(rows),
        about="What the people responsible say, now and in the months before",
    )


def _comment_row(row: Row, comment: Comment) -> tuple[Cell, ...]:
    indicator = row.indicator
    return (
        text(indicator.ref),
        text(indicator.name),
        text(comment.month.long),
        text(comment.by),
        text(comment.text),
        text(comment.remark),
    )


def definitions_table(scorecard: Scorecard, notes: tuple[Note, ...]) -> TableSheet:
    del notes
    titles = {section.id: section.title for section in scorecard.sections}
    rows = []
    for row in scorecard.rows:
        item = row.indicator
        definition = item.definition(scorecard.month)
        rows.append(
            (
                text(item.ref),
                text(item.name),
                text(titles.get(item.section, item.section)),
                text(definition.words if definition else ""),
                text(item.outcome),
                text(UNITS[item.unit]),
                text("Quarterly" if item.frequency is Frequency.QUARTERLY else "Monthly"),
                text(DIRECTIONS[item.preferred_direction]),
                text(item.numerator or ""),
                text(item.denominator or ""),
            )
        )
    return TableSheet(
        name="Definitions",
        title="What each indicator counts",
        lines=(
            "This worksheet holds one table. Numerator and denominator name other indicators by "
            f"their ref. {NOTHING_TO_SAY}",
        ),
        columns=(
            REF,
            NAME,
            Column("Section", 22),
            Column("Definition", 60),
            Column("Outcome", 50),
            Column("Unit", 16),
            Column("Frequency", 12),
            Column("Preferred direction", 11),
            Column("Numerator", 14),
            Column("Denominator", 14),
        ),
        rows=tuple(rows),
        about="What each indicator counts, and what it is for",
    )


def sources_table(scorecard: Scorecard, notes: tuple[Note, ...]) -> TableSheet:
    del notes
    return TableSheet(
        name="Sources",
        title="Where the figures come from",
        lines=(
            "This worksheet holds one table. SHA-256 is the file's fingerprint: another file has "
            "another one.",
        ),
        columns=(
            Column("Load", 24),
            Column("File", 44),
            Column("SHA-256", 68),
            Column("Remark", 50),
        ),
        rows=tuple(
            (text(item.load), text(item.file), text(item.sha256), text(item.note))
            for item in scorecard.sources
        ),
        about="The files that the figures were taken from",
    )


def findings_table(scorecard: Scorecard) -> TableSheet:
    """For the council's own people only; `all_tables` leaves it out of a public page."""
    rows = [
        (
            text(item.severity.value.capitalize()),
            text(item.ref or ""),
            text(item.column or item.place or ""),
            text(item.message),
            text(item.rule),
        )
        for item in scorecard.findings
    ]
    return TableSheet(
        name="Findings",
        title="What the checks found",
        lines=(f"This worksheet holds one table. Not for publication. {NOTHING_TO_SAY}",),
        columns=(
            Column("Severity", 14),
            REF,
            Column("Where", 20),
            Column("What was found", 100),
            Column("Rule", 30),
        ),
        rows=tuple(rows),
        about="What the checks found in the figures and the commentary",
    )


def _without_empty_columns(table: TableSheet) -> TableSheet:
    """A column with nothing in any row tells nobody anything, and the checklist forbids it."""
    kept = [
        number
        for number in range(len(table.columns))
        if any(row[number].shown for row in table.rows)
    ]
    return TableSheet(
        name=table.name,
        title=table.title,
        lines=table.lines,
        columns=tuple(table.columns[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in table.rows),
        about=table.about,
    )


# In the order of the tabs; the Notes come before them and the Findings after.
TABLES: tuple[Callable[[Scorecard, tuple[Note, ...]], TableSheet], ...] = (
    figures_table,
    signals_table,
    changes_table,
    comparators_table,
    standings_table,
    commentary_table,
    definitions_table,
    sources_table,
    corrections_table,
)
