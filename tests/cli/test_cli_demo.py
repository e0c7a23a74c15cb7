"""`scorecard demo` where there is no room for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LIMITED = """
import resource, sys
sys.dont_write_bytecode = True  # a module cut short would break every test after this one
from openscorecard.cli import main
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # no larger file: like a full disk
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("most", [0, 5_000])  # before the settings; the page of 20,000 bytes
def test_an_error_names_the_folder_that_was_asked_for(tmp_path: Path, most: int) -> None:
    words = [sys.executable, "-c", LIMITED, str(most), "demo", "our demo", "--no-serve"]
    ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.startswith("our demo")
    assert ".demo-new-" not in ended.stderr
    assert str(tmp_path) not in ended.stderr
    assert list(tmp_path.iterdir()) == []
