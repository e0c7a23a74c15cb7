"""How commands print: next steps that can be pasted, no blanks at the ends of lines, limits."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from rich.table import Table

from openscorecard.cli.output import as_csv_text, as_typed, console, count, limit_option


def test_a_command_is_quoted_where_it_must_be() -> None:
    typed = as_typed("page", "2021-06", workspace=Path("our council's folder"))
    assert shlex.split(typed) == [
        "scorecard", "--workspace", "our council's folder", "page", "2021-06",
    ]  # fmt: skip
    assert as_typed("load", "PAGE") == "scorecard load PAGE"


def test_it_is_named_as_it_was_called_where_it_is_not_on_the_search_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "argv", ["my tools/scorecard", "demo"])
    assert as_typed("doctor") == "'my tools/scorecard' doctor"
    monkeypatch.setattr(sys, "argv", ["python"])
    assert as_typed("doctor") == "scorecard doctor"


def test_one_is_no_plural() -> None:
    assert [count(number, "indicator") for number in (0, 1, 64)] == [
        "0 indicators", "1 indicator", "64 indicators",
    ]  # fmt: skip


def test_lines_into_a_pipe_end_where_their_text_ends() -> None:
    @click.command()
    def show() -> None:
        table = Table(box=None, width=60)
        table.add_column("Ref.")
        table.add_column("Name")
        table.add_row("M1", "Contacts")
        console().print(table)

    lines = CliRunner().invoke(show, []).output.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    assert lines[1].split() == ["M1", "Contacts"]


@pytest.mark.parametrize(
    ("columns", "width"), [("80", 80), ("", 120), ("0", 120), ("many", 120), ("40", 50)]
)
def test_the_width_of_a_pipe(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert console(50).width == width


@pytest.mark.parametrize(
    ("said", "limit"),
    [([], "None"), (["--limit-mb", "25"], "25000000"), (["--limit-mb", "0.5"], "500000")],
)
def test_a_limit_in_megabytes(said: list[str], limit: str) -> None:
    @click.command()
    @limit_option("25")
    def show(limit_bytes: int | None) -> None:
        click.echo(str(limit_bytes))

    assert CliRunner().invoke(show, said).output == f"{limit}\n"
    for wrong in ("0", "-1", "nan", "inf", "2001", "much"):
        assert CliRunner().invoke(show, ["--limit-mb", wrong]).exit_code == 2


def test_no_text_is_a_formula() -> None:
    assert [as_csv_text(text) for text in ("=1+1", "-5%", "-", "@x", 3)] == [
        "'=1+1", "-5%", "-", "'@x", 3,
    ]  # fmt: skip
