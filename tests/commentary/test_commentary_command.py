"""`scorecard comments`, as its user meets it: a workspace, a workbook, exit codes."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from openscorecard.cli.main import cli
from openscorecard.commentary.store import comments_path
from openscorecard.errors import InputError
from openscorecard.periods import Month

JUNE = Month(2021, 6)
PAGE = """Ref.,Indicator,May-21,Jun-21
M1,Number of contacts received,1801,2080
M2,Number of new referrals,442,339
M4,Number of new referrals aged 13+,2,3
"""


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "page.csv").write_text(PAGE, encoding="utf-8")
    folder = tmp_path / "council"
    assert run(None, "init", str(folder)).exit_code == 0
    assert run(folder, "load", str(tmp_path / "page.csv")).exit_code == 0
    return folder


def run(folder, *words):
    where = [] if folder is None else ["--workspace", str(folder)]
    return CliRunner().invoke(cli, [*where, *words])


def write_into(path, **texts):
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for line in sheet.iter_rows(min_row=7):
            if line[0].value in texts:
                line[5].value = texts[line[0].value]
    book.save(path)


def test_out_written_in_and_back(workspace, tmp_path):
    file = tmp_path / "comments.xlsx"
    assert run(workspace, "comments", "export", "2021-06", str(file)).exit_code == 0
    write_into(file, M1="Contacts rose.")
    back = run(workspace, "comments", "import", "2021-06", str(file))
    assert (back.exit_code, "1 comment changed: M1" in back.output) == (0, True)
    again = run(workspace, "comments", "import", "2021-06", str(file))
    assert (again.exit_code, "nothing changed" in again.output) == (0, True)
    listed = run(workspace, "comments", "list", "2021-06", "--format", "json")
    (row,) = [row for row in json.loads(listed.output)["rows"] if row["ref"] == "M1"]
    assert (row["text"], row["conflicts"]) == ("Contacts rose.", 0)
    assert "Contacts rose." in run(workspace, "comments", "list", "2021-06").output
    assert run(workspace, "comments", "list", "2021-06", "--format", "csv").exit_code == 0


def test_a_conflict_is_exit_code_1_and_keeps_both(workspace, tmp_path):
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    for file, words in ((old, "Hers."), (new, "His.")):
        run(workspace, "comments", "export", "2021-06", str(file))
        write_into(file, M1=words)
    assert run(workspace, "comments", "import", "2021-06", str(new)).exit_code == 0
    result = run(workspace, "comments", "import", "2021-06", str(old), "--by", "Deputy")
    assert result.exit_code == 1
    assert "Hers." in result.output
    assert "His." in result.output
    text = comments_path(workspace, JUNE).read_text(encoding="utf-8")
    assert 'kind = "conflict"\nby = "Deputy"' in text
    settle = ("comments", "settle", "2021-06", "M1", "--by", "Head", "--because", "agreed")
    assert run(workspace, *settle).exit_code == 0
    listed = run(workspace, "comments", "list", "2021-06", "--format", "json")
    (row,) = [row for row in json.loads(listed.output)["rows"] if row["ref"] == "M1"]
    assert (row["text"], row["conflicts"], row["numbers_checked"]) == ("His.", 0, "Head: agreed")


def test_a_workbook_of_another_month_is_exit_code_2_and_changes_nothing(workspace, tmp_path):
    file = tmp_path / "comments.xlsx"
    run(workspace, "comments", "export", "2021-06", str(file))
    write_into(file, M1="Contacts rose.")
    book = openpyxl.load_workbook(file)
    for sheet in book:
        for line in sheet.iter_rows(min_row=7):
            if line[0].value == "M1":
                line[8].value = "2021-05"
    book.save(file)
    result = run(workspace, "comments", "import", "2021-06", str(file))
    assert result.exit_code == 2
    assert "2021-05" in result.output
    assert not comments_path(workspace, JUNE).exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("export", "2021-06", "x.xlsx", "--reporter", "Nobody"), "Nobody"),
        (("export", "June", "x.xlsx"), "is not a month"),
        (("import", "2021-06", "none.xlsx"), "none.xlsx"),
        (("settle", "2021-06", "M1", "--by", "Head", "--because", "x"), "no comment on 'M1'"),
    ],
)
def test_bad_input_is_said(workspace, words, says):
    result = run(workspace, "comments", *words)
    assert isinstance(result.exception, InputError)
    assert says in str(result.exception)
    assert not (workspace / "comments").exists()
