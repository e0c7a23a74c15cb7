"""Whatever stands in the cells, checking gives findings and never fails."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from clean_pages import CleanPage, clean_pages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from printed_pages import cell, exact, page, row

from openscorecard.records.printed.page import BLANK, Cell, PrintedPage, PrintedRow
from openscorecard.scorecard.checks import check_page

ODD = (
    BLANK,
    cell("-"),
    cell("n/a"),
    cell("Local"),
    cell("<5"),
    cell("[c]"),
    cell("0"),
    cell("0%"),
    cell("-7"),
    cell("-7%"),
    cell("1.5"),
    cell("100%"),
    cell("↑ -100%"),
    cell("↓ 250%"),
    cell("99999999999"),
    exact("23%", Fraction(70_000_003, 3_000_000)),
    exact("0", Fraction(-1, 10**12)),
)


def mangled(clean: PrintedPage, rng: random.Random) -> PrintedPage:
    """A tenth of all cells replaced, some months and headings taken away."""

    def other(one: Cell | None) -> Cell | None:
        return rng.choice(ODD) if rng.random() < 0.1 else one

    rows: list[PrintedRow] = []
    for one in clean.rows:
        values = {m: other(value) or BLANK for m, value in one.values.items()}
        if rng.random() < 0.1:
            values.pop(rng.choice(list(values)))
        rows.append(
            replace(
                one,
                values=values,
                change_month=other(one.change_month),
                change_year=other(one.change_year),
                average_12m=other(one.average_12m),
                maximum_12m=other(one.maximum_12m),
                change_month_base=None if rng.random() < 0.05 else one.change_month_base,
            )
        )
    return replace(clean, rows=tuple(rows))


@settings(
    max_examples=30, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(clean_pages(), st.integers(0, 2**32))
def test_mangled_pages_are_checked_all_the_same(clean: CleanPage, seed: int) -> None:
    for one in check_page(mangled(clean.page, random.Random(seed))):
        assert one.message
        assert one.rule
        assert one.as_json()["severity"] in ("error", "warning", "information")


def test_a_page_of_one_row_of_one_month() -> None:
    assert check_page(page(row("K1", "Number of visits", 12)), audience="internal") == ()


def test_a_page_of_rows_without_months() -> None:
    blank = replace(row("K1", "Number of visits", 12), values={})
    full = row("K2", "Number of calls", 12)
    assert check_page(page(blank, full), audience="internal") == ()
