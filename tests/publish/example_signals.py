"""The invented scorecard with verdicts, comparators and what matters on it: every kind of each.

All is written by hand here: no limit, rank or sentence comes from the code that makes them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from example_scorecard import HIDDEN, HISTORY, HOSTILE, JUNE, NEVER_SUPPLIED, SERIES

from openscorecard.catalogue.indicator import Kind
from openscorecard.comparators.beside import Beside, BesideValue, PublishedFigure, Trend
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.matter import Chance, Matter, MatterKind, Standing, UsualMove
from openscorecard.scorecard.page import FigureStatus, Row, Scorecard
from openscorecard.scorecard.verdict import (
    Assurance,
    Baseline,
    FirstPublished,
    JudgedMonth,
    Rule,
    Side,
    Signal,
    Verdict,
)
from openscorecard.units import Unit

SPANS = {ref: (level, swing) for _, ref, _, _, level, swing in SERIES}
CHANCE = "With 44 indicators judged, about one false signal a month is expected by chance."
METHOD = "XmR of the monthly count; rules: outside the limits, 7 rising or falling, 7 on one side."
FIRST = FirstPublished(Signal.CONCERN, "Concern", "below the usual range", dt.date(2021, 7, 2))


def judged(card: Scorecard, *, hostile: bool = False) -> Scorecard:
    """The same page with all that a page of verdicts carries."""
    rows = tuple(_judged(row) for row in card.rows)
    card = replace(
        card, rows=rows, matters=MATTERS, usual_moves=MOVES, chance=Chance(44, 5, 1.0, CHANCE)
    )
    return _poisoned(card) if hostile else card


def _judged(row: Row) -> Row:
    ref = row.indicator.ref
    row = replace(row, verdict=_verdict(row), on_record=row.history)
    if ref == "CP3-QL":
        return replace(row, beside=CONFERENCES, standings=(STANDING,))
    if ref == "CP1-NI":
        return replace(row, beside=ENQUIRIES)
    if ref == "LAC1":
        return replace(row, beside=LOOKED_AFTER)
    return row


def _verdict(row: Row) -> Verdict:
    ref = row.indicator.ref
    if ref in HIDDEN:
        return Verdict(Signal.NOT_JUDGED, "Hidden", "small numbers of children")
    if ref in NEVER_SUPPLIED or row.latest.status is not FigureStatus.VALUE:
        return Verdict(Signal.NOT_JUDGED, "Not judged", "no figure for June 2021")
    if ref == "FM011":
        return Verdict(Signal.NOT_JUDGED, "Not judged", "fewer than 7 quarters")
    if row.indicator.kind is Kind.STOCK:
        return _travelling(row)
    level, swing = SPANS[ref]
    plain = _level(row, level - swing * 1.5, level + swing * 1.5)
    return CHANGED[ref](plain) if ref in CHANGED else plain


def _level(row: Row, low: float, high: float) -> Verdict:
    """Limits that stay where they are; nothing special."""
    chart = tuple(
        JudgedMonth(
            figure.month,
            None if figure.value is None else float(figure.value),
            (low + high) / 2,
            low,
            high,
            signal=Signal.NOT_JUDGED if figure.value is None else Signal.NONE,
        )
        for figure in row.history
    )
    suffix = row.indicator.unit.suffix
    top = min(high, 100) if row.indicator.unit is Unit.PERCENT else high
    usual = (f"{max(low, 0):,.0f}{suffix}", f"{top:,.0f}{suffix}")
    return Verdict(
        Signal.NONE,
        "Usual variation",
        f"within the usual range ({usual[0]} to {usual[1]})",
        method="xmr",
        judged_on="level",
        method_words=METHOD,
        usual=usual,
        centre=f"{(low + high) / 2:,.0f}{suffix}",
        chart=chart,
        baselines=(Baseline(HISTORY[0], JUNE, 13, frozen=False, trial=False),),
    )


def _travelling(row: Row) -> Verdict:
    """A stock: the band lies round the month before."""
    chart = []
    before: float | None = None
    for figure in row.history:
        value = None if figure.value is None else float(figure.value)
        limits = (None, None) if before is None else (before - 30, before + 30)
        signal = Signal.NOT_JUDGED if before is None else Signal.NONE
        chart.append(JudgedMonth(figure.month, value, before, *limits, signal=signal))
        before = value
    last = chart[-1]
    assert last.lower is not None
    assert last.upper is not None
    verdict = Verdict(
        Signal.NONE,
        "Usual variation",
        "the move on May is within the usual range (-30 to +30)",
        method="xmr",
        judged_on="change",
        method_words="XmR of the change from month to month.",
        usual=(f"{last.lower:,.0f}", f"{last.upper:,.0f}"),
        chart=tuple(chart),
        baselines=(Baseline(HISTORY[1], JUNE, 12, frozen=False, trial=False),),
    )
    if row.indicator.ref != "CP6B":
        return verdict
    first, second = (
        Baseline(HISTORY[1], HISTORY[5], 5, frozen=True, trial=True),
        Baseline(HISTORY[6], JUNE, 7, frozen=False, trial=True, reason="A new team began."),
    )
    return replace(verdict, baselines=(first, second))


def _outside(plain: Verdict) -> Verdict:
    """The latest month above its limits, judged per working day; 20 days in each month."""
    chart = [
        replace(one, per_working_day=one.value / 20) if one.value else one for one in plain.chart
    ]
    last = chart[-1]
    assert last.value is not None
    chart[-1] = replace(
        last,
        upper=last.value - 40,
        rule=Rule.OUTSIDE,
        side=Side.ABOVE,
        signal=Signal.NEUTRAL,
    )
    high = f"{last.value - 40:,.0f}"
    return replace(
        plain,
        signal=Signal.NEUTRAL,
        word="Unusually high",
        reason=f"above the usual range (up to {high})",
        rule=Rule.OUTSIDE,
        side=Side.ABOVE,
        months=(JUNE,),
        judged_on="per-working-day",
        usual=(plain.usual[0] if plain.usual else "0", high),
        chart=tuple(chart),
    )


def _run(plain: Verdict, signal: Signal, word: str) -> Verdict:
    months = months_to(JUNE, 7)
    chart = tuple(
        replace(one, rule=Rule.SHIFT, side=Side.ABOVE, signal=signal)
        if one.month in months
        else one
        for one in plain.chart
    )
    return replace(
        plain,
        signal=signal,
        word=word,
        reason="7 months in a row above the average",
        rule=Rule.SHIFT,
        side=Side.ABOVE,
        months=months,
        chart=chart,
    )


def _conferences(plain: Verdict) -> Verdict:
    """Usual now, published as a concern; an old month outside; hit or miss against its target."""
    chart = tuple(
        replace(
            one, rule=Rule.OUTSIDE, side=Side.BELOW, signal=Signal.CONCERN, first="Usual variation"
        )
        if one.month == Month(2020, 12)
        else one
        for one in plain.chart
    )
    return replace(
        plain,
        chart=chart,
        method="pprime",
        target="80%",
        assurance=Assurance.HIT_OR_MISS,
        target_met=(2, 12),
        flagged_12=10,
        first_published=FIRST,
        notes=("It rests on few in some months.",),
    )


CHANGED = {
    "M1": _outside,
    "LAC9": lambda plain: _run(plain, Signal.CONCERN, "Concern"),
    "M8-QL": lambda plain: _run(plain, Signal.IMPROVEMENT, "Improvement"),
    "CP3-QL": _conferences,
    "EH3a%": lambda plain: replace(
        _run(plain, Signal.NEUTRAL, "Unusually high"),
        notes=("It is part of a whole, EH4-QL.",),
        seasonal=True,
    ),
    "EH1a": lambda plain: replace(
        plain,
        baselines=(Baseline(Month(2020, 12), JUNE, 7, frozen=False, trial=True),),
        notes=("Held for 14 months: `scorecard signals 2021-06 --ref EH1a` has the lines.",),
        offer='[[signals.rebase]]\nref = "EH1a"',
    ),
}


def _councils(of: int, unit: int, months: int) -> tuple[PublishedFigure, ...]:
    """So many councils of growing size, round 80 of 100 or 15 of 10,000, the last ones huge."""
    found = []
    for at in range(of):
        size = Fraction(200 + at * 12 if at < of - 2 else 9000) * (1 if unit == 100 else 100)
        share = (
            Fraction(80 + (at * 7) % 19 - 9, 100) if unit == 100 else Fraction(15 + at % 9, 1000)
        )
        value = share * unit / months
        found.append(PublishedFigure(f"E{at:08d}", f"Council {at}", value, share * size, size))
    return tuple(found)


def _values(eng: str, region: str, formula: str) -> tuple[BesideValue, ...]:
    said = ("2019-20", "October 2020", "a published table", formula)
    return (
        BesideValue("eng", "England", Fraction(eng), *said),
        BesideValue("region", "South East", Fraction(region), *said),
    )


_TEN = tuple(range(2011, 2021))
CONFERENCES = Beside(
    ref="CP3-QL",
    measure="initial conferences held in time",
    how="percentage",
    year=2020,
    period="year ended March 2020",
    edition="October 2020",
    source="A published table",
    values=_values("78", "76", "as published"),
    councils=_councils(60, 100, 1),
    neighbours=("E00000003", "E00000007"),
    own=PublishedFigure("E00000010", "Example", Fraction(55), Fraction(387), Fraction(703)),
    rank=140,
    of=150,
    quartile="D",
    trends=(
        Trend("own", "Example", tuple((year, Fraction(50 + year % 7)) for year in _TEN)),
        Trend("sn", "Statistical neighbours", tuple((year, Fraction(80)) for year in _TEN)),
        Trend("eng", "England", tuple((year, Fraction(70 + year - 2011)) for year in _TEN)),
        Trend(
            "region",
            "South East",
            ((2011, Fraction(60)), (2013, Fraction(62)), (2014, Fraction(66))),
        ),
    ),
    differs="it counts children who moved in too",
)
ENQUIRIES = replace(
    CONFERENCES,
    ref="CP1-NI",
    how="rate",
    values=_values("14", "15", "the year's rate / 12"),
    councils=_councils(40, 10_000, 12),
    own=None,
    rank=None,
    quartile=None,
    trends=(),
    differs="",
)
LOOKED_AFTER = replace(
    ENQUIRIES,
    ref="LAC1",
    how="stock",
    values=_values("526", "549", "80,000 / 152 councils"),
    edition="2020 (a_file_with_a_long_name_and_no_place_to_break_it_2013_to_2025.csv)",
)
STANDING = Standing(
    against="eng",
    name="England",
    ours=Fraction(61),
    ours_printed="61%",
    theirs=Fraction(78),
    theirs_printed="78%",
    period="12 months to June 2021",
    numerator=Fraction(327),
    denominator=Fraction(533),
    low_95=74.5,
    high_95=81.5,
    low_998=72.5,
    high_998=83.5,
    place="below",
    signal=Signal.CONCERN,
    sentence="61% over the 12 months to June 2021; England 78%: lower than chance explains",
)

MATTERS = (
    Matter(MatterKind.CONCERN, "Concern", "Agency homes: above average", "32% in June.", ("LAC9",),
           "special cause: a run on one side"),
    Matter(MatterKind.IMPROVEMENT, "Improvement", "Decided faster", "99% in June.", ("M8-QL",),
           "special cause: a run on one side"),
    Matter(MatterKind.UNUSUAL, "Unusually high", "Contacts: the most in a year", "2,080 in June.",
           ("M1", "M3"), "special cause: outside the limits"),
    Matter(MatterKind.GAP, "Standing gap", "Conferences: the year’s gap", "61% over the year.",
           ("CP3-QL",), "standing gap: outside the 99.8% limits round England"),
    Matter(MatterKind.DATA, "Data note", "Two figures are missing", "Early help; young people.",
           ("EH1c", "YO2"), "data note: no figure"),
)  # fmt: skip
MOVES = (
    UsualMove("CP1", "down", "65", "section 47 enquiries, to 93. They run from 79 to 174."),
    UsualMove("CP3-QL", "up", "24 pts", "Conferences on time: to 62% from 38%."),
)


def _poisoned(card: Scorecard) -> Scorecard:
    """The same with markup in every text of the verdicts, comparators and matters."""

    def bad(text: str) -> str:
        return f"{text}{HOSTILE}"

    rows = []
    for row in card.rows:
        verdict = row.verdict
        assert verdict is not None
        verdict = replace(
            verdict,
            word=bad(verdict.word),
            reason=bad(verdict.reason),
            method_words=bad(verdict.method_words),
            centre=bad(verdict.centre),
            target=bad(verdict.target),
            usual=verdict.usual and (bad(verdict.usual[0]), bad(verdict.usual[1])),
            notes=tuple(map(bad, verdict.notes)),
            baselines=tuple(replace(one, reason=bad(one.reason)) for one in verdict.baselines),
        )
        beside = row.beside and replace(
            row.beside,
            measure=bad(row.beside.measure),
            source=bad(row.beside.source),
            differs=bad(row.beside.differs),
            trends=tuple(replace(one, name=bad(one.name)) for one in row.beside.trends),
        )
        standings = tuple(replace(one, sentence=bad(one.sentence)) for one in row.standings)
        rows.append(replace(row, verdict=verdict, beside=beside, standings=standings))
    return replace(
        card,
        rows=tuple(rows),
        matters=tuple(
            replace(
                one,
                word=bad(one.word),
                headline=bad(one.headline),
                sentence=bad(one.sentence),
                rule=bad(one.rule),
            )
            for one in card.matters
        ),
        usual_moves=tuple(replace(one, sentence=bad(one.sentence)) for one in card.usual_moves),
        chance=card.chance and replace(card.chance, sentence=bad(card.chance.sentence)),
    )
