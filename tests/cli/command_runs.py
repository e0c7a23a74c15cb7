"""Runs a command as the terminal does, and gives what it printed."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import click
from click.testing import CliRunner

from openscorecard.cli.main import cli
from openscorecard.workspace.folder import Workspace


def printed(workspace: Workspace | None, *words: str) -> str:
    """Its output; what it raises comes through."""
    inside = () if workspace is None else ("--workspace", str(workspace.root))
    result = CliRunner().invoke(cli, [*inside, *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if result.exit_code == 2:
        raise click.UsageError(result.output)
    return result.output


def as_json(workspace: Workspace | None, *words: str) -> Any:
    return json.loads(printed(workspace, *words, "--format", "json"))


def as_csv(workspace: Workspace | None, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed(workspace, *words, "--format", "csv"))))
