"""`scorecard signals`: in the terminal, as JSON and as CSV."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from command_runs import as_csv, as_json, printed
from small_council import three_loads
from workspace_pages import JUNE, a_workspace, cell, loaded, new_load

from openscorecard import publishing
from openscorecard.cli.signal_records import COLUMNS
from openscorecard.errors import InputError
from openscorecard.workspace.folder import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A council of a few children: almost nothing to judge."""
    return three_loads(tmp_path_factory.mktemp("council"))


@pytest.fixture(scope="module")
def of_pages(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A council with a page printed before: EH1a at 50 and 52 in turn, 90 in June 2021. The mean of
    the thirteen months is 53.8, their moving ranges are eleven of 2 and one of 40."""
    workspace = a_workspace(tmp_path_factory.mktemp("pages"))
    values = [50, 52] * 6 + [90]
    cells = [cell("EH1a", JUNE.plus(place - 12), str(value)) for place, value in enumerate(values)]
    loaded(workspace, new_load(JUNE, *cells))
    return workspace


def test_special_causes_come_first(of_pages: Workspace) -> None:
    text = printed(of_pages, "signals", "2021-06")
    assert text.splitlines()[2:4] == [
        "Unusually high  EH1a  Early help assessments started: 90",
        "  Above the usual range (up to 67). Rule: outside the limits, June 2021.",
    ]
    assert "With 1 indicator judged, less than one false signal a month is expected" in text


def test_as_first_published_and_as_now(of_pages: Workspace, tmp_path: Path) -> None:
    publishing.publish(JUNE, of_pages, "internal", tmp_path / "out", on=dt.date(2021, 7, 5))
    assert "  As first published on 5 July 2021.\n" in printed(of_pages, "signals", "2021-06")
    loaded(of_pages, new_load(JUNE, cell("EH1a", JUNE, "51"), content=b"mended", reason="a slip"))
    text = printed(of_pages, "signals", "2021-06")
    assert "Nothing." in text
    assert "first published as Unusually high, above the usual range (up to 67)" in " ".join(
        text.split()
    )
    one = printed(of_pages, "signals", "2021-06", "--ref", "EH1a")
    assert "First published on 5 July 2021: Unusually high, above the usual range" in one
    found = as_json(of_pages, "signals", "2021-06", "--ref", "EH1a")["signals"][0]
    assert found["verdict"]["signal"] == "none"
    assert found["verdict"]["first_published"] == {
        "signal": "neutral",
        "word": "Unusually high",
        "reason": "above the usual range (up to 67)",
        "on": "2021-07-05",
    }
    assert found["months"][-1]["first"] == "Unusually high"


def test_a_year_that_is_mostly_unusual_and_the_lines_of_a_new_baseline(tmp_path: Path) -> None:
    """EH1a at 50 and 52 for two years, then at 30 for eleven months, and at 51 in June 2021."""
    workspace = a_workspace(tmp_path)
    values = [50, 52] * 12 + [30] * 11 + [51]
    cells = [cell("EH1a", JUNE.plus(place - 35), str(value)) for place, value in enumerate(values)]
    loaded(workspace, new_load(JUNE, *cells))
    text = " ".join(printed(workspace, "signals", "2021-06").split())
    assert "but 11 of the last 12 months were unusual (--ref has the lines of a new base" in text
    lines = printed(workspace, "signals", "2021-06", "--ref", "EH1a").splitlines()
    at = lines.index("[[signals.rebase]]")
    assert lines[at - 1] == "In openscorecard.toml:"
    assert lines[at + 1 : at + 4] == ['ref = "EH1a"', 'from = "2020-07"', 'reason = "..."']
    verdict = as_json(workspace, "signals", "2021-06", "--ref", "EH1a")["signals"][0]["verdict"]
    assert (verdict["flagged_12"], verdict["target_met"]) == (11, None)
    assert verdict["offer"].splitlines()[2] == 'from = "2020-07"'
    row = next(one for one in as_csv(workspace, "signals", "2021-06") if one["ref"] == "EH1a")
    assert (row["flagged_12"], row["target_met"], row["target_months"]) == ("11", "", "")


def test_a_run_of_a_year_prints_its_lines(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    values = [52, 50] * 12 + [53] * 12
    cells = [cell("EH1a", JUNE.plus(place - 35), str(value)) for place, value in enumerate(values)]
    loaded(workspace, new_load(JUNE, *cells))
    lines = [line.strip() for line in printed(workspace, "signals", "2021-06").splitlines()]
    assert 'from = "2020-07"' in lines


def test_in_the_terminal(workspace: Workspace) -> None:
    text = printed(workspace, "signals", "2021-06")
    lines = text.splitlines()
    assert lines[0].endswith("What is unusual in June 2021")
    assert "Nothing." in lines
    assert any(line.startswith("Not judged: ") for line in lines)
    assert "No indicator is judged." in text
    assert "In force: outside the limits, 7 rising or falling, 2 of 3 near a limit" in text


def test_one_indicator_with_its_months(workspace: Workspace) -> None:
    text = printed(workspace, "signals", "2021-06", "--ref", "M1")
    assert "Not judged: " in text
    assert "Jun-21" in text
    found = as_json(workspace, "signals", "2021-06", "--ref", "M1")
    assert [one["ref"] for one in found["signals"]] == ["M1"]
    assert found["signals"][0]["months"][-1]["month"] == "2021-06"
    with pytest.raises(InputError, match='there is no indicator "M77"'):
        printed(workspace, "signals", "2021-06", "--ref", "M77")


def test_as_json(workspace: Workspace) -> None:
    found = as_json(workspace, "signals", "2021-06")
    assert found["month"] == "2021-06"
    assert found["settings"] == {
        "shift": 8,
        "trend": 7,
        "two_of_three": True,
        "screen": False,
        "baseline_months": 24,
        "rebase": [],
    }
    assert len(found["signals"]) == 64
    verdict = next(one["verdict"] for one in found["signals"] if one["ref"] == "YO2")
    assert verdict["signal"] == "not-judged"
    assert verdict["first_published"] is None
    assert found["chance"]["judged"] == 0


def test_as_csv(workspace: Workspace) -> None:
    rows = as_csv(workspace, "signals", "2021-06", "--as-now-known")
    assert len(rows) == 64
    assert tuple(rows[0]) == COLUMNS
    assert {row["signal"] for row in rows} <= {"not-judged", "none", "neutral"}
    assert [row["first_word"] for row in rows] == [""] * 64
