"""`scorecard sql`: every indicator's query, for every database."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
import sqlglot
from command_runs import printed
from small_council import three_loads, with_settings

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.indicator import Kind
from openscorecard.cli.sql import DIALECTS
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.workspace.computed import engine_of
from openscorecard.workspace.vintages import own_loads


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_indicator_has_a_query_that_is_sql(
    dialect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside of a workspace: by our definitions and settings, over all tables."""
    monkeypatch.chdir(tmp_path)
    from openscorecard import run

    for indicator in load_catalogue():
        text = run.sql(indicator.ref, None, dialect)
        trees = [one for one in sqlglot.parse(text, read=dialect) if one is not None]
        if indicator.kind is Kind.SUPPLIED:
            assert (trees, text.count("\n")) == ([], 0)
            assert "another team supplies the figure" in text
        elif indicator.ref == "M5":  # needs a setting
            assert "setting step_up_end_reasons is empty" in text
        else:
            assert trees, indicator.ref
            assert all(isinstance(tree, sqlglot.exp.Select) for tree in trees)


def test_a_workspaces_query_counts_what_its_page_shows(tmp_path: Path) -> None:
    workspace = with_settings(three_loads(tmp_path).root, "[measures]\ncp_visit_days = 16\n")
    text = printed(workspace, "sql", "CP8-QL")
    assert "<= 16" in text
    (june,) = [one for one in own_loads(workspace) if one.month == Month(2021, 6)]
    with engine_of(workspace, june, (june.month,)) as engine:
        assert engine.rows(text) == [(1, 2021 * 12 + 5, 1, 1)]  # seen 16 working days before
    assert "the load holds no table front_door_decisions" in printed(workspace, "sql", "M8-QL")


def test_by_any_way_of_writing_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert printed(None, "sql", "m1") == printed(None, "sql", "contacts-received")
    assert printed(None, "sql", "M3").count("-- ") == 2
    with pytest.raises(InputError, match='there is no indicator "M77"'):
        printed(None, "sql", "M77")
    with pytest.raises(click.UsageError):
        printed(None, "sql", "M1", "--dialect", "oracle")
