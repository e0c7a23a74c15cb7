"""Writing and signing in a real browser: what is typed stays, whatever happens to tab, line or
session; with and without script; accessible in every state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from printed_council import HEAD, correct, printed_council
from web_people import ASSESSMENT, PASSWORD, person, signed_in

from openscorecard.commentary.signoff import State
from openscorecard.commentary.store import read_comments
from openscorecard.periods import Month
from openscorecard.web import months
from openscorecard.web.accounts.models import Account
from openscorecard.web.commentary import services
from openscorecard.web.commentary.drafts import Writing
from openscorecard.web.commentary.models import Draft

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

JUNE = Month(2021, 6)
DESK = "/commentary/2021-06/"
BOX = f"{DESK}contacts-received/"
SIGNOFF = "/signoff/2021-06/"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def printed(tmp_path: Path, settings) -> Any:
    workspace = printed_council(tmp_path)
    settings.WORKSPACE = workspace.root
    return workspace


@pytest.fixture
def ann(printed) -> Account:
    assert printed.root.is_dir()
    return person("Ann Lee", ASSESSMENT)


@pytest.fixture
def browse(browser: Browser, live_server) -> Iterator[Any]:
    """A window in which somebody is signed in."""
    contexts: list[BrowserContext] = []

    def window(account: Account, **options: Any) -> BrowserContext:
        options = {"viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **options)
        context.set_default_timeout(20_000)
        sign_in(context, account, live_server.url)
        contexts.append(context)
        return context

    yield window
    for context in contexts:  # no page may still be saving when the test's database goes
        for page in context.pages:
            page.wait_for_load_state("networkidle")
        context.set_offline(True)
        context.close()


def sign_in(context: BrowserContext, account: Account, address: str) -> None:
    cookie = signed_in(account).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])


def opened(context: BrowserContext, address: str = BOX) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def kept(page: Page):
    return page.locator("[data-kept]")


def expect(locator: Any) -> Any:
    from playwright.sync_api import expect as expected

    expected.set_options(timeout=20_000)  # a busy machine is no fault
    return expected(locator)


def state(ref: str = "M1") -> State:
    return months.progress(JUNE)[ref].state


def texts() -> list[str]:
    return [one.text for one in read_comments(months.root(), JUNE).entries if one.text]


# What is typed stays


def test_what_is_typed_saves_itself(ann, browse):
    context = browse(ann)
    page = opened(context)
    page.get_by_label("Your comment on June 2021").fill("Contacts rose by half.")
    expect(page.locator("[data-words]")).to_have_text("4 words")
    expect(kept(page)).to_contain_text("Saved ")
    assert Draft.objects.get().text == "Contacts rose by half."
    page.reload()
    expect(page.locator("#text")).to_have_value("Contacts rose by half.")
    page.get_by_role("button", name="Send for sign-off").click()
    expect(page.get_by_role("status").first).to_contain_text("Sent for sign-off.")
    assert (state(), texts()) == (State.WRITTEN, ["Contacts rose by half."])
    assert not Draft.objects.exists()


def test_a_lost_connection_keeps_the_text_in_the_browser_and_saves_it_later(ann, browse):
    context = browse(ann)
    page = opened(context)
    context.set_offline(True)
    page.locator("#text").fill("Written on the train.")
    expect(kept(page)).to_have_text("Not saved: no connection. Kept in this browser.")
    page.get_by_role("button", name="Send for sign-off").click()
    expect(kept(page)).to_have_text("Not sent: no connection. Kept in this browser.")
    expect(page.locator("#text")).to_have_value("Written on the train.")
    assert not Draft.objects.exists()
    context.set_offline(False)
    expect(kept(page)).to_contain_text("Saved ")
    assert Draft.objects.get().text == "Written on the train."
    page.get_by_role("button", name="Send for sign-off").click()
    expect(page.get_by_role("status").first).to_contain_text("Sent for sign-off.")
    assert texts() == ["Written on the train."]


def test_a_tab_that_closed_while_the_line_was_gone_has_its_text_again(ann, browse):
    context = browse(ann)
    page = opened(context)
    context.set_offline(True)
    page.locator("#text").fill("Not saved anywhere else.")
    expect(kept(page)).to_contain_text("Kept in this browser.")
    page.close()
    context.set_offline(False)
    page = opened(context)
    expect(page.locator("#text")).to_have_value("Not saved anywhere else.")
    expect(kept(page)).to_contain_text("Saved ")
    page.reload()
    expect(page.locator("#text")).to_have_value("Not saved anywhere else.")
    expect(page.locator(".other-text")).to_have_count(0)


def test_a_text_of_this_browser_beside_a_newer_draft_is_offered(ann, browse):
    context = browse(ann)
    page = opened(context)
    context.set_offline(True)
    page.locator("#text").fill("Kept here.")
    expect(kept(page)).to_contain_text("Kept in this browser.")
    page.close()
    indicator = months.indicator_by_id("contacts-received")
    services.send(ann, JUNE, indicator, Writing("Sent from home.", base=""))
    context.set_offline(False)
    page = opened(context)
    expect(page.locator("#text")).to_have_value("Sent from home.")
    offer = page.locator(".other-text")
    expect(offer).to_contain_text("Kept here.")
    offer.get_by_role("button", name="Use it").click()
    expect(page.locator("#text")).to_have_value("Kept here.")
    expect(page.locator(".other-text")).to_contain_text("Sent from home.")


def test_an_ended_session_keeps_the_text_until_she_signs_in_in_another_tab(
    ann, browse, live_server
):
    context = browse(ann)
    page = opened(context)
    context.clear_cookies(name="sessionid")
    page.locator("#text").fill("Written for an hour.")
    expect(kept(page)).to_contain_text("Not saved: you are signed out. Kept in this browser.")
    expect(kept(page).get_by_role("link")).to_contain_text("Sign in in a new tab")
    page.get_by_role("button", name="Send for sign-off").click()
    expect(kept(page)).to_contain_text("Not sent: you are signed out.")
    assert not Draft.objects.exists()
    other = context.new_page()
    other.goto(f"/accounts/login/?next={BOX}")
    other.locator("[name=login]").fill(ann.email)
    other.locator("[name=password]").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.locator("#text")).to_have_value("Written for an hour.")  # of this browser
    other.close()
    page.bring_to_front()
    expect(kept(page)).to_contain_text("Saved ")
    page.get_by_role("button", name="Send for sign-off").click()
    expect(page.get_by_role("status").first).to_contain_text("Sent for sign-off.")
    assert texts() == ["Written for an hour."]
    assert live_server.url in page.url


def test_another_person_who_signs_in_here_neither_sees_nor_saves_it(ann, browse, live_server):
    context = browse(ann)
    page = opened(context)
    context.clear_cookies(name="sessionid")
    page.locator("#text").fill("Ann’s alone.")
    expect(kept(page)).to_contain_text("Kept in this browser.")
    context.clear_cookies()
    sign_in(context, person("Bob Roe", ASSESSMENT), live_server.url)
    his = opened(context)
    expect(his.locator("#text")).to_have_value("")
    expect(his.locator(".other-text")).to_have_count(0)
    page.bring_to_front()
    page.get_by_role("button", name="Send for sign-off").click()
    expect(kept(page)).to_contain_text("Not sent: somebody else is signed in here.")
    assert (texts(), Draft.objects.count()) == ([], 0)


def test_two_tabs_that_send_end_in_a_choice(ann, browse):
    context = browse(ann)
    first, second = opened(context), opened(context)
    first.locator("#text").fill("First tab.")
    expect(kept(first)).to_contain_text("Saved ")
    second.locator("#text").fill("Second tab.")
    expect(kept(second)).to_contain_text("Saved ")
    third = opened(context)
    expect(third.locator("#text")).to_have_value("Second tab.")
    expect(third.locator(".other-text")).to_contain_text("First tab.")
    third.close()
    for page in (first, second):
        page.get_by_role("button", name="Send for sign-off").click()
        expect(page.get_by_role("heading", name="History of this comment")).to_be_visible()
    expect(second.get_by_role("heading", name="Two texts: choose")).to_be_visible()
    assert state() is State.CONFLICT
    second.locator(".side", has_text="Second tab.").get_by_role("button").click()
    expect(second.get_by_role("status").first).to_contain_text("Chosen.")
    assert (state(), texts()[-1]) == (State.WRITTEN, "Second tab.")


def test_leaving_with_unsaved_text_is_asked_about_and_the_text_is_there_again(ann, browse):
    context = browse(ann)
    page = opened(context)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    context.set_offline(True)
    page.locator("#text").press_sequentially("Half a sen")
    context.set_offline(False)
    page.goto(DESK)
    assert asked == ["beforeunload"]
    page.goto(BOX)
    expect(page.locator("#text")).to_have_value("Half a sen")


def test_without_script_every_button_works_and_keeps_the_text(ann, browse):
    context = browse(ann, java_script_enabled=False)
    page = opened(context)
    page.locator("#text").fill("Half a sentence")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved. It is not sent yet.")).to_be_visible()
    expect(page.locator("#text")).to_have_value("Half a sentence")
    page.locator("#text").fill("Half a sentence, and the other half.")
    page.get_by_role("button", name="Send for sign-off").click()
    expect(page.get_by_text("Sent for sign-off.")).to_be_visible()
    assert not Draft.objects.exists()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#text")).to_have_value("Half a sentence, and the other half.")
    context.clear_cookies(name="sessionid")
    page.locator("#text").fill("The session has ended.")
    page.get_by_role("button", name="Send for sign-off").click()
    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.locator("[name=login]").fill(ann.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#text")).to_have_value("The session has ended.")


def test_with_the_keyboard_alone_from_desk_to_signature(ann, browse):
    def tab_to(page: Page, name: str) -> None:
        """Tabs until the focus is on what bears that name."""
        for _ in range(80):
            page.keyboard.press("Tab")
            focus = page.evaluate(
                "(document.activeElement.labels?.[0] || document.activeElement).innerText || ''"
            )
            if focus.strip().startswith(name):
                return
        raise AssertionError(f"{name!r} is not reached by Tab")

    page = opened(browse(ann), DESK)
    tab_to(page, "Begin with Contacts received")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_visible()
    tab_to(page, "Your comment on June 2021")
    page.keyboard.type("Contacts rose by half.")
    tab_to(page, "Send for sign-off")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Sent for sign-off.")
    desk = opened(browse(person("Olu Hill", HEAD)), SIGNOFF)
    tab_to(desk, "I have read it and sign")
    desk.keyboard.press("Space")
    tab_to(desk, "Sign all that are ticked")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status").first).to_contain_text("Signed: M1.")
    assert state() is State.SIGNED


# Every state, to look at and by axe


def faults(page: Page, where: str) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{where}: {one['id']} {one['nodes'][0]['html'][:160]}" for one in found]


NARROW_TOO = {"draft", "reopened", "in conflict"}  # looked at by axe at 375 pixels as well


def test_no_state_of_a_comment_has_a_problem(ann, printed, browse):
    """Due, draft, sent, returned, signed, reopened, in conflict, in error; both sides of each."""
    page = browse(ann).new_page()
    desk = browse(person("Olu Hill", HEAD)).new_page()
    problems: list[str] = []

    def show(one: Page, where: str, *, narrow: bool) -> None:
        one.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        problems.extend(faults(one, where))
        for width in (375, 320):
            one.set_viewport_size({"width": width, "height": 900})
            wide = one.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                problems.append(f"{where}: {wide} wide at {width}")
        if narrow:
            problems.extend(faults(one, f"{where}, narrow"))
        one.set_viewport_size({"width": 1440, "height": 900})

    def look(what: str) -> None:
        for one, address in ((page, BOX), (page, DESK), (desk, SIGNOFF)):
            one.goto(address)
            show(one, f"{what}, {address}", narrow=what in NARROW_TOO)

    look("due")
    page.goto(BOX)
    page.locator("#text").fill("Contacts rose")
    expect(kept(page)).to_contain_text("Saved ")
    look("draft")
    page.goto(BOX)
    page.get_by_role("button", name="Send for sign-off").click()
    expect(page.get_by_role("status").first).to_contain_text("Sent for sign-off.")
    show(page, "just sent", narrow=False)
    look("sent")
    page.goto(BOX)
    page.locator("#text").fill(" ")
    page.get_by_role("button", name="Send for sign-off").click()
    expect(kept(page)).to_contain_text("Not sent: The comment is empty: write one.")
    show(page, "empty", narrow=False)
    page.locator("#text").fill("Contacts rose")
    desk.goto(SIGNOFF)
    desk.get_by_text("Return it with a reason").first.click()
    desk.get_by_role("button", name="Return it").first.click()
    expect(desk.get_by_role("alert")).to_contain_text("the reason is missing")
    show(desk, "no reason", narrow=True)
    desk.get_by_label("What should be changed?").first.fill("Say why.")
    desk.get_by_role("button", name="Return it").first.click()
    expect(desk.get_by_role("status").first).to_contain_text("Returned with your reason")
    look("returned")
    desk.goto(SIGNOFF)
    desk.get_by_label("I have read it and sign").check()
    desk.get_by_role("button", name="Sign all that are ticked").click()
    expect(desk.get_by_role("status").first).to_contain_text("Signed: M1.")
    look("signed")
    correct(printed, "M1", "400")
    look("reopened")
    contacts = months.indicator_by_id("contacts-received")
    services.send(ann, JUNE, contacts, Writing("Another.", base="none"))
    assert state() is State.CONFLICT
    look("in conflict")
    page.goto(BOX)
    page.context.clear_cookies()
    page.evaluate("document.querySelector('form[data-keep]').submit()")
    expect(page.get_by_role("heading", name="This form was too old to be sent")).to_be_visible()
    show(page, "given back", narrow=True)
    assert problems == []
