"""Every indicator on thousands of invented histories: the query's answer is that of plain loops.

A batch of histories is one engine with a council for each, and one query; every figure of every
history is compared, in all months or in the history's own.
"""

from __future__ import annotations

import os
from fractions import Fraction
from functools import cache

import pytest
from counted_by_query import ALWAYS, counts_by_set, settings_of, tables_without
from histories import MONTHS, STEP_UP_REASONS, History, history
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from plain import PLAIN, Settings, figure

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.engines.duckdb import month_of
from openscorecard.engines.from_rows import engine_over
from openscorecard.measures.count import counted_levels
from openscorecard.measures.figures import Count, Measured, MeasuredFigure
from openscorecard.measures.queries import query, query_for_all
from openscorecard.measures.resolve import LIST, Plan, resolve
from openscorecard.periods import Month

CATALOGUE = load_catalogue()
POPULATION = 50_000
# Histories of a batch, and batches for each of the six choices below: 2,400 histories in every run,
# more where somebody asks for more.
SIZE = 400
BATCHES = max(int(os.environ.get("OPENSCORECARD_EXAMPLES", "0")) // SIZE, 1)

# A seed cannot be made smaller in a way that means anything, so nothing is shrunk.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
SEEDS = st.integers(0, 2**32 - 1)


def batch(seed: int, size: int) -> list[History]:
    return [history(seed * 1_000_003 + number) for number in range(size)]


CHOICES: dict[str, dict[str, object]] = {
    "as by default": {},
    "closure, referral, grace": {
        "re_referral_clock": "closure",
        "assessment_clock": "referral",
        "new_plan_grace": True,
        "cla_visit_days_after_first_year": 91,
    },
    "referral, other days, away too": {
        "re_referral_clock": "referral",
        "cp_visit_days": 10,
        "step_up_days": 14,
        "missing_types": ["M", "A"],
        "care_leaver_ages": "19-21",
        "care_leaver_categories": ["Relevant", "Eligible"],
    },
}


@cache
def compiled(choice: str, missing: frozenset[str]) -> tuple[MeasureSettings, Plan, str]:
    """No definition changes within the months of the histories, so one query serves all."""
    council = settings_of({"step_up_end_reasons": list(STEP_UP_REASONS), **CHOICES[choice]})
    plan = resolve(CATALOGUE, MONTHS[0], council, tables_without(missing))
    return council, plan, query_for_all(plan, counted_levels(CATALOGUE, plan))


def by_query(
    histories: list[History], month: Month, choice: str, missing: frozenset[str]
) -> list[dict[str, MeasuredFigure]]:
    """The figures of each history in that month, the load's own."""
    council, plan, sql = compiled(choice, missing)
    rows = [{k: v for k, v in one.rows.items() if k not in missing} for one in histories]
    counts: dict[int, dict[tuple[str, Month], Count]] = {}
    with engine_over(rows, (month,), month) as engine:
        for measure, number, index, counted, met in engine.rows(sql):
            counts.setdefault(number, {})[measure, month_of(index)] = Count(counted, int(met))
    found = []
    for number in range(1, len(histories) + 1):
        measured = Measured(
            CATALOGUE,
            plan,
            counts.get(number, {}),
            ALWAYS,
            month,
            council,
            Fraction(POPULATION),
        )
        found.append({one.ref: one for one in measured.figures((month,))})
    return found


def in_plain(chosen: dict[str, object]) -> Settings:
    as_tuples = {k: tuple(v) if isinstance(v, list) else v for k, v in chosen.items()}
    return Settings(step_up_end_reasons=STEP_UP_REASONS, population=POPULATION, **as_tuples)  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", [frozenset(), frozenset({"plan_authorisations"})])
@pytest.mark.parametrize("choice", CHOICES)
def test_queries_count_as_plain_loops_do(choice: str, missing: frozenset[str]) -> None:
    chosen = CHOICES[choice]

    @settings(max_examples=BATCHES, deadline=None, phases=PHASES)
    @given(SEEDS)
    def compare(seed: int) -> None:
        histories = batch(seed, SIZE)
        for month in {one.month for one in histories}:
            of_month = [one for one in histories if one.month == month]
            figures = by_query(of_month, month, choice, missing)
            for one, queried in zip(of_month, figures, strict=True):
                rows = {k: v for k, v in one.rows.items() if k not in missing}
                differing = {}
                for ref, count in PLAIN.items():
                    counted = count(rows, month, in_plain(chosen))
                    if queried[ref].value != figure(ref, counted):
                        differing[ref] = (queried[ref].value, counted)
                assert differing == {}, (month, differing)

    compare()


@settings(max_examples=3, deadline=None, phases=PHASES)
@given(SEEDS)
def test_the_shared_query_counts_as_each_indicators_own(seed: int) -> None:
    """Sharing relations between indicators changes no figure of any of them."""
    histories = batch(seed, 25)
    council = settings_of({"step_up_end_reasons": list(STEP_UP_REASONS)})
    month = MONTHS[-1]
    plan = resolve(CATALOGUE, month, council, tables_without(frozenset()))
    names = [name for name, level in plan.levels.items() if level.place != LIST]
    with engine_over([one.rows for one in histories], MONTHS, month) as engine:
        shared = counts_by_set(engine, plan, names)
        for name in names:
            _compare_one(plan, name, engine.rows(query(plan, name)), shared)


def _compare_one(plan: Plan, name: str, rows: list[tuple], shared: dict) -> None:  # type: ignore[type-arg]
    for council, index, counted, met in rows:
        there = shared.get(council, {}).get((name, month_of(index)))
        together = (there.counted, there.met) if there is not None else (0, 0)
        assert together == (counted, met), (plan.levels[name].title, council, month_of(index))
