"""How long people wait, measured: `make bench`.

Each command is run as a whole process, several times in turn with an empty Python, so that a slow
or busy machine moves both; the ratio is the figure to compare from one day to the next. "busy" is
the time that the process itself worked. Others are run after it: what each medium costs is
bench/media.py; what counting costs, beside SQL by hand and beside pandas, is bench/measures.py;
what control charts cost is bench/statistics_speed.py, and how often they cry wolf is
bench/false_alarms.py. Nothing here is a test: a slow machine fails nobody.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCORECARD = Path(sys.executable).parent / "scorecard"
SEED = ROOT.parent / "shared" / "seed" / "000_137101b34a8ce8f9.txt"
RUNS = 7
FEW_RUNS = 3  # of what takes long
# Python keeps what it has read of our modules, as it does for everybody who did not forbid it.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def nothing() -> None:
    """Nothing has to be made ready."""


@dataclass(frozen=True, slots=True)
class Case:
    """`aim` in seconds; `ready` is called before each run."""

    name: str
    command: list[str]
    aim: str = ""
    ready: Callable[[], None] = nothing
    runs: int = RUNS


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock, seconds that the process worked, and its peak memory in MB."""

    clock: float
    busy: float
    megabytes: float


def cases(workspace: Path, page: Path, out: Path) -> list[Case]:
    scorecard = [str(SCORECARD), "--workspace", str(workspace)]
    found = [
        Case("check, the demonstration's page (XLSX)", [*scorecard, "check", str(page)], "0.6 s"),
        Case("page, in the terminal", [*scorecard, "page", "2021-06"]),
    ]
    if SEED.exists():
        seed = [*scorecard, "check", str(SEED)]
        found.insert(0, Case("check, a real page (text, 64 indicators)", seed, "0.6 s"))
    for audience in ("internal", "public"):
        to = out / audience
        command = [*scorecard, "publish", "2021-06", "--audience", audience, "--to", str(to)]
        found.append(Case(f"publish, {audience}: all media", command, "2.0 s", removing(to)))
    build = [*scorecard, "build", "2021-06", "--format", "json"]
    figures, compiled = workspace / "figures", workspace / "cache"
    june = figures / "2021-06-records-001.csv"
    return [
        *found,
        Case("build, all counted before", build),
        Case("build, June's load to count: each month", build, "1.0 s, 200 MB", removing(june)),
        Case("  and its query to compile", build, "", removing(june, compiled), FEW_RUNS),
        Case("build, thirteen loads to count", build, "", removing(figures), FEW_RUNS),
    ]


def removing(*paths: Path) -> Callable[[], None]:
    def remove() -> None:
        for path in paths:
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)

    return remove


def run(command: list[str]) -> Run:
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env=ENVIRONMENT)
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):  # 1: done, with findings
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read().decode()}")
    return Run(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def measure(case: Case) -> None:
    case.ready()
    run(case.command)  # once to warm the disk
    empty = [sys.executable, "-c", "pass"]
    runs, blank = [], []
    for _ in range(case.runs):
        blank.append(run(empty).clock)
        case.ready()
        runs.append(run(case.command))
    clocks = [one.clock for one in runs]
    ratio = statistics.median(clocks) / statistics.median(blank)
    busy = statistics.median(one.busy for one in runs)
    peak = statistics.median(one.megabytes for one in runs)
    print(
        f"{case.name:42}{statistics.median(clocks):7.2f}s{min(clocks):7.2f}s{max(clocks):7.2f}s"
        f"{busy:7.2f}s{ratio:7.1f}x{peak:6.0f} MB  {'under ' + case.aim if case.aim else ''}",
        flush=True,
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "council"
        demo = run([str(SCORECARD), "demo", str(workspace), "--no-serve"])
        page = next((workspace / "pages").glob("*.xlsx"))
        heads = f"{'median':>8}{'least':>8}{'most':>8}{'busy':>8}{'x empty':>8}{'memory':>9}"
        print(f"{'':42}{heads}  aim")
        print(
            f"{'demo, made anew, once':42}{demo.clock:7.2f}s{'':16}{demo.busy:7.2f}s{'':8}"
            f"{demo.megabytes:6.0f} MB  under 60 s",
            flush=True,
        )
        for case in cases(workspace, page, Path(folder) / "out"):
            measure(case)
        for script in ("media.py", "measures.py", "statistics_speed.py", "false_alarms.py"):
            beside = Path(__file__).with_name(script)
            print(flush=True)
            command = [sys.executable, str(beside), str(workspace)]
            subprocess.run(command, check=True, env=ENVIRONMENT)


if __name__ == "__main__":
    main()
