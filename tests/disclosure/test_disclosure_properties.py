"""Whatever the page: a reader with pencil and paper does not get a hidden number back."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from fractions import Fraction

from disclosure_pages import JUNE, count, page, percent, rate, row
from hypothesis import given, settings
from hypothesis import strategies as st

from openscorecard.catalogue.indicator import Relation, RelationKind
from openscorecard.disclosure import hidden_numbers, protect
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.page import FigureStatus, Row, Scorecard
from openscorecard.statistics.ranges import half_up
from openscorecard.units import Unit

HIDDEN, VALUE = FigureStatus.HIDDEN, FigureStatus.VALUE
LIMIT = 5
RELATIONS = (
    Relation(RelationKind.COMPLEMENTS, ("ratio", "rest")),
    Relation(RelationKind.PARTS, ("a", "b", "c"), whole="whole"),
    Relation(RelationKind.BANDS, ("a%", "b%", "c%"), whole="whole"),
    Relation(RelationKind.FLOWS, ("in",), whole="stock", leaving=("out",)),
)

sizes = st.one_of(st.integers(0, 9), st.integers(0, 400))


@st.composite
def scorecards(draw: st.DrawFn) -> Scorecard:
    """Three families of rows, true to each other: a share, a sum with bands, a stock with flows."""
    length = draw(st.integers(2, 13))
    months = range(length)
    some = [draw(sizes) for _ in months]
    others = [draw(sizes) for _ in months]
    parts = [[draw(sizes) for _ in months] for _ in range(3)]
    joined, left = ([draw(sizes) for _ in months] for _ in range(2))
    gaps = [draw(st.integers(0, 11)) == 0 for _ in months]
    stock = [1000]
    for index in months:
        stock.append(stock[-1] + joined[index] - left[index])
    total = [sum(part[index] for part in parts) for index in months]
    held = [a + b for a, b in zip(some, others, strict=True)]
    guard = draw(st.booleans())
    return page(
        row(count("numerator"), *_with(gaps, some)),
        row(count("denominator"), *held),
        row(
            percent("ratio", "numerator", "denominator", protect_complement=guard),
            *_share(some, held),
        ),
        row(percent("rest", None, "denominator", protect_complement=guard), *_share(others, held)),
        row(rate("rate", "numerator"), *[Fraction(one, 5) for one in some]),
        row(count("whole"), *total),
        *[row(count(ref), *part) for ref, part in zip("abc", parts, strict=True)],
        *[
            row(percent(f"{ref}%", ref, "whole", protect_complement=False), *_share(part, total))
            for ref, part in zip("abc", parts, strict=True)
        ],
        row(count("stock"), *stock[1:]),
        row(count("in"), *joined),
        row(count("out"), *left),
        row(count("alone"), *[draw(sizes) for _ in months]),
    )


def _with(gaps: list[bool], values: list[int]) -> list[int | None]:
    return [None if gap else value for gap, value in zip(gaps, values, strict=True)]


def _share(parts: list[int], wholes: list[int]) -> list[Fraction | None]:
    return [
        Fraction(100 * part, whole) if whole else None
        for part, whole in zip(parts, wholes, strict=True)
    ]


Shown = dict[tuple[str, Month], Fraction | None]


def shown(scorecard: Scorecard) -> Shown:
    """What each month of each row shows: a number, or None where it is hidden. A month without a
    figure is not there."""
    found: Shown = {}
    for one in scorecard.rows:
        for figure in (*one.history, *one.figures):
            if figure.status in (VALUE, HIDDEN):
                found[one.indicator.ref, figure.month] = figure.value
    return found


def one_unknown(seen: Shown, cells: list[tuple[str, Month]]) -> bool:
    """Whether all terms of a sum or quotient are on the page, and all but one are shown."""
    return all(cell in seen for cell in cells) and [seen[cell] for cell in cells].count(None) == 1


def leaks(before: Scorecard, after: Scorecard) -> Iterator[str]:
    """Every way in which simple arithmetic gives a hidden number, or a small one, back."""
    seen, true = shown(after), shown(before)
    for month in months_to(JUNE, 13):
        ties = {
            "ratio": ("numerator", "denominator", "ratio"),
            "rate": ("numerator", "rate"),
            "complements": ("ratio", "rest"),
            "parts": ("whole", "a", "b", "c"),
            "bands": ("a%", "b%", "c%"),
            **{f"{ref}%": (ref, "whole", f"{ref}%") for ref in "abc"},
        }
        for name, refs in ties.items():
            if one_unknown(seen, [(ref, month) for ref in refs]):
                # 0 of many is 0%, whether or not it is printed: nothing is given away by that.
                if name.endswith("%") or name in ("ratio", "rate"):
                    numerator = seen.get((refs[0], month))
                    if numerator == 0:
                        continue
                yield f"{name} in {month}"
        flows = [("stock", month), ("stock", month.plus(-1)), ("in", month), ("out", month)]
        if one_unknown(seen, flows):
            yield f"flows in {month}"
        if before.rows[2].indicator.protect_complement:
            top, bottom = seen.get(("numerator", month)), seen.get(("denominator", month))
            if top is not None and bottom is not None and 0 < bottom - top <= LIMIT:
                yield f"the rest in {month}"
        hidden_parts = (
            [ref for ref in "abc" if seen[ref, month] is None] if ("a", month) in seen else []
        )
        if hidden_parts and seen["whole", month] is not None:
            together = sum((true[ref, month] or Fraction(0) for ref in hidden_parts), Fraction(0))
            if 0 < together <= LIMIT:
                yield f"the hidden parts in {month} are {together} together"
    for one in after.rows:
        yield from leaks_of_row(one, seen)


def leaks_of_row(one: Row, seen: Shown) -> Iterator[str]:
    ref = one.indicator.ref
    for name, change in (("month", one.change_month), ("year", one.change_year)):
        if change.status is VALUE:
            for month in (JUNE, change.base):
                if (ref, month) in seen and seen[ref, month] is None:
                    yield f"{ref}: the change on the {name} tells of {month}"
    window = [(ref, month) for month in months_to(JUNE, 12)]
    if any(cell in seen and seen[cell] is None for cell in window):
        for summary in (one.average_12m, one.maximum_12m):
            if summary.status is VALUE:
                yield f"{ref}: {summary.printed} over a window with a hidden month"
    if one.indicator.unit is Unit.COUNT:
        for cell in [(ref, month) for month in months_to(JUNE, 13)]:
            number = seen.get(cell)
            if number is not None and 0 < number <= LIMIT:
                yield f"{cell} shows {number}"


@given(scorecards())
@settings(max_examples=80, deadline=None)
def test_no_hidden_count_can_be_got_back(before: Scorecard) -> None:
    assert list(leaks(before, protect(before, RELATIONS, limit=LIMIT))) == []


@given(scorecards(), st.integers(0, 12))
@settings(max_examples=40, deadline=None)
def test_protecting_twice_is_protecting_once(before: Scorecard, limit: int) -> None:
    once = protect(before, RELATIONS, limit=limit)
    assert protect(once, RELATIONS, limit=limit) == once


@given(scorecards())
@settings(max_examples=40, deadline=None)
def test_a_limit_of_0_hides_nothing(before: Scorecard) -> None:
    after = protect(before, RELATIONS, limit=0)
    assert hidden_numbers(before, after) == ()
    assert [without_loads(one) for one in before.rows] == list(after.rows)


def without_loads(one: Row) -> Row:
    return dataclasses.replace(
        one,
        figures=tuple(dataclasses.replace(figure, load=None) for figure in one.figures),
        history=tuple(dataclasses.replace(figure, load=None) for figure in one.history),
    )


@given(scorecards())
@settings(max_examples=40, deadline=None)
def test_a_row_that_is_tied_to_nothing_loses_its_small_counts_only(before: Scorecard) -> None:
    seen, true = shown(protect(before, RELATIONS, limit=LIMIT)), shown(before)
    for (ref, month), number in true.items():
        if ref == "alone":
            small = number is not None and 0 < number <= LIMIT
            assert seen[ref, month] == (None if small else number)


@given(st.lists(st.integers(6, 400), min_size=13, max_size=13))
@settings(max_examples=20, deadline=None)
def test_a_page_without_small_numbers_stays_as_it_is(values: list[int]) -> None:
    before = page(
        row(count("numerator"), *values),
        row(count("denominator"), *[3 * value for value in values]),
        row(percent("ratio", "numerator", "denominator"), *[Fraction(100, 3)] * 13),
    )
    assert list(protect(before, (), limit=LIMIT).rows) == [
        without_loads(one) for one in before.rows
    ]


def everything(value: object) -> Iterator[object]:
    """All numbers and texts anywhere in a value of dicts, tuples and lists."""
    if isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from everything(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from everything(one)
    else:
        yield value


def test_nothing_of_a_hidden_number_remains_anywhere() -> None:
    """With numbers that occur nowhere else: below 100 is small here. In May 67 of 1,237 are hidden
    with all that is made from them, and 83 because it guards another 67."""
    many, may = [791] * 11, JUNE.plus(-1)
    ratio = _share([*many, 67, 877], [1237] * 13)
    before = page(
        row(
            count("numerator"),
            *[*many, 67, 877],
            notes=("May 2021 fell to 67 of 1,237.", "June is 1,209% of May."),
        ),
        row(count("denominator"), *[1237] * 13),
        row(percent("ratio", "numerator", "denominator"), *ratio, notes=("Only 5.4% in May.",)),
        row(count("whole"), *[1117] * 11, 220, 1117),
        row(count("a"), *[1004] * 11, 67, 1004),
        row(count("b"), *[113] * 11, 153, 113),
        notes=("Of 1,237 only 67 were seen.",),
    )
    parts = (Relation(RelationKind.PARTS, ("a", "b"), whole="whole"),)
    after = protect(before, parts, limit=100)
    hidden = hidden_numbers(before, after)
    cells = {(one.ref, one.month, one.column) for one in hidden}
    assert {
        ("numerator", may, "2021-05"),
        ("ratio", may, "2021-05"),
        ("b", may, "2021-05"),
        ("numerator", JUNE, "change_month"),
        ("ratio", JUNE, "average_12m"),
        ("a", JUNE, "maximum_12m"),
    } <= cells

    found = list(everything(dataclasses.asdict(after)))
    words = " ".join(one for one in found if isinstance(one, str))
    numbers = {Fraction(one) for one in found if isinstance(one, Fraction | int)}
    still_shown = {value for value in shown(after).values() if value is not None}
    gone = {one.value for one in hidden} - still_shown
    assert {Fraction(67), Fraction(153), Fraction(810), Fraction(6700, 1237)} <= gone
    assert gone.isdisjoint(numbers)
    for number in gone:
        for decimals in (0, 1, 2):
            rounded = half_up(abs(number), decimals)
            digits = f"{rounded.numerator / rounded.denominator:,.{decimals}f}"
            assert not re.search(rf"(?<![\d.,]){re.escape(digits)}(?![\d])", words), digits


def test_hidden_numbers_say_where_each_stood() -> None:
    before = page(row(count("A"), 30, 14, 4))
    after = protect(before, (), limit=LIMIT)
    found = hidden_numbers(before, after)
    assert [(one.ref, one.month, one.column, one.value, one.percent) for one in found] == [
        ("A", JUNE, "2021-06", 4, False),
        ("A", JUNE, "change_month", Fraction(-500, 7), True),
        ("A", JUNE, "change_month", -10, False),
        ("A", JUNE, "average_12m", 16, False),
        ("A", JUNE, "maximum_12m", 30, False),
    ]
    assert list(dict.fromkeys(one.place for one in found)) == [
        "A, June 2021",
        "A, change from May 2021 to June 2021",
        "A, 12-month average to June 2021",
        "A, 12-month maximum to June 2021",
    ]
    assert hidden_numbers(before, before) == ()
