"""What matters this month: which five, in which order, and by which rule."""

import random
from dataclasses import replace

import pytest
from council import JUNE
from matters_pages import (
    DOWN,
    UP,
    beside,
    counts,
    noted,
    outside,
    page,
    run_of,
    shares,
    stated,
    usual,
)

from openscorecard.catalogue.indicator import Frequency, Kind, Relation, RelationKind
from openscorecard.findings import Finding, Severity
from openscorecard.periods import months_to
from openscorecard.scorecard.build import PROVISIONAL
from openscorecard.scorecard.comparators_of import LEFT_OUT
from openscorecard.scorecard.matter import MatterKind
from openscorecard.scorecard.matters import with_matters
from openscorecard.scorecard.page import Comparator
from openscorecard.scorecard.verdict import Signal
from openscorecard.units import Unit

CONCERN, IMPROVEMENT, NEUTRAL = Signal.CONCERN, Signal.IMPROVEMENT, Signal.NEUTRAL


def year(before, now):
    return [before] * 11 + [now]


def chosen(*rows, relations=(), **more):
    return with_matters(page(*rows, **more), relations).matters


def leads(*rows, **more):
    return [matter.refs[0] for matter in chosen(*rows, **more)]


def special(ref, signal=NEUTRAL, now=150, **more):
    """Outside 80 to 120: the centre is 100, the limit 20 away; 150 is 7.5 standard deviations."""
    return outside(counts(ref, year(100, now), **more), 80, 120, signal)


def late(ref, of=540, order=1):
    """60% in time where England has 78%, of `of` a month: a standing gap, a usual month."""
    share = shares(ref, [(of * 6 // 10, of)] * 12, preferred_direction=UP, order=order,
                   denominator="WHOLE")  # fmt: skip
    return usual(beside(share, "percentage", eng=78), 40, 80)


def again(row, months):
    """The row outside its range for so many months to June."""
    at = row.verdict.chart[0]
    chart = tuple(replace(at, month=month) for month in months_to(JUNE, months))
    return replace(row, verdict=replace(row.verdict, chart=chart))


def of_the_year(row, flagged):
    """The row with so many of the last twelve months flagged."""
    return replace(row, verdict=replace(row.verdict, flagged_12=flagged))


WHOLE = counts("WHOLE", [540] * 12, order=99)


# Special causes


def test_a_special_cause_in_words():
    row = outside(counts("M1", year(1801, 2080), short_name="Contacts received"), 1200, 2012)
    found = chosen(row)[0]
    assert (found.kind, found.word) == (MatterKind.UNUSUAL, "Unusually high")
    assert found.headline == "Contacts received: unusually high"
    assert found.sentence == (
        "2,080 in June 2021, up 279 on May: above the usual range (up to 2,012)."
    )
    assert (found.refs, found.rule) == (("M1",), "outside its usual range")


def test_a_run_says_how_long_it_has_lasted():
    found = chosen(run_of(counts("A", year(100, 104)), 9, 80, 120, CONCERN))[0]
    assert found.headline == "A: above its usual level for 9 months"
    assert found.sentence == "104 in June 2021, up 4 on May: 9 months in a row above the average."
    assert found.rule == "a run of months on one side"


def test_of_a_stock_the_change_is_what_is_unusual():
    row = special("LAC1", CONCERN)
    row = replace(row, verdict=replace(row.verdict, judged_on="change"))
    assert chosen(row)[0].headline == "LAC1: moved up more than usual"


def test_concerns_then_improvements_then_neither():
    rows = (special("N"), special("I", IMPROVEMENT), special("C", CONCERN))
    assert leads(*rows) == ["C", "I", "N"]


def test_outside_the_limits_before_a_run():
    run = run_of(counts("RUN", year(100, 119)), 7, 80, 120, CONCERN)
    assert leads(run, special("OUT", CONCERN, now=121)) == ["OUT", "RUN"]


def test_a_newer_run_comes_before_an_older_one():
    old = run_of(counts("OLD", year(100, 119)), 11, 80, 120, CONCERN)
    new = run_of(counts("NEW", year(100, 101)), 7, 80, 120, CONCERN)
    assert leads(old, new) == ["NEW", "OLD"]


def test_of_one_age_the_furthest_from_the_centre_comes_first():
    # 200 of 80 to 120 is 15 standard deviations away, 130 is 4.5; of 0 to 200, 250 is 4.5 too.
    near, far = special("NEAR", now=130, order=1), special("FAR", now=200, order=3)
    wide = outside(counts("WIDE", year(100, 250), order=2), 0, 200)
    assert leads(near, wide, far) == ["FAR", "NEAR", "WIDE"]  # a tie goes by the page's order


def test_a_limit_cut_off_at_0_does_not_make_a_point_look_far():
    # Centre 10, limits 0 (cut off) to 40: 0 is 10 of 30 away, one standard deviation and not three.
    from openscorecard.scorecard.special_causes import sigmas
    from openscorecard.scorecard.verdict import JudgedMonth

    assert sigmas(JudgedMonth(JUNE, 0.0, 10.0, 0.0, 40.0)) == 1.0


def test_few_a_month_and_parts_of_a_whole_come_last_and_never_ahead():
    few = outside(counts("FEW", year(1, 5)), 0, 4)  # the mean of the year is 1.33
    part = special("PART", order=0)
    bands = (Relation(RelationKind.BANDS, ("PART", "OTHER"), "ALL"),)
    assert leads(few, part, special("N", now=121, order=9), relations=bands) == ["N", "PART", "FEW"]


def test_a_run_of_over_a_year_is_left_to_its_owner_and_said_in_the_data_note():
    row = run_of(counts("A", year(100, 104)), 13, 80, 120, CONCERN)
    found = chosen(row)
    assert [one.kind for one in found] == [MatterKind.DATA]
    assert found[0].headline == "One usual range is out of date"
    twelve = run_of(counts("A", year(100, 104)), 12, 80, 120, CONCERN)
    assert chosen(twelve)[0].kind is MatterKind.CONCERN


def test_a_count_is_told_by_its_share_and_a_rate_by_its_count():
    count = special("N", CONCERN, now=150)
    share = outside(
        shares("S", year((100, 500), (150, 500)), numerator="N", denominator="D"), 15, 28, CONCERN
    )
    rate = outside(
        shares("R", year((100, 50_000), (150, 50_000)), Unit.PER_10000, kind=Kind.RATE,
               numerator="N"),
        16, 24, CONCERN,
    )  # fmt: skip
    assert chosen(count, share)[0].refs == ("S", "N")
    assert chosen(count, rate)[0].refs == ("N", "R")
    assert len(chosen(count, share, rate)) == 1


def test_a_share_that_falls_as_its_whole_rises_is_one_story_and_rising_with_it_is_another():
    whole = special("D", now=150)
    falls = outside(shares("S", year((50, 100), (50, 150)), denominator="D"), 40, 60)
    rises = outside(shares("S", year((50, 100), (135, 150)), denominator="D"), 40, 60)
    found = chosen(whole, falls)
    assert [matter.refs for matter in found] == [("D", "S")]
    assert found[0].sentence.endswith("(up to 120). S: 33%, unusually low.")
    assert len(chosen(whole, rises)) == 2


def test_a_provisional_figure_says_so():
    assert chosen(noted(special("A"), PROVISIONAL))[0].sentence.endswith(
        "The figure is provisional."
    )


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "."), (2, ", for the second month in a row."), (12, ", for the twelfth month in a row.")],
)
def test_a_figure_that_stays_outside_its_range_says_for_how_long(months, words):
    row = again(special("A"), months)
    assert chosen(row)[0].sentence == (
        f"150 in June 2021, up 50 on May: above the usual range (up to 120){words}"
    )


def test_a_quarter_is_no_month_in_a_row():
    row = again(special("Q", frequency=Frequency.QUARTERLY), 2)
    assert chosen(row)[0].sentence.endswith("(up to 120).")


# Standing gaps


def test_a_usual_month_in_a_year_behind_england():
    found = chosen(late("CP3"), WHOLE)[0]
    assert (found.word, found.refs) == ("Standing gap", ("CP3",))
    assert found.headline == "CP3: below England over the year, though June is usual for it"
    assert found.sentence == (
        "60% over the 12 months to June 2021 (3,888 of 6,480); England 78% (year ended March 2020):"
        " lower than chance explains. June’s own 60% is usual variation."
    )
    assert found.rule == "further from England than chance explains"


def test_the_month_is_not_called_usual_where_it_was_not_judged():
    row = replace(late("CP3"), verdict=None)
    found = chosen(row, WHOLE)[0]
    assert found.headline == "CP3: below England over the year"
    assert "usual" not in found.sentence


def test_a_usual_month_in_a_year_that_was_not_is_said_with_the_year():
    found = chosen(of_the_year(late("CP3"), 10), WHOLE)[0]
    assert found.headline == "CP3: below England over the year"
    assert found.sentence.endswith(
        "June’s own 60% is a usual one, but 10 of the last 12 months were not."
    )


def test_of_a_day_the_headline_says_the_day():
    row = shares("LAC1", [(497, 50_860)] * 12, Unit.PER_10000, kind=Kind.RATE,
                 preferred_direction=DOWN, numerator="STOCK")  # fmt: skip
    row = usual(beside(row, "stock-rate", eng=67), 90, 110)
    found = chosen(row)[0]
    assert found.headline == "LAC1: above England on 30 June 2021"
    assert "usual" not in found.sentence


def neither(ref, of=540, order=1):
    """60% of `of` a month where England has 78%, and neither is better."""
    share = shares(ref, [(of * 6 // 10, of)] * 12, order=order, denominator="WHOLE")
    return beside(share, "percentage", eng=78)


def test_a_gap_that_is_neither_better_nor_worse_comes_after_those_that_are():
    rows = (neither("N"), late("G", 90, 2), WHOLE)
    assert leads(*rows) == ["G", "N"]
    found = chosen(*rows)[1]
    assert (found.word, found.headline) == ("Standing gap", "N: below England over the year")
    assert found.sentence.endswith("lower than chance explains.")


def test_it_has_only_a_place_that_is_left():
    specials = [special(f"S{n}", order=n) for n in range(5)]
    assert "N" not in leads(*specials, neither("N"), WHOLE)
    assert leads(*specials[:4], neither("N"), WHOLE)[4:] == ["N"]
    few = outside(counts("FEW", year(1, 5)), 0, 4)  # weak, and before it all the same
    assert leads(*specials[:4], few, neither("N"), WHOLE)[4:] == ["FEW"]
    assert leads(late("G1"), late("G2"), neither("N"), WHOLE) == ["G1", "G2"]  # two gaps at most


def test_it_is_one_of_a_family_and_no_part_of_a_composition():
    assert leads(neither("A", 540, 1), neither("B", 90, 2), WHOLE) == ["A", "B"]
    bands = (Relation(RelationKind.BANDS, ("A", "Z"), "WHOLE"),)
    assert leads(neither("A"), WHOLE, relations=bands) == []
    within = (Relation(RelationKind.WITHIN, ("N",), "S"),)
    assert leads(special("S"), neither("N"), WHOLE, relations=within) == ["S"]


def test_what_is_counted_otherwise_there_is_said_with_it():
    row = late("CP3")
    row = replace(row, beside=replace(row.beside, differs="The published one counts moves too."))
    assert ": lower than chance explains (counted somewhat otherwise there)." in (
        chosen(row, WHOLE)[0].sentence
    )


def test_what_is_better_than_england_is_no_gap():
    share = shares("A", [(324, 540)] * 12, preferred_direction=DOWN, denominator="WHOLE")
    assert chosen(usual(beside(share, "percentage", eng=78), 40, 80), WHOLE) == ()


def test_the_neighbours_only_where_nothing_is_published_for_england():
    share = shares("A", [(324, 540)] * 12, preferred_direction=UP, denominator="WHOLE")
    assert chosen(beside(share, "percentage", eng=60, sn=78), WHOLE) == ()
    found = chosen(beside(share, "percentage", sn=78), WHOLE)[0]
    assert found.rule == "further from Statistical neighbours than chance explains"


def test_the_widest_gap_first_and_two_at_most():
    # The same 18 points are further beyond the limits of chance in the larger council.
    rows = (late("A", 45, 1), late("B", 540, 2), late("C", 90, 3), WHOLE)
    assert leads(*rows) == ["B", "C"]


def test_a_gap_of_a_told_family_is_told_with_it():
    row = late("CP3")
    row = outside(row, 65, 95, CONCERN)
    found = chosen(row, WHOLE)
    assert len(found) == 1
    assert found[0].sentence.startswith("60% in June 2021, as in May: below the usual range")
    assert found[0].sentence.endswith("lower than chance explains.")


# Data notes


def test_one_data_note_for_all_with_the_gravest_first():
    rows = (
        counts("GONE", year(9, None), order=1),
        counts("LOST", year(9, None), order=2),
        noted(counts("STOPPED", year(9, None), order=3), "suspended: the form changed"),
        noted(counts("YOUNG", year(2, 1), order=4), PROVISIONAL),
    )
    found = chosen(*rows)
    assert len(found) == 1
    assert found[0].headline == "One count is suspended and two figures are missing"
    assert found[0].sentence == (
        "Suspended: STOPPED. No figure for June 2021: GONE; LOST. Also: one figure is provisional."
    )
    assert found[0].refs == ("STOPPED", "GONE", "LOST", "YOUNG")
    assert found[0].rule == "what is missing or doubtful"


def test_a_released_percentage_that_its_counts_contradict_is_said():
    row = noted(shares("A", [(27, 45)] * 12), "released as 90%, but 27 of 45 is 60%")
    assert chosen(row)[0].headline == "One percentage does not match its counts"


def test_findings_are_said_once_each():
    rows = (counts("A", [9] * 12, order=1), counts("B", [9] * 12, order=2))
    findings = (
        Finding("comparator-kind", Severity.ERROR, "", ref="A", column="eng"),
        Finding("comparator-kind", Severity.ERROR, "", ref="A", column="sn"),
        Finding("anything", Severity.ERROR, "", ref="B"),
        Finding("anything", Severity.WARNING, "", ref="B"),
        Finding("comparator-differs", Severity.INFORMATION, "", ref="B", column="eng"),
    )
    assert chosen(*rows, findings=findings)[0].headline == (
        "One figure is found wrong and one indicator has a comparator in doubt"
    )


def test_a_doubt_about_a_value_that_the_page_no_longer_shows_is_not_said():
    row = beside(shares("A", [(27, 45)] * 12), "percentage", eng=78)
    findings = (Finding("comparator-kind", Severity.WARNING, "", ref="A", column="eng"),)
    assert chosen(row, findings=findings) == ()


def test_many_names_are_counted():
    rows = [counts(f"A{n}", year(9, None), order=n) for n in range(5)]
    assert chosen(*rows)[0].sentence == "No figure for June 2021: A0; A1; and three more."


def test_the_first_ref_of_a_data_note_is_the_first_that_it_names():
    # Its chart would show old squares that the note does not speak of: it has none.
    rows = (counts("NEVER", [None] * 12, order=1), counts("GONE", year(9, None), order=2))
    assert chosen(*rows)[0].refs == ("NEVER", "GONE")


def test_a_usual_month_in_a_year_that_was_not_is_said_in_the_data_note():
    row = usual(counts("A", [100] * 12), 80, 120)
    assert chosen(of_the_year(row, 7)) == ()
    found = chosen(of_the_year(row, 8), of_the_year(usual(counts("B", [9] * 12), 1, 12), 12))[0]
    assert found.headline == "Two usual ranges are out of date"
    assert found.sentence == (
        "At another level than their usual range, most months of the year: A; B."
    )


def test_a_comparator_that_the_page_leaves_out_is_no_longer_in_doubt():
    doubt = (Finding("comparator-of-another-kind", Severity.WARNING, "", ref="A", column="sn"),)
    row = stated(shares("A", [(27, 45)] * 12), "sn", 1)
    assert chosen(row, findings=doubt)[0].headline == "One indicator has a comparator in doubt"
    out = Comparator("sn", "SN", "", "not-available", "[x]", formula=LEFT_OUT)
    assert chosen(replace(row, comparators=(out,)), findings=doubt) == ()


# Five places


def test_a_place_is_kept_for_a_gap_and_one_for_the_data_note():
    specials = [special(f"S{n}", order=n) for n in range(6)]
    missing = counts("GONE", year(9, None))
    assert leads(*specials) == ["S0", "S1", "S2", "S3", "S4"]
    assert leads(*specials, missing) == ["S0", "S1", "S2", "S3", "GONE"]
    gap = [late("GAP"), WHOLE]
    assert leads(*specials, *gap) == ["S0", "S1", "S2", "S3", "GAP"]
    assert leads(*specials, *gap, missing) == ["S0", "S1", "S2", "GAP", "GONE"]


def test_a_second_gap_has_what_special_causes_leave():
    gaps = [late("G1", 540), late("G2", 90), WHOLE]
    assert leads(*[special(f"S{n}", order=n) for n in range(3)], *gaps)[3:] == ["G1", "G2"]
    assert leads(*[special(f"S{n}", order=n) for n in range(4)], *gaps)[4:] == ["G1"]


def test_weak_special_causes_have_what_gaps_leave():
    gaps = [late("G1", 540), late("G2", 90), WHOLE]
    few = outside(counts("FEW", year(1, 5)), 0, 4)
    strong = [special(f"S{n}", order=n) for n in range(3)]
    assert leads(*strong[:2], few, *gaps) == ["S0", "S1", "FEW", "G1", "G2"]
    assert leads(*strong, few, *gaps) == ["S0", "S1", "S2", "G1", "G2"]


def test_a_low_figure_that_can_still_rise_is_weak():
    low = noted(special("LOW", now=50, order=0), PROVISIONAL)
    high = noted(special("HIGH", now=121, order=1), PROVISIONAL)
    assert leads(low, high) == ["HIGH", "LOW"]


def test_no_place_is_kept_for_a_gap_that_is_told_with_its_special_cause():
    specials = [special(f"S{n}", order=n) for n in range(1, 6)]
    row = outside(late("CP3"), 65, 95, CONCERN)
    assert leads(*specials, row, WHOLE) == ["CP3", "S1", "S2", "S3", "S4"]


def test_nothing_to_say_is_nothing_said():
    assert chosen(usual(counts("A", [100] * 12), 80, 120)) == ()


def test_the_order_of_the_rows_does_not_matter():
    rows = [special(f"S{n}", order=n % 2) for n in range(4)]
    rows += [late("G1"), late("G2"), WHOLE, counts("GONE", year(9, None))]
    expected = chosen(*rows)
    shuffled = list(rows)
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert chosen(*shuffled) == expected


def test_made_again_it_is_the_same():
    card = with_matters(page(special("A"), late("G"), WHOLE))
    assert with_matters(card) == card


def test_hidden_rows_do_not_appear():
    hidden = counts("A", ["c"] * 12)
    row = replace(hidden, verdict=special("A").verdict)
    assert chosen(row, audience="public") == ()
