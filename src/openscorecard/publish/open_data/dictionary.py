"""The data dictionary: what each indicator is, and what each column of the files holds.

Made from the definitions that the page rests on, as they stand in its month. Its notes are those
of the page for its audience: nothing in it says what the page hides.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openscorecard.catalogue.indicator import Definition, Indicator
from openscorecard.catalogue.published_measures import BY_ID
from openscorecard.periods import Month
from openscorecard.publish import file_names
from openscorecard.publish.month_notes import row_notes
from openscorecard.publish.open_data.columns import (
    COLUMNS_OF_COLUMNS,
    DICTIONARY,
    FIGURES,
    Column,
)
from openscorecard.publish.open_data.csvw import Table, write_table
from openscorecard.publish.tidy_csv import guarded, number_text
from openscorecard.scorecard.page import Row, Scorecard

NOT_DEFINED = "No definition is in force in this month."

INDICATORS_TABLE = Table(
    file=file_names.DICTIONARY,
    title="data dictionary",
    about="What each indicator of the page is: one line an indicator.",
    columns=DICTIONARY,
    key=("ref",),
)
COLUMNS_TABLE = Table(
    file=file_names.COLUMNS,
    title="the columns of the files",
    about="What each column of the open data files holds: one line a column.",
    columns=COLUMNS_OF_COLUMNS,
    key=("file", "column"),
)


def write_dictionary(card: Scorecard, folder: Path) -> None:
    write_table(card, INDICATORS_TABLE, indicator_lines(card), folder)
    write_table(card, COLUMNS_TABLE, column_lines(), folder)


def indicator_lines(card: Scorecard) -> Iterator[tuple[str, ...]]:
    """The cells of each line as text, in the order of the columns."""
    titles = {section.id: section.title for section in card.sections}
    for row in card.rows:
        indicator = row.indicator
        section = titles.get(indicator.section, indicator.section)
        yield tuple(guarded(cell) for cell in _line(card, row, indicator, section))


def _line(card: Scorecard, row: Row, indicator: Indicator, section: str) -> tuple[str, ...]:
    definition = indicator.definition(card.month)
    return (
        indicator.ref,
        indicator.id,
        indicator.name,
        indicator.short_name,
        section,
        *_definition(definition),
        indicator.kind.value,
        indicator.unit.value,
        str(indicator.decimals),
        indicator.preferred_direction.value,
        indicator.frequency.value,
        indicator.numerator or "",
        indicator.denominator or "",
        indicator.owner,
        indicator.reporter,
        indicator.outcome,
        *_published(indicator),
        *_target(indicator, card.month),
        str(indicator.provisional_months),
        _notes(row),
    )


def _definition(definition: Definition | None) -> tuple[str, str]:
    if definition is None:
        return NOT_DEFINED, ""
    return definition.words, definition.since.iso


def _published(indicator: Indicator) -> tuple[str, str, str]:
    """The published measure's title, how it is compared, and what that counts otherwise."""
    beside = indicator.beside
    if beside is None:
        return "", "", "Nothing published is named."
    if beside.none:
        return "", "", beside.none
    how = "" if beside.how is None else beside.how.value
    return BY_ID[beside.measure].title, how, beside.differs


def _target(indicator: Indicator, month: Month) -> tuple[str, str, str]:
    in_force = [target for target in indicator.targets if target.since <= month]
    if not in_force:
        return "", "", ""
    target = max(in_force, key=lambda item: item.since)
    return number_text(target.value), number_text(target.tolerance), target.since.iso


def _notes(row: Row) -> str:
    """The page's notes on the row; and why it is judged otherwise than its kind is."""
    notes = list(row_notes(row))
    indicator = row.indicator
    if indicator.judged_on is not None:
        because = f": {indicator.judged_because}" if indicator.judged_because else ""
        notes.append(f"Judged on {indicator.judged_on.value}{because}.")
    return " ".join(notes)


def column_lines() -> Iterator[tuple[str, ...]]:
    """What each column of the files holds. figures.parquet has those of figures.csv."""
    files: tuple[tuple[str, tuple[Column, ...]], ...] = (
        (file_names.FIGURES, FIGURES),
        (file_names.DICTIONARY, DICTIONARY),
    )
    for file, columns in files:
        for column in columns:
            there = "yes" if column.required else "no"
            yield file, column.name, column.title, column.type.value, there, column.about
