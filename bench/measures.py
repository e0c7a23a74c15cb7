"""What counting costs: our compiled query, beside SQL by hand and beside a month loop in pandas.

Called by bench/run.py with the demonstration's folder. All three count the same load, in this one
process, in turn; where they differ by a single figure it stops. Ours and the SQL by hand run on the
same connection, over the same Parquet files. Seconds are medians; "busy" is the time worked.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import by_hand
import month_loop

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.engines.duckdb import Engine, month_index, month_of
from openscorecard.measures.count import counted_levels, plan_for
from openscorecard.measures.queries import query_for_all
from openscorecard.measures.resolve import Plan, literal
from openscorecard.periods import Month, months_to
from openscorecard.workspace.computed import engine_of
from openscorecard.workspace.folder import Workspace, open_workspace
from openscorecard.workspace.records_load import RecordsLoad, all_records_loads

MONTH = Month(2021, 6)
SPANS = (13, 36)  # a year of the page with its change, and what the charts show
RUNS = 9
# ref -> month -> how many, and how many of them meet the test
Figures = dict[str, dict[Month, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Spent:
    clock: float
    busy: float


def main() -> None:
    workspace = open_workspace(Path(sys.argv[1]))
    load = next(one for one in all_records_loads(workspace.loads) if one.month == MONTH)
    for span in SPANS:
        with_months(workspace, load, months_to(MONTH, span))


def with_months(workspace: Workspace, load: RecordsLoad, months: tuple[Month, ...]) -> None:
    def made() -> Engine:
        return engine_of(workspace, load, months)

    ready = spent({"engine": lambda: made().__exit__(None, None, None)})["engine"]
    catalogue, settings = load_catalogue(workspace.definitions), workspace.settings.measures
    with made() as engine:
        plan = plan_for(catalogue, MONTH, settings, load.tables, engine.rows)
        everything = query_for_all(plan, counted_levels(catalogue, plan))
        refs = [ref for family in by_hand.FAMILIES for ref in family.columns]
        print(f"Counting one load, {len(months)} months{'':13}{'clock':>9}{'busy':>9}")
        whole = spent({"ours": lambda: engine.rows(everything)})["ours"]
        line("engine made ready", ready)
        line("all that the page is made from, one query", whole)
        beside_hand(engine, plan, settings, months, by_hand.FAMILIES, f"the {len(refs)} levels")
        for family in by_hand.FAMILIES:
            beside_hand(engine, plan, settings, months, (family,), ", ".join(family.columns))
        beside_pandas(engine, plan, load, months)
        print()


def beside_hand(
    engine: Engine,
    plan: Plan,
    settings: MeasureSettings,
    months: tuple[Month, ...],
    families: Sequence[by_hand.Family],
    name: str,
) -> None:
    """Ours and theirs for the same indicators: whole families, so that both do the same work."""
    refs = [ref for family in families for ref in family.columns]
    ours = query_for_all(plan, tuple(plan.of[ref] for ref in refs))
    hand = [(family, filled(family.sql, settings, months)) for family in families]
    same(by_query(engine, plan, ours), of_hand(engine, hand), "the SQL by hand")
    both = spent(
        {
            "ours": lambda: engine.rows(ours),
            "hand": lambda: [engine.rows(sql) for _, sql in hand],
        }
    )
    line(name, both["ours"])
    aim = "under 1.3" if len(families) > 1 else ""
    beside("SQL by hand", both["hand"], both["ours"], both["hand"], aim)


def beside_pandas(engine: Engine, plan: Plan, load: RecordsLoad, months: tuple[Month, ...]) -> None:
    reading = spent({"read": lambda: month_loop.read(engine)})["read"]
    tables = month_loop.read(engine)
    looped = month_loop.figures(tables, months, load.month)
    ours = query_for_all(plan, tuple(plan.of[ref] for ref in looped))
    same(by_query(engine, plan, ours), looped, "pandas")
    both = spent(
        {
            "ours": lambda: engine.rows(ours),
            "pandas": lambda: month_loop.figures(tables, months, load.month),
        }
    )
    line(f"{len(looped)} indicators, of each kind", both["ours"])
    whole = Spent(
        reading.clock + both["pandas"].clock, reading.busy + both["pandas"].busy
    )  # ours reads its Parquet each time
    beside("pandas: read once, month loop", whole, whole, both["ours"], "over 10")


def spent(ways: Mapping[str, Callable[[], object]]) -> dict[str, Spent]:
    """Each way run in turn, as often as the others, after one run to warm up."""
    runs: dict[str, list[Spent]] = {name: [] for name in ways}
    for number in range(RUNS + 1):
        for name, way in ways.items():
            clock, busy = time.perf_counter(), time.process_time()
            way()
            if number:
                one = Spent(time.perf_counter() - clock, time.process_time() - busy)
                runs[name].append(one)
    return {
        name: Spent(
            statistics.median(one.clock for one in found),
            statistics.median(one.busy for one in found),
        )
        for name, found in runs.items()
    }


def by_query(engine: Engine, plan: Plan, sql: str) -> Figures:
    titles = {name: title for title, name in plan.of.items()}
    found: Figures = {}
    for measure, _, index, counted, met in engine.rows(sql):
        found.setdefault(titles[measure], {})[month_of(index)] = (int(counted), int(met))
    return found


def of_hand(engine: Engine, hand: Sequence[tuple[by_hand.Family, str]]) -> Figures:
    found: Figures = {}
    for family, sql in hand:
        answer = engine.connection.execute(sql)
        names = [column[0] for column in answer.description or ()]
        for values in answer.fetchall():
            row = dict(zip(names, values, strict=True))
            for ref, (counted, met) in family.columns.items():
                pair = (row[counted], row[met] if met else 0)
                found.setdefault(ref, {})[month_of(row["month"])] = pair
    return found


def same(ours: Figures, theirs: Figures, who: str) -> None:
    """Stops where a figure differs. A month that is not there counts 0."""
    for ref in {*ours, *theirs}:
        ours_of, theirs_of = ours.get(ref, {}), theirs.get(ref, {})
        for month in {*ours_of, *theirs_of}:
            left, right = ours_of.get(month, (0, 0)), theirs_of.get(month, (0, 0))
            if left != right:
                sys.exit(f"{ref} in {month}: ours {left}, {who} {right}")


def filled(sql: str, settings: MeasureSettings, months: tuple[Month, ...]) -> str:
    first, last = months[0], months[-1]
    return sql.format(
        first=f"DATE '{first.iso}-01'",
        last=f"DATE '{last.last_day}'",
        low=month_index(first),
        high=month_index(last),
        step_up=literal(settings.value("step_up_end_reasons")),
        uasc=literal(settings.value("uasc_statuses")),
    )


def line(name: str, one: Spent, rest: str = "") -> None:
    print(f"{name[:42]:42}{one.clock:8.3f}s{one.busy:8.3f}s{rest}", flush=True)


def beside(name: str, one: Spent, above: Spent, below: Spent, aim: str) -> None:
    """One way, and how the two compare: by the clock, and by the time worked."""
    ratios = f"  x{above.clock / below.clock:.2f}  x{above.busy / below.busy:.2f} busy  {aim}"
    line(f"  {name}", one, ratios)


if __name__ == "__main__":
    main()
