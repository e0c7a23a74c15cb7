"""The tables in a window of 80 columns: no figure cut, no column lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from openscorecard.cli.figure_table import lay_out
from openscorecard.cli.main import cli
from openscorecard.workspace.folder import Workspace, make_workspace
from openscorecard.workspace.take import load_pages

HEAD = "Ref,Indicator,Dec-20,Jan-21,Feb-21,Mar-21,Apr-21,May-21,Jun-21\n"
PAGE = HEAD + (
    'M1,Contacts,"1,507","1,464","1,297","1,886","1,630","1,801","2,080"\n'
    "M2,Referrals,351,271,244,460,334,442,339\n"
)
CORRECTED = HEAD + 'M1,Contacts,,,,,,"1,802","12,081"\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace(tmp_path / "northshire", "Northshire")
    for name, content in (("june", PAGE), ("corrected", CORRECTED)):
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
        load_pages(made, [tmp_path / f"{name}.csv"])
    return made


def run(columns: int, *words: str) -> list[str]:
    result = CliRunner().invoke(cli, words, env={"COLUMNS": str(columns)}, catch_exceptions=False)
    assert result.exit_code in (0, 1)
    return result.output.splitlines()


@pytest.mark.parametrize("columns", [66, 80, 100, 120, 200])
def test_no_figure_of_a_page_is_cut(workspace: Workspace, columns: int) -> None:
    lines = run(columns, "--workspace", str(workspace.root), "page", "2021-06")
    (contacts,) = [line for line in lines if line.startswith("M1 ")]
    assert "12,081 [r]" in contacts
    assert "…" not in "".join(lines)
    assert max(map(len, lines)) <= columns
    # The columns of every section stand in one line.
    (head,) = {line for line in lines if line.startswith("Ref.")}
    months = sum(month in head for month in HEAD.strip().split(",")[2:])
    said = [line for line in lines if " left out: the window is too narrow" in line]
    assert len(said) == (1 if months < 7 else 0)
    assert months == 7 or said[0].startswith(f"The {7 - months} months before ")


def test_the_newest_month_stays_whatever_the_window_is(workspace: Workspace) -> None:
    lines = run(20, "--workspace", str(workspace.root), "page", "2021-06")
    (contacts,) = [line for line in lines if line.startswith("M1 ")]
    assert "12,081 [r]" in contacts


def test_a_printed_page_is_shown_likewise(tmp_path: Path) -> None:
    page = tmp_path / "page.csv"
    page.write_text(PAGE, encoding="utf-8")
    lines = run(36, "read", str(page))
    # 36 columns: Ref. 4, a name of 9, three months of 6, and a blank between them: 4 + 9 + 18 + 4
    assert "The 4 months before Apr-21 are left out: the" in " ".join(lines)
    (contacts,) = [line for line in lines if line.startswith("M1 ")]
    assert contacts.split() == ["M1", "Contacts", "1,630", "1,801", "2,080"]


def test_a_layout_by_hand() -> None:
    heads = ("Ref.", "Indicator", "Apr-21", "May-21", "Jun-21", "Avg")
    lines = [("M1", "Number of contacts received", "1,630", "1,801", "2,080 [r]", "1,621")]
    # Ref. 4; months 6, 6, 9; average 5: with a blank before each column of figures and the name,
    # 4 + 7 + 7 + 10 + 6 + 1 = 35, so that 60 columns leave 25 for the name.
    wide = lay_out(heads, lines, 3, 60)
    assert (wide.left_out, wide.widths) == (0, (4, 25, 6, 6, 9, 5))
    # 46 leave 11, fewer than a name has at least: April goes, and 18 are left.
    narrow = lay_out(heads, lines, 3, 46)
    assert (narrow.left_out, narrow.widths) == (1, (4, 18, 6, 9, 5))
    assert narrow.shown(lines[0])[2:] == ["1,801", "2,080 [r]", "1,621"]
    assert narrow.remark().startswith("The month before May-21 is left out")


def test_the_list_of_indicators_keeps_its_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = run(80, "indicators")
    assert max(map(len, lines)) <= 80
    assert "…" not in "".join(lines)
    (line,) = [line for line in lines if line.startswith("  LAC11-QL (%)")]
    assert line.split()[-3:] == ["%", "↑", "monthly"]
    listed = [line for line in lines if line.startswith("  ") and line.endswith(("ly",))]
    assert len(listed) == 64
    assert {line[-len("quarterly") - 3] for line in lines if line.endswith("quarterly")} <= set(
        "↑↓–"
    )


def test_one_indicator_in_full_is_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = run(80, "indicators", "NI147")
    assert max(map(len, lines)) <= 80
    assert "…" not in "".join(lines)
    value = "".join(line[line_start(lines) :].split("  ")[0].strip() for line in lines)
    assert "care-leavers-in-suitable-accommodation" in value


def line_start(lines: list[str]) -> int:
    """Where the column of values begins."""
    return next(line.index("Value") for line in lines if line.startswith("Key"))


def test_what_is_the_councils_own_stands_beneath_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_workspace(tmp_path / "northshire", "Northshire")
    own = '[[indicator]]\nref = "M1"\nshort_name = "Calls"\n'
    (made.root / "definitions" / "own.toml").write_text(own, encoding="utf-8")
    monkeypatch.chdir(made.root)
    lines = run(80, "indicators")
    at = next(number for number, line in enumerate(lines) if line.startswith("  M1 "))
    assert lines[at].split() == ["M1", "Calls", "count", "–", "monthly"]
    assert lines[at + 1].strip() == "own: short_name"
