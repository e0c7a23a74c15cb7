"""What the public may see, rule by rule, on pages small enough to work out by hand."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from disclosure_pages import (
    JUNE,
    as_printed_change,
    count,
    figure,
    page,
    percent,
    rate,
    row,
    summary,
    texts,
)

from openscorecard.catalogue.indicator import Relation, RelationKind
from openscorecard.disclosure import protect
from openscorecard.findings import Finding, Severity
from openscorecard.scorecard.page import Figure, FigureStatus, Scorecard, Source
from openscorecard.units import Unit

HIDDEN = FigureStatus.HIDDEN


def public(*rows: object, relations: tuple[Relation, ...] = (), limit: int = 5) -> Scorecard:
    return protect(page(*rows), relations, limit=limit)  # type: ignore[arg-type]


# Counts.


def test_counts_of_1_to_5_are_hidden_and_0_and_6_are_not() -> None:
    seen = public(row(count("A"), 0, 1, 5, 6, 40))
    assert texts(seen, "A") == ("0", "[c]", "[c]", "6", "40")
    hidden = seen.rows[0].figures[1]
    assert (hidden.status, hidden.value, hidden.load) == (HIDDEN, None, None)
    assert hidden.note == "Hidden: a count of 1 to 5, or a way to work one out."


def test_what_does_not_count_people_is_not_hidden() -> None:
    assert texts(public(row(count("A", people=False), 3, 4)), "A") == ("3", "4")


def test_the_limit_is_a_setting_and_0_hides_nothing() -> None:
    assert texts(public(row(count("A"), 9, 10, 11), limit=10), "A") == ("[c]", "[c]", "11")
    assert texts(public(row(count("A"), 1, 2, 3), limit=0), "A") == ("1", "2", "3")
    with pytest.raises(ValueError, match="below 0"):
        public(limit=-1)


def test_the_page_brings_its_own_limit_and_keeps_the_one_that_was_used() -> None:
    internal = dataclasses.replace(page(row(count("A"), 9, 10, 11)), small_numbers=10)
    seen = protect(internal, ())
    assert texts(seen, "A") == ("[c]", "[c]", "11")
    assert seen.rows[0].figures[0].note == "Hidden: a count of 1 to 10, or a way to work one out."
    other = protect(internal, (), limit=9)
    assert texts(other, "A") == ("[c]", "10", "11")
    assert (other.small_numbers, other.small_counts) == (9, "1 to 9")
    assert protect(internal, (), limit=1).small_counts == "1"
    assert protect(internal, (), limit=0).small_counts == ""


def test_a_figure_that_came_hidden_says_so_under_a_limit_of_0_too() -> None:
    came = Figure(JUNE, HIDDEN, "[c]")
    before = row(count("A"), 9, 10)
    before = dataclasses.replace(before, figures=(before.figures[0], came))
    seen = public(before, limit=0).rows[0].figures[1]
    assert seen.note == "Hidden: a small count, or a way to work one out."


# Percentages and rates.


def test_a_percentage_of_a_small_numerator_is_hidden_and_a_neighbouring_month_is_not() -> None:
    seen = public(
        row(count("N"), 20, 4),
        row(count("D"), 100, 100),
        row(percent("R", "N", "D"), 20, 4),
    )
    assert texts(seen, "N") == ("20", "[c]")
    assert texts(seen, "D") == ("100", "100")
    assert texts(seen, "R") == ("20%", "[c]")


def test_100_percent_of_three_is_hidden_and_100_percent_of_300_is_not() -> None:
    seen = public(
        row(count("N"), 300, 3), row(count("D"), 300, 3), row(percent("R", "N", "D"), 100, 100)
    )
    assert texts(seen, "R") == ("100%", "[c]")


def test_0_percent_of_three_is_hidden_and_the_0_is_not() -> None:
    seen = public(row(count("N"), 0, 0), row(count("D"), 300, 3), row(percent("R", "N", "D"), 0, 0))
    assert texts(seen, "R") == ("0%", "[c]")
    assert texts(seen, "N") == ("0", "0")
    assert texts(seen, "D") == ("300", "[c]")


def test_a_small_rest_hides_the_percentage_and_the_numerator() -> None:
    # 58 conferences, 54 led to a plan: 4 did not. 58 - 54 gives the 4 without the percentage.
    rows = (row(count("N"), 40, 54), row(count("D"), 58, 58), row(percent("R", "N", "D"), 69, 93))
    seen = public(*rows)
    assert texts(seen, "N") == ("40", "[c]")
    assert texts(seen, "D") == ("58", "58")
    assert texts(seen, "R") == ("69%", "[c]")


def test_a_small_rest_may_be_seen_where_the_indicator_says_so() -> None:
    seen = public(
        row(count("N"), 54),
        row(count("D"), 58),
        row(percent("R", "N", "D", protect_complement=False), 93),
    )
    assert (texts(seen, "N"), texts(seen, "R")) == (("54",), ("93%",))


def test_a_numerator_that_is_not_on_the_page_is_read_off_the_figure() -> None:
    indicator = percent("R", None, None)
    plain = row(indicator, 2, 50)
    known = dataclasses.replace(plain.figures[0], numerator=Fraction(4), denominator=Fraction(200))
    seen = public(dataclasses.replace(plain, figures=(known, plain.figures[1])))
    assert texts(seen, "R") == ("[c]", "50%")


def test_a_numerator_that_no_row_has_is_worked_out_from_the_printed_digits() -> None:
    # 1% of 339: 0.5% to 1.5%, 1.7 to 5.1 children: 2 to 5. And 20%: 66.1 to 69.5.
    seen = public(row(count("D"), 339, 339), row(percent("R", None, "D"), 1, 20))
    assert texts(seen, "R") == ("[c]", "20%")
    # 99%: the rest is 2 to 5.
    seen = public(row(count("D"), 339, 339), row(percent("R", None, "D"), 99, 95))
    assert texts(seen, "R") == ("[c]", "95%")


def test_a_denominator_that_no_row_has_is_worked_out_from_the_printed_digits() -> None:
    # 47 is 98% of 47.7 to 48.2: of 48, so 1 is left. 47 is 50% of 93.1 to 94.9.
    seen = public(row(count("N"), 47, 47), row(percent("R", "N", None), 98, 50))
    assert texts(seen, "R") == ("[c]", "50%")


def test_a_rate_goes_with_its_count_and_a_count_with_its_rate() -> None:
    seen = public(row(count("N"), 4, 50), row(rate("Q", "N"), 1, 10))
    assert texts(seen, "Q") == ("[c]", "10")
    one, other = row(count("N"), 50, 50), row(rate("Q", "N"), 10, 10)
    hidden = dataclasses.replace(other.figures[0], status=HIDDEN, value=None, printed="[c]")
    other = dataclasses.replace(other, figures=(hidden, other.figures[1]), history=())
    assert texts(public(one, other), "N") == ("[c]", "50")


# Relations.


def test_of_two_complements_both_or_none() -> None:
    pair = (Relation(RelationKind.COMPLEMENTS, ("P", "Q")),)
    rows = (
        row(count("N"), 4, 40),
        row(percent("P", "N", None), 2, 20),
        row(percent("Q", None, None), 98, 80),
    )
    assert texts(public(*rows, relations=pair), "Q") == ("[c]", "80%")


def test_a_percentage_hidden_as_a_complement_takes_its_numerator_along() -> None:
    # Late: 3 of 60, hidden. In time, 57 of 60, may show its rest, but then 60 - 57 gives the 3.
    pair = (Relation(RelationKind.COMPLEMENTS, ("late", "in time")),)
    seen = public(
        row(count("all"), 60),
        row(count("ok"), 57),
        row(percent("late", None, "all"), 5),
        row(percent("in time", "ok", "all", protect_complement=False), 95),
        relations=pair,
    )
    assert [texts(seen, ref)[0] for ref in ("all", "ok", "late", "in time")] == [
        "60", "[c]", "[c]", "[c]",
    ]  # fmt: skip


def test_one_hidden_band_takes_the_next_smallest_with_it() -> None:
    # Of 200: 2% is 4 (3 to 5). The others: 30%, 18%, 50%. 18% goes too; then 2% + 18% is 40.
    bands = (Relation(RelationKind.BANDS, ("a", "b", "c", "d"), whole="W"),)
    rows = [
        row(percent(ref, None, "W"), value)
        for ref, value in zip("abcd", (2, 30, 18, 50), strict=True)
    ]
    seen = public(row(count("W"), 200), *rows, relations=bands)
    assert [texts(seen, ref)[0] for ref in "Wabcd"] == ["200", "[c]", "30%", "[c]", "50%"]


def test_one_hidden_part_takes_the_next_smallest_with_it_but_not_a_0() -> None:
    parts = (Relation(RelationKind.PARTS, ("a", "b", "c", "d"), whole="W"),)
    rows = [row(count(ref), value) for ref, value in zip("Wabcd", (63, 3, 40, 20, 0), strict=True)]
    seen = public(*rows, relations=parts)
    assert [texts(seen, ref)[0] for ref in "Wabcd"] == ["63", "[c]", "40", "[c]", "0"]


def test_parts_hidden_together_do_not_sum_to_a_small_number() -> None:
    # 1 and 2 are hidden; 63 - 60 says that together they are 3. The next smallest goes too.
    parts = (Relation(RelationKind.PARTS, ("a", "b", "c", "d"), whole="W"),)
    rows = [row(count(ref), value) for ref, value in zip("Wabcd", (63, 1, 2, 40, 20), strict=True)]
    seen = public(*rows, relations=parts)
    assert [texts(seen, ref)[0] for ref in "Wabcd"] == ["63", "[c]", "[c]", "40", "[c]"]


def test_a_hidden_whole_is_not_the_sum_of_shown_parts() -> None:
    # Hidden by its rate alone; 20 + 30 would give it back.
    parts = (Relation(RelationKind.PARTS, ("a", "b"), whole="W"),)
    whole, part = row(count("W"), 50), row(count("a"), 20)
    hidden = dataclasses.replace(whole.figures[0], status=HIDDEN, value=None, printed="[c]")
    whole = dataclasses.replace(whole, figures=(hidden,), history=(hidden,))
    seen = public(whole, part, row(count("b"), 30), relations=parts)
    assert [texts(seen, ref)[0] for ref in "Wab"] == ["[c]", "[c]", "30"]


def test_one_hidden_flow_takes_another_of_its_month_and_not_the_stock() -> None:
    # 500 + 3 - 13 = 490: two stocks and the leavers give the 3.
    flows = (Relation(RelationKind.FLOWS, ("in",), whole="S", leaving=("out",)),)
    rows = (
        row(count("S"), 480, 500, 490),
        row(count("in"), 9, 30, 3),
        row(count("out"), 9, 10, 13),
    )
    seen = public(*rows, relations=flows)
    assert texts(seen, "S") == ("480", "500", "490")
    assert texts(seen, "in") == ("9", "30", "[c]")
    assert texts(seen, "out") == ("9", "10", "[c]")


def test_a_flow_without_a_stock_before_it_gives_nothing_away() -> None:
    flows = (Relation(RelationKind.FLOWS, ("in",), whole="S", leaving=("out",)),)
    rows = (row(count("S"), None, 490), row(count("in"), 30, 3), row(count("out"), 10, 13))
    assert texts(public(*rows, relations=flows), "out") == ("10", "13")


# What is derived.


def test_changes_of_and_from_a_hidden_month_are_hidden_with_their_arrows() -> None:
    now_hidden = public(row(count("A"), *[30] * 12, 4)).rows[0]
    assert (now_hidden.change_month.printed, now_hidden.change_year.printed) == ("[c]", "[c]")
    base_hidden = public(row(count("A"), *[30] * 11, 4, 30)).rows[0]
    change = base_hidden.change_month
    assert (change.status, change.percent, change.arrow, change.difference) == (HIDDEN, *[None] * 3)
    assert (change.moved, change.way) == ("", None)
    assert base_hidden.change_year.printed == "0%"


def test_the_average_and_maximum_of_a_window_with_a_hidden_month_are_hidden() -> None:
    inside = public(row(count("A"), 30, 4, *[30] * 11)).rows[0]
    assert (inside.average_12m.printed, inside.maximum_12m.printed) == ("[c]", "[c]")
    before = public(row(count("A"), 4, *[30] * 12)).rows[0]
    assert (before.average_12m.printed, before.maximum_12m.printed) == ("30", "30")


def test_the_chart_and_its_words_are_without_hidden_months() -> None:
    seen = public(row(count("A"), 30, 4, 37)).rows[0]
    assert [one.value for one in seen.history] == [30, None, 37]
    assert seen.chart_text == (
        "From 30 in April 2021 to 37 in June 2021. Lowest 30 in April 2021, highest 37 in June "
        "2021. No figure shown for May 2021."
    )


def test_a_month_that_only_a_change_tells_of_is_a_month_too() -> None:
    # 14, up 180% on June 2020: that was 5. The page does not hold June 2020, but says it.
    plain = row(count("A"), 20, 14)
    up = dataclasses.replace(plain, change_year=as_printed_change(JUNE.plus(-12), 180))
    hidden = public(up).rows[0].change_year
    assert hidden.printed == "[c]"
    assert hidden.note == "Hidden: a count of 1 to 5, or a way to work one out."
    # 14, up 75%: that was 8.
    up = dataclasses.replace(plain, change_year=as_printed_change(JUNE.plus(-12), 75))
    assert public(up).rows[0].change_year.printed == "75%"


def test_a_small_rest_of_a_year_ago_is_not_told_by_two_changes() -> None:
    # 58, up 61%, was 36; 54, up 54%, was 35: 1 was left. The numerator's change goes.
    rows = [
        dataclasses.replace(
            row(count(ref), 20, now), change_year=as_printed_change(JUNE.plus(-12), up)
        )
        for ref, now, up in (("N", 44, 26), ("D", 58, 61))
    ]
    seen = public(*rows, row(percent("R", "N", "D"), 100, 76))
    assert [one.change_year.printed for one in seen.rows] == ["[c]", "61%", "[c]"]


def test_an_average_does_not_tell_of_a_month_that_is_not_shown() -> None:
    # Eleven months of 30, and an average of 28 over twelve: 336 less 330 is 6, give or take 6.
    plain = row(count("A"), *[30] * 11)
    told = dataclasses.replace(plain, average_12m=summary(Fraction(28), None))
    assert public(told).rows[0].average_12m.printed == "[c]"
    # An average of 30: the twelfth month is 24 to 36.
    assert public(plain).rows[0].average_12m.printed == "30"


def test_a_small_maximum_is_a_small_count() -> None:
    plain = row(count("A"), 0, 0, 0)
    told = dataclasses.replace(
        plain, average_12m=summary(Fraction(1), None), maximum_12m=summary(Fraction(3), None)
    )
    seen = public(told).rows[0]
    assert (seen.average_12m.printed, seen.maximum_12m.printed) == ("[c]", "[c]")


# Words, and what is the council's own business.


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("May 2021: released as 7%, but 4 of 57 is 7%.", False),
        ("May 2021: four children of one family.", False),
        ("Late:4 children of M2", False),
        ("M2 over M1 gives 16%, CP2b does not.", True),
        ("The change is worked out from rounded figures.", True),
        ("Checked on 2021-06-30; the average rests on 7 of 12 months.", True),
        ("The team moved in June 2021; per 10,000 of mid-2019.", True),
    ],
)
def test_notes_that_speak_of_hidden_numbers_are_replaced(note: str, kept: bool) -> None:
    seen = public(row(count("A"), 30, 4, 37, notes=(note,))).rows[0]
    assert seen.notes == ((note,) if kept else ())


def test_a_note_of_a_tied_row_is_replaced_too() -> None:
    # R is set aside as [x]; its note would still tell what it hides.
    ratio = row(percent("R", "N", "D"), 10, None)
    aside = figure(JUNE, None, Unit.PERCENT, note="printed 7%; 17% would be right")
    ratio = dataclasses.replace(
        ratio,
        figures=(ratio.figures[0], aside),
        history=(ratio.figures[0], aside),
        notes=("June 2021: printed 7%; 17% would be right.",),
    )
    seen = public(row(count("N"), 10, 1), row(count("D"), 100, 6), ratio)
    assert texts(seen, "R") == ("10%", "[x]")
    assert seen.rows[2].notes == ()


def test_findings_sources_and_load_ids_are_not_for_the_public() -> None:
    internal = dataclasses.replace(
        page(row(count("A"), 30, 40), notes=("Two late records, 44 in all.",)),
        findings=(Finding("rule", Severity.WARNING, "said"),),
        sources=(Source("2021-06-page-001", "page.csv", "ab" * 32),),
    )
    seen = protect(internal, ())
    assert (seen.audience, seen.findings, seen.sources) == ("public", (), ())
    assert seen.rows[0].figures[0].load is None
    assert seen.notes == ()
    assert internal.audience == "internal"
    assert internal.rows[0].figures[0].load == "2021-06-page-001"
