"""Everything that CI runs: lint, types, import contracts, tests. Called by `make test`.

Installs the browser and the database that some tests need where it may (root on Debian); says
plainly what it left out otherwise. With COMPLETE=yes in the environment, anything left out is a
failure, but for the tests that hold the code to documents kept outside the project (shared/): those
are only said.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
COMPLETE = os.environ.get("COMPLETE") == "yes"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OUTSIDE = "shared/ is not beside the project"
# The browser, and fonts so that its pictures are those of an ordinary desk.
BROWSER_PACKAGES = ("chromium", "fonts-liberation")
DATABASE_PACKAGES = ("postgresql",)
# About half of the time that all tests take; the other half runs beside it.
FIRST_HALF = ("browser", "catalogue", "cli", "commentary")
THIRD_LOT = ("demo", "web")  # wait for other processes; run beside both halves
# Once more on PostgreSQL, where the rest ran on SQLite: what writes to the database, and the walk.
ON_POSTGRES = tuple(
    f"tests/web/test_web_{name}.py"
    for name in (
        "access", "access_walk", "accounts_lockout", "accounts_sign_in", "audit",
        "backup", "commentary", "commentary_lost", "explore_children", "jobs", "people", "signoff",
    )
)  # fmt: skip


def browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def database() -> bool:
    """Whether there is a PostgreSQL; Debian keeps its programs off the path."""
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def install_missing() -> None:
    """From Debian's packages, as root only; elsewhere the tests say that they were left out."""
    wanted: list[str] = []
    wanted += [] if browser() else BROWSER_PACKAGES
    wanted += [] if database() else DATABASE_PACKAGES
    if not wanted or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    if shutil.which("apt-get") is None:
        return
    print(f"installing {', '.join(wanted)} for the tests", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
    ):
        subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)


def step(name: str, command: list[str], env: dict[str, str] | None = None) -> tuple[bool, str]:
    """Runs one check and shows what it printed if it failed."""
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=env, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    seconds = time.monotonic() - started
    good = done.returncode == 0
    print(f"{'ok  ' if good else 'FAIL'} {name} ({seconds:.1f} s)", flush=True)
    if not good:
        print(done.stdout + done.stderr, flush=True)
    return good, done.stdout


def test_halves() -> dict[str, list[str]]:
    """The tests in three lots, each named by what is in it; every folder and file is in one."""
    there = sorted(
        path.name
        for path in (ROOT / "tests").iterdir()
        if (path.is_dir() and path.name[0] not in "._") or path.name.startswith("test_")
    )
    first = [f"tests/{name}" for name in there if name in FIRST_HALF]
    third = [f"tests/{name}" for name in there if name in THIRD_LOT]
    rest = [f"tests/{name}" for name in there if name not in (*FIRST_HALF, *THIRD_LOT)]
    return {
        "tests, one half (pytest)": first,
        "tests, the other half (pytest)": rest,
        "tests, the application and the demonstration (pytest)": third,
    }


def main() -> int:
    install_missing()
    complete = {**os.environ, "OPENSCORECARD_COMPLETE": "yes" if COMPLETE else ""}
    results = [
        step("lint (ruff check)", [str(BIN / "ruff"), "check", "."])[0],
        step("format (ruff format)", [str(BIN / "ruff"), "format", "--check", "."])[0],
        step("types (mypy, strict)", [str(BIN / "mypy")])[0],
        step("import contracts", [str(BIN / "lint-imports")])[0],
    ]
    halves = test_halves()
    with ThreadPoolExecutor(len(halves)) as pool:
        ran = pool.map(
            lambda half: step(half[0], [str(BIN / "pytest"), *half[1]], complete), halves.items()
        )
        tests = list(ran)
    results += [good for good, _ in tests]
    if database():
        command = [sys.executable, str(ROOT / "scripts" / "on_postgres.py"), str(BIN / "pytest")]
        again = step("the application on PostgreSQL (pytest)", [*command, *ON_POSTGRES], complete)
        results.append(again[0])
        tests.append(again)
    elif COMPLETE:
        print("there is no PostgreSQL to try the application on, and here nothing may be left out")
        results.append(False)
    printed = "\n".join(text for _, text in tests)
    skipped = re.findall(r"^SKIPPED .*$", printed, re.MULTILINE)
    for line in skipped:
        print(f"left out: {line.removeprefix('SKIPPED ')}")
    if COMPLETE and any(OUTSIDE not in line for line in skipped):
        print("something was left out, and here nothing may be")
        results.append(False)
    tails = [text.strip().splitlines()[-1] if text.strip() else "" for _, text in tests]
    counts = {
        name: sum(_count(tail, name) for tail in tails)
        for name in ("passed", "failed", "error", "skipped")
    }
    results += [_count(tail, "passed") > 0 for tail in tails]  # a half that did not run is no pass
    failed = counts["failed"] + counts["error"] + results[:4].count(False)
    print(f"{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped")
    return 0 if all(results) and counts["passed"] else 1


def _count(tail: str, name: str) -> int:
    found = re.search(rf"(\d+) {name}", tail)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    sys.exit(main())
