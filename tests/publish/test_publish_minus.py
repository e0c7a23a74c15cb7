"""The minus sign: on everything that is read by eye, nowhere in what programs read."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pdfplumber
import pytest
from example_scorecard import example
from lxml import html

from openscorecard.publish.charts.svg import element
from openscorecard.publish.html.site import site
from openscorecard.publish.minus import true_minus
from openscorecard.publish.pdf.paper import paper_pdf
from openscorecard.publish.tidy_csv import tidy_csv
from openscorecard.scorecard.page import Scorecard

HYPHEN = re.compile(r"(?:^|[\s(→↑↓])-\d")


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("moves from month to month by -2 to +2", "moves from month to month by −2 to +2"),
        ("(-242 to +213)", "(−242 to +213)"),
        ("↓ -34%", "↓ −34%"),
        ("-0.5", "−0.5"),
        # Hyphens that are none of a number's own.
        ("2020-06, 16-17, CP2-NI, M6-QL", "2020-06, 16-17, CP2-NI, M6-QL"),
        ("- 12 children\n- 3 plans", "- 12 children\n- 3 plans"),
        ("x--5", "x--5"),
    ],
)
def test_a_hyphen_before_a_number_is_a_minus_sign(text: str, set_as: str) -> None:
    assert true_minus(text) == set_as


def _falling() -> Scorecard:
    """The first rows of the example; M3 fell by 11%."""
    return replace(example(), rows=example().rows[:3], matters=(), usual_moves=())


def test_what_is_read_by_eye_has_the_sign() -> None:
    card = _falling()
    assert any(row.change_year.printed == "-11%" for row in card.rows)
    with pdfplumber.open(io.BytesIO(paper_pdf(card))) as paper:
        text = "\n".join(page.extract_text() for page in paper.pages)
    assert "−11%" in text
    assert not HYPHEN.search(text)
    pages = {name: page for name, page in site(card).items() if name.endswith(".html")}
    assert "−11%" in pages["table.html"].decode("utf-8")
    for name, page in pages.items():
        words = html.fromstring(page.decode("utf-8")).xpath("//body//text()")
        assert not any(HYPHEN.search(one) for one in words), name


def test_a_drawing_has_it_in_its_words_and_not_among_its_places() -> None:
    assert element("desc", "by -2 to +2") == "<desc>by −2 to +2</desc>"
    assert element("text", "-5", x=-3.0, y=4.0) == '<text x="-3" y="4">−5</text>'


def test_what_programs_read_keeps_the_hyphen() -> None:
    text = tidy_csv(_falling())
    assert "-11%" in text
    assert "−" not in text
