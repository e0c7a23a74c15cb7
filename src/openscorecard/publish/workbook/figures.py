"""The figures themselves: the page in its classic columns, and its changes in words."""

from __future__ import annotations

from openscorecard.catalogue.indicator import Direction
from openscorecard.periods import Month
from openscorecard.publish.workbook.notes import (
    AVERAGE,
    MAXIMUM,
    Note,
    marks,
    shorthand,
    words_in_cells,
)
from openscorecard.publish.workbook.table import Cell, Column, TableSheet, figure, text
from openscorecard.scorecard.page import Change, Comparator, Figure, FigureStatus, Row, Scorecard
from openscorecard.statistics.ranges import printed
from openscorecard.units import Arrow

REF = Column("Ref.", 15)
NAME = Column("Indicator", 44)
Rows = tuple[tuple[Cell, ...], ...]
NOTHING_TO_SAY = "An empty cell means that there is nothing to say there."
DIRECTIONS = {Direction.UP: "Up", Direction.DOWN: "Down", Direction.NONE: "None"}


def figures_table(scorecard: Scorecard, notes: tuple[Note, ...]) -> TableSheet:
    """The page in its classic columns."""
    month = scorecard.month
    labels = _comparator_labels(scorecard)
    columns = [REF, NAME, Column("Owner", 16), Column("Reporter", 16)]
    columns += [Column(item.short, 9.5, to_the_right=True) for item in scorecard.months]
    columns += [
        Column(f"% change from {month.plus(-1).short}", 13, to_the_right=True),
        Column(f"% change from {month.plus(-12).short}", 13, to_the_right=True),
        Column("Preferred DoT", 11),
        Column(AVERAGE, 10, to_the_right=True),
        Column(MAXIMUM, 10, to_the_right=True),
    ]
    columns += [Column(label, 10, to_the_right=True) for label in labels.values()]
    columns += [Column("Signal", 26)]
    columns += [Column("Notes", 12), Column(f"Commentary ({month.short})", 70)]
    rows = tuple(_figures_row(month, row, tuple(labels), notes) for row in scorecard.rows)
    return TableSheet(
        name="Figures",
        title=f"{scorecard.title}, {month.long}",
        lines=_figures_lines(scorecard, rows),
        columns=tuple(columns),
        rows=rows,
        about="All indicators in the classic columns: months, changes, average, maximum, others",
    )


def comparator_names(scorecard: Scorecard) -> dict[str, str]:
    """What the columns of other councils are called in full, by their heads; those that say it."""
    return {
        item.label: item.name
        for row in scorecard.rows
        for item in row.comparators
        if item.name and item.name != item.label
    }


def _figures_lines(scorecard: Scorecard, rows: Rows) -> tuple[str, ...]:
    tolerance = printed(scorecard.arrow_tolerance)
    named = comparator_names(scorecard)
    compared = " ".join(f"{label}: {name}." for label, name in named.items())
    return (
        f"This worksheet holds one table with a row for each of {len(scorecard.rows)} indicators. "
        f"{scorecard.council}.",
        *_marks(rows),
        f"Arrows: ↑ up by {tolerance}% or more, ↓ down by {tolerance}% or more, → between. "
        "Preferred DoT: the direction of travel that the council would like. "
        f"{compared}",
        f"{what_cells_hold(scorecard)} {NOTHING_TO_SAY}",
    )


def what_cells_hold(scorecard: Scorecard) -> str:
    """What lies beneath the figures that the cells show."""
    if scorecard.audience == "internal" or not scorecard.small_counts:
        return "Cells show rounded figures and hold unrounded ones, to compute with."
    return (
        "Cells show rounded figures. They hold unrounded ones to compute with, unless a hidden "
        "number could be worked out from those."
    )


def _marks(rows: Rows) -> tuple[str, ...]:
    """A line that explains the marks in the table; none where it has none."""
    texts = [cell.printed for row in rows for cell in row]
    told = " ".join(f"{mark}." for mark in (*shorthand(texts), *words_in_cells(texts)))
    return (told,) if told else ()


def _figures_row(
    month: Month, row: Row, keys: tuple[str, ...], notes: tuple[Note, ...]
) -> tuple[Cell, ...]:
    indicator = row.indicator
    by_key = {item.key: item for item in row.comparators}
    return (
        text(indicator.ref),
        text(indicator.name),
        text(indicator.owner),
        text(indicator.reporter),
        *(_figure(item) for item in row.figures),
        _change(row.change_month),
        _change(row.change_year),
        text(DIRECTIONS[indicator.preferred_direction]),
        figure(row.average_12m.printed, row.average_12m.value),
        figure(row.maximum_12m.printed, row.maximum_12m.value),
        *(_comparator(by_key.get(key)) for key in keys),
        text(signal_words(row)),
        text(marks(notes, indicator.ref)),
        text(_comment(row, month)),
    )


def _comment(row: Row, month: Month) -> str:
    """With what is to be known of it in lines of their own: that it is about an earlier month,
    that a figure which it quotes was corrected since."""
    comment = row.comment
    if comment is None:
        return ""
    about = "" if comment.month == month else f"About {comment.month.long}."
    return "\n".join(filter(None, (about, comment.text, comment.remark)))


def _figure(item: Figure) -> Cell:
    return figure(item.printed, item.value)


def _change(change: Change) -> Cell:
    return figure(change.printed, change.percent, change.arrow)


def _comparator(item: Comparator | None) -> Cell:
    return figure(item.printed, item.value) if item and item.printed else text("[x]")


def _comparator_labels(scorecard: Scorecard) -> dict[str, str]:
    """The comparator columns by key, in the order in which the rows give them.

    A table's headers must differ: of two alike the second gets its key.
    """
    labels: dict[str, str] = {}
    for row in scorecard.rows:
        for item in row.comparators:
            if item.key not in labels:
                alike = item.label.lower() in [label.lower() for label in labels.values()]
                labels[item.key] = f"{item.label} ({item.key})" if alike else item.label
    return labels


def changes_table(scorecard: Scorecard, notes: tuple[Note, ...]) -> TableSheet:
    """The same changes in words, for whoever does not see arrows."""
    del notes
    rows = tuple(
        (
            text(row.indicator.ref),
            text(row.indicator.name),
            _figure(row.latest),
            *_change_in_words(row.change_month),
            *_change_in_words(row.change_year),
        )
        for row in scorecard.rows
    )
    month_before, year_before = scorecard.month.plus(-1).long, scorecard.month.plus(-12).long
    return TableSheet(
        name="Changes",
        title=f"Changes in words, {scorecard.month.long}",
        lines=(
            f"This worksheet holds one table. The month before is {month_before}; the year "
            f"before is {year_before}.",
            "Percentages move in points (pts). Direction: up or down at "
            f"{printed(scorecard.arrow_tolerance)}% or more, level between.",
            *_marks(rows),
        ),
        columns=(
            REF,
            NAME,
            Column("Latest", 12, to_the_right=True),
            Column("Move on the month before", 15),
            Column("% change on the month before", 15, to_the_right=True),
            Column("Direction on the month before", 15),
            Column("Move on the year before", 15),
            Column("% change on the year before", 15, to_the_right=True),
            Column("Direction on the year before", 15),
        ),
        rows=rows,
        about="How each figure moved, in words",
    )


def _change_in_words(change: Change) -> tuple[Cell, ...]:
    # A released page may give the percentage alone: then the plain move is not known.
    move = "[x]" if change.percent is not None else change.printed
    if change.way is not None and change.moved:
        move = "no change" if change.way is Arrow.LEVEL else f"{change.way.value} {change.moved}"
    direction = change.arrow.value if change.arrow else change.printed
    return text(move), figure(change.printed, change.percent), text(direction)


def signal_words(row: Row) -> str:
    """What the page's own table shows in the column Signal."""
    verdict = row.verdict
    if verdict is None:
        return ""
    plain = not verdict.signal.is_special or row.latest.status is not FigureStatus.VALUE
    return verdict.word if plain else f"{verdict.word}: {verdict.reason}"
