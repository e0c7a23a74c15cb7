"""How a person works a page in the tests of a whole month: by the keyboard alone, or on a small
screen without script. The month is the same; the hands differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_STOPS = 400  # of the Tab key on one page
_STOP = """wanted => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const seen = here === document.body || outlined || style.boxShadow !== 'none';
  return [here === wanted, seen, here.outerHTML.slice(0, 200)];
}"""


@dataclass(frozen=True, slots=True)
class Manner:
    name: str
    width: int
    script: bool = True
    keyboard: bool = False


# With the mouse each area has browser tests of its own; `Manner("mouse", 1440)` runs here too.
MANNERS = (
    Manner("keyboard alone", 1440, keyboard=True),
    Manner("small screen, no script", 375, script=False),
)


class Hands:
    """One person at her browser. Axe looks once at every kind of page and state that anybody of the
    month comes to: `looked_at` is theirs together."""

    def __init__(
        self, context: BrowserContext, manner: Manner, looked_at: set[tuple[str, ...]]
    ) -> None:
        self.manner = manner
        self.page: Page = context.new_page()
        self._context, self._lens = context, self.page
        if not manner.script:  # axe is a script: it looks at copies, in a window that allows it
            self._lens = context.browser.new_page(
                viewport={"width": manner.width, "height": 900}, reduced_motion="reduce"
            )
            self._lens.route("**/*.js", lambda route: route.abort())
        self.page.set_default_timeout(20_000)
        self.wrong: list[str] = []
        self._looked_at = looked_at
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def _heard(self, message) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"{self.page.url}: {message.text}")

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def look(self) -> None:
        """What every page has to be: clean for axe, no wider than the screen, without a fault."""
        for _ in range(5):
            try:
                self._look()
            except PlaywrightError:  # it was on its way to the next page
                self.page.wait_for_load_state("networkidle")
            else:
                return
        raise AssertionError(f"{self.page.url} does not come to rest")

    def _look(self) -> None:
        self.page.wait_for_load_state()
        wider = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, (self.page.url, self.manner.name)
        state = self._state()
        if state not in self._looked_at:
            from axe_playwright_python.sync_playwright import Axe

            if self._lens is not self.page:
                self._copy()
            found = Axe().run(self._lens, options={"runOnly": RULES}).response["violations"]
            told = [(one["id"], one["nodes"][0]["html"]) for one in found]
            assert not told, (self.page.url, told)
        self._looked_at.add(state)
        assert not self.wrong, self.wrong

    def _copy(self) -> None:
        """The page as it stands, also what a form sent led to, without its scripts."""
        address, body = self.page.url, self.page.content()
        answer = {"body": body, "content_type": "text/html; charset=utf-8"}
        self._lens.context.add_cookies(self._context.cookies())
        self._lens.route(address, lambda route: route.fulfill(**answer), times=1)
        self._lens.goto(address)

    def close(self) -> None:
        if self._lens is not self.page:
            self._lens.close()
        self._context.close()

    def _state(self) -> tuple[str, ...]:
        """Pages of one address pattern are one kind; what they say on top, and tags, are states."""
        shape = re.sub(
            r"\d{4}-\d{2}|[a-z]+(-[a-z0-9]+)+|[0-9a-f]{8,}|\d+", "*", urlsplit(self.page.url).path
        )
        said = self.page.locator(".message h2, .message.done, .gate h2, .eyebrow .tag").all()
        links = str(self.page.locator("nav a").count())  # by role
        return (shape, links, *(re.sub(r"\d+", "*", one.inner_text())[:40] for one in said))

    def skip(self) -> None:
        """The first stop leads past the navigation."""
        self.page.keyboard.press("Tab")
        link = self.page.locator("a.skip")
        assert link.evaluate("one => one === document.activeElement")
        assert link.bounding_box()["y"] >= 0
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "main"

    def press(self, role: str, name: str, *, exact: bool = False) -> None:
        """A link, a button or a fold."""
        self._use(self.page.get_by_role(role, name=name, exact=exact).first, "Enter")
        self.page.wait_for_load_state("networkidle")  # a script may send it and go on
        self.look()

    def tick(self, label: str) -> None:
        self._use(self.page.get_by_label(label).first, "Space")

    def open(self, summary: str) -> None:
        self._use(self.page.locator("summary", has_text=summary).first, "Enter")

    def write(self, label: str, text: str) -> None:
        box = self.page.get_by_label(label, exact=True).first
        if not self.manner.keyboard:
            box.fill(text)
            return
        self._tab_to(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def give(self, label: str, file: Path) -> None:
        """The window in which the system asks for a file is not the page's: its answer is given."""
        self.page.set_input_files(label, file)

    def reads(self, text: str) -> None:
        """Sooner or later: a script may still be on its way to the next page."""
        shown = self.page.locator("main", has_text=text)
        try:
            shown.wait_for(timeout=30_000)
        except Exception as error:
            raise AssertionError((self.page.url, text, self.text()[:3000])) from error
        self.look()

    def text(self) -> str:
        return self.page.inner_text("main")

    def _use(self, target: Locator, key: str) -> None:
        if self.manner.keyboard:
            self._tab_to(target)
            self.page.keyboard.press(key)
        else:
            target.click()

    def _tab_to(self, target: Locator) -> None:
        """Goes there by Tab, as the keyboard does; every stop on the way can be seen."""
        target.wait_for()
        wanted = target.element_handle()
        for _ in range(MOST_STOPS):
            there, seen, stop = wanted.evaluate(_STOP)
            assert seen, (self.page.url, f"the focus cannot be seen: {stop}")
            if there:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url}: Tab does not come to {target}")
