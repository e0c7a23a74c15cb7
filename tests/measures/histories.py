"""Histories of a few children, full of edges, for the tests that compare two ways of counting.

A history is a small council of its own: every standard table with all its columns, three to five
children, a month in which much of it happens, and dates from November 2019 to March 2021 (with 29
February 2020 and two Christmases; a few lie a year before, some plans long before). Ids are the
same in every history, so that a count which forgets the council goes wrong. Rows hold nothing that
a load would set aside; what a load keeps with a finding (ends before starts, links to nothing or
to another child's row) is there on purpose.

`history(seed)` always gives the same history. `batches(size)` is the hypothesis strategy.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from history_days import MONTHS
from history_rows import Writer
from hypothesis import strategies as st
from plain.counted import Rows

from openscorecard.periods import Month

__all__ = ["MONTHS", "STEP_UP_REASONS", "History", "batches", "history"]

STEP_UP_REASONS = ("Stepped up",)  # what the setting has to be for M5 to have a figure


@dataclass(frozen=True, slots=True)
class History:
    """`month` is the one around whose end many of the dates lie."""

    rows: Rows
    month: Month


def batches(size: int) -> st.SearchStrategy[list[History]]:
    """Lists of `size` histories. One seed is drawn, so that thousands of them take seconds."""
    return st.integers(0, 2**32 - 1).map(
        lambda seed: [history(seed * 1_000_003 + number) for number in range(size)]
    )


def history(seed: int) -> History:
    """One history; the same seed gives the same rows in the same order."""
    source = random.Random(seed)
    month = source.choice(MONTHS)
    writer = Writer(source, month)
    for person in "ABCDE"[: writer.random.randint(3, 5)]:
        writer.child(person)
    writer.links()
    writer.foster_carers()
    for rows in writer.rows.values():
        source.shuffle(rows)
    return History(writer.rows, month)
