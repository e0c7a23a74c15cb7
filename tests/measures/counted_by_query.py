"""Figures of rows in hand, by the program's own way: definitions -> one query -> figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

from openscorecard.catalogue import Catalogue, load_catalogue
from openscorecard.catalogue.measure_settings import BY_NAME, MeasureSettings
from openscorecard.engines.duckdb import Engine, month_of
from openscorecard.engines.from_rows import RowSet, engine_over
from openscorecard.measures.count import counted_levels
from openscorecard.measures.figures import Count, Measured, MeasuredFigure
from openscorecard.measures.queries import query_for_all
from openscorecard.measures.resolve import Plan, resolve
from openscorecard.periods import Month
from openscorecard.records.extracts.statement import Coverage
from openscorecard.records.extracts.supplied import SuppliedFigure
from openscorecard.records.standard import TABLES

ALWAYS = {one.name: Coverage(dt.date(1990, 1, 1), dt.date(2090, 1, 1)) for one in TABLES}


def settings_of(written: Mapping[str, object]) -> MeasureSettings:
    """Settings as a council writes them."""
    return MeasureSettings({name: BY_NAME[name].read(value) for name, value in written.items()})


def tables_without(missing: frozenset[str]) -> set[str]:
    return {one.name for one in TABLES} - missing


def counts_by_set(
    engine: Engine, plan: Plan, names: Sequence[str]
) -> dict[int, dict[tuple[str, Month], Count]]:
    """The counts of every set of rows, by the number of its council."""
    found: dict[int, dict[tuple[str, Month], Count]] = {}
    for measure, council, index, counted, met in engine.rows(query_for_all(plan, names)):
        found.setdefault(council, {})[measure, month_of(index)] = Count(counted, int(met))
    return found


def figures_of_rows(
    rows: RowSet,
    month: Month,
    settings: MeasureSettings,
    *,
    missing: frozenset[str] = frozenset(),
    population: int | None = None,
    supplied: tuple[SuppliedFigure, ...] = (),
    catalogue: Catalogue | None = None,
    plan: Plan | None = None,
) -> dict[str, MeasuredFigure]:
    """Every indicator in that month, from one set of rows whose load closes the month."""
    catalogue = catalogue or load_catalogue()
    plan = plan or resolve(catalogue, month, settings, tables_without(missing))
    with engine_over([rows], (month,), month) as engine:
        counts = counts_by_set(engine, plan, counted_levels(catalogue, plan)).get(1, {})
    measured = Measured(
        catalogue,
        plan,
        counts,
        ALWAYS,
        month,
        settings,
        None if population is None else Fraction(population),
        supplied,
    )
    return {one.ref: one for one in measured.figures((month,))}
