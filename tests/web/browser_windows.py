"""Windows of a real browser for the tests of the web application, and what every page has to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from web_people import signed_in

from openscorecard.web.accounts.models import Account

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def windows(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes windows, of somebody signed in or of nobody, and closes them in the end."""
    made: list[BrowserContext] = []

    def window(account: Account | None = None, **options: Any) -> BrowserContext:
        options = {"viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(base_url=address, reduced_motion="reduce", **options)
        if account is not None:
            cookie = signed_in(account).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        made.append(context)
        return context

    yield window
    for context in made:
        context.set_offline(True)
        context.close()


def is_right(page: Page) -> None:
    """No violation that axe finds, and nothing wider than the window, wide or narrow."""
    from axe_playwright_python.sync_playwright import Axe

    for width in (1440, 375):
        page.set_viewport_size({"width": width, "height": 900})
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, (page.url, width)
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        told = [(one["id"], one["nodes"][0]["html"]) for one in found]
        assert not told, (page.url, width, told)
