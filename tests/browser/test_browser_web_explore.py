"""Reading a month in a real browser: accessible, whole at every width, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from small_council import three_loads
from web_people import ASSESSMENT, SAFEGUARDING, person, signed_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONTH = "/months/2021-06/"
PLANS = f"{MONTH}indicators/children-on-protection-plans"  # CP6B
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    MONTH,
    f"{MONTH}?section=child-protection&comment=due",
    f"{MONTH}?verdict=concern&comment=signed",  # none
    f"{MONTH}table.html",
    f"{MONTH}about.html",
    f"{PLANS}.html",
    f"{PLANS}/working/",
    f"{PLANS}/revisions/?rows=yes",
    f"{PLANS}/children/",
    f"{MONTH}indicators/not-in-education-employment-or-training/children/",  # no list
    "/months/",
    "/catalogue/",
    "/catalogue/?q=conference",
    "/catalogue/?q=nothing+like+it",
    "/catalogue/children-on-protection-plans/",
)
ON_A_PHONE = (MONTH, f"{PLANS}.html", f"{PLANS}/children/", "/catalogue/?q=conference")


@pytest.fixture
def address(tmp_path: Path, settings, live_server) -> str:
    """The application for the small council, on loopback."""
    settings.WORKSPACE = three_loads(tmp_path).root
    return live_server.url


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Any]:
    """Opens windows for somebody who writes, signs and analyses: every link is on her pages."""
    account = person("Ann Lee", SAFEGUARDING, ASSESSMENT, analyst=True)
    cookie = signed_in(account).cookies["sessionid"].value
    contexts: list[BrowserContext] = []

    def window(**options: Any) -> Page:
        options = {"viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(base_url=address, reduced_motion="reduce", **options)
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        contexts.append(context)
        return context.new_page()

    yield window
    for context in contexts:
        context.close()


def faults(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]


def test_every_page_is_accessible_and_no_wider_than_the_window(opened) -> None:
    page = opened()
    refused: list[str] = []
    page.on("console", lambda one: refused.append(one.text) if "olicy" in one.text else None)
    wrong = []
    for path in PAGES:
        for width in (1440, 375, 320):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(path)
            assert answer.status == 200, path
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            wide = page.evaluate("document.documentElement.scrollWidth")
            wrong += [f"{path} at {width}: {wide} wide"] if wide > width else []
            if width == 1440 or (width == 375 and path in ON_A_PHONE):
                wrong += [f"{path} at {width}: {fault}" for fault in faults(page)]
    assert wrong == []
    assert refused == []  # by the content policy


def test_a_choice_shows_at_once_and_its_address_can_be_sent_on(opened) -> None:
    page = opened()
    page.goto(MONTH)
    page.focus("#by-section")
    page.select_option("#by-section", "child-protection")
    page.wait_for_url("**/?section=child-protection")
    shown = page.locator("tbody [data-show]").count()
    assert page.locator(".count b").inner_text() == str(shown) == "17"
    assert page.evaluate("document.activeElement.id") == "by-section"
    assert faults(page) == []

    there = opened()
    there.goto(page.url)
    assert there.locator("tbody [data-show]").count() == 17


def test_choices_and_workings_are_there_without_script(opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto(MONTH)
    page.select_option("#by-section", "child-protection")
    page.click(".filters button")
    assert page.locator("tbody [data-show]").count() == 17
    page.goto(f"{PLANS}.html")
    page.click(".further >> text=Working")
    assert page.url.endswith("/working/")
    assert page.locator("h1").inner_text() == "Working, June 2021"


def test_what_takes_long_to_count_opens_in_its_place_by_keyboard(opened) -> None:
    page = opened()
    page.goto(f"{PLANS}.html")
    page.focus(".further a:has-text('Working')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".inside table")
    assert page.url.endswith(".html")
    assert page.evaluate("document.activeElement.className") == "inside"
    assert faults(page) == []
    page.focus(".further a:has-text('Working')")
    page.keyboard.press("Enter")  # again: it closes
    assert page.locator(".inside").count() == 0


def test_a_month_prints_without_what_only_a_screen_can_use(opened) -> None:
    page = opened()
    page.goto(f"{MONTH}?section=child-protection")
    page.emulate_media(media="print")
    for seen, places in ((False, [".filters", ".stand a", ".mast nav", ".who"]),
                         (True, [".rows", ".stand", "p.on-paper >> nth=0"])):  # fmt: skip
        for place in places:
            assert page.locator(place).first.is_visible() is seen, place
