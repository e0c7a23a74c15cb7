"""The rules on the real page: every cell that no records can give is found, and little else.

The figures below are LANDING.md's: what each cell prints, and what one consistent history gives.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from openscorecard.catalogue.load import load_catalogue
from openscorecard.findings import Finding, Severity
from openscorecard.records.printed.page import PrintedPage
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.checks import check_page

SEED = Path(__file__).resolve().parents[3] / "shared/seed/000_137101b34a8ce8f9.txt"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="shared/ is not beside the project")

NO_VALUE, NOT_COMPUTED = "no value", "n/a"
# The 25 cells that no records can give, and the value that LANDING.md's rules give.
IMPOSSIBLE: dict[tuple[str, str], int | str] = {
    ("M3", "2021-05"): 25,
    ("EH4 (val)", "2021-05"): 277,
    ("LAC6 (%)", "2021-05"): 17,
    ("CP2b %", "2021-06"): NO_VALUE,
    ("NI147", "2021-06"): 86,
    ("M3", "change_month"): -34,
    ("EH4 (val)", "change_month"): 3,
    ("LAC6 (%)", "change_month"): -8,
    ("CP2b %", "change_month"): NOT_COMPUTED,
    ("NI147", "average_12m"): 84,
    ("NI147", "maximum_12m"): 87,
    ("NI147", "change_month"): 1,
    ("NI147", "change_year"): 0,
    ("EH1a", "change_month"): 25,
    ("EH1c", "change_year"): NOT_COMPUTED,
    ("EH1b", "change_month"): 1,
    ("EH14b", "change_month"): 6,
    ("CIN5", "change_month"): -2,
    ("M6-QL", "change_month"): -31,
    ("CP1-NI", "change_month"): -41,
    ("M2", "change_year"): 0,
    ("M6-QL", "change_year"): 18,
    ("LSCB17a", "maximum_12m"): NO_VALUE,
    ("YO2", "maximum_12m"): NO_VALUE,
    ("FM011", "average_12m"): 31,
}
# What the page holds besides: each looked at, and worth a person's while. No figure is among them.
BESIDES = {
    "small-number": 7,  # the page is public
    "text-repeated": 2,  # M5's outcome is M4's; CP7's comment is CP9's
}


@pytest.fixture(scope="module")
def page() -> PrintedPage:
    return read_page(SEED)


@pytest.fixture(scope="module")
def findings(page: PrintedPage) -> list[Finding]:
    """What the rules find; what reading found is the reader's to test."""
    found = check_page(page, load_catalogue())
    return [one for one in found if one not in page.findings]


def at(findings: list[Finding], ref: str, column: str) -> list[Finding]:
    return [
        one
        for one in findings
        if (one.ref, one.column) == (ref, column) and one.severity is not Severity.INFORMATION
    ]


@pytest.mark.parametrize(("ref", "column"), IMPOSSIBLE)
def test_each_impossible_cell_is_found_with_what_it_should_be(
    findings: list[Finding], ref: str, column: str
) -> None:
    here = at(findings, ref, column)
    assert len(here) == 1
    expected, right = here[0].expected, IMPOSSIBLE[ref, column]
    assert expected is not None
    if isinstance(right, str):
        assert expected.text == right
        return
    # Rounded where the page prints whole numbers: 85.71 is 86.
    low = expected.value if expected.value is not None else expected.low
    high = expected.value if expected.value is not None else expected.high
    assert low is None or round(low) <= right
    assert high is None or right <= round(high)


def test_no_other_figure_is_doubted(findings: list[Finding]) -> None:
    others = [
        one
        for one in findings
        if one.severity is not Severity.INFORMATION and (one.ref, one.column) not in IMPOSSIBLE
    ]
    assert Counter(one.rule for one in others) == BESIDES
    assert all(one.severity is Severity.WARNING for one in others)


def test_without_the_catalogue_the_same_cells_are_found(page: PrintedPage) -> None:
    findings = list(check_page(page, audience="internal"))
    missed = [cell for cell in IMPOSSIBLE if not at(findings, *cell)]
    assert missed == []
    blamed = {
        (one.ref, one.column)
        for one in findings
        if one.severity is Severity.ERROR and (one.ref, one.column) not in IMPOSSIBLE
    }
    assert blamed == set()


def test_texts_copied_to_the_wrong_row(findings: list[Finding]) -> None:
    copied = {(one.ref, one.column) for one in findings if one.rule == "text-repeated"}
    assert {("M5", "outcome"), ("CP7", "commentary")} <= copied


def test_no_message_speaks_of_ranges_that_hold_the_printed_value(findings: list[Finding]) -> None:
    for one in findings:
        assert one.message.endswith(".")
        assert "None" not in one.message
        assert len(one.message) < 330


def test_it_is_quick(page: PrintedPage) -> None:
    """Measured at 90 ms; far more would be felt on every keystroke of an analyst's work."""
    catalogue = load_catalogue()
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        check_page(page, catalogue)
        best = min(best, time.process_time() - start)
    assert best < 0.4
