"""Releasing in a real browser: the checklist, publishing, the published pages, withdrawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_windows import is_right, windows
from released_council import JUNE, released_council
from small_council import three_loads
from web_people import person

from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import change_comments
from openscorecard.web.accounts.models import Account
from openscorecard.web.loads import worker
from openscorecard.web.loads.models import JobState

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from openscorecard.workspace.folder import Workspace

    Windows = Callable[..., BrowserContext]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ann() -> Account:
    return person("Ann Lee", analyst=True)


@pytest.fixture
def window(browser: Browser, live_server) -> Iterator[Windows]:
    with windows(browser, live_server.url) as made:
        yield made


def set_to(workspace: Workspace, settings) -> Workspace:
    settings.WORKSPACE = workspace.root
    settings.WEB = workspace.root / "web"
    return workspace


def test_from_the_checklist_to_the_public_page(ann, window, tmp_path: Path, settings):
    set_to(three_loads(tmp_path), settings)
    page = window(ann).new_page()
    page.goto("/releases/2021-06/")
    is_right(page)
    page.get_by_role("button", name="Publish June 2021").click()
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    is_right(page)
    page.get_by_label("Why it is published with this left open").fill("Nobody comments in July.")
    page.get_by_role("button", name="Publish June 2021").click()
    page.wait_for_url("**/jobs/**")
    assert worker.run_next().state == JobState.DONE
    page.get_by_role("heading", name="Released").wait_for()
    is_right(page)
    page.get_by_role("link", name="public/1/index.html").click()
    assert page.get_by_role("heading", name="June 2021").first.is_visible()

    public = window().new_page()
    public.goto("/")
    public.wait_for_url("**/published/")
    is_right(public)
    public.get_by_role("link", name="June 2021", exact=True).click()
    public.wait_for_url("**/public/1/index.html")
    with public.expect_download() as got:
        public.get_by_role("link", name="Download the figures (CSV)").click()
    assert got.value.suggested_filename == "figures.csv"


def test_a_correction_and_a_withdrawal_without_script(ann, window, tmp_path: Path, settings):
    workspace = set_to(released_council(tmp_path), settings)
    at = dt.datetime(2021, 7, 25, tzinfo=dt.UTC)
    late = Entry("M1", EntryKind.TEXT, "Service Manager", at, text="A word that came late.")
    change_comments(workspace.root, JUNE, lambda stored: stored.with_entry(late))
    page = window(ann, java_script_enabled=False).new_page()
    page.goto("/releases/2021-06/")
    assert "comment added" in page.inner_text("main")
    page.fill("#reason", "A comment came late.")
    page.fill("#despite", "The owner is away.")
    page.get_by_role("button", name="Publish version 2").click()
    assert worker.run_next().state == JobState.DONE
    page.get_by_role("link", name="Look again").click()
    assert page.get_by_role("heading", name="Released").is_visible()

    page.goto("/published/2021-06/public/1/index.html")
    assert "A newer one took its place" in page.inner_text("header")
    page.get_by_role("link", name="Go to the newest version").click()
    page.wait_for_url("**/public/2/index.html")

    page.goto("/releases/2021-06/withdraw/public/2/")
    page.fill("#reason", "A name stood in it.")
    page.get_by_role("button", name="Withdraw it").click()
    page.wait_for_url("**/releases/2021-06/")
    page.goto("/published/2021-06/public/2/index.html")
    assert page.get_by_role("heading", name="This release was withdrawn").is_visible()


def test_every_other_state(ann, window, tmp_path: Path, settings):
    set_to(released_council(tmp_path), settings)
    page = window(ann).new_page()
    for address in (
        "/releases/2021-06/",
        "/releases/2021-06/preview/public/index.html",
        "/releases/2021-06/withdraw/public/1/",
        "/published/",
        "/published/2021-06/versions/",
        "/published/2021-06/internal/1/index.html",
    ):
        page.goto(address)
        is_right(page)
    page.goto("/releases/2021-06/withdraw/public/1/")
    page.get_by_role("button", name="Withdraw it").click()
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    is_right(page)
    page.fill("#reason", "A name stood in it.")
    page.get_by_role("button", name="Withdraw it").click()
    is_right(page)
    for address in ("/published/2021-06/public/1/index.html", "/published/2021-06/"):
        page.goto(address)
        is_right(page)
