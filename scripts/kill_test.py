"""Kills `load` of an extract, or `build` of a page, at random moments, and looks at what it leaves.

    python scripts/kill_test.py --times 100 [--what build] [--seed 1]

After each kill the workspace has to be sound: the loads that were there are there unchanged, the
new one is there whole or not at all, no child has another number, and the next load goes through
and gives what an undisturbed one gives. After a kill of `build` the loads are as they were, and the
next build gives the page and keeps the figures that an undisturbed one does. Needs a system with
fork.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openscorecard.measures.queries  # noqa: F401  here, so that no kill falls on importing it
from openscorecard import run
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.as_json import page_as_json
from openscorecard.workspace.folder import Workspace, make_workspace, open_workspace
from openscorecard.workspace.load import sha256_of
from openscorecard.workspace.records_load import check_stored, child_ids, records_loads
from openscorecard.workspace.store import leftovers
from openscorecard.workspace.take_records import load_records

JULY_5, AUGUST_4, SINCE = dt.date(2021, 7, 5), dt.date(2021, 8, 4), dt.date(2017, 4, 1)


def write_extract(folder: Path, first: int, last: int) -> Path:
    """Children `first` to `last`, and a few rows about each."""
    folder.mkdir()
    people = ["pers_person_id,pers_dob"]
    referrals = ["cine_referral_id,cine_person_id,cine_referral_date,cine_close_date"]
    visits = ["cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date"]
    for child in range(first, last):
        day = SINCE + dt.timedelta(days=child % 1500)
        people.append(f"C{child},2010-01-01")
        referrals += [f"R{child}{letter},C{child},{day},31/02/2021" for letter in "ab"]
        visits += [f"V{child}{letter},C{child},P{child},{day}" for letter in "abcde"]
    for name, lines in (
        ("ssd_person", people),
        ("ssd_cin_episodes", referrals),
        ("ssd_cp_visits", visits),
    ):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def load(workspace: Workspace, folder: Path, day: dt.date) -> None:
    load_records(workspace, folder, extracted=day, complete_from=SINCE)


def in_a_child(workspace: Workspace, folder: Path, seconds: float | None) -> tuple[bool, float]:
    """Loads in a process of its own, killed after `seconds`; whether it was killed, and how long
    it took. This process never opens a database, so that a fork of it is clean."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            load(workspace, folder, AUGUST_4)
            code = 0
        finally:
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status):
        raise SystemExit("a load failed that nothing disturbed")
    return os.WIFSIGNALED(status), time.monotonic() - started


def looked_at(workspace: Workspace, expected: dict[str, object]) -> str:
    """In a process of its own too: what is wrong in the workspace, "" if nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            text = _look(workspace, expected)
        except BaseException as error:  # noqa: BLE001  whatever it is, it is what was found
            text = f"{type(error).__name__}: {error}"
        os.write(writing, text.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read().decode()
    os.waitpid(child, 0)
    return text


def _look(workspace: Workspace, expected: dict[str, object]) -> str:
    children = child_ids(workspace)
    before = expected["children"]
    assert isinstance(before, dict)
    if any(children.get(number) != child for number, child in before.items()):
        return "a child has another number"
    loads = records_loads(workspace.loads)
    for one in loads:
        check_stored(workspace.loads / one.id, one)
    if [one.id for one in loads] not in (["2021-06-records-001"], expected["ids"]):
        return f"loads: {[one.id for one in loads]}"
    if loads[0].stored != expected["first"]:
        return "the load that was there has changed"
    if len(loads) == 1:
        try:
            load(workspace, expected["folder"], AUGUST_4)  # type: ignore[arg-type]
        except InputError as error:
            return f"the next load is refused: {error}"
        loads = records_loads(workspace.loads)
        if leftovers(workspace.loads):
            return f"left over: {leftovers(workspace.loads)}"
    if loads[-1].stored != expected["second"]:
        return "the load after the kill differs from an undisturbed one"
    return "" if child_ids(workspace) == expected["all children"] else "the children differ"


def main() -> int:
    options = argparse.ArgumentParser(description="Kills loads at random moments.")
    options.add_argument("--times", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--children", type=int, default=2000)
    options.add_argument("--what", choices=["load", "build"], default="load")
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as temporary:
        if chosen.what == "build":
            return _kill_builds(Path(temporary), chosen.times, chosen.children, chance)
        return _kill_again_and_again(Path(temporary), chosen.times, chosen.children, chance)


def _kill_again_and_again(root: Path, times: int, children: int, chance: random.Random) -> int:
    june = write_extract(root / "june", 0, children)
    july = write_extract(root / "july", children // 2, children + children // 2)
    make_workspace(root / "start", "Northshire")
    expected = _undisturbed(root, june, july)
    killed = there = 0
    length = float(str(expected["seconds"]))
    for number in range(1, times + 1):
        shutil.rmtree(root / "now", ignore_errors=True)
        shutil.copytree(root / "start", root / "now")
        workspace = open_workspace(root / "now")
        was_killed, _ = in_a_child(workspace, july, chance.uniform(0, 1.05 * length))
        killed += was_killed
        there += (workspace.loads / "2021-07-records-001").is_dir()
        wrong = looked_at(workspace, expected)
        if wrong:
            print(f"kill {number}: {wrong}")
            return 1
    print(f"{times} loads, {killed} killed on the way, {there} of them were there all the same; "
          "the workspace was sound each time")  # fmt: skip
    return 0


def _kill_builds(root: Path, times: int, children: int, chance: random.Random) -> int:
    june = write_extract(root / "june", 0, children)
    july = write_extract(root / "july", children // 2, children + children // 2)
    start = open_workspace(make_workspace(root / "start", "Northshire").root)
    _in_another_process(lambda: load(start, june, JULY_5))
    _in_another_process(lambda: load(start, july, AUGUST_4))
    shutil.copytree(root / "start", root / "whole")
    began = time.monotonic()
    expected = _from_another(lambda: _built(open_workspace(root / "whole")))
    length = time.monotonic() - began
    killed = kept = 0
    for number in range(1, times + 1):
        shutil.rmtree(root / "now", ignore_errors=True)
        shutil.copytree(root / "start", root / "now")
        workspace = open_workspace(root / "now")
        killed += _killed_after(chance.uniform(0, 1.02 * length), lambda at=workspace: _built(at))
        kept += len(list((workspace.root / "figures").glob("*.csv")))
        found = _from_another(lambda at=workspace: _built(at))
        if found != expected:
            print(f"kill {number}: the next build differs from an undisturbed one")
            return 1
    print(f"{times} builds, {killed} killed on the way, {kept} files of figures were kept by then; "
          "the workspace was sound and the figures right each time")  # fmt: skip
    return 0


def _built(workspace: Workspace) -> object:
    """The page, the figures that are kept, and every file of the loads by its hash."""
    page = page_as_json(run.build(Month(2021, 7), workspace))
    figures = sorted((workspace.root / "figures").glob("*.csv"))
    loads = sorted(path for path in workspace.loads.rglob("*") if path.is_file())
    hashes = [
        (path.relative_to(workspace.root).as_posix(), sha256_of(path.read_bytes()))
        for path in (*figures, *loads)
    ]
    for one in records_loads(workspace.loads):
        check_stored(workspace.loads / one.id, one)
    return page, hashes


def _killed_after(seconds: float, work: Callable[[], object]) -> bool:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _undisturbed(root: Path, june: Path, july: Path) -> dict[str, object]:
    """What there is before, and what a load that nobody kills makes of it."""
    start = open_workspace(root / "start")
    _in_another_process(lambda: load(start, june, JULY_5))
    shutil.copytree(root / "start", root / "whole")
    whole = open_workspace(root / "whole")
    _, seconds = in_a_child(whole, july, None)
    first, second = records_loads(whole.loads)
    return {
        "folder": july,
        "seconds": seconds,
        "ids": [first.id, second.id],
        "first": first.stored,
        "second": second.stored,
        "children": _children(start),
        "all children": _children(whole),
    }


def _in_another_process(work: object) -> None:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()  # type: ignore[operator]
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit("a load failed that nothing disturbed")


def _children(workspace: Workspace) -> object:
    return _from_another(lambda: child_ids(workspace))


def _from_another(work: Callable[[], object]) -> object:
    """What `work` gives in another process: see `in_a_child`."""
    import pickle

    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(), pipe)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        held = pickle.load(pipe)
    os.waitpid(child, 0)
    return held


if __name__ == "__main__":
    sys.exit(main())
