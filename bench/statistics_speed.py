"""How long limits and signals take: a page's indicators, and those of every council in England.

Called by bench/run.py. 64 indicators by 60 months, kinds mixed as on the page; for 153 councils at
once, and for the one council of the page. Seconds are medians; the memory is this process's peak.
What NumPy's import costs a command is measured beside it, each time in a fresh Python.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

import noise
import numpy as np

from openscorecard.periods import Month, months_to
from openscorecard.statistics.control import ChartKind, limits, plotted
from openscorecard.statistics.signals import signals

INDICATORS, COUNCILS = 64, 153
MONTHS = months_to(Month(2021, 6), 60)
BASELINE = 24
RUNS = 7
# Counts, stocks, percentages and rates, as many as the page has of each.
MIXED = (
    (noise.count(20), ChartKind.XMR, 27),
    (noise.in_and_out(16), ChartKind.XMR, 9),
    (noise.percentage(60, 0.85), ChartKind.PPRIME, 22),
    (noise.rate(60), ChartKind.UPRIME, 6),
)
Job = tuple[ChartKind, noise.Floats, noise.Floats | None]


def main() -> None:
    print(f"{'Control charts, 64 indicators, 60 months':42}{'clock':>9}{'busy':>9}{'series':>9}")
    for councils, aim in ((1, ""), (COUNCILS, "under 2 s")):
        work = jobs(councils)
        clock, busy = spent(work)
        series = sum(len(values) for _, values, _ in work)
        name = "one council" if councils == 1 else f"{councils} councils"
        print(f"  {name:40}{clock:8.3f}s{busy:8.3f}s{series:9,}  {aim}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {'peak memory of this process':40}{peak:6.0f} MB")
    importing = imported("import numpy") - imported("pass")
    print(f"  {'import numpy':40}{importing:8.3f}s")


def jobs(councils: int) -> list[Job]:
    random = np.random.default_rng(153)
    found: list[Job] = []
    for make, kind, indicators in MIXED:
        made = make(random, indicators * councils, MONTHS)
        found.append((kind, made.values, made.sizes if kind.has_sizes else None))
    assert sum(len(values) for _, values, _ in found) == INDICATORS * councils
    return found


def judged(kind: ChartKind, values: noise.Floats, sizes: noise.Floats | None) -> object:
    found = limits(kind, values, sizes, baseline=BASELINE)
    return signals(plotted(kind, values, sizes), found)


def spent(work: Sequence[Job]) -> tuple[float, float]:
    """The median clock and busy seconds, after one run to warm up."""
    clocks, busies = [], []
    for number in range(RUNS + 1):
        clock, busy = time.perf_counter(), time.process_time()
        for kind, values, sizes in work:
            judged(kind, values, sizes)
        if number:
            clocks.append(time.perf_counter() - clock)
            busies.append(time.process_time() - busy)
    return statistics.median(clocks), statistics.median(busies)


def imported(statement: str) -> float:
    """The median seconds that a fresh Python takes for it."""
    clocks = []
    for _ in range(RUNS):
        clock = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)
        clocks.append(time.perf_counter() - clock)
    return statistics.median(clocks)


if __name__ == "__main__":
    main()
