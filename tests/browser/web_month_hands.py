"""How a person works a page in the tests of a whole month: by the keyboard alone, or on a small
screen without script. The month is the same; the hands differ."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_STOPS = 400  # of the Tab key on one page
_SEEN = """element => {
  const style = getComputedStyle(element);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    || style.boxShadow !== 'none';
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
    """One person at her browser. Every page that she comes to is looked at by axe, once."""

    def __init__(self, context: BrowserContext, manner: Manner) -> None:
        self.manner = manner
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.wrong: list[str] = []
        self._looked_at: set[str] = set()
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
        heading = self.page.locator("h1").first.inner_text()
        if heading not in self._looked_at and self.manner.script:  # axe is a script itself
            from axe_playwright_python.sync_playwright import Axe

            found = Axe().run(self.page, options={"runOnly": RULES}).response["violations"]
            told = [(one["id"], one["nodes"][0]["html"]) for one in found]
            assert not told, (self.page.url, told)
        self._looked_at.add(heading)
        assert not self.wrong, self.wrong

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
        """Goes there by Tab, as the keyboard does; the stop can be seen."""
        target.wait_for()
        wanted = target.element_handle()
        for _ in range(MOST_STOPS):
            if wanted.evaluate("element => element === document.activeElement"):
                assert wanted.evaluate(_SEEN), f"the focus cannot be seen: {target}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url}: Tab does not come to {target}")
