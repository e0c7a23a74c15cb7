"""The published site in a real browser: accessible, whole at every width, in print, by keyboard."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from example_scorecard import SERIES, example, slug
from example_signals import judged

from openscorecard.publish.files import write_publication

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = (1440, 375)
BETWEEN = (1280, 1190, 1141, 1140, 1020, 901, 899, 800, 768, 741, 720, 641, 601, 320)
# One indicator of every state: plain, hidden with gaps, ratio with bars and notes, stock, no
# figure this month, never a figure, quarterly, corrected, seven months only, nothing to count,
# a new baseline, a run, a funnel of a rate, an improvement.
STATES = (
    *("M1", "M5", "CP3-QL", "LAC1", "EH1c", "YO2", "FM011", "NI147", "EH1a", "CP2b %"),
    *("CP6B", "LAC9", "CP1-NI", "M8-QL"),
)
# Three of them for what is looked at in every width: one with all that a page can have, one with
# the least, one with words that are too long for a line.
LOOKED_AT = ("CP3-QL", "YO2", "LAC1")
KINDS = ("index.html", "table.html", "about.html")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "published"
    write_publication(judged(example(audience="internal")), folder)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield opened
    opened.close()


def indicator(ref: str) -> str:
    return f"indicators/{slug(ref)}.html"


def show(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": []}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


def open_folds(page: Page) -> int:
    """Opens them and says how many there are."""
    folds = "[...document.querySelectorAll('details')].map(d => { d.open = true }).length"
    return int(page.evaluate(folds))


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [*KINDS, *map(indicator, LOOKED_AT)])
def test_every_kind_of_page_has_no_violation_and_no_sideways_scrolling(
    page: Page, site: Path, name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    show(page, site, name)
    assert overflow(page) <= 0
    if width == WIDTHS[0]:
        assert violations(page) == []
    # What is folded away is looked at in both widths; the rest with it.
    if open_folds(page) or width != WIDTHS[0]:
        assert violations(page) == []
        assert overflow(page) <= 0


def test_an_indicator_of_every_state_has_no_violation(page: Page, site: Path) -> None:
    found = {}
    for ref in STATES:
        show(page, site, indicator(ref))
        if said := violations(page):
            found[ref] = said
    assert found == {}


@pytest.mark.parametrize("width", BETWEEN)
def test_between_phone_and_desktop_nothing_is_cut_doubled_or_overprinted(
    page: Page, site: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for name in [*KINDS, *map(indicator, LOOKED_AT)]:
        show(page, site, name)
        assert overflow(page) <= 0, name
        assert set(page.evaluate(CHARTS_SHOWN)) <= {1}, name
        assert page.evaluate(OVERPRINTED) == [], name


# How many drawings each figure shows: one, the wide or the narrow.
CHARTS_SHOWN = """
() => [...document.querySelectorAll('figure:has(svg)')].map(figure =>
  [...figure.querySelectorAll('svg[role=img]')].filter(s => s.getClientRects().length).length)
"""

# Words that stand on other words, within a row of a table and within the strip of facts.
OVERPRINTED = """
() => {
  const found = [];
  for (const part of document.querySelectorAll('tr,.facts,.tools,.lines li,.key li')) {
    const boxes = [];
    const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (!node.data.trim() || node.parentElement.closest('svg,.vh,thead')) continue;
      if (!node.parentElement.checkVisibility()) continue;  // in a closed fold
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const r of range.getClientRects()) {
        if (r.width > 1) boxes.push([node.data.trim().slice(0, 30), r, node]);
      }
    }
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
      const wide = Math.min(a[1].right, b[1].right) - Math.max(a[1].left, b[1].left);
      const tall = Math.min(a[1].bottom, b[1].bottom) - Math.max(a[1].top, b[1].top);
      // Lines of text lie closer than their boxes: a third of one over another is too much.
      if (a[2] !== b[2] && wide > 1 && tall > a[1].height / 3) found.push(a[0] + ' / ' + b[0]);
    }));
  }
  return [...new Set(found)];
}
"""


# WCAG 1.4.12: whoever needs more space between lines, letters and words can have it.
SPACING = """
*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-bottom:2em!important}
"""


@pytest.mark.parametrize("width", [1440, 1280, 1190, 1000, 768, 375, 320])
def test_wider_text_spacing_overprints_and_cuts_nothing(page: Page, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("index.html", "about.html", indicator("CP3-QL")):
        show(page, site, name)
        page.add_style_tag(content=SPACING)
        assert page.evaluate(OVERPRINTED) == [], name
        assert overflow(page) <= 0, name


@pytest.mark.parametrize("name", [*KINDS, *map(indicator, STATES)])
def test_the_words_of_charts_are_legible_and_stand_within_them(
    page: Page, site: Path, name: str
) -> None:
    show(page, site, name)
    for width in (1440, 1000, 741, 740, 375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SVG_WORDS) == [], f"at {width} pixels"


SVG_WORDS = """
() => [...document.querySelectorAll('svg[role=img] text')].filter(text => {
  const frame = text.ownerSVGElement.getBoundingClientRect();
  if (frame.width === 0) return false;
  const box = text.getBoundingClientRect();
  const scale = frame.width / text.ownerSVGElement.viewBox.baseVal.width;
  const small = parseFloat(getComputedStyle(text).fontSize) * scale < 11;
  return small || box.left < frame.left - 1 || box.right > frame.right + 1
    || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
}).map(text => text.textContent)
"""


def test_no_two_values_of_a_line_chart_cover_each_other(page: Page, site: Path) -> None:
    covered = {}
    for _, ref, *_ in SERIES:
        show(page, site, indicator(ref))
        for width in (1440, 375):
            page.set_viewport_size({"width": width, "height": 900})
            if found := page.evaluate(COVERED):
                covered[ref, width] = found
    assert covered == {}


COVERED = """
() => {
  const boxes = [...document.querySelectorAll('figure svg[role=img] text')]
    .map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0)
    // The line of a text is taller than its figures: take its middle part.
    .map(([words, b]) => [words, b.left, b.right, b.top + b.height / 4, b.bottom - b.height / 5]);
  const found = [];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
    if (a[1] < b[2] && b[1] < a[2] && a[3] < b[4] && b[3] < a[4]) found.push(a[0] + ' / ' + b[0]);
  }));
  return found;
}
"""


def test_the_filters_work_without_script(page: Page, site: Path) -> None:
    show(page, site, "index.html")
    rows = page.locator(".rows tbody tr")
    assert rows.count() == 64
    shown = rows.filter(visible=True)
    for label in ("signals", "with a data note or no figure", "not judged"):
        radio = page.get_by_role("radio", name=label)
        radio.check()
        assert 0 < shown.count() < 64
        assert radio.evaluate("r => r.parentElement.innerText") == f"{shown.count()} {label}"
        # The headings count what is shown, and no section that a link leads to goes away.
        assert " of 9 indicators" in page.locator(".sec header p").first.inner_text()
        assert page.locator(".sec").filter(visible=True).count() == 6
    page.get_by_role("radio", name="signals").check()
    assert shown.filter(has_text="LAC9").count() > 0
    page.get_by_role("radio", name="all 64").check()
    assert rows.filter(visible=True).count() == 64


def test_the_keyboard_starts_at_the_skip_link_and_shows_where_it_is(page: Page, site: Path) -> None:
    show(page, site, "index.html")
    stops = []
    for _ in range(5):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent.trim()"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert stops[0] == "Skip to main content"
    assert stops[1].startswith("OpenScorecard")
    assert stops[2:5] == ["Scorecard", "Table for print", "How to read it"]
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_link_leads_somewhere(page: Page, site: Path) -> None:
    lost = []
    for name in [*KINDS, *map(indicator, STATES)]:
        show(page, site, name)
        for href in page.evaluate("[...document.links].map(a => a.href)"):
            address, _, anchor = href.partition("#")
            target = Path(address.removeprefix("file://"))
            is_page = target.is_file() and target.suffix == ".html"
            text = target.read_text(encoding="utf-8") if is_page else ""
            if not target.is_file() or (anchor and f'id="{anchor}"' not in text):
                lost.append(href)
    assert lost == []


def test_the_site_obeys_the_strictest_content_policy(browser: Browser, site: Path) -> None:
    policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'"

    class Strict(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("response", lambda it: complaints.append(it.url) if it.status >= 400 else None)
    try:
        for name in (*KINDS, indicator("CP3-QL")):
            page.goto(f"http://127.0.0.1:{server.server_port}/{name}")
            page.evaluate("document.fonts.ready.then(() => true)")
            fonts = page.evaluate("[...document.fonts].map(f => f.family + ' ' + f.status)")
            assert [font.replace('"', "") for font in fonts] == ["Scorecard Sans loaded"]
    finally:
        page.close()
        server.shutdown()
        server.server_close()
    assert complaints == []


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [
        # Paper less margins, in CSS pixels (96 to the inch): A3 and A4 landscape, A4 portrait.
        ("table.html", 1512, 1047),
        ("index.html", 1032, 711),
        ("indicators/cp3-ql.html", 688, 1025),
    ],
)
def test_nothing_is_cut_off_in_print(
    page: Page, site: Path, name: str, width: int, height: int
) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": height})
    show(page, site, name)
    assert overflow(page) <= 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll('th,td,svg')].filter(e => {
             const b = e.getBoundingClientRect();
             return b.width > 0 && (b.right > innerWidth + 1 || b.left < -1
               // The section's title over "Ref." may stand out over its neighbours: they are lower.
               || e.scrollWidth > e.clientWidth + 2 && !e.matches('svg,thead .k-ref'));
           }).map(e => e.textContent.trim().slice(0, 40))"""
    )
    assert cut == []


def test_the_mark_of_a_fold_is_a_triangle_in_forced_colours_too(
    browser: Browser, site: Path
) -> None:
    page = browser.new_page(forced_colors="active")
    show(page, site, "index.html")
    drawn = page.evaluate(
        """() => { const s = getComputedStyle(document.querySelector('.fold summary'), '::before');
             return [s.clipPath.startsWith('polygon'), s.backgroundColor]; }"""
    )
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.close()
    assert drawn[0]
    assert drawn[1] != paper


def test_in_print_the_folds_headings_stand(page: Page, site: Path) -> None:
    page.emulate_media(media="print")
    show(page, site, "index.html")
    heading = page.get_by_text("How to read the rows")
    assert heading.bounding_box() is not None
    assert page.get_by_text("The line shows 13 months").bounding_box() is not None


def test_on_paper_a_row_has_its_first_sentence_and_says_where_the_rest_is(
    page: Page, site: Path
) -> None:
    page.emulate_media(media="print")
    show(page, site, "index.html")
    assert page.get_by_text("Schools sent most of the extra contacts.").bounding_box() is None
    assert page.get_by_text("The full commentary is on the indicators").bounding_box() is not None
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 8


@pytest.mark.parametrize("width", [1440, 1366])
def test_the_classic_table_fits_a_laptop_without_owner_and_commentary(
    page: Page, site: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    show(page, site, "table.html")
    wider = "[...document.querySelectorAll('.scroll')].map(s => s.scrollWidth - s.clientWidth)"
    assert set(page.evaluate(wider)) == {0}
    assert page.locator("th.k-sig").first.is_visible()
    assert not page.locator(".k-role:visible, .k-say:visible").count()
    assert page.get_by_text("Owner, reporter and commentary:").is_visible()
    page.emulate_media(media="print")
    assert page.locator("th.k-role").first.is_visible()
    assert page.locator("th.k-say").first.is_visible()
    assert not page.get_by_text("Owner, reporter and commentary:").is_visible()


def test_on_a_phone_a_months_signal_stands_under_its_figure(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 375, "height": 900})
    show(page, site, indicator("CP3-QL"))
    line = page.locator(".by-month tbody tr").first
    signal, figure = (line.locator(of).bounding_box() for of in (".m-sig", ".m-value"))
    assert signal is not None
    assert figure is not None
    assert signal["x"] >= 0
    assert signal["x"] + signal["width"] <= 375
    assert figure["y"] < signal["y"] < figure["y"] + 60
