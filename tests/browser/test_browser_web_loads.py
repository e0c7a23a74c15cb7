"""Loads in a real browser: from files to the end of a job, with a script and without."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_windows import is_right, windows
from small_council import three_loads, write_extract
from web_people import person

from openscorecard.web.accounts.models import Account
from openscorecard.web.loads import services, worker
from openscorecard.web.loads.models import Job, JobState, Kind

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    Windows = Callable[..., BrowserContext]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ann(tmp_path: Path, settings) -> Account:
    workspace = three_loads(tmp_path)
    settings.WORKSPACE = workspace.root
    settings.WEB = workspace.root / "web"
    return person("Ann Lee", analyst=True)


@pytest.fixture
def window(browser: Browser, live_server) -> Iterator[Windows]:
    with windows(browser, live_server.url) as made:
        yield made


def zipped(folder: Path, *left_out: str) -> Path:
    extract = write_extract(folder / "june", "june", "2021-07-06")
    to = folder / "june.zip"
    with zipfile.ZipFile(to, "w") as archive:
        for path in extract.iterdir():
            if path.name not in left_out:
                archive.write(path, path.name)
    return to


def test_from_a_dropped_file_to_the_end_of_the_job(ann, window, tmp_path):
    page = window(ann).new_page()
    page.goto("/loads/")
    is_right(page)
    content = list(zipped(tmp_path).read_bytes())
    dropped = page.evaluate_handle(
        """content => {
          const files = new DataTransfer();
          files.items.add(new File([new Uint8Array(content)], "june.zip"));
          return files;
        }""",
        content,
    )
    page.dispatch_event("#upload", "drop", {"dataTransfer": dropped})
    assert page.inner_text(".chosen") == "june.zip, 1 MB."
    page.get_by_role("button", name="Upload and look").click()
    page.wait_for_url("**/uploads/**")
    assert "it will close June 2021" in page.inner_text("main")
    is_right(page)
    page.get_by_role("button", name="Load", exact=True).click()
    page.wait_for_url("**/jobs/**")
    is_right(page)
    assert worker.run_next().state == JobState.DONE
    page.get_by_role("heading", name="Loaded").wait_for()  # the script has noticed
    assert "It closes June 2021." in page.inner_text("main")
    is_right(page)


def test_without_script_and_by_the_keyboard_alone(ann, window, tmp_path):
    page = window(ann, java_script_enabled=False).new_page()
    page.goto("/loads/")
    page.set_input_files("#files", zipped(tmp_path, "load.toml"))
    page.focus("#files")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/uploads/**")
    page.focus("button:text-is('Load')")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Enter the day on which the records were read out").wait_for()
    page.fill("#extracted", "2021-07-06")
    page.fill("#complete_from", "2020-04-01")
    page.focus("button:text-is('Load')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs/**")
    assert "Waiting" in page.inner_text("main")
    worker.run_next()
    page.get_by_role("link", name="Look again").click()
    assert page.get_by_role("heading", name="Loaded").is_visible()


def test_a_file_that_is_refused_says_so_on_top(ann, window, tmp_path):
    page = window(ann).new_page()
    page.goto("/loads/")
    wrong = tmp_path / "macro.exe"
    wrong.write_bytes(b"MZ")
    page.set_input_files("#files", wrong)
    page.get_by_role("button", name="Upload and look").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.evaluate("document.activeElement.id") == "wrong"
    assert page.title().startswith("Error: ")
    is_right(page)
    page.set_input_files("#files", zipped(tmp_path))  # the form works on
    page.get_by_role("button", name="Upload and look").click()
    page.wait_for_url("**/uploads/**")


def test_every_other_state(ann, window):
    page = window(ann).new_page()
    for address in ("/loads/2021-06-records-001/", "/loads/2021-06-records-001/forget/"):
        page.goto(address)
        is_right(page)
    page.get_by_role("button", name="Drop the rows").click()
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    is_right(page)
    for state, outcome in (
        (JobState.REFUSED, {"found": "a column is missing", "where": "a.csv", "todo": "add it"}),
        (JobState.FAILED, {"found": "it was stopped", "todo": "start it again", "number": "ab12"}),
    ):
        job = services.ask(ann, Kind.LOAD, {"upload": "0" * 24})
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
        services.end(job, state, outcome)
        page.goto(f"/loads/jobs/{job.pk}/")
        assert outcome["found"] in page.inner_text("main")
        is_right(page)
