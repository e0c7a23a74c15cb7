"""`scorecard demo`: the whole way from the typed page to what the public reads."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from openscorecard import run
from openscorecard.cli.main import cli
from openscorecard.demo.content import MONTH, remarks
from openscorecard.demo.people import PASSWORD, PEOPLE
from openscorecard.disclosure import hidden_numbers
from openscorecard.errors import InputError
from openscorecard.records.printed.page import CellStatus
from openscorecard.records.printed.read import read_page
from openscorecard.workspace import Workspace


def demo(folder: Path) -> str:
    answer = CliRunner().invoke(cli, ["demo", str(folder), "--no-serve"], catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def published(folder: Path) -> dict[str, bytes]:
    root = folder / "published"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_it_says_what_it_does_and_what_it_found(made: tuple[Path, str]) -> None:
    folder, said = made
    assert "Made 13 monthly extracts" in said
    assert re.search(r"Checked and loaded them: [\d,]+ rows the newest, in 27 tables", said)
    assert "Computed June 2021 from them: 64 indicators, 58 with a figure" in said
    assert "650 of 675 cells are the same" in said
    assert re.search(r"Checked it: \d+ errors, \d+ warnings?, \d+ notes?\n", said)
    assert "61 on June 2021, 13 on May 2021" in said
    assert "Signed 53 of them, returned 2" in said
    assert "Entered 9 invented people" in said
    assert f"check {folder}/pages/wexmoor-2021-06.xlsx" in said.replace("\\", "/")
    assert "Loaded published statistics to stand beside its figures: 6 files, 52 series" in said
    assert len(said.split("Try next:\n")[1].splitlines()) == 10


def test_the_checks_find_the_values_that_cannot_be(made: tuple[Path, str]) -> None:
    from openscorecard.catalogue.load import load_catalogue
    from openscorecard.scorecard.checks import check_page

    page = read_page(made[0] / "pages" / "wexmoor-2021-06.xlsx")
    errors = {
        (finding.ref, finding.column)
        for finding in check_page(page, load_catalogue())
        if finding.severity == "error"
    }
    assert {("NI147", "2021-06"), ("M3", "2021-05"), ("LAC6 (%)", "2021-05")} <= errors
    assert {("EH4 (val)", "2021-05"), ("CP2b %", "2021-06")} <= errors


def test_the_published_page_shows_what_the_records_give(workspace: Workspace) -> None:
    page = run.page(MONTH, workspace)
    shown = {
        ref: row.figures[at].printed
        for ref, at in (("M3", 5), ("EH4 (val)", 5), ("LAC6 (%)", 5), ("NI147", 6), ("CP2b %", 6))
        if (row := page.row(ref)) is not None
    }
    assert shown == {
        "M3": "25%",  # 442 of 1,801
        "EH4 (val)": "277",
        "LAC6 (%)": "17%",  # 1 of 6
        "NI147": "86%",  # 114 of 133
        "CP2b %": "[z]",  # of no transfer-ins there is no percentage
    }
    early_help = page.row("EH1a")
    assert early_help is not None
    assert early_help.change_month.printed == "25%"  # (173 - 138) / 138; the page printed -6%
    suspended = page.row("EH1c")
    assert suspended is not None
    assert suspended.latest.printed == "[x]"
    assert suspended.latest.note.startswith("suspended: the form for assessments changed")


def test_comments_stand_beside_the_figures_by_roles(workspace: Workspace) -> None:
    page = run.page(MONTH, workspace)
    commented = [row for row in page.rows if row.comment is not None]
    assert len(commented) == 61
    for row in commented:
        assert row.comment is not None
        assert row.comment.by == row.indicator.reporter
        assert row.comment.by.startswith("Service Manager, ")
    contacts = page.row("M1")
    assert contacts is not None
    assert [comment.month.iso for comment in contacts.earlier_comments] == ["2021-05"]


def test_the_public_page_has_no_open_question_and_no_hidden_number(workspace: Workspace) -> None:
    assert run.unsettled_numbers(MONTH, workspace) == ()
    internal, public = run.page(MONTH, workspace), run.page(MONTH, workspace, "public")
    hidden = {(number.ref, number.column) for number in hidden_numbers(internal, public)}
    months = {month.iso: month for month in public.months}
    assert ("M4", "2021-06") in hidden
    assert len(hidden) > 50
    folder = workspace.root / "published" / "2021-06" / "public" / "1"
    for name in ("figures.csv", "scorecard.xlsx", "table.html"):
        page = read_page(folder / name)
        rows = {row.ref: row for row in page.rows}
        seen = 0
        for ref, column in hidden:
            month = months.get(column)
            cell = rows[ref].value(month) if month else getattr(rows[ref], column, None)
            if cell is None:
                continue  # a month that the page does not show
            assert cell.number is None, f"{name}: {ref} {column} {cell.raw}"
            assert cell.status is CellStatus.TEXT, f"{name}: {ref} {column} {cell.raw}"
            seen += 1
        assert seen > 50, name


def test_what_is_written_for_the_council_alone_is_in_no_public_file(workspace: Workspace) -> None:
    own = {
        sentence
        for remark in remarks(MONTH).remarks
        if remark.public_text is not None
        for sentence in set(sentences(remark.text)) - set(sentences(remark.public_text))
    }
    assert len(own) >= 15
    public = {
        name: content.decode("utf-8")
        for name, content in published(workspace.root).items()
        if "/public/" in name and name.endswith((".html", ".csv"))
    }
    assert len(public) > 60
    for name, content in public.items():
        assert [sentence for sentence in own if sentence in content] == [], name


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.) ", text)


def test_made_anew_under_another_name_it_publishes_the_same_bytes(
    made: tuple[Path, str], tmp_path: Path
) -> None:
    again = tmp_path / "another name"
    shutil.copytree(made[0], again)
    (again / "comments" / "2021-06.toml").write_text("spoilt")
    (again / "published" / "2021-06" / "public" / "1" / "index.html").write_text("spoilt")
    (again / "loads" / "more").mkdir()
    demo(again)
    assert not (again / "loads" / "more").exists()
    first, second = published(made[0]), published(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "figures.xlsx").write_text("somebody's")
    with pytest.raises(InputError, match="did not make"):
        demo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["figures.xlsx"]


def signs_in(connection: http.client.HTTPConnection, email: str, password: str) -> bool:
    """Whether the sign-in form takes them."""
    connection.request("GET", "/accounts/login/")
    form = connection.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.read().decode())[1]
    cookie = form.headers["Set-Cookie"].partition(";")[0]
    fields = {"login": email, "password": password, "csrfmiddlewaretoken": token}
    address = f"http://127.0.0.1:{connection.port}/accounts/login/"
    headers = {
        "Cookie": cookie,
        "Referer": address,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/accounts/login/", urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status == 302 and "sessionid=" in str(answer.headers)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent there")
def test_it_serves_the_application_until_ctrl_c_and_says_who_can_sign_in(tmp_path: Path) -> None:
    # A shell that starts this test in the background has Ctrl-C ignored, and children inherit that.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{heed}; from openscorecard.cli import main; main()"
    command = [sys.executable, "-c", program]
    process = subprocess.Popen(
        [*command, "demo", str(tmp_path / "demo"), "--port", "18000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        port = int(re.search(r"application: +http://127\.0\.0\.1:(\d+)/", said)[1])
        published = tmp_path / "demo" / "published" / "2021-06" / "public" / "1" / "index.html"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/published/2021-06/public/1/index.html")
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, published.read_bytes())
        for one in PEOPLE:
            assert one.email in said
        assert signs_in(connection, PEOPLE[0].email, PASSWORD)
        assert not signs_in(connection, PEOPLE[0].email, "another password")
        connection.close()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert (process.returncode, errors) == (0, "")
    finally:
        process.kill()
        process.communicate()
