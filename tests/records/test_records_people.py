"""Owner, reporter and outcome in one, two or three cells."""

from __future__ import annotations

from pathlib import Path

from records_pages import as_csv, as_tabs, only, read, rules

APART = ["Ref", "Owner", "Reporter", "Outcome", "Jun-21"]
TOGETHER = ["Ref", "Owner/Reporter", "Outcome", "Jun-21"]


def test_a_line_break_splits_two_people(tmp_path: Path) -> None:
    page = read(tmp_path, as_csv([TOGETHER, ["Z1", "Avery Moss\nBlair Finch", "Heard.", "1"]]))
    assert (page.rows[0].owner, page.rows[0].reporter) == ("Avery Moss", "Blair Finch")
    assert rules(page) == []


def test_names_that_stand_alone_in_another_table_split_the_cell(tmp_path: Path) -> None:
    lines = [APART, ["Z1", "Avery Moss", "Blair Finch", "Heard.", "1"], [], TOGETHER,
             ["Z2", "Avery Moss Blair Finch", "Seen.", "2"]]  # fmt: skip
    row = only(read(tmp_path, as_tabs(lines)), "Z2")
    assert (row.owner, row.reporter, row.outcome) == ("Avery Moss", "Blair Finch", "Seen.")


def test_a_slash_between_known_names_splits_them_too(tmp_path: Path) -> None:
    lines = [APART, ["Z1", "Avery Moss", "Blair Finch", "Heard.", "1"], [], TOGETHER,
             ["Z2", "Avery Moss / Blair Finch", "Seen.", "2"]]  # fmt: skip
    row = only(read(tmp_path, as_tabs(lines)), "Z2")
    assert (row.owner, row.reporter) == ("Avery Moss", "Blair Finch")


def test_one_known_name_is_not_enough(tmp_path: Path) -> None:
    lines = [APART, ["Z1", "Avery Moss", "Blair Finch", "Heard.", "1"], [], TOGETHER,
             ["Z2", "Avery Moss Della Roe", "Seen.", "2"],
             ["Z3", "Avery Moss Della Roe", "Met.", "3"],
             ["Z4", "Avery Moss", "Met.", "3"]]  # fmt: skip
    page = read(tmp_path, as_tabs(lines))
    row = only(page, "Z2")
    assert (row.owner, row.reporter) == ("Avery Moss Della Roe", "")
    (finding,) = [f for f in page.findings if f.rule == "owner-reporter-not-split"]
    assert finding.ref == "Z2"
    assert "Z2, Z3" in finding.message  # one finding a text; Z4 is one person, known from table 1
    assert finding.severity.value == "warning"


def test_a_name_that_could_be_cut_in_two_ways_is_not_cut(tmp_path: Path) -> None:
    lines = [APART, ["Z1", "Jo", "Lee Roe", "Heard.", "1"], ["Z2", "Jo Lee", "Roe", "Heard.", "1"],
             [],
             TOGETHER, ["Z3", "Jo Lee Roe", "Seen.", "2"]]  # fmt: skip
    page = read(tmp_path, as_tabs(lines))
    assert only(page, "Z3").owner == "Jo Lee Roe"
    assert "owner-reporter-not-split" in rules(page)


def test_a_reporter_before_the_outcome_in_its_cell(tmp_path: Path) -> None:
    lines = [TOGETHER, ["Z1", "Avery Moss", "Blair Finch <i>Families &amp; friends.</i>", "1"]]
    page = read(tmp_path, as_tabs(lines))
    row = page.rows[0]
    assert (row.owner, row.reporter, row.outcome) == (
        "Avery Moss", "Blair Finch", "Families & friends."
    )  # fmt: skip
    (finding,) = page.findings
    assert (finding.rule, finding.severity.value) == ("outcome-in-reporter-cell", "information")


def test_an_outcome_that_slipped_into_the_reporters_cell(tmp_path: Path) -> None:
    lines = [APART, ["Z1", "Avery Moss", "Blair Finch <i>Heard.</i>", "", "1"]]
    row = read(tmp_path, as_tabs(lines)).rows[0]
    assert (row.owner, row.reporter, row.outcome) == ("Avery Moss", "Blair Finch", "Heard.")


def test_a_known_reporter_before_an_outcome_without_markup(tmp_path: Path) -> None:
    lines = [APART, ["Z1", "Avery Moss", "Blair Finch", "Heard.", "1"], [], TOGETHER,
             ["Z2", "Avery Moss", "Blair Finch Families are seen.", "2"]]  # fmt: skip
    page = read(tmp_path, as_tabs(lines))
    row = only(page, "Z2")
    assert (row.owner, row.reporter, row.outcome) == (
        "Avery Moss", "Blair Finch", "Families are seen."
    )  # fmt: skip
    assert "outcome-in-reporter-cell" in rules(page)


def test_an_unknown_word_before_an_outcome_is_part_of_it(tmp_path: Path) -> None:
    lines = [TOGETHER, ["Z1", "Avery\nBlair", "Young people are seen.", "2"]]
    assert read(tmp_path, as_csv(lines)).rows[0].outcome == "Young people are seen."


def test_two_reporters_are_not_chosen_between(tmp_path: Path) -> None:
    lines = [APART, ["Z1", "Avery Moss", "Blair Finch", "Corin Dale <i>Heard.</i>", "1"]]
    page = read(tmp_path, as_tabs(lines))
    assert page.rows[0].reporter == "Blair Finch"
    assert "Corin Dale" in page.rows[0].outcome  # nothing lost
    assert rules(page) == ["owner-reporter-not-split"]


def test_markup_of_the_outcome_is_taken_off(tmp_path: Path) -> None:
    lines = [APART, ["Z1", "Avery Moss", "Blair Finch", "<i>A child&#39;s <b>voice</b>.</i>", "1"]]
    assert read(tmp_path, as_tabs(lines)).rows[0].outcome == "A child's voice."
