"""Loads of records that are killed, or that find no room: the workspace stays as it was.

`scripts/kill_test.py --times 100` does the first at length; SCORECARD_KILLS=100 does so here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from killed import fork_only
from records_extracts import AUGUST_4, TABLES, extract, load
from workspace_pages import a_workspace

from openscorecard.workspace.child_map import Child
from openscorecard.workspace.records_load import check_stored, child_ids, records_loads
from openscorecard.workspace.store import leftovers

SCRIPT = Path(__file__).parents[2] / "scripts" / "kill_test.py"
FULL = """
import datetime as dt, resource, sys
from pathlib import Path
from openscorecard.errors import InputError
from openscorecard.workspace import open_workspace
from openscorecard.workspace.take_records import load_records
most = int(sys.argv[3])
import duckdb
sys.dont_write_bytecode = True  # a module cut short would break every test after this one
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # no file may hold more: a full disk
try:
    load_records(open_workspace(Path(sys.argv[1])), Path(sys.argv[2]),
                 extracted=dt.date(2021, 8, 4), complete_from=dt.date(2017, 4, 1))
except InputError as error:
    sys.exit(str(error))
"""


@fork_only
def test_a_load_that_is_killed_at_any_moment_is_there_whole_or_not_at_all() -> None:
    times = os.environ.get("SCORECARD_KILLS", "10")
    command = [sys.executable, str(SCRIPT), "--times", times, "--children", "300"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    killed = re.search(r"(\d+) killed on the way", ended.stdout)
    assert killed is not None
    assert int(killed[1]) > int(times) // 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("most_bytes", [0, 100, 700, 3000])
def test_on_a_full_disk_the_workspace_stays_as_it_was(tmp_path: Path, most_bytes: int) -> None:
    """Room for nothing; for a few small files; for the map of children and some tables."""
    workspace = a_workspace(tmp_path)
    load(workspace, extract(tmp_path / "june"))
    (june,) = records_loads(workspace.loads)
    more = TABLES["ssd_person"] + "".join(f"D{number},2015-01-01\n" for number in range(400))
    visits = "clav_cla_visit_id,clav_person_id,clav_cla_visit_date\n" + "".join(
        f"V{number * 7919 % 5003},D{number % 400},2021-06-{number % 30 + 1:02d}\n"
        for number in range(5000)
    )
    july = extract(tmp_path / "july", ssd_person=more, ssd_cla_visits=visits)
    command = [sys.executable, "-c", FULL, str(workspace.root), str(july), str(most_bytes)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stderr
    assert "could not be written" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert records_loads(workspace.loads) == (june,)
    check_stored(workspace.loads / june.id, june)
    assert leftovers(workspace.loads) == []
    assert child_ids(workspace)[3] == Child(1, "C")
    load(workspace, july, AUGUST_4)
    assert len(records_loads(workspace.loads)) == 2
