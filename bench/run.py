"""How long people wait, measured: `make bench`.

Each command is run as a whole process, several times in turn with an empty Python, so that a slow
or busy machine moves both; the ratio is the figure to compare from one day to the next. Nothing
here is a test: a slow machine fails nobody.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCORECARD = Path(sys.executable).parent / "scorecard"
SEED = ROOT.parent / "shared" / "seed" / "000_137101b34a8ce8f9.txt"
RUNS = 7


@dataclass(frozen=True)
class Case:
    """`aim` in seconds; `made` is the folder that the command makes, removed before each run."""

    name: str
    command: list[str]
    aim: float | None = None
    made: Path | None = None


def cases(workspace: Path, page: Path, out: Path) -> list[Case]:
    scorecard = [str(SCORECARD), "--workspace", str(workspace)]
    found = [
        Case("check, the demonstration's page (XLSX)", [*scorecard, "check", str(page)], 0.6),
        Case("page, in the terminal", [*scorecard, "page", "2021-06"]),
    ]
    if SEED.exists():
        found.insert(
            0,
            Case("check, a real page (text, 64 indicators)", [*scorecard, "check", str(SEED)], 0.6),
        )
    for audience in ("internal", "public"):
        to = out / audience
        command = [*scorecard, "publish", "2021-06", "--audience", audience, "--to", str(to)]
        found.append(Case(f"publish, {audience}: HTML, XLSX, CSV", command, 2.0, to))
    return found


def seconds(command: list[str], made: Path | None = None) -> float:
    if made is not None and made.exists():
        shutil.rmtree(made)
    started = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True)
    spent = time.perf_counter() - started
    if done.returncode not in (0, 1):  # 1: done, with findings
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr.decode()}")
    return spent


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "council"
        made = [str(SCORECARD), "demo", str(workspace), "--no-serve"]
        demo = seconds(made)
        page = next((workspace / "pages").glob("*.xlsx"))
        empty = [sys.executable, "-c", "pass"]
        print(f"{'':44}{'median':>8}{'least':>8}{'most':>8}{'x empty':>9}  aim")
        print(f"{'demo, first run, once':44}{demo:7.2f}s")
        for case in cases(workspace, page, Path(folder) / "out"):
            seconds(case.command, case.made)  # once to warm the disk
            runs, blank = [], []
            for _ in range(RUNS):
                blank.append(seconds(empty))
                runs.append(seconds(case.command, case.made))
            middle = statistics.median(runs)
            ratio = middle / statistics.median(blank)
            aim = f"under {case.aim:g} s" if case.aim else ""
            figures = f"{middle:7.2f}s{min(runs):7.2f}s{max(runs):7.2f}s{ratio:8.1f}x"
            print(f"{case.name:44}{figures}  {aim}")


if __name__ == "__main__":
    main()
