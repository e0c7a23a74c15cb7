"""The verdicts as tables: one of all indicators, and the word that stands in the page's own."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.publish.workbook.figures import NAME, NOTHING_TO_SAY, REF
from openscorecard.publish.workbook.notes import Note
from openscorecard.publish.workbook.table import Cell, Column, TableSheet, figure, text
from openscorecard.scorecard.page import Row, Scorecard
from openscorecard.scorecard.verdict import Assurance, Baseline, Rule, Verdict

METHODS = {
    "xmr": "XmR: individual values and moving ranges",
    "p": "P: proportions",
    "pprime": "P': proportions, corrected for spread beyond chance",
    "u": "U: rates",
    "uprime": "U': rates, corrected for spread beyond chance",
    "c": "C: counts",
}
JUDGED_ON = {
    "level": "The figure itself",
    "change": "The change from month to month",
    "per-working-day": "The figure per working day",
}
RULES = {
    Rule.OUTSIDE: "Outside the limits",
    Rule.TREND: "A trend",
    Rule.TWO_OF_THREE: "Two of three near a limit",
    Rule.SHIFT: "A shift: a run on one side",
}
TARGET = {
    Assurance.MEETS: "Consistently meets it",
    Assurance.HIT_OR_MISS: "Hit or miss",
    Assurance.MISSES: "Consistently misses it",
}


def signals_table(scorecard: Scorecard, notes: tuple[Note, ...]) -> TableSheet:
    """All verdicts with what they rest on; a page without verdicts has no such sheet."""
    del notes
    chance = [] if scorecard.chance is None else [scorecard.chance.sentence]
    return TableSheet(
        name="Signals",
        title=f"Signals, {scorecard.month.long}",
        lines=(
            "This worksheet holds one table: what can be said of each latest figure, and why.",
            "Usual variation: nothing says that anything has changed. A usual level can still be "
            f"the wrong level. {NOTHING_TO_SAY}",
            *chance,
        ),
        columns=(
            REF,
            NAME,
            Column("Latest", 12, to_the_right=True),
            Column("Signal", 20),
            Column("Why", 34),
            Column("Rule", 20),
            Column("Months of the rule", 18),
            Column("Usual from", 12, to_the_right=True),
            Column("Usual to", 12, to_the_right=True),
            Column("Centre", 12, to_the_right=True),
            Column("Chart", 22),
            Column("Judged on", 18),
            Column("Limits rest on", 28),
            Column("Method in words", 46),
            Column("Target", 12, to_the_right=True),
            Column("Against the target", 16),
            Column("First published as", 18),
            Column("First published on", 14),
            Column("Remarks", 42),
        ),
        rows=tuple(_line(row, row.verdict) for row in scorecard.rows if row.verdict is not None),
        about="What can be said of each latest figure: the verdict, the rule, the limits",
    )


def _line(row: Row, verdict: Verdict) -> tuple[Cell, ...]:
    low, high = verdict.usual or ("", "")
    first = verdict.first_published
    return (
        text(row.indicator.ref),
        text(row.indicator.name),
        figure(row.latest.printed, row.latest.value),
        text(verdict.word),
        text(verdict.reason),
        text(RULES[verdict.rule] if verdict.rule else ""),
        text(months_words(verdict)),
        _number(low),
        _number(high),
        _number(verdict.centre),
        text(METHODS.get(verdict.method, verdict.method)),
        text(JUDGED_ON.get(verdict.judged_on, verdict.judged_on)),
        text("; ".join(_baseline(one) for one in verdict.baselines)),
        text(verdict.method_words),
        text(verdict.target),
        text(TARGET[verdict.assurance] if verdict.assurance else ""),
        text(first.word if first else ""),
        text(first.on.isoformat() if first else ""),
        text(" ".join(verdict.notes)),
    )


def _number(printed: str) -> Cell:
    """A printed limit, to compute with; "" where there is none."""
    digits = printed.replace(",", "").removesuffix("%")
    try:
        return figure(printed, Fraction(digits))
    except ValueError:
        return text(printed)


def months_words(verdict: Verdict) -> str:
    """`Dec-20 to Jun-21`, `Jun-21`; "" where no rule fired."""
    if not verdict.months or verdict.rule is None:
        return ""
    first, last = verdict.months[0].short, verdict.months[-1].short
    return last if first == last else f"{first} to {last}"


def _baseline(one: Baseline) -> str:
    words = f"{one.first.short} to {one.last.short}, {one.points} months with a figure"
    if one.trial:
        words += ", trial limits"
    elif one.frozen:
        words += ", frozen"
    return f"{words} ({one.reason})" if one.reason else words
