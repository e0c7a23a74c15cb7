"""The tests of commands share what the tests of the workspace are made with."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "workspace"))
