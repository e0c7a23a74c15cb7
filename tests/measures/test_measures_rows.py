"""The rows behind a figure, for every indicator: as many are met as its numerator says, and as many
are not as lack to its denominator."""

from __future__ import annotations

from fractions import Fraction

from counted_by_query import ALWAYS, counts_by_set, settings_of
from histories import STEP_UP_REASONS, history

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.indicator import Kind
from openscorecard.engines.from_rows import engine_over
from openscorecard.measures.count import counted_levels
from openscorecard.measures.figures import Measured, MeasuredFigure, Status
from openscorecard.measures.resolve import resolve
from openscorecard.periods import Month
from openscorecard.records.standard import TABLES
from openscorecard.workspace.working_rows import Unit, units_behind

CATALOGUE = load_catalogue()
SETTINGS = settings_of({"step_up_end_reasons": list(STEP_UP_REASONS)})
MONTH, COUNCILS = Month(2020, 12), 3
UNLIKE = {"M3"}  # referrals over contacts


def test_lists_are_as_long_as_figures_are_high() -> None:
    """Histories of one month, so that there is something to count of nearly every indicator."""
    seeds = [seed for seed in range(400) if history(seed).month == MONTH][:COUNCILS]
    plan = resolve(CATALOGUE, MONTH, SETTINGS, {one.name for one in TABLES})
    counted: set[str] = set()
    with engine_over([history(seed).rows for seed in seeds], (MONTH,), MONTH) as engine:
        counts = counts_by_set(engine, plan, counted_levels(CATALOGUE, plan))
        for council in range(1, len(seeds) + 1):
            measured = Measured(CATALOGUE, plan, counts.get(council, {}), ALWAYS, MONTH, SETTINGS,
                                Fraction(50_000))  # fmt: skip
            for indicator in CATALOGUE:
                if indicator.kind is Kind.SUPPLIED:
                    continue
                figure = measured.figure(indicator, MONTH)
                found = units_behind(plan, indicator, MONTH, engine.rows, council, "all")
                if indicator.ref in UNLIKE:
                    met = units_behind(plan, indicator, MONTH, engine.rows, council, "met")
                    assert len(met) == figure.numerator
                    assert len(found) == figure.denominator
                    continue
                compare(indicator.ref, figure, found, is_rate=indicator.unit.is_rate)
                counted |= {indicator.ref} if found else set()
    assert len(counted) > 50


def compare(ref: str, figure: MeasuredFigure, found: list[Unit], *, is_rate: bool) -> None:
    assert figure.status in (Status.VALUE, Status.NOTHING_TO_COUNT), ref
    met = sum(one.met is True for one in found)
    assert met == figure.numerator, ref
    whole = figure.numerator if is_rate or figure.denominator is None else figure.denominator
    assert len(found) == whole, ref
