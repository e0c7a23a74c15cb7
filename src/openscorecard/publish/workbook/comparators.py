"""Other councils as tables: what stands beside each figure, and where the council stands to it."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.publish.workbook.figures import NAME, NOTHING_TO_SAY, REF
from openscorecard.publish.workbook.notes import Note
from openscorecard.publish.workbook.table import Cell, Column, TableSheet, figure, text
from openscorecard.scorecard.matter import Standing
from openscorecard.scorecard.page import Comparator, Row, Scorecard
from openscorecard.scorecard.wording import figure_text

OPEN_GOVERNMENT = (
    "Contains public sector information licensed under the Open Government Licence v3.0."
)
_PLACES = {"above": "Above", "below": "Below", "within": "Within"}


def comparators_table(scorecard: Scorecard, notes: tuple[Note, ...]) -> TableSheet:
    del notes
    rows = tuple(
        _comparator(row, item)
        for row in scorecard.rows
        for item in row.comparators
        if item.status == "value"
    )
    published = any(row.beside is not None for row in scorecard.rows)
    return TableSheet(
        name="Comparators",
        title="The figures that ours stand beside",
        lines=(
            "This worksheet holds one table. An indicator that is not in it has no comparable "
            f"published measure. {NOTHING_TO_SAY}",
            *([OPEN_GOVERNMENT] if published else []),
        ),
        columns=(
            REF,
            NAME,
            Column("Compared with", 26),
            Column("Figure", 12, to_the_right=True),
            Column("Year", 12),
            Column("Edition", 20),
            Column("How it was made", 50),
            Column("Published measure", 44),
            Column("Source", 40),
            Column("What it counts otherwise", 50),
        ),
        rows=rows,
        about="Where the figures of other councils come from and how they were made",
    )


def _comparator(row: Row, item: Comparator) -> tuple[Cell, ...]:
    beside = row.beside
    value = None if beside is None else beside.value(item.key)
    traced = value is not None
    return (
        text(row.indicator.ref),
        text(row.indicator.name),
        text(item.name or item.label),
        figure(item.printed, item.value),
        text(item.year),
        text(item.edition),
        text(item.formula),
        text(beside.measure if traced and beside else ""),
        text(value.source if value else ""),
        text(beside.differs if traced and beside else ""),
    )


def standings_table(scorecard: Scorecard, notes: tuple[Note, ...]) -> TableSheet:
    """Where the council stands over a year, chance allowed for; empty on a page without any."""
    del notes
    return TableSheet(
        name="Standings",
        title="Where the council stands, chance allowed for",
        lines=(
            "This worksheet holds one table: percentages and rates over a year beside a published "
            "figure.",
            "Limits: where a council of this size would lie by chance alone round that figure, 95 "
            "and 99.8 times in 100.",
        ),
        columns=(
            REF,
            NAME,
            Column("Against", 26),
            Column("Ours", 12, to_the_right=True),
            Column("Over", 26),
            Column("Theirs", 12, to_the_right=True),
            Column("95% from", 12, to_the_right=True),
            Column("95% to", 12, to_the_right=True),
            Column("99.8% from", 12, to_the_right=True),
            Column("99.8% to", 12, to_the_right=True),
            Column("Place", 12),
            Column("In words", 60),
        ),
        rows=tuple(_standing(row, one) for row in scorecard.rows for one in row.standings),
        about="Where the council stands to others over a year, chance allowed for",
    )


def _standing(row: Row, one: Standing) -> tuple[Cell, ...]:
    limits = (one.low_95, one.high_95, one.low_998, one.high_998)
    return (
        text(row.indicator.ref),
        text(row.indicator.name),
        text(one.name),
        figure(one.ours_printed, one.ours),
        text(one.period),
        figure(one.theirs_printed, one.theirs),
        *(_limit(row, limit) for limit in limits),
        text(_PLACES.get(one.place, one.place)),
        text(one.sentence),
    )


def _limit(row: Row, limit: float) -> Cell:
    shown = Fraction(limit).limit_denominator(1000)
    return figure(figure_text(shown, row.indicator.unit, row.indicator.decimals + 1), shown)
