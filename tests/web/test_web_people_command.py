"""`scorecard people`, as it is typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from openscorecard.workspace.folder import make_workspace

ASSESSMENT = "Service Manager, Assessment"


def scorecard(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = "from openscorecard.cli import main; main()"
    left_out = ("DJANGO_SETTINGS_MODULE", "OPENSCORECARD_SECRET", "DATABASE_URL")
    here = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [sys.executable, "-c", program, "--workspace", str(root), "people", *words],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, env=here,
    )  # fmt: skip


def test_the_first_administrator_is_entered_and_others_are_listed(tmp_path: Path):
    root = make_workspace(tmp_path / "council", "Northshire").root

    first = scorecard(
        root, "add", "Grace@northshire.example", "--name", "Grace Okafor",
        "--role", "administrator", "--address", "https://scorecard.northshire.example/",
    )  # fmt: skip
    assert first.returncode == 0, first.stderr
    assert "Grace Okafor <grace@northshire.example> is entered." in first.stdout
    assert "https://scorecard.northshire.example/accounts/password/link/?key=" in first.stdout

    unknown = scorecard(root, "add", "x@y.example", "--name", "X", "--title", "King")
    assert unknown.returncode == 2
    assert "the catalogue has no title 'King'" in unknown.stderr

    ann = scorecard(
        root, "add", "ann@northshire.example", "--name", "Ann Lee", "--role", "analyst",
        "--title", ASSESSMENT,
    )  # fmt: skip
    assert ann.returncode == 0, ann.stderr

    listed = json.loads(scorecard(root, "list", "--format", "json").stdout)
    assert [(one["name"], one["roles"], one["titles"], one["state"]) for one in listed] == [
        ("Ann Lee", "reporter, analyst", ASSESSMENT, "open"),
        ("Grace Okafor", "administrator", "", "open"),
    ]
