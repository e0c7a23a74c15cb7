"""How long each medium of a publication takes, and how large it is: the demonstration's June 2021.

Called by bench/run.py; by itself, `python bench/media.py WORKSPACE`. The media are those that a
publication writes, in its order, all in one process. "first" is the first time in a fresh process,
with what has to be imported; the others are of the runs after it. The yardstick is work that never
changes, timed between the runs, so that a slow or busy machine moves both.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from openscorecard import run
from openscorecard.periods import Month
from openscorecard.publish.media import MEDIA, Medium
from openscorecard.scorecard.page import Scorecard
from openscorecard.workspace.folder import open_workspace

JUNE = Month(2021, 6)
RUNS = 5
AIM_ALL, AIM_PDF = 2.0, 0.5  # seconds


def main(workspace: Path) -> None:
    opened = open_workspace(workspace)
    heads = f"{'first':>9}{'least':>9}{'median':>9}{'x yardstick':>13}{'files':>7}{'bytes':>12}"
    for audience in ("internal", "public"):
        page = run.page(JUNE, opened, audience)
        print(f"{f'Media, {audience}, {len(page.rows)} indicators':34}{heads}  aim", flush=True)
        total = [0.0, 0.0, 0.0]
        yards: list[float] = []
        for medium in MEDIA:
            first, clocks, files = spent(medium, page, yards)
            row = (first, min(clocks), statistics.median(clocks))
            total = [sum(pair) for pair in zip(total, row, strict=True)]
            aim = f"under {AIM_PDF} s" if medium.name.startswith("PDF") else ""
            line(medium.name, row, yards, aim, files)
        line("all together", tuple(total), yards, f"under {AIM_ALL:.0f} s")
        print(f"  {'the yardstick itself':32}{'':18}{statistics.median(yards):8.3f}s")


def line(
    name: str,
    seconds: tuple[float, ...],
    yards: list[float],
    aim: str,
    files: list[int] | None = None,
) -> None:
    ratio = seconds[-1] / statistics.median(yards)
    size = f"{len(files):7}{sum(files):12,}" if files is not None else f"{'':19}"
    clocks = "".join(f"{each:8.3f}s" for each in seconds)
    print(f"  {name:32}{clocks}{ratio:12.1f}x{size}  {aim}".rstrip(), flush=True)


def spent(
    medium: Medium, page: Scorecard, yards: list[float]
) -> tuple[float, list[float], list[int]]:
    """The first run's seconds, those of the others, and the sizes of the files in bytes."""
    clocks = []
    for _ in range(RUNS + 1):
        yards.append(yardstick())
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            medium.write(page, Path(folder))
            clocks.append(time.perf_counter() - started)
            files = [path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()]
    return clocks[0], clocks[1:], files


def yardstick() -> float:
    """Seconds for text work of a fixed amount, as renderers do it."""
    started = time.perf_counter()
    for number in range(40_000):
        f"{number:,}".replace(",", " ").encode("utf-8")
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]))
