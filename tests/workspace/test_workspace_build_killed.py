"""`build` killed at random moments: nothing of the loads moves, and the next build is right.

`scripts/kill_test.py --what build --times 100` does it at length; SCORECARD_KILLS=100 does so here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from killed import fork_only

SCRIPT = Path(__file__).parents[2] / "scripts" / "kill_test.py"


@fork_only
def test_a_build_that_is_killed_at_any_moment_leaves_the_workspace_sound() -> None:
    times = os.environ.get("SCORECARD_KILLS", "10")
    command = [sys.executable, str(SCRIPT), "--what", "build", "--times", times,
               "--children", "200"]  # fmt: skip
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    killed = re.search(r"(\d+) killed on the way", ended.stdout)
    assert killed is not None
    assert int(killed[1]) > int(times) // 2
