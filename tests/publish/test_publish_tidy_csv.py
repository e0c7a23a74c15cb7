"""The tidy CSV: one line an indicator, month and measure; numbers exact; nothing hidden in it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from fractions import Fraction

import pytest
from example_scorecard import example
from example_signals import judged
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.publish.open_data.figures import write_figures
from openscorecard.publish.tidy_csv import COLUMNS, guarded, number_text, tidy_csv
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.page import FigureStatus


def lines(card):
    return list(csv.DictReader(io.StringIO(tidy_csv(card), newline="")))


def line(card, ref, measure, month="2021-06"):
    (found,) = [
        item
        for item in lines(card)
        if (item["ref"], item["measure"], item["month"]) == (ref, measure, month)
    ]
    return found


def test_the_file_is_utf_8_with_the_line_ends_of_rfc_4180(tmp_path):
    write_figures(example(), tmp_path)
    data = (tmp_path / "figures.csv").read_bytes()
    assert data.startswith(
        b"ref,indicator,section,unit,month,measure,value,status,printed,note,"
        b"council,audience,revised,comparator_period,comparator_edition,comparator_formula,"
        b"signal,rule,usual_low,usual_high,indicator_id,month_start,report_month\r\n"
    )
    assert data.count(b"\r\n") == data.count(b"\n")
    assert "Partners’ figures" in data.decode("utf-8")
    write_figures(example(), tmp_path)
    assert (tmp_path / "figures.csv").read_bytes() == data


def test_one_line_for_each_indicator_month_and_measure():
    card = example()
    found = lines(card)
    assert tuple(found[0]) == COLUMNS
    keys = [(item["ref"], item["month"], item["measure"]) for item in found]
    assert len(set(keys)) == len(keys)
    # 64 indicators: 7 months, 2 changes, average, maximum, 3 comparators; and 7 numerators and
    # denominators of CP3-QL.
    assert len(found) == 64 * (7 + 2 + 2 + 3) + 14


def test_months_stand_in_value_lines_and_derived_measures_in_the_report_month():
    found = [item for item in lines(example()) if item["ref"] == "M1"]
    months = [item["month"] for item in found if item["measure"] == "value"]
    assert months == ["2020-12", "2021-01", "2021-02", "2021-03", "2021-04", "2021-05", "2021-06"]
    others = [item for item in found if item["measure"] != "value"]
    assert {item["month"] for item in others} == {"2021-06"}
    assert [item["measure"] for item in others] == [
        "change_month", "change_year", "average_12m", "maximum_12m", "sn", "eng", "region",
    ]  # fmt: skip


def test_numbers_are_unrounded_and_printed_is_what_the_page_shows():
    card = example()
    average = card.row("M1").average_12m
    found = line(card, "M1", "average_12m")
    assert abs(Fraction(found["value"]) - average.value) < Fraction(1, 10**7)
    assert found["printed"] == average.printed
    assert found["status"] == "value"
    assert line(card, "CP3-QL", "denominator")["value"] == "42"  # 30 + 2 x 6, the sixth month


def test_each_line_has_the_unit_of_its_own_measure():
    card = example()
    units = {(item["ref"], item["measure"]): item["unit"] for item in lines(card)}
    assert units["M1", "value"] == units["M1", "average_12m"] == "count"
    assert units["M1", "change_month"] == units["M1", "change_year"] == "percent"
    assert units["CP3-QL", "value"] == "percent"
    assert units["CP3-QL", "numerator"] == units["CP3-QL", "denominator"] == "count"
    assert units["CP2-NI", "maximum_12m"] == units["CP2-NI", "eng"] == "per-10000"
    assert units["CP2-NI", "change_year"] == "percent"


def test_each_line_says_whose_it_is_and_whether_it_was_revised():
    for audience in ("public", "internal"):
        found = lines(example(audience=audience))
        assert {item["council"] for item in found} == {"Example Council"}
        assert {item["audience"] for item in found} == {audience}
    revised = [item for item in found if item["revised"] == "yes"]
    assert [(item["ref"], item["month"], item["measure"]) for item in revised] == [
        ("CP6B", "2021-05", "value")
    ]
    assert line(example(), "CP6B", "value")["revised"] == "no"
    for item in found:  # the question is put to a month's figure that is there
        assert (item["revised"] != "") == (item["measure"] == "value" and item["value"] != "")


def test_what_is_hidden_has_no_number_anywhere():
    card = example()
    row = card.row("M4")
    assert row.latest.status is FigureStatus.HIDDEN
    told = tuple(
        replace(item, numerator=Fraction(3), denominator=Fraction(7), note="There were 3 of 7.")
        for item in row.figures
    )
    change = replace(row.change_month, difference=Fraction(-2), note="It was 5.")
    leaky = replace(row, figures=told, change_month=change)
    card = replace(card, rows=tuple(leaky if item is row else item for item in card.rows))
    for item in lines(card):
        if item["ref"] == "M4" and item["status"] == "hidden":
            assert item["value"] == ""
            assert item["printed"] == "[c]"
            assert item["note"] == "Hidden: a count of 1 to 5, or a way to work one out."
    measures = {item["measure"] for item in lines(card) if item["ref"] == "M4"}
    assert not measures & {"numerator", "denominator"}


def test_a_move_from_0_has_no_percentage():
    card = example()
    row = card.row("M1")
    change = replace(row.change_month, percent=None, arrow=None, printed="n/a", note="May was 0")
    card = replace(card, rows=(replace(row, change_month=change),))
    found = line(card, "M1", "change_month")
    assert (found["value"], found["status"], found["printed"]) == ("", "not-available", "n/a")


def test_comparators_say_where_they_come_from():
    found = line(example(), "M2", "eng")
    assert found["note"] == (
        "England; year to March 2020; published October 2020; "
        "yearly figure / 12 / number of councils"
    )
    assert found["comparator_period"] == "year to March 2020"
    assert line(example(), "M1", "eng")["status"] == "local"
    assert line(example(), "M2", "value")["comparator_period"] == ""


@pytest.mark.parametrize("words", ["=1+1", "+44", "-x", "@A1", "\tx", "=", "-", "-5 fewer"])
def test_text_that_looks_like_a_formula_is_guarded(words):
    card = example()
    row = card.rows[0]
    row = replace(row, indicator=replace(row.indicator, name=words, ref=words))
    found = lines(replace(card, rows=(row,)))[0]
    if words == "+44":  # a number, in any spreadsheet
        assert found["indicator"] == "+44"
    else:
        assert found["indicator"] == f"'{words}"
        assert found["ref"] == f"'{words}"


def test_negative_numbers_stay_numbers():
    card = example()
    row = card.rows[0]
    change = replace(row.change_month, percent=Fraction(-45, 2), printed="-23%")
    found = line(replace(card, rows=(replace(row, change_month=change),)), "M1", "change_month")
    assert (found["value"], found["printed"]) == ("-22.5", "-23%")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(2080), "2080"),
        (Fraction(1000), "1000"),
        (Fraction(0), "0"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(1, 10**6), "0.000001"),
        (None, ""),
    ],
)
def test_numbers_have_as_few_digits_as_give_them_back(number, text):
    assert number_text(number) == text


@given(st.fractions(-(10**6), 10**6, max_denominator=10**6))
def test_numbers_come_back_to_twelve_digits(number):
    text = number_text(number)
    assert "e" not in text.lower()
    assert abs(Fraction(text) - number) <= abs(number) / 10**11


@given(st.text(min_size=1, max_size=20))
def test_no_guarded_text_begins_a_formula(text):
    out = guarded(text)
    if out[0] in "=@\t\r":
        raise AssertionError(out)
    assert out.lstrip("'") == text.lstrip("'")


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_our_reader_reads_it_back_to_the_same_figures(tmp_path, audience):
    card = example(audience=audience)
    write_figures(card, tmp_path)
    page = read_page(tmp_path / "figures.csv")
    assert page.months == card.months
    assert [row.ref for row in page.rows] == [row.indicator.ref for row in card.rows]
    for read, row in zip(page.rows, card.rows, strict=True):
        pairs = [(read.values[item.month], item.printed, item.value) for item in row.figures]
        pairs += [
            (read.change_month, row.change_month.printed, row.change_month.percent),
            (read.change_year, row.change_year.printed, row.change_year.percent),
            (read.average_12m, row.average_12m.printed, row.average_12m.value),
            (read.maximum_12m, row.maximum_12m.printed, row.maximum_12m.value),
        ]
        pairs += [(getattr(read, item.key), item.printed, item.value) for item in row.comparators]
        for cell, printed, value in pairs:
            assert cell.raw == printed, row.indicator.ref
            assert (cell.number is None) == (value is None), row.indicator.ref
            if value is not None:  # a file keeps twelve digits of it
                assert abs(cell.number - value) <= abs(value) / 10**11, row.indicator.ref


def test_a_verdict_is_a_line_with_its_rule_and_its_usual_range():
    card = judged(example(audience="internal"))
    found = line(card, "LAC9", "verdict")
    assert (found["status"], found["signal"], found["rule"]) == ("concern", "concern", "shift")
    assert found["printed"] == "Concern"
    assert found["note"] == "7 months in a row above the average"
    # 30% -/+ 1.5 x 2 points.
    assert (found["usual_low"], found["usual_high"]) == ("27", "33")
    assert found["value"] == ""


def test_the_verdict_on_a_hidden_figure_says_no_more_than_that_it_is_hidden():
    found = line(judged(example()), "LAC14", "verdict")
    assert (found["status"], found["printed"], found["signal"]) == ("hidden", "[c]", "")


def test_a_comparator_has_its_edition_and_formula_in_columns_of_their_own():
    found = line(example(), "CP3-QL", "eng")
    assert found["comparator_edition"] == "published October 2020"
    assert found["comparator_formula"] == "yearly figure / 12 / number of councils"


def test_our_reader_passes_over_verdicts(tmp_path):
    card = example(audience="internal")
    write_figures(card, tmp_path)
    plain = read_page(tmp_path / "figures.csv").rows
    write_figures(judged(card), tmp_path)
    read = read_page(tmp_path / "figures.csv").rows
    # Only the lines that the rows stand in differ.
    assert [replace(row, line=0) for row in read] == [replace(row, line=0) for row in plain]
