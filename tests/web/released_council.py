"""The small council with its page of June 2021 released to both audiences, made once."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path

from small_council import three_loads

from openscorecard import publishing
from openscorecard.periods import Month
from openscorecard.workspace.folder import Workspace, open_workspace

JUNE = Month(2021, 6)
DAY = dt.date(2021, 7, 20)


def released_council(folder: Path) -> Workspace:
    """A copy, with `published/2021-06/internal/1/` and `public/1/`."""
    return open_workspace(Path(shutil.copytree(_made(), folder / "released")))


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="scorecard-released-council-"))
    atexit.register(shutil.rmtree, folder)
    workspace = three_loads(folder)
    for audience in ("internal", "public"):
        to = workspace.root / "published" / JUNE.iso / audience / "1"
        publishing.publish(JUNE, workspace, audience, to, on=DAY)
    return workspace.root
