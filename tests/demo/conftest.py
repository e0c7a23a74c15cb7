"""The demonstration, made once for all tests that look at it. Do not change it: copy it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from openscorecard.cli.main import cli
from openscorecard.workspace import Workspace, open_workspace


def demo(folder: Path) -> str:
    """Makes the demonstration; gives what the command said."""
    answer = CliRunner().invoke(cli, ["demo", str(folder), "--no-serve"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder and what the command said."""
    folder = tmp_path_factory.mktemp("made") / "demo"
    return folder, demo(folder)


@pytest.fixture(scope="session")
def workspace(made: tuple[Path, str]) -> Workspace:
    return open_workspace(made[0])
