"""The public's verdicts are made from what the public sees, and give nothing hidden back.

A verdict rests on the mean and the moving ranges of months, and each limit and printed range is an
equation in them: with 23 of 24 months in sight, one number would give the last. So pages that
differ in hidden numbers alone must be the same public page, number by number and word by word.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from disclosure_pages import JUNE, count, percent
from hypothesis import given, settings
from hypothesis import strategies as st

from openscorecard.catalogue.indicator import Catalogue, Direction, Indicator, Kind, Section
from openscorecard.disclosure import protect
from openscorecard.periods import Month
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.observation import Observation, Observations
from openscorecard.scorecard.page import FigureStatus, Scorecard
from openscorecard.scorecard.signals.judge import with_verdicts
from openscorecard.scorecard.verdict import Rule, Signal

VALUE = FigureStatus.VALUE
MONTHS = 40  # more than the chart of figures shows
DOWN = Direction.DOWN


def page_of(**values: list[int]) -> Scorecard:
    """A page of counts N and D, and of the share of the one in the other where both are there."""
    items: list[Indicator] = [count(ref, preferred_direction=DOWN) for ref in values]
    found = []
    for ref, numbers in values.items():
        for place, number in enumerate(numbers):
            found.append(Observation(ref, month_at(place, numbers), VALUE, Fraction(number)))
    if {"N", "D"} <= set(values):
        items.append(percent("R", "N", "D", preferred_direction=DOWN))
        for place, (top, bottom) in enumerate(zip(values["N"], values["D"], strict=True)):
            month = month_at(place, values["N"])
            found.append(
                Observation("R", month, VALUE, Fraction(100 * top, bottom),
                            numerator=Fraction(top), denominator=Fraction(bottom))
            )  # fmt: skip
    catalogue = Catalogue((Section("s", "Section", 1),), tuple(items))
    return scorecard(catalogue, JUNE, Observations.of(found), PageSettings("Northshire"))


def month_at(place: int, numbers: list[int]) -> Month:
    return JUNE.plus(place + 1 - len(numbers))


LARGE = st.integers(6, 40)
SMALL = st.integers(1, 5)


@st.composite
def twins(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Two series that differ in small numbers alone, of which there are not too many."""
    numbers = draw(st.lists(LARGE, min_size=MONTHS, max_size=MONTHS))
    places = draw(st.lists(st.integers(0, MONTHS - 1), max_size=8, unique=True))
    one, other = list(numbers), list(numbers)
    for place in places:
        one[place], other[place] = draw(SMALL), draw(SMALL)
    return one, other


@settings(max_examples=60, deadline=None)
@given(twins())
def test_no_hidden_count_moves_anything_that_the_public_sees(
    both: tuple[list[int], list[int]],
) -> None:
    one, other = (protect(page_of(N=numbers), ()) for numbers in both)
    assert one == other


@settings(max_examples=40, deadline=None)
@given(twins())
def test_nor_does_one_behind_a_percentage(both: tuple[list[int], list[int]]) -> None:
    wholes = [60 + place % 7 for place in range(MONTHS)]
    one, other = (protect(page_of(N=numbers, D=wholes), ()) for numbers in both)
    for ref in ("N", "D", "R"):
        mine, yours = one.row(ref), other.row(ref)
        assert mine is not None
        assert yours is not None
        assert mine.verdict == yours.verdict
        assert mine.on_record == yours.on_record


STEADY = [12, 10] * 16


def public(numbers: list[int]) -> Scorecard:
    return protect(page_of(N=numbers), ())


def test_the_mean_of_24_months_does_not_give_the_one_that_is_hidden() -> None:
    """The council's own centre has the 3 in it; the public's is a mean of months in sight alone."""
    numbers = [*STEADY[:10], 3, *STEADY[11:]]
    whole = page_of(N=numbers)
    seen = protect(whole, ())
    own, theirs = whole.rows[0].verdict, seen.rows[0].verdict
    assert own is not None
    assert theirs is not None
    # 12 twelves and 12 tens, one twelve of them a 3: (264 - 12 + 3) / 24
    assert own.chart[0].centre == pytest.approx(255 / 24)
    # the next month, a 10, takes its place as the 24th: (252 + 12) / 24, for the 25th is a 12
    assert theirs.chart[0].centre == pytest.approx(264 / 24)
    assert theirs.chart[10].value is None
    assert "Some months are hidden: the limits rest on those that are shown." in theirs.notes


def test_a_hidden_month_has_no_verdict() -> None:
    verdict = public([*STEADY, 3]).rows[0].verdict
    assert verdict is not None
    assert (verdict.signal, verdict.word) == (Signal.NOT_JUDGED, "Hidden")
    assert verdict.reason == "the figure is hidden, and so is its verdict"
    assert (verdict.usual, verdict.rule, verdict.months, verdict.notes) == (None, None, (), ())
    assert verdict.chart[-1].value is None
    assert verdict.chart[-1].rule is None


def test_months_older_than_the_chart_are_protected_too() -> None:
    seen = public([3, *[12, 10] * 30][:60])
    first = seen.rows[0].on_record[0]
    assert (first.status, first.value, first.printed) == (FigureStatus.HIDDEN, None, "[c]")
    assert all(one.value is None or one.value > 5 for one in seen.rows[0].on_record)


def test_where_too_many_months_are_hidden_nothing_is_judged() -> None:
    verdict = public([3, 12, 10] * 11).rows[0].verdict
    assert verdict is not None
    assert verdict.signal is Signal.NOT_JUDGED
    assert verdict.reason == "too many months are hidden for a usual range"
    assert all(one.centre is one.lower is one.upper is None for one in verdict.chart)
    assert (verdict.baselines, verdict.method_words, verdict.flagged_12) == ((), "", 0)


def test_nor_where_the_latest_is_hidden_too() -> None:
    verdict = public([12, 10, 3] * 11).rows[0].verdict
    assert verdict is not None
    assert (verdict.word, verdict.baselines) == ("Hidden", ())
    assert all(one.centre is None for one in verdict.chart)


def test_limits_from_months_in_sight_do_not_claim_an_unbroken_stretch() -> None:
    verdict = public([*STEADY[:10], 3, *STEADY[11:], *[12] * 8]).rows[0].verdict
    assert verdict is not None
    # 40 months to June 2021: the first is March 2018, and with January 2019 hidden the 24th in
    # sight is March 2020
    assert "limits from March 2018 to March 2020 (the 24 months shown), frozen" in (
        verdict.method_words
    )
    # 12 twelves and 12 tens are in sight
    assert verdict.reason == (
        "8 months in a row above 11.0, its average of the months shown from March 2018 to March "
        "2020"
    )


def test_numbers_behind_a_percentage_that_are_hidden_are_said_to_be() -> None:
    """6 of 60 are shown as 10%; where the whole or the part is small, not."""
    wholes = [60 + place % 7 for place in range(MONTHS)]
    tops = [30] * MONTHS
    tops[5] = 3
    whole = page_of(N=tops, D=wholes)
    # month 8 has a share in sight, and its count is hidden by hand
    hidden = {JUNE.plus(8 + 1 - MONTHS)}
    rows = tuple(
        replace(row, on_record=tuple(
            replace(one, status=FigureStatus.HIDDEN, value=None, printed="[c]")
            if row.indicator.ref == "N" and one.month in hidden else
            replace(one, numerator=None, denominator=None)
            if row.indicator.ref == "R" and one.month in hidden else one
            for one in row.on_record
        ))
        for row in whole.rows
    )  # fmt: skip
    verdict = with_verdicts(replace(whole, rows=rows, audience="public"), ()).rows[2].verdict
    assert verdict is not None
    assert "(the numbers behind it are hidden for some months)" in verdict.method_words


def test_a_slow_drift_is_told_between_months_in_sight() -> None:
    """June 2019, 24 months back, is hidden: July 2019 is the first that is not."""
    levels = [*[20, 22] * 7, 20, 3, *[20, 22] * 12]
    stock = replace(count("N"), kind=Kind.STOCK)
    found = [Observation("N", month_at(place, levels), VALUE, Fraction(one))
             for place, one in enumerate(levels)]  # fmt: skip
    catalogue = Catalogue((Section("s", "Section", 1),), (stock,))
    page = scorecard(catalogue, JUNE, Observations.of(found), PageSettings("Northshire"))
    verdict = protect(page, ()).rows[0].verdict
    assert verdict is not None
    assert (
        "This looks for jumps, not for a slow drift: in the 23 months since July 2019 it went "
        "from 20 to 22."
    ) in verdict.notes


def test_what_is_in_sight_is_judged_as_ever() -> None:
    verdict = public([*STEADY, 17]).rows[0].verdict
    assert verdict is not None
    assert (verdict.signal, verdict.rule) == (Signal.CONCERN, Rule.OUTSIDE)
    assert verdict.reason == "above the usual range (up to 16)"


def test_a_percentage_of_which_nobody_sees_the_numbers_is_no_concern() -> None:
    """Where half of the numerators are hidden, they may be few: no better and no worse."""
    small = page_of(N=[*[30, 34] * 15, 60], D=[60] * 31)
    rows = list(small.rows)
    share = rows[2]
    record = tuple(
        replace(one, numerator=None, denominator=None) if place else
        replace(one, status=FigureStatus.HIDDEN, value=None, printed="[c]")
        for place, one in enumerate(share.on_record)
    )  # fmt: skip
    figures = {one.month: one for one in record}
    bare = replace(
        share,
        on_record=record,
        history=tuple(figures[one.month] for one in share.history),
        figures=tuple(figures[one.month] for one in share.figures),
    )
    seen = protect(replace(small, rows=(bare,)), ())
    verdict = seen.rows[0].verdict
    assert verdict is not None
    assert verdict.signal is Signal.NEUTRAL
    assert "Few a month: the chart has little power." in verdict.notes


def test_what_was_made_from_the_whole_page_goes() -> None:
    whole = page_of(N=[*STEADY, 17])
    assert whole.chance is not None
    assert [one.refs for one in whole.matters] == [("N",)]
    seen = protect(replace(whole, chance=replace(whole.chance, judged=99)), ())
    assert seen.chance is not None
    assert seen.chance.judged == 1
    assert seen.matters == whole.matters  # made again from the same: nothing is hidden


def test_what_matters_never_speaks_of_a_hidden_figure() -> None:
    whole = page_of(N=[*STEADY, 2])  # below the usual range, and a small number
    assert [one.refs for one in whole.matters] == [("N",)]
    assert protect(whole, ()).matters == ()


def test_protecting_twice_changes_no_verdict() -> None:
    seen = public([*STEADY[:10], 3, *STEADY[11:]])
    assert protect(seen, ()) == seen


def test_the_offer_of_a_new_baseline_is_the_councils_own() -> None:
    numbers = [*[12, 10] * 12, *[30, 32] * 8]
    own, theirs = page_of(N=numbers).rows[0].verdict, public(numbers).rows[0].verdict
    assert own is not None
    assert theirs is not None
    assert own.notes == (
        "The level has held on one side for 16 months: if the reason is known, a new baseline can "
        "be dated (`scorecard signals 2021-06 --ref N` has the lines).",
    )
    assert 'from = "2020-03"' in own.offer
    assert theirs.offer == ""
    assert theirs.notes == ("The level has held on one side for 16 months.",)


def test_pages_without_verdicts_stay_without() -> None:
    bare = page_of(N=STEADY)
    bare = replace(bare, rows=tuple(replace(row, verdict=None) for row in bare.rows))
    assert protect(bare, ()).rows[0].verdict is None
