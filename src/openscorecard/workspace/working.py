"""A figure's working: the definition, the query, the counts at each condition, the load."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openscorecard.catalogue.find import find_indicator
from openscorecard.catalogue.indicator import Catalogue, Indicator, Kind
from openscorecard.catalogue.measure import CHILDREN, Measure
from openscorecard.errors import InputError
from openscorecard.measures.count import plan_for
from openscorecard.measures.figures import MeasuredFigure, Status
from openscorecard.measures.resolve import Level, Plan, definition_in, is_tested, ways
from openscorecard.measures.working import Step, steps_of
from openscorecard.periods import Month
from openscorecard.records.extracts.read import FileRead
from openscorecard.scorecard.page import Vintage
from openscorecard.workspace.computed import engine_of
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.records_load import RecordsLoad
from openscorecard.workspace.released import ReleasedFigure, released
from openscorecard.workspace.vintages import (
    figures_of_load,
    own_council,
    own_loads,
    sent_with,
)

SUPPLIED_TABLE = "supplied_figures"


@dataclass(frozen=True, slots=True)
class Part:
    """The numerator or the denominator of a figure, or the count that it is."""

    name: str  # "count", "numerator", "denominator"
    titles: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Working:
    """Everything about how a figure came about. `tells_rest`: there is a list of those not met.

    `load` is the one that it was counted from; of a supplied figure, the one that it came with.
    `files` are those of the load that the figure rests on. `released` is the figure that a page of
    the month prints instead, because it was published. `population` is what a rate is of.
    """

    indicator: Indicator
    month: Month
    words: str
    figure: MeasuredFigure
    parts: tuple[Part, ...]
    sql: str
    vintage: Vintage
    load: RecordsLoad
    files: tuple[FileRead, ...]
    released: ReleasedFigure | None = None
    population: str = ""
    tells_rest: bool = False


def working_of(
    workspace: Workspace, catalogue: Catalogue, ref: str, month: Month, load: RecordsLoad
) -> Working:
    """The working of one figure, asked for by ref or id; InputError where there is no such one."""
    indicator = find_indicator(catalogue, ref)
    counted = figure_of(workspace, catalogue, indicator, month, load, as_counted=True)
    figure = figure_of(workspace, catalogue, indicator, month, load)
    plan = plan_for(catalogue, month, workspace.settings.measures, load.tables, absent=load.lacking)
    sql = sql_of(plan, indicator, month)
    parts: tuple[Part, ...] = ()
    source = load
    if indicator.kind is Kind.SUPPLIED:
        source = sent_with(workspace, load, indicator.ref, month) or load
        files = tuple(one for one in source.files if one.table == SUPPLIED_TABLE)
    else:
        files = _files(load, sql)
        if counted.status in COUNTED and not load.rows_dropped:
            parts = _parts(workspace, plan, indicator, month, load)
    vintage = Vintage.MONTH_CLOSE if load.month == month else Vintage.NOW_KNOWN
    published = released(workspace, until=month).values.get((indicator.ref, month))
    return Working(
        indicator=indicator,
        month=month,
        words=definition_in(indicator, month).words,
        figure=figure,
        parts=parts,
        sql=sql,
        vintage=vintage,
        load=source,
        files=files,
        released=None if published is None or published.number is None else published,
        population=workspace.settings.population_edition if indicator.unit.is_rate else "",
        tells_rest=bool(parts) and rest_is_told(plan, indicator, month),
    )


# What the records give a number or a list for; a month that they do not reach has neither.
COUNTED = (Status.VALUE, Status.NOTHING_TO_COUNT)


def figure_of(
    workspace: Workspace,
    catalogue: Catalogue,
    indicator: Indicator,
    month: Month,
    load: RecordsLoad,
    *,
    as_counted: bool = False,
) -> MeasuredFigure:
    loads = own_loads(workspace)
    figures = figures_of_load(workspace, catalogue, load, (month,), loads, as_counted=as_counted)
    figure = figures.get((indicator.ref, month))
    if figure is None:
        raise InputError(
            f"its rows were dropped, and no figure of {indicator.ref} in {month.long} was kept",
            where=load.id,
            todo="load the extract again",
        )
    return figure


def _parts(
    workspace: Workspace,
    plan: Plan,
    indicator: Indicator,
    month: Month,
    load: RecordsLoad,
) -> tuple[Part, ...]:
    council = own_council(workspace, load)
    parts: list[Part] = []
    with engine_of(workspace, load, (month,)) as engine:
        for name, titles in parts_in(plan, indicator, month):
            steps: list[Step] = []
            for title in titles:
                steps += steps_of(plan, title, month, engine.rows, council)
            parts.append(Part(name, titles, tuple(steps)))
    return tuple(parts)


def _files(load: RecordsLoad, sql: str) -> tuple[FileRead, ...]:
    """The files of the tables that the queries name."""
    named = set(re.findall(r"\w+", sql))
    return tuple(one for one in load.files if one.table in named)


def parts_in(plan: Plan, indicator: Indicator, month: Month) -> list[tuple[str, tuple[str, ...]]]:
    """Of which refs and groups a figure is made; nothing where it is supplied."""
    if indicator.kind is Kind.SUPPLIED:
        return []
    if indicator.ref in plan.of or indicator.ref in plan.missing:
        return [("count", (indicator.ref,))]
    measure = definition_in(indicator, month).measure or Measure()
    top = measure.sum_of or tuple(filter(None, [indicator.numerator]))
    found = [("numerator", top)] if top else []
    below = measure.denominator or indicator.denominator
    if below and not indicator.unit.is_rate:
        found.append(("denominator", (below,)))
    return found


def sql_of(plan: Plan, indicator: Indicator, month: Month, dialect: str = "duckdb") -> str:
    """The queries of the figure, each under a line that says what it counts."""
    from openscorecard.measures.queries import query, written_for

    parts = parts_in(plan, indicator, month)
    if not parts:
        return f"-- {indicator.ref}: another team supplies the figure; no query counts it"
    texts = []
    for name, titles in parts:
        for title in titles:
            level = plan.level(title)
            if level is None:
                reason = " ".join(plan.missing.get(title, "no query counts it").split())
                texts.append(f"-- {name}: {title}: {reason}")
                continue
            head = f"-- {name}: {title}" if name != "count" else f"-- {title}"
            texts.append(f"{head}\n{written_for(query(plan, level.name), dialect)};")
    return "\n\n".join(texts)


def rest_is_told(plan: Plan, indicator: Indicator, month: Month) -> bool:
    """Whether there is a list of those not met: there is a test, or the numerator are some of the
    denominator's own."""
    parts = dict(parts_in(plan, indicator, month))
    top = plan.level((parts.get("numerator") or parts.get("count") or ("",))[0])
    below = plan.level(parts.get("denominator", ("",))[0])
    if top is None:
        return False
    return is_tested(top, plan) if below is None else alike(top, below)


def alike(level: Level, whole: Level) -> bool:
    """Whether two levels count the same things, so that one can be some of the other."""
    if level.counts == whole.counts == CHILDREN:
        return True
    return (level.table, level.counts) == (whole.table, whole.counts)


def looks_at(plan: Plan, top: str, below: str) -> bool:
    """Whether the numerator is those of the denominator that meet a test: then its rows are all."""
    level, whole = plan.level(top), plan.level(below)
    if level is None or whole is None:
        return False
    chain = ways(level, plan)
    upto = chain[: chain.index(whole)] if whole in chain else ()
    return bool(upto) and not any(one.where for one in upto) and level.counts == whole.counts
