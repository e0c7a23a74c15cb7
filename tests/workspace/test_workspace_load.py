"""`scorecard load` and `scorecard loads`, as their user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from openscorecard.cli.load import load
from openscorecard.cli.loads import loads
from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.periods import Month
from openscorecard.workspace.folder import Workspace, make_workspace
from openscorecard.workspace.load import page_loads
from openscorecard.workspace.released import released
from openscorecard.workspace.take import load_pages

JUNE = Month(2021, 6)

# 339 of 2,080 is 16%: 1630% is a slip of the decimal point.
PAGE = """\
Ref,Indicator,May-21,Jun-21,% change from May-21,12-mnth avg,12-mnth max.,ENG
M1,Number of contacts received,"1,801","2,080",↑ 15%,"1,621","2,080",Local
M2,Number of new referrals,442,339,↓ -23%,356,460,353
M3,Percentage of contacts that become referrals,25%,1630%,n/a,22%,26%,Local
M1x,Number of contacts by telephone,700,,n/a,700,800,-
"""
CORRECTION = """\
Ref,Indicator,Jun-21
M3,Percentage of contacts that become referrals,16%
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "northshire", "Northshire")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "june.csv"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def correction(tmp_path: Path) -> Path:
    path = tmp_path / "corrected.csv"
    path.write_text(CORRECTION, encoding="utf-8")
    return path


def run(workspace: Workspace, *words: str | Path) -> Result:
    """`scorecard load` ... or `scorecard loads ...` in the workspace."""
    command = load if words[0] == "load" else loads
    return CliRunner().invoke(command, [str(word) for word in words[1:]], obj=workspace.root)


def test_a_page_is_taken_what_cannot_be_true_is_set_aside_and_the_rest_is_said(
    workspace: Workspace, page: Path
) -> None:
    result = run(workspace, "load", page)
    assert result.exit_code == 1, result.output
    lines = result.output.splitlines()
    assert lines[0] == "june.csv: loaded as 2021-06-page-001"
    assert lines[1] == (
        "  4 indicators, May-21 to Jun-21; month figures: 6 value, 1 blank, 1 set-aside"
    )
    assert lines[2] == "  not in the catalogue: M1x"
    assert lines[3] == "  set aside, because they cannot be true: M3 Jun-21 (1630%)"
    assert "load a page with the right figure: its row alone is enough" in result.output
    assert lines[-1].endswith(" page 2021-06` prints the page of June 2021.")

    figures = released(workspace)
    assert figures.values["M1", JUNE].number == 2080
    assert figures.values["M3", JUNE].number is None
    assert figures.values["M3", JUNE].cell.note
    assert figures.values["M1x", JUNE.plus(-1)].number == 700
    assert figures.derived["M1", JUNE, "change_month"].cell.base == JUNE.plus(-1)
    assert figures.derived["M1", JUNE, "eng"].cell.status == "local"


def test_errors_and_warnings_are_shown_once_and_notes_are_counted(
    workspace: Workspace, page: Path
) -> None:
    output = run(workspace, "load", page).output
    said = " ".join(output.split())
    assert "No indicator of the catalogue has the ref 'M1x' (near it: M1" in said
    # 339 of 2,080 is 16.3%
    assert said.count("M3 2021-06 ") == 1
    findings = load_pages(workspace, [page.with_name(copied(page))])[0].findings
    for severity, word in ((Severity.ERROR, "error"), (Severity.WARNING, "warning")):
        some = [one for one in findings if one.severity is severity]
        assert some
        assert f"{len(some)} {word}{'' if len(some) == 1 else 's'}" in output.splitlines()
        for one in some:
            assert said.count(" ".join(one.message.split())[:40]) == 1


def copied(page: Path) -> str:
    """The name of the same page with a line more, which makes it another file."""
    other = page.with_name("again.csv")
    other.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return other.name


def test_cells_that_cannot_be_read_are_named(workspace: Workspace, tmp_path: Path) -> None:
    text = tmp_path / "text.csv"
    text.write_text(
        "Ref,Indicator,May-21,Jun-21\nM1,Contacts,see note,2080\nM2,Referrals,442,[c]\n"
    )
    result = run(workspace, "load", text)
    # [c] is a sign that we know: the figure is hidden, and that was read
    assert (
        "  could not be read, and taken as no figure: M1 May-21 (see note)"
        in result.output.splitlines()
    )
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Ref", "Indicator", "Jun-21"], ["M1", "Contacts", "=1000+1080"]):
        sheet.append(row)
    formula = tmp_path / "formula.xlsx"  # written by a program that does not calculate
    book.save(formula)
    result = run(workspace, "load", formula)
    assert "could not be read, and taken as no figure: M1 Jun-21" in result.output
    assert "formula" in result.output


def test_the_next_command_can_be_pasted(tmp_path: Path, page: Path) -> None:
    workspace = make_workspace(tmp_path / "our council", "Northshire")
    last = run(workspace, "load", page).output.splitlines()[-1]
    command = f"scorecard --workspace '{workspace.root}' page 2021-06"
    assert last == f"Next: `{command}` prints the page of June 2021."


def test_a_corrected_page_of_one_row_puts_it_right(
    workspace: Workspace, page: Path, correction: Path
) -> None:
    run(workspace, "load", page)
    result = run(workspace, "load", correction, "--reason", "the decimal point was lost")
    assert result.exit_code == 0, result.output
    figures = released(workspace)
    standing = figures.values["M3", JUNE]
    assert (standing.number, standing.load.reason) == (16, "the decimal point was lost")
    assert figures.values["M1", JUNE].load.id == "2021-06-page-001"


def test_as_printed_sets_nothing_aside(workspace: Workspace, page: Path) -> None:
    result = run(workspace, "load", page, "--as-printed")
    assert result.exit_code == 1
    assert "set aside" not in result.output
    assert released(workspace).values["M3", JUNE].number == 1630


def test_the_same_file_is_not_loaded_twice(
    workspace: Workspace, page: Path, tmp_path: Path
) -> None:
    load_pages(workspace, [page])
    before = sorted(path.name for path in workspace.loads.iterdir())
    again = tmp_path / "another-name.csv"
    again.write_bytes(page.read_bytes())
    with pytest.raises(InputError, match="loaded already, as 2021-06-page-001"):
        load_pages(workspace, [again])
    assert sorted(path.name for path in workspace.loads.iterdir()) == before


def test_several_pages_come_in_by_month_and_all_or_none(
    workspace: Workspace, page: Path, tmp_path: Path
) -> None:
    may = tmp_path / "may.csv"
    may.write_text("Ref,Indicator,May-21\nM1,Number of contacts received,1801\n")
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    for pages in ([page, empty], [page, may, tmp_path / "absent.csv"], [page, page]):
        with pytest.raises(InputError):
            load_pages(workspace, pages)
        assert page_loads(workspace.loads) == ()
    load_pages(workspace, [page, may])
    assert [one.id for one in page_loads(workspace.loads)] == [
        "2021-05-page-001", "2021-06-page-001",
    ]  # fmt: skip


def test_a_file_over_the_settings_limit_is_refused(workspace: Workspace, page: Path) -> None:
    settings = workspace.root / "openscorecard.toml"
    text = settings.read_text(encoding="utf-8").replace("limit_mb = 25", "limit_mb = 1")
    settings.write_text(text, encoding="utf-8")
    page.write_text(PAGE + " " * 1_100_000, encoding="utf-8")
    result = run(workspace, "load", page)
    assert isinstance(result.exception, InputError)
    assert "more than the 1,000,000 allowed" in result.exception.found
    assert "--limit-mb" in result.exception.todo
    assert page_loads(workspace.loads) == ()
    result = run(workspace, "load", page, "--limit-mb", "2")
    assert len(page_loads(workspace.loads)) == 1


def test_loads_are_listed(workspace: Workspace, page: Path) -> None:
    assert "Nothing is loaded" in run(workspace, "loads").output
    load_pages(workspace, [page], reason="=1+1")
    head, line, because = run(workspace, "loads").output.splitlines()
    assert head.split("  ")[0] == "load"
    assert line.startswith("2021-06-page-001  2021-06  ")
    assert line.endswith("  4 indicators          1  june.csv")
    assert because == "    because: =1+1"
    (entry,) = json.loads(run(workspace, "loads", "--format", "json").output)
    assert (entry["id"], entry["indicators"], entry["set_aside"]) == ("2021-06-page-001", 4, 1)
    header, line = run(workspace, "loads", "--format", "csv").output.splitlines()
    assert header.startswith("id,month,file,indicators,set_aside,loaded_at,reason")
    assert ",'=1+1," in line


def test_a_reason_has_the_width_of_the_window(workspace: Workspace, page: Path) -> None:
    reason = "The figure first printed was typed without its decimal point and cannot be true."
    load_pages(workspace, [page], reason=reason)
    result = CliRunner().invoke(loads, [], obj=workspace.root, env={"COLUMNS": "80"})
    lines = result.output.splitlines()
    assert max(map(len, lines)) <= 80
    assert " ".join(" ".join(lines[2:]).split()) == f"because: {reason}"
    assert len(lines) == 4


def test_forgetting_asks_and_lets_what_was_put_out_stand_again(
    workspace: Workspace, page: Path, correction: Path
) -> None:
    load_pages(workspace, [page])
    load_pages(workspace, [correction])
    stopped = run(workspace, "loads", "forget", "2021-06-page-002")
    assert stopped.exit_code == 1
    assert len(page_loads(workspace.loads)) == 2
    done = run(workspace, "loads", "forget", "2021-06-page-002", "--yes")
    assert done.exit_code == 0
    assert released(workspace).values["M3", JUNE].number is None
    unknown = run(workspace, "loads", "forget", "2021-06-page-002", "--yes")
    assert isinstance(unknown.exception, InputError)


def test_nothing_that_is_read_back_rests_on_the_clock(
    workspace: Workspace, page: Path, tmp_path: Path
) -> None:
    other = make_workspace(tmp_path / "other", "Northshire")
    load_pages(workspace, [page])
    load_pages(other, [page])
    cells = [
        {key: (one.cell, one.load.id) for key, one in released(place).values.items()}
        for place in (workspace, other)
    ]
    assert cells[0] == cells[1]


def test_of_two_figures_that_contradict_each_other_neither_is_set_aside(
    workspace: Workspace, tmp_path: Path
) -> None:
    """442 of 1,801 is 25%; the page prints 24%, and nothing else on it tells which is wrong."""
    path = tmp_path / "draw.csv"
    path.write_text(
        "Ref.,Indicator,May-21,Jun-21\n"
        "M1,Number of contacts received (includes contacts that become referrals),1801,2080\n"
        "M2,Number of new referrals of Children In Need (CiN),442,339\n"
        "M3,Percentage of all contacts that become new referrals of Children In Need (CiN),"
        "24%,16%\n",
        encoding="utf-8",
    )
    result = run(workspace, "load", path)
    assert "One of these is wrong" in result.output
    assert "set aside" not in result.output
    assert released(workspace).values["M3", JUNE.plus(-1)].number == 24
