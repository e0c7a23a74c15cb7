"""Signing in, people and the record in a real browser: accessible in every state, by keyboard,
without script; and nothing is left on a shared computer."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import oidc_provider
import pytest
from small_council import three_loads
from web_people import PASSWORD, SAFEGUARDING, person, signed_in

from openscorecard.web.accounts import services
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import What
from openscorecard.web.audit.record import record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOGIN, LINK = "/accounts/login/", "/accounts/password/link/"


@pytest.fixture
def address(tmp_path: Path, settings, live_server) -> str:
    settings.WORKSPACE = three_loads(tmp_path).root
    return live_server.url


@pytest.fixture
def grace(address: str) -> Account:
    assert address
    return person("Grace Okafor", administrator=True)


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Any]:
    contexts: list[BrowserContext] = []

    def opened(account: Account | None = None, **options: Any) -> Page:
        options = {"viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(base_url=address, reduced_motion="reduce", **options)
        contexts.append(context)
        if account:
            cookie = signed_in(account).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def faults(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]


def looked_at(page: Page, state: str, wrong: list[str]) -> None:
    """In a wide window and on a small phone: no fault that axe finds, no wider than the window."""
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{state} at {width}: {one}" for one in faults(page)]
        wider = "document.documentElement.scrollWidth - window.innerWidth"
        if page.evaluate(wider) > 0:
            wrong.append(f"{state} at {width} is wider than the window")


def send(page: Page, label: str) -> None:
    page.locator("main").get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def test_every_page_is_accessible_in_every_state(window, grace: Account) -> None:
    ann = person("Ann Lee", SAFEGUARDING, "Head of Coal")
    person("Olive Hand", is_active=False)
    for _ in range(101):
        record(grace, What.DOWNLOADED, detail="a file of a rather long name, as files may be")
    wrong: list[str] = []
    stranger = window()
    stranger.goto(f"{LOGIN}?next=/people/")
    looked_at(stranger, "signing in", wrong)
    send(stranger, "Sign in")
    looked_at(stranger, "signing in without a password", wrong)
    stranger.goto(f"{LINK}?key={services.make_link(grace, ann)}")
    looked_at(stranger, "a link", wrong)
    send(stranger, "Set password")
    looked_at(stranger, "a link without a password", wrong)
    stranger.goto(f"{LINK}?key=used")
    looked_at(stranger, "a used link", wrong)

    page = window(grace)
    for path in (
        "/people/", "/people/new/", f"/people/{ann.pk}/", "/people/titles/", "/people/deadlines/",
        "/people/deadlines/2021-06/", "/audit/", "/audit/?page=2", "/audit/?kind=withdrawn",
        "/accounts/password/", "/accounts/logout/",
    ):  # fmt: skip
        page.goto(path)
        looked_at(page, path, wrong)
    page.goto("/people/new/")
    send(page, "Enter")
    looked_at(page, "entering nobody", wrong)
    page.goto(f"/people/{grace.pk}/")
    page.get_by_label("Administrator").uncheck()
    send(page, "Save")
    assert "last account" in page.inner_text("#wrong")
    looked_at(page, "the last administrator", wrong)
    page.goto(f"/people/{ann.pk}/")
    send(page, "Make a link to set a password")
    looked_at(page, "a new link", wrong)
    page.goto("/people/deadlines/2021-06/")
    page.get_by_label("Day").first.fill("99")
    send(page, "Save")
    looked_at(page, "a day that cannot be", wrong)
    page.goto("/accounts/password/")
    send(page, "Change password")
    looked_at(page, "no new password", wrong)
    assert wrong == []


def test_after_signing_out_the_back_button_shows_nothing(window) -> None:
    """On a computer that several people share."""
    person("Ravi Menon", analyst=True)
    page = window()
    page.goto(f"{LOGIN}?next=/audit/")
    page.get_by_label("E-mail address").fill("ravi.menon@northshire.example")
    page.get_by_label("Password").fill(PASSWORD)
    send(page, "Sign in")
    assert "The record" in page.inner_text("h1")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/published/")
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state()
        assert page.inner_text("h1") == "Sign in"
        assert "Ravi" not in page.inner_text("body")


def test_by_keyboard_alone_and_without_script_somebody_is_entered(window, grace) -> None:
    page = window(grace, java_script_enabled=False)
    page.goto("/people/new/")
    page.locator("#name").focus()
    for key in ("Ann Lee", "Tab", "ann.lee@northshire.example", "Tab", "Tab", "Space"):
        if key in ("Tab", "Space"):
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*/?done=entered")
    assert page.inner_text("h1") == "Ann Lee"
    assert Account.objects.get(name="Ann Lee").analyst


def test_a_link_leads_to_a_password_and_that_leads_in(window, grace) -> None:
    ann = Account.objects.create_user("ann@northshire.example", None, name="Ann Lee", analyst=True)
    boss = window(grace)
    boss.goto(f"/people/{ann.pk}/")
    send(boss, "Make a link to set a password")
    link = boss.inner_text("#link")

    page = window()
    page.goto(link)
    assert "key=" not in page.url
    page.get_by_label("Password", exact=True).fill("quiet river lantern")
    page.get_by_label("Password again").fill("quiet river lantern")
    send(page, "Set password")
    assert "Your password is set" in page.inner_text("[role=status]")
    page.get_by_label("E-mail address").fill("ann@northshire.example")
    page.get_by_label("Password").fill("quiet river lantern")
    send(page, "Sign in")
    assert "Signed in as Ann Lee" in page.inner_text("footer")


@pytest.fixture
def provider(settings) -> Iterator[str]:
    """The tests' provider of single sign-on, running, and the application set to it."""
    with subprocess.Popen(
        [sys.executable, oidc_provider.__file__], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        running = process.stdout.readline().strip()
        app = {
            "provider_id": "council", "name": "the council's account",
            "client_id": oidc_provider.CLIENT, "secret": oidc_provider.SECRET,
            "settings": {"server_url": running},
        }  # fmt: skip
        settings.OIDC_NAME = app["name"]
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
        }
        yield running
        process.terminate()


def test_single_sign_on_leads_in_and_nothing_of_the_page_stops_it(window, provider: str) -> None:
    """The strict policy of content lets the browser go to the provider and come back."""
    person("Ravi Menon", analyst=True)
    claims = {"sub": "1", "email": "ravi.menon@northshire.example", "email_verified": True}
    body = json.dumps({"claims": claims, "wrong": ""}).encode()
    with urllib.request.urlopen(f"{provider}/next", body, timeout=10):
        pass
    page = window()
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if "olicy" in one.text else None)
    page.goto(f"{LOGIN}?next=/audit/")
    assert faults(page) == []
    page.get_by_role("link", name="Sign in with the council's account").click()
    page.wait_for_url("**/audit/")
    assert "Signed in as Ravi Menon" in page.inner_text("footer")
    assert said == []
