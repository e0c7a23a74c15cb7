"""`scorecard comments`, as its user meets it: a workspace, a workbook, exit codes."""

from __future__ import annotations

import datetime as dt
import json

import openpyxl
import pytest
from click.testing import CliRunner

from openscorecard.cli.main import cli
from openscorecard.commentary.entries import Entry, EntryKind, StoredComments
from openscorecard.commentary.store import comments_path, write_comments
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
    assert run(None, "init", str(folder), "--council", "Anytown").exit_code == 0
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


def test_a_number_is_settled_for_what_is_hidden_now_and_asks_again_for_what_is_later(
    workspace, tmp_path
):
    file = tmp_path / "comments.xlsx"
    run(workspace, "comments", "export", "2021-06", str(file))
    write_into(file, M4="Two schools sent most, within three days.")
    run(workspace, "comments", "import", "2021-06", str(file))
    publish = ("publish", "2021-06", "--audience", "public", "--to", str(tmp_path / "public"))
    refused = run(workspace, *publish)
    assert isinstance(refused.exception, InputError)
    assert "“Two” is hidden on the public page (M4, May 2021)" in str(refused.exception)
    settle = ("comments", "settle", "2021-06", "M4", "--by", "Head", "--because", "schools")
    settled = run(workspace, *settle)
    assert settled.exit_code == 0
    assert "  2 = M4, 2021-05\n" in settled.output
    assert "3 =" not in settled.output  # three days are no figure
    assert run(workspace, *publish).exit_code == 0

    corrected = PAGE.replace("13+,2,3", "13+,4,2")  # two referrals in June, it turns out
    (tmp_path / "again.csv").write_text(corrected, encoding="utf-8")
    assert run(workspace, "load", str(tmp_path / "again.csv"), "--reason", "late").exit_code == 0
    refused = run(workspace, *publish)
    assert isinstance(refused.exception, InputError)
    assert "“Two” is hidden on the public page (M4, June 2021" in str(refused.exception)
    assert run(workspace, *settle).exit_code == 0
    assert run(workspace, *publish).exit_code == 0


def test_the_council_s_own_limit_decides_what_is_hidden_and_what_is_said(workspace, tmp_path):
    settings = workspace / "openscorecard.toml"
    usual = settings.read_text(encoding="utf-8")
    for limit, printed, said in (
        (2, ["[c]", "3"], "Counts of 1 to 2 are hidden"),
        (0, ["2", "3"], "Nothing is hidden"),
    ):
        settings.write_text(
            usual.replace("small_numbers = 5", f"small_numbers = {limit}"), encoding="utf-8"
        )
        to = tmp_path / f"limit-{limit}"
        publish = ("publish", "2021-06", "--audience", "public", "--to", str(to), "--draft")
        assert run(workspace, *publish).exit_code == 0
        book = openpyxl.load_workbook(to / "scorecard.xlsx")
        figures = {line[0].value: line for line in book["Figures"].iter_rows(min_row=6)}
        header = [cell.value for cell in figures["Ref."]]
        months = (header.index("May-21"), header.index("Jun-21"))
        assert [str(figures["M4"][at].value) for at in months] == printed
        cover = " ".join(str(cell.value) for (cell,) in book["Cover"].iter_rows(max_col=1))
        assert said in cover


def test_settling_where_no_number_is_in_question_says_so(workspace, tmp_path):
    file = tmp_path / "comments.xlsx"
    run(workspace, "comments", "export", "2021-06", str(file))
    write_into(file, M1="Contacts rose.")
    run(workspace, "comments", "import", "2021-06", str(file))
    settle = ("comments", "settle", "2021-06", "M1", "--by", "Head", "--because", "agreed")
    assert "no number in it equals a hidden one" in run(workspace, *settle).output


def test_an_earlier_comment_is_settled_for_the_page_that_still_shows_it(workspace, tmp_path):
    # May's own page was never loaded; June's shows May's comment among the earlier ones.
    comments = StoredComments(Month(2021, 5)).with_entry(
        Entry("M4", EntryKind.TEXT, "Head", dt.datetime(2021, 6, 5, tzinfo=dt.UTC), "Two schools.")
    )
    write_comments(workspace, comments)
    publish = ("publish", "2021-06", "--audience", "public", "--to", str(tmp_path / "public"))
    assert isinstance(run(workspace, *publish).exception, InputError)
    settle = ("comments", "settle", "2021-05", "M4", "--by", "Head", "--because", "schools")
    assert "2 = M4, 2021-05" in run(workspace, *settle).output
    assert run(workspace, *publish).exit_code == 0


def test_findings_say_sheet_and_row_once(workspace, tmp_path):
    file = tmp_path / "comments.xlsx"
    run(workspace, "comments", "export", "2021-06", str(file))
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    line = next(cell.row for cell in sheet["A"] if cell.value == "M1")
    sheet.cell(line, 6).value = "=1+1"
    book.save(file)
    result = run(workspace, "comments", "import", "2021-06", str(file))
    assert result.exit_code == 1
    said = " ".join(result.output.split())
    assert f"M1 Sheet '{sheet.title}', row {line}: The box" in said
    assert said.count("M1") == 1
    assert not comments_path(workspace, JUNE).exists()


def test_a_second_export_never_loses_what_was_written(workspace, tmp_path):
    file = tmp_path / "our comments.xlsx"
    export = ("comments", "export", "2021-06", str(file))
    first = run(workspace, *export)
    assert f"comments import 2021-06 '{file}'" in first.output
    assert run(workspace, *export).exit_code == 0  # nothing is written in it yet
    write_into(file, M1="Contacts rose.")
    held = file.read_bytes()
    refused = run(workspace, *export)
    assert isinstance(refused.exception, InputError)
    assert f'comments import 2021-06 "{file}"' in refused.exception.todo
    assert file.read_bytes() == held
    assert run(workspace, "comments", "import", "2021-06", str(file)).exit_code == 0
    assert run(workspace, *export).exit_code == 0


def test_the_list_says_who_when_what_and_what_is_left_to_settle(workspace, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    at = dt.datetime(2021, 7, 5, 12, tzinfo=dt.UTC)
    words = "Contacts rose again, as they do each year when schools look back on the term. " * 3
    comments = StoredComments(JUNE)
    for entry in (
        Entry("M1", EntryKind.TEXT, "Head", at, words, "More contacts."),
        Entry("M2", EntryKind.TEXT, "Head", at, "Referrals fell."),
        Entry("M2", EntryKind.CONFLICT, "Deputy", at, "Fewer referrals."),
        Entry("OLD", EntryKind.TEXT, "Head", at, "Of a former indicator."),
    ):
        comments = comments.with_entry(entry)
    numbers = ["2 = M4, 2021-05"]
    comments = comments.settled("M1", by="Director", because="schools", at=at, numbers=numbers)
    write_comments(workspace, comments)
    output = run(workspace, "comments", "list", "2021-06").output
    said = " ".join(output.split())
    assert "M1 Head, 5 July 2021, " in said
    assert "For the public: More contacts." in said
    assert "Settled by Director, 5 July 2021, " in said
    assert "schools (2 = M4, 2021-05)" in said
    assert "CONFLICT. Deputy, 5 July 2021, " in said
    assert "also sent: Fewer referrals." in said
    assert "OLD Head" in said
    assert "no such indicator" in said
    assert "2 of 64 indicators have a comment. Two texts and no decision: M2." in said
    assert "No comment yet Service Manager, Assessment M3, M2-NI," in said
    assert all(len(line) <= 80 for line in output.splitlines() if "comments settle" not in line)
    listed = json.loads(run(workspace, "comments", "list", "2021-06", "--format", "json").output)
    (row,) = [row for row in listed["rows"] if row["ref"] == "M2"]
    assert [beside["text"] for beside in row["also_sent"]] == ["Fewer referrals."]
    settle = ("comments", "settle", "2021-06", "M2", "--by", "Head", "--because", "agreed")
    assert "What Deputy sent stays in the history" in run(workspace, *settle).output


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
    assert " ".join(result.output.split()).count("was taken in") == 1
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


def test_a_page_of_nobody_is_not_published(workspace, tmp_path):
    settings = workspace / "openscorecard.toml"
    named = settings.read_text(encoding="utf-8")
    settings.write_text(named.replace('"Anytown"', '""'), encoding="utf-8")
    publish = ("publish", "2021-06", "--audience", "internal", "--to", str(tmp_path / "out"))
    refused = run(workspace, *publish)
    assert isinstance(refused.exception, InputError)
    assert "write name" in str(refused.exception)
    assert not (tmp_path / "out").exists()
