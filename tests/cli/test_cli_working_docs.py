"""docs/working.md keeps its promise: its commands and options are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from openscorecard.cli.build import build
from openscorecard.cli.explain import explain
from openscorecard.cli.main import cli
from openscorecard.cli.revisions import revisions
from openscorecard.cli.sql import DIALECTS, sql
from openscorecard.scorecard.page import Vintage
from openscorecard.workspace.revisions import ARRIVED_LATE, CHANGED, VANISHED

PAGE = (Path(__file__).parents[2] / "docs" / "working.md").read_text(encoding="utf-8")
LINES = re.findall(r"^scorecard (.*?)(?:  .*| > .*)?$", PAGE, flags=re.MULTILINE)


@pytest.mark.parametrize("line", LINES)
def test_every_command_is_one(line: str) -> None:
    """It is read without complaint, and fails for want of a workspace alone."""
    name, *words = line.split()
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    command.make_context(name, words, parent=click.Context(cli, obj=None))


@pytest.mark.parametrize("command", [build, explain, sql, revisions], ids=lambda one: one.name)
def test_every_option_and_choice_is_named(command: click.Command) -> None:
    for option in command.params:
        if isinstance(option, click.Option):
            assert any(name in PAGE for name in option.opts), option.opts
            if isinstance(option.type, click.Choice):
                assert all(f"{choice}" in PAGE for choice in option.type.choices)
    assert CliRunner().invoke(cli, [str(command.name), "--help"]).exit_code == 0


def test_the_words_are_the_programs() -> None:
    for word in (*Vintage, ARRIVED_LATE, CHANGED, VANISHED, *DIALECTS):
        assert f"`{word}`" in PAGE


def test_it_is_one_page() -> None:
    assert PAGE.count("\n") < 130
