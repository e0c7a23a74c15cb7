"""Percentages and rates of sums, counts within others, and what a file's many digits would tell.

The property tests play a reader who has pencil, paper, the definitions and the population.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from fractions import Fraction

import pytest
from disclosure_pages import JUNE, as_printed_change, count, figure, page, percent, rate, row, texts
from disclosure_pages import summary as of_months
from hypothesis import given, settings
from hypothesis import strategies as st

from openscorecard.catalogue.indicator import Relation, RelationKind
from openscorecard.disclosure import protect
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.page import FigureStatus, Row, Scorecard
from openscorecard.units import Unit

HIDDEN, VALUE = FigureStatus.HIDDEN, FigureStatus.VALUE
LIMIT = 5
POPULATION = 8000
REPEATS = Relation(RelationKind.SHARES, ("repeat",), whole="repeat%", over=("led", "moved"))
MEETINGS = Relation(RelationKind.SHARES, ("met", "moved"), whole="met rate")
YOUNG = Relation(RelationKind.WITHIN, ("young",), whole="all")
IN_TIME = Relation(RelationKind.COMPLEMENTS, ("late%", "in time%"))
RELATIONS = (REPEATS, MEETINGS, YOUNG, IN_TIME)


def public(
    *rows: Row, relations: tuple[Relation, ...] = RELATIONS, population: int | None = None
) -> Scorecard:
    before = dataclasses.replace(
        page(*rows), population=None if population is None else Fraction(population)
    )
    return protect(before, relations, limit=LIMIT)


# A percentage over a sum.


def test_a_percentage_that_tells_the_hidden_sum_under_it_goes_too() -> None:
    # 58 met, 54 led to a plan: 4 did not. 14 is 26% of 52.8 to 54.9 plans, and none moved here: 53
    # or 54, so 4 or 5 did not. A year of 50 plans of 90: nothing is hidden.
    rows = (
        row(count("met"), 90, 58),
        row(count("led"), 50, 54),
        row(percent("led%", "led", "met"), 56, 93),
        row(count("moved"), 0, 0),
        row(count("repeat"), 14, 14),
        row(percent("repeat%", "repeat", None), 28, 26),
    )
    seen = public(*rows)
    assert texts(seen, "led") == ("50", "[c]")
    assert texts(seen, "repeat%") == ("28%", "[c]")
    assert texts(seen, "repeat") == ("14", "14")


def test_it_stays_where_the_digits_leave_all_of_1_to_5() -> None:
    # 6 is 13% of 44.4 to 48 plans. 49 met and 45 led to one, both hidden terms: 44 to 48 may have
    # led to one, which leaves 1 to 5, and 0 to 4 may have moved here.
    seen = public(
        row(count("met"), 49),
        row(count("led"), 45),
        row(percent("led%", "led", "met"), 92),
        row(count("moved"), 2),
        row(count("repeat"), 6),
        row(percent("repeat%", "repeat", None), 13),
    )
    assert [texts(seen, ref)[0] for ref in ("led", "moved", "repeat%")] == ["[c]", "[c]", "13%"]


def test_the_rest_of_a_sum_is_a_rest() -> None:
    # 40 + 10 plans, 47 of them repeats: 3 were first ones. The 47 goes, and the 94%.
    seen = public(
        row(count("led"), 40),
        row(count("moved"), 10),
        row(count("repeat"), 47),
        row(percent("repeat%", "repeat", None), 94),
    )
    assert [texts(seen, ref)[0] for ref in ("led", "moved", "repeat", "repeat%")] == [
        "40", "10", "[c]", "[c]",
    ]  # fmt: skip


# A rate over a sum.


@pytest.mark.parametrize(
    ("met", "moved", "printed", "seen"),
    [
        (20, 3, 29, "[c]"),  # 28.5 to 29.5 are 22.8 to 23.6 children: 23, and 3 moved here
        (20, 9, 36, "36"),  # nothing is hidden
        (20, 0, 25, "25"),
    ],
)
def test_a_rate_of_a_sum_tells_a_hidden_term(met: int, moved: int, printed: int, seen: str) -> None:
    rows = (row(count("met"), met), row(count("moved"), moved), row(rate("met rate", ""), printed))
    assert texts(public(*rows, population=POPULATION), "met rate") == (seen,)


def test_a_rate_of_a_great_population_tells_little() -> None:
    # 9.5 to 10.5 of 50,860 are 48.3 to 53.4: 49 to 53, and 48 met, so 1 to 5 moved here.
    rows = (row(count("met"), 48), row(count("moved"), 3), row(rate("met rate", ""), 10))
    assert texts(public(*rows, population=50860), "met rate") == ("10",)
    # 10.5 to 11.5 are 53.4 to 58.5, and 56 met: 0 to 2 moved here.
    rows = (row(count("met"), 56), row(count("moved"), 1), row(rate("met rate", ""), 11))
    assert texts(public(*rows, population=50860), "met rate") == ("[c]",)


def test_without_a_population_it_is_what_other_rates_tell_or_anybody_may_know() -> None:
    rows = (row(count("met"), 48), row(count("moved"), 3), row(rate("met rate", ""), 10))
    assert texts(public(*rows), "met rate") == ("[c]",)
    # 5086 children at a rate of 1000 (999.5 to 1000.5) are of 50,835 to 50,885.
    told = (row(count("known"), 5086), row(rate("known rate", "known"), 1000))
    assert texts(public(*rows, *told), "met rate") == ("10",)


def test_a_rate_whose_count_has_no_row_is_worked_out_from_the_population() -> None:
    # 1 of 10,000 in 50,860: 2.5 to 7.6 children. 3 of 10,000: 12.7 to 17.8.
    assert texts(public(row(rate("R", ""), 1, 3), population=50860), "R") == ("[c]", "3")
    assert texts(public(row(rate("R", ""), 1, 3)), "R") == ("1", "3")  # no population, no telling
    # 14 of 100,000 young people, who are 20,344 or more of 50,860: 3 or more of them. 256: 52.
    young = dataclasses.replace(rate("Y", ""), unit=Unit.PER_100000, numerator=None)
    seen = public(row(young, 256, 14), population=50860)
    assert texts(seen, "Y") == ("256", "[c]")
    assert seen.rows[0].average_12m.status is HIDDEN
    # 0 is nobody.
    assert texts(public(row(young, 0), population=50860), "Y") == ("0",)


# Counts within others, and a complement that is not there.


def test_the_others_of_a_count_within_another_are_people_too() -> None:
    # 221 assessed, 218 of them under 21: 3 adults.
    seen = public(row(count("all"), 221, 221), row(count("young"), 159, 218))
    assert (texts(seen, "all"), texts(seen, "young")) == (("221", "221"), ("159", "[c]"))


def test_a_late_share_that_was_set_aside_is_told_by_the_other() -> None:
    # 94% of 60 in time: 3 or 4 late, which would be hidden if the page had it.
    rows = (
        row(count("done"), 60, 60),
        row(percent("late%", None, "done", protect_complement=False), 20, None),
        row(percent("in time%", None, "done", protect_complement=False), 80, 94),
    )
    assert texts(public(*rows), "in time%") == ("80%", "[c]")


def test_a_printed_0_percent_is_no_guard() -> None:
    # Of 60: 0%, 5% (3, hidden), 20%, 75%. The guard is the 20%, and the 0% stays.
    bands = (Relation(RelationKind.BANDS, ("a", "b", "c", "d"), whole="W"),)
    values = (0, 5, 20, 75)
    rows = [
        row(percent(ref, None, "W", protect_complement=False), value)
        for ref, value in zip("abcd", values, strict=True)
    ]
    seen = public(row(count("W"), 60), *rows, relations=bands)
    assert [texts(seen, ref)[0] for ref in "abcd"] == ["0%", "[c]", "[c]", "75%"]


def test_two_averages_do_not_tell_a_small_rest_of_months_that_are_not_shown() -> None:
    # Seven months of 40 and 33; averages of 40.00 and 33.92 over twelve. Of the other five months
    # 480 - 280 = 200 met and 407 - 231 = 176 led: 24 were left. With 39.5 and 32.92 the rest of
    # five months is 194 - 164 = 30; with 33.92 of 37 each (259): 200 - (407 - 210) = 3.
    def averages(led: int) -> Scorecard:
        met, some = row(count("met"), *[40] * 7), row(count("led"), *[led] * 7)
        met = dataclasses.replace(met, average_12m=_average("40.00", 40))
        some = dataclasses.replace(some, average_12m=_average("33.92", Fraction(407, 12)))
        return public(met, some, row(percent("led%", "led", "met"), *[80] * 7))

    assert averages(33).rows[1].average_12m.printed == "33.92"
    seen = averages(30)
    assert seen.rows[0].average_12m.printed == "40.00"
    assert seen.rows[1].average_12m.printed == "[c]"


def _average(printed: str, value: Fraction | int):  # type: ignore[no-untyped-def]
    return dataclasses.replace(of_months(Fraction(value), None), printed=printed, as_printed=True)


# No more digits than are printed.


def test_a_percentage_of_a_hidden_sum_has_the_digits_that_it_prints() -> None:
    ratio = row(percent("R", None, "D"), Fraction(100 * 14, 54), Fraction(100 * 20, 54))
    seen = public(row(count("D"), 54, 54), ratio).rows[1]
    assert [one.value for one in seen.figures] == [26, 37]
    assert [one.value for one in seen.history] == [26, 37]
    assert seen.change_month.percent == 43  # 20 to 14 of 54 is 42.857...%
    assert seen.change_month.difference == 11
    assert (seen.average_12m.value, seen.maximum_12m.value) == (31, 37)  # 31.48..., 37.03...


def test_what_shown_counts_give_stays_unrounded() -> None:
    exact = [Fraction(1400, 54), Fraction(2000, 54)]
    seen = public(
        row(count("N"), 14, 20), row(count("D"), 54, 54), row(percent("R", "N", "D"), *exact)
    )
    assert [one.value for one in seen.rows[2].figures] == exact
    assert seen.rows[2].change_month.percent == Fraction(300, 7)
    assert seen.rows[0].change_month.percent == Fraction(300, 7)
    assert seen.rows[0].average_12m.value == 17


def test_a_change_and_an_average_of_months_that_are_not_shown_are_rounded() -> None:
    plain = row(count("A"), 20, 40)
    told = dataclasses.replace(
        plain,
        change_year=dataclasses.replace(
            as_printed_change(JUNE.plus(-12), 67), percent=Fraction(200, 3)
        ),
        average_12m=of_months(Fraction(407, 12), 12),
    )
    seen = public(told).rows[0]
    assert (seen.change_year.percent, seen.average_12m.value) == (67, 34)
    assert [one.value for one in seen.figures] == [20, 40]


# Notes.


def test_notes_on_hidden_averages_are_left_out_and_others_stay() -> None:
    note = "The 12-month average and maximum are from 7 of 12 months."
    other = "The % change on the year before is worked out from rounded figures."
    few = public(row(count("A"), 30, 4, 37, notes=(note, other))).rows[0]
    assert few.notes == (other,)
    many = public(row(count("A"), 30, 40, 37, notes=(note,))).rows[0]
    assert many.notes == (note,)


def test_the_plain_reason_of_a_month_without_a_figure_stands() -> None:
    reason = "there was nobody to take a percentage of"
    aside = figure(JUNE, None, Unit.PERCENT, note="printed 7%; 17% would be right")
    aside = dataclasses.replace(aside, status=FigureStatus.NOT_APPLICABLE, printed="[z]")
    ratio = row(percent("R", None, "D"), 7, None)
    ratio = dataclasses.replace(
        ratio, figures=(ratio.figures[0], aside), history=(ratio.figures[0], aside)
    )
    seen = public(row(count("D"), 40, 0), ratio).rows[1]  # 7% of 40 is 3: hidden
    assert [(one.printed, one.note) for one in seen.figures[1:]] == [("[z]", reason)]


def test_nobody_to_take_a_percentage_of_would_tell_of_a_hidden_0() -> None:
    hidden = dataclasses.replace(figure(JUNE, 0), status=HIDDEN, value=None, printed="[c]")
    whole = dataclasses.replace(row(count("D"), 0), figures=(hidden,), history=(hidden,))
    aside = dataclasses.replace(
        figure(JUNE, None, note="there was nobody to take a percentage of"),
        status=FigureStatus.NOT_APPLICABLE,
        printed="[z]",
    )
    ratio = row(percent("R", None, "D"), None)
    ratio = dataclasses.replace(ratio, figures=(aside,), history=(aside,))
    assert texts(public(whole, ratio), "R") == ("[c]",)


# A reader with all of that.

sizes = st.one_of(st.integers(0, 9), st.integers(0, 80))


@st.composite
def pages(draw: st.DrawFn) -> Scorecard:
    months = range(draw(st.integers(1, 4)))

    def some(at_most: list[int] | None = None) -> list[int]:
        if at_most is None:
            return [draw(sizes) for _ in months]
        return [
            draw(st.one_of(st.integers(0, most), st.integers(max(0, most - 7), most)))
            for most in at_most
        ]

    met, moved, total, done = some(), some(), some(), some()
    led, young, timely, alone = some(met), some(total), some(done), some()
    plans = [a + b for a, b in zip(led, moved, strict=True)]
    repeat = some(plans)
    late = [b - a for a, b in zip(timely, done, strict=True)]
    aside = [draw(st.booleans()) for _ in months]
    own: dict[str, bool] = {"protect_complement": False}
    before = page(
        row(count("met"), *met),
        row(count("led"), *led),
        row(percent("led%", "led", "met"), *_share(led, met)),
        row(count("moved"), *moved),
        row(count("repeat"), *repeat),
        row(percent("repeat%", "repeat", None), *_share(repeat, plans)),
        row(rate("met rate", ""), *_rate([a + b for a, b in zip(met, moved, strict=True)])),
        row(count("all"), *total),
        row(count("young"), *young),
        row(count("done"), *done),
        row(count("timely"), *timely),
        row(
            percent("late%", None, "done", **own),
            *[None if gap else one for gap, one in zip(aside, _share(late, done), strict=True)],
        ),
        row(percent("in time%", "timely", "done", **own), *_share(timely, done)),
        row(rate("alone rate", ""), *_rate(alone)),
    )
    return dataclasses.replace(before, population=Fraction(POPULATION))


def _share(parts: list[int], wholes: list[int]) -> list[Fraction | None]:
    return [
        Fraction(100 * part, whole) if whole else None
        for part, whole in zip(parts, wholes, strict=True)
    ]


def _rate(counts: list[int]) -> list[Fraction]:
    return [Fraction(10_000 * one, POPULATION) for one in counts]


Cells = dict[tuple[str, Month], Fraction | None]


def cells(scorecard: Scorecard) -> Cells:
    return {
        (one.indicator.ref, figure.month): figure.value
        for one in scorecard.rows
        for figure in one.figures
        if figure.status in (VALUE, HIDDEN)
    }


def fits(shown: Fraction, true: Fraction) -> bool:
    """Whether `true` may stand behind the number: itself, or by rounding to a whole one."""
    return shown == true or (shown.denominator == 1 and abs(shown - true) <= Fraction(1, 2))


def narrowed(before: Cells, after: Cells, month: Month) -> Iterator[str]:
    """Every tie that leaves only some of 1 to 5 for a number that is hidden and is one of them."""
    seen = {ref: value for (ref, at), value in after.items() if at == month}
    true = {ref: value for (ref, at), value in before.items() if at == month}

    def may_be(ref: str) -> list[Fraction]:
        value = seen[ref]
        return [Fraction(one) for one in range(170)] if value is None else [value]

    share, per = seen.get("repeat%"), seen["met rate"]
    top = seen["repeat"]
    plans = [
        (led, moved)
        for led in may_be("led")
        for moved in may_be("moved")
        if share is not None and top is not None
        if led + moved and fits(share, 100 * top / (led + moved))
    ]
    people = [
        (met, moved)
        for met in may_be("met")
        for moved in may_be("moved")
        if per is not None and fits(per, 10_000 * (met + moved) / POPULATION)
    ]
    for name, pairs in (("repeat%", plans), ("met rate", people)):
        told: dict[str, set[Fraction]] = {"moved": {moved for _, moved in pairs}}
        if name == "repeat%":
            told["led"] = {led for led, _ in pairs}
            if seen["met"] is not None:
                told["met less led"] = {seen["met"] - led for led, _ in pairs}
        else:
            told["met"] = {met for met, _ in pairs}
        true["met less led"] = (true["met"] or 0) - (true["led"] or 0)
        seen["met less led"] = None if seen["led"] is None else true["met less led"]
        for ref, values in told.items():
            number = true[ref]
            assert number is not None
            if pairs and seen[ref] is None and 0 < number <= LIMIT:
                left = sorted(values & set(range(1, LIMIT + 1)))
                if len(left) < LIMIT:
                    yield f"{name} in {month} leaves {left} for {ref}"


@given(pages())
@settings(max_examples=150, deadline=None)
def test_no_tie_narrows_a_hidden_count(before: Scorecard) -> None:
    after = protect(before, RELATIONS, limit=LIMIT)
    true, seen = cells(before), cells(after)
    for month in months_to(JUNE, len(before.rows[0].figures)):
        assert list(narrowed(true, seen, month)) == []
        total, young = seen["all", month], seen["young", month]
        assert total is None or young is None or not 0 < total - young <= LIMIT
        done, timely = true["done", month], true["timely", month]
        assert done is not None
        assert timely is not None
        if 0 < done - timely <= LIMIT:
            assert seen["in time%", month] is None
            assert None in (seen["done", month], seen["timely", month])
        alone = true["alone rate", month]
        assert alone is not None
        if 0 < alone * POPULATION / 10_000 <= LIMIT:
            assert seen["alone rate", month] is None
    assert protect(after, RELATIONS, limit=LIMIT) == after
