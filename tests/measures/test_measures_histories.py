"""The histories hold the edges they promise; parts and wholes agree in the plain counts."""

from __future__ import annotations

from collections import Counter

import pytest
from histories import MONTHS, STEP_UP_REASONS, History, batches, history
from history_edges import edges
from hypothesis import given, settings
from plain import PLAIN, Rows, Settings, figure

from openscorecard.records.standard import CODE_SETS, TABLES

CHOSEN = Settings(step_up_end_reasons=STEP_UP_REASONS, population=50_000)
SOME = [history(seed) for seed in range(300)]


def test_every_edge_occurs_in_three_hundred_histories() -> None:
    found: Counter[str] = Counter()
    for one in SOME:
        found.update(edges(one))
    assert {edge: count for edge, count in found.items() if count < 5} == {}
    assert len(found) >= 45


def test_every_indicator_is_more_than_nothing_in_some_histories() -> None:
    counts: Counter[str] = Counter()
    for one in SOME:
        for ref, count in PLAIN.items():
            counts[ref] += bool(count(one.rows, one.month, CHOSEN).numerator)
    assert {ref: count for ref, count in counts.items() if count < 5} == {}
    assert set(counts) == set(PLAIN)


def test_a_seed_gives_the_same_history_again() -> None:
    assert history(7) == history(7)
    assert history(7) != history(8)


def test_rows_are_what_a_load_would_keep() -> None:
    for one in SOME:
        for table in TABLES:
            for row in one.rows[table.name]:
                assert list(row) == [column.name for column in table.columns]
                for column in table.columns:
                    value = row[column.name]
                    assert value is not None or not column.required
                    assert value is None or not column.codes or value in CODE_SETS[column.codes]
            if table.key:
                keys = [row[table.key] for row in one.rows[table.name]]
                assert len(set(keys)) == len(keys)


@settings(max_examples=20, deadline=None)
@given(batches(20))
def test_parts_and_wholes_agree(found: list[History]) -> None:
    for one in found:
        count = {ref: plain(one.rows, one.month, CHOSEN) for ref, plain in PLAIN.items()}
        value = {ref: count[ref].numerator or 0 for ref in PLAIN}
        bands = ["EH3a%", "EH3b%", "EH3c%", "EH3d%", "EH3e%"]
        assert sum(value[band] for band in bands) == value["EH3"]
        assert value["EH4 (val)"] + value["EH3e%"] == value["EH3"]
        assert max(value["EH2"], value["CP6B"], value["LAC1"]) <= value["CIN5"]
        assert value["LAC6 (val)"] + value["LAC12 (val)"] <= value["LAC3"]
        assert value["LAC13"] <= value["LAC1"]
        assert value["LAC14"] <= value["LAC2"]
        assert value["EH14b"] <= value["EH1c"]
        for ref, counted in count.items():
            if counted.denominator is not None and not ref.endswith("-NI") and ref != "M3":
                assert value[ref] <= counted.denominator, ref


@pytest.mark.parametrize("ref", [ref for ref in PLAIN if "%" in ref or ref.endswith("-QL")])
def test_nothing_of_nothing_is_no_figure(ref: str) -> None:
    rows: Rows = {table.name: [] for table in TABLES}
    counted = PLAIN[ref](rows, MONTHS[0], Settings(step_up_end_reasons=STEP_UP_REASONS))
    empty = figure(ref, counted)
    assert empty == (None if counted.denominator is not None else 0)
