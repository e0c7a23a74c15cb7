"""The CSV files held against their metadata by the csvw library; and the data dictionary."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import socket
import warnings
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from csvw import CSVW
from example_scorecard import JUNE, example
from example_signals import judged

from openscorecard.catalogue.indicator import Definition, Target
from openscorecard.catalogue.published_measures import How, StandsBeside
from openscorecard.disclosure.protect import protect
from openscorecard.periods import Month
from openscorecard.publish.open_data.columns import COLUMNS_OF_COLUMNS, DICTIONARY, FIGURES
from openscorecard.publish.open_data.dictionary import write_dictionary
from openscorecard.publish.open_data.figures import write_figures
from openscorecard.publish.open_data.parquet import write_parquet
from openscorecard.scorecard.page import FigureStatus
from openscorecard.scorecard.release import Release
from openscorecard.scorecard.verdict import Signal

FILES = {
    "figures.csv": FIGURES,
    "data-dictionary.csv": DICTIONARY,
    "data-dictionary-columns.csv": COLUMNS_OF_COLUMNS,
}
FORMULAS = ("=1+1", "+44 23 80", "-5 fewer than in May", "@SUM(A1)", '=HYPERLINK("x","y")')


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """The library may not fetch the context that the metadata name: it must do without."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("a test reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def written(card, folder):
    write_figures(card, folder)
    write_dictionary(card, folder)
    return folder


def validated(folder, name):
    """Whether the library finds nothing, and what it finds."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # it tells of most mistakes by warnings
        found = CSVW(
            str(folder / name), md_url=str(folder / f"{name}-metadata.json"), validate=True
        )
        try:
            return found.is_valid, [str(one.message) for one in found.warnings]
        except (ValueError, FileNotFoundError) as error:
            return False, [str(error)]


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def described(folder, name):
    """The description of the file alone, out of its group if it stands in one."""
    content = json.loads((folder / f"{name}-metadata.json").read_text(encoding="utf-8"))
    tables = content.get("tables", [content])
    return next(table for table in tables if table["url"] == name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_each_file_is_what_its_metadata_say(tmp_path, audience, name):
    written(judged(example(audience=audience)), tmp_path)
    assert validated(tmp_path, name) == (True, [])


@pytest.mark.parametrize("name", FILES)
def test_markup_and_formulas_in_every_text_are_data_like_any_other(tmp_path, name):
    written(replace(example(hostile=True), council="=1+1"), tmp_path)
    assert validated(tmp_path, name) == (True, [])


@pytest.mark.parametrize(
    ("name", "true", "false"),
    [
        ("figures.csv", ",2021-06,", ",June 2021,"),
        ("figures.csv", ",2021-06-01,", ",01/06/2021,"),
        ("figures.csv", ",count,", ",number,"),
        ("figures.csv", "\r\nM1,", "\r\nM99,"),  # the dictionary has no such indicator
        ("figures.csv", "ref,indicator,", "indicator,ref,"),
        ("data-dictionary.csv", ",0,", ",none,"),
    ],
)
def test_a_file_that_was_changed_no_longer_validates(tmp_path, name, true, false):
    written(example(), tmp_path)
    text = (tmp_path / name).read_bytes().decode("utf-8")
    assert true in text
    (tmp_path / name).write_bytes(text.replace(true, false, 1).encode("utf-8"))
    assert not validated(tmp_path, name)[0]


@pytest.mark.parametrize("name", FILES)
def test_the_header_is_the_metadata_s_columns_in_order(tmp_path, name):
    written(example(), tmp_path)
    header = (tmp_path / name).read_text(encoding="utf-8").splitlines()[0].split(",")
    columns = described(tmp_path, name)["tableSchema"]["columns"]
    assert header == [column["name"] for column in columns]
    assert header == [column.name for column in FILES[name]]
    assert all(column["titles"][0] == column["name"] for column in columns)
    assert all(column["dc:description"].endswith(".") for column in columns)


def test_every_cell_is_of_its_column_s_type(tmp_path):
    forms = {
        "number": r"-?\d+(\.\d+)?",
        "whole number": r"\d+",
        "month": r"\d{4}-(0[1-9]|1[0-2])",
        "date": r"\d{4}-\d{2}-01",
        "yes or no": "yes|no",
        "text": r"(?s).+",
    }
    written(judged(example(audience="internal")), tmp_path)
    for name, columns in FILES.items():
        for line in lines(tmp_path / name):
            for column in columns:
                cell = line[column.name]
                assert re.fullmatch(forms[column.type.value], cell) or (
                    cell == "" and not column.required
                ), (name, column.name, cell)


def test_metadata_say_whose_the_figures_are_and_when_they_came_out(tmp_path):
    card = example()
    write_figures(card, tmp_path)
    draft = described(tmp_path, "figures.csv")
    assert draft["dc:title"] == (
        "Children’s services scorecard, Example Council, June 2021: figures"
    )
    assert draft["dc:publisher"] == "Example Council"
    assert "dc:issued" not in draft
    # No council has said so, and it is not ours to say.
    assert not any("licen" in key.lower() for key in draft)
    write_figures(replace(card, release=Release(2, dt.date(2021, 7, 22), "late")), tmp_path)
    released = described(tmp_path, "figures.csv")
    assert released["dc:issued"] == {"@value": "2021-07-22", "@type": "xsd:date"}
    assert released["schema:version"] == "2"
    assert validated(tmp_path, "figures.csv")[0] is False  # the dictionary is not there
    write_dictionary(card, tmp_path)
    assert validated(tmp_path, "figures.csv") == (True, [])


def test_metadata_explain_the_shorthand_of_the_cells(tmp_path):
    write_figures(example(), tmp_path)
    notes = described(tmp_path, "figures.csv")["notes"]
    assert [note["schema:name"] for note in notes] == ["[c]", "[r]", "[x]", "[z]"]
    assert notes[2]["schema:description"] == "not available"


def test_the_same_page_gives_the_same_bytes(tmp_path):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        written(judged(example()), tmp_path / name)
    first = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}
    assert first == second
    assert set(first) == {*FILES, *(f"{name}-metadata.json" for name in FILES)}


def test_the_dictionary_has_a_line_an_indicator_in_the_page_s_order(tmp_path):
    card = example()
    write_dictionary(card, tmp_path)
    found = lines(tmp_path / "data-dictionary.csv")
    assert len(found) == 64
    assert [line["ref"] for line in found] == [row.indicator.ref for row in card.rows]
    assert all(line["definition"] for line in found)


def entry(card, tmp_path, **changes):
    """The dictionary's line of the first indicator, which is altered so."""
    first = card.rows[0]
    row = replace(first, indicator=replace(first.indicator, **changes))
    write_dictionary(replace(card, rows=(row, *card.rows[1:])), tmp_path)
    return lines(tmp_path / "data-dictionary.csv")[0]


def test_the_dictionary_gives_the_definition_in_force_in_the_page_s_month(tmp_path):
    definitions = (
        Definition(Month(2018, 4), "Contacts by telephone."),
        Definition(Month(2020, 4), "Contacts of every kind."),
        Definition(Month(2021, 7), "Contacts of next month's kind."),
    )
    found = entry(example(), tmp_path, definitions=definitions)
    assert (found["definition"], found["definition_since"]) == (
        "Contacts of every kind.", "2020-04",
    )  # fmt: skip
    found = entry(example(), tmp_path, definitions=definitions[2:])
    assert found["definition"] == "No definition is in force in this month."
    assert found["definition_since"] == ""
    assert validated(tmp_path, "data-dictionary.csv") == (True, [])


def test_the_dictionary_gives_the_target_in_force(tmp_path):
    targets = (
        Target(Month(2020, 4), Fraction(90)),
        Target(Month(2021, 6), Fraction(187, 2), Fraction(5, 2)),
        Target(Month(2021, 7), Fraction(99)),
    )
    found = entry(example(), tmp_path, targets=targets)
    assert (found["target"], found["target_tolerance"], found["target_since"]) == (
        "93.5", "2.5", "2021-06",
    )  # fmt: skip
    assert entry(example(), tmp_path, targets=())["target"] == ""


def test_the_dictionary_says_what_it_stands_beside_or_why_nothing(tmp_path):
    beside = StandsBeside("referrals", How.RATE, "It counts the year's referrals once a child.")
    found = entry(example(), tmp_path, beside=beside)
    assert found["published_measure"].startswith("referrals")
    assert found["published_how"] == "rate"
    assert found["published_note"] == "It counts the year's referrals once a child."
    found = entry(example(), tmp_path, beside=StandsBeside(none="Nobody publishes contacts."))
    assert (found["published_measure"], found["published_how"]) == ("", "")
    assert found["published_note"] == "Nobody publishes contacts."


def test_a_text_like_a_formula_is_no_formula(tmp_path):
    for text in FORMULAS:
        found = entry(example(), tmp_path, definitions=(Definition(Month(2020, 4), text),))
        assert found["definition"] == f"'{text}"
        assert validated(tmp_path, "data-dictionary.csv") == (True, [])


def test_every_column_of_the_files_is_described(tmp_path):
    write_dictionary(example(), tmp_path)
    found = lines(tmp_path / "data-dictionary-columns.csv")
    assert [(line["file"], line["column"]) for line in found] == [
        *(("figures.csv", column.name) for column in FIGURES),
        *(("data-dictionary.csv", column.name) for column in DICTIONARY),
    ]


def test_no_line_of_a_hidden_figure_bears_its_number(tmp_path):
    """The public page holds no hidden number; that nothing puts one back is what is shown here."""
    card = judged(example(audience="public"))
    written(card, tmp_path)
    status = {
        (row.indicator.ref, item.month.iso): item.status
        for row in card.rows
        for item in row.figures
    }
    hidden = [
        line
        for line in lines(tmp_path / "figures.csv")
        if line["status"] == "hidden"
        or (line["measure"] in ("value", "numerator", "denominator")
            and status[line["ref"], line["month"]] is FigureStatus.HIDDEN)
    ]  # fmt: skip
    assert len(hidden) > 8
    for line in hidden:
        assert (line["value"], line["printed"], line["status"]) == ("", "[c]", "hidden")
        assert (line["usual_low"], line["usual_high"]) == ("", "")
        assert line["note"] == "Hidden: a count of 1 to 5, or a way to work one out."


def test_what_disclosure_hides_is_in_none_of_the_files(tmp_path):
    """Every cell that the council's own file has a number in, and the public's page has not."""
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    whole = example(audience="internal")
    shown = protect(whole, (), limit=40)
    written(whole, inside)
    write_parquet(shown, written(shown, outside))

    def by_key(folder):
        found = lines(folder / "figures.csv")
        return {(line["ref"], line["month"], line["measure"]): line for line in found}

    before, after = by_key(inside), by_key(outside)
    hidden = [
        (row.indicator.ref, item.month.iso)
        for row in shown.rows
        for item in row.figures
        if item.status is FigureStatus.HIDDEN and before[row.indicator.ref, item.month.iso,
                                                         "value"]["value"]
    ]  # fmt: skip
    assert len(hidden) > 30
    for key in hidden:
        line = after[*key, "value"]
        assert (line["value"], line["printed"], line["status"]) == ("", "[c]", "hidden")
        assert (*key, "numerator") not in after
        assert (*key, "denominator") not in after
        # Neither does the line say its number in words.
        assert line["note"] == "Hidden: a count of 1 to 40, or a way to work one out."
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT ref, month, value FROM read_parquet('{outside / 'figures.parquet'}') "
            "WHERE measure IN ('value', 'numerator', 'denominator')"
        ).fetchall()
    assert not {(ref, month) for ref, month, value in found if value is not None} & set(hidden)


def test_the_month_is_given_as_a_date_too_and_each_line_says_whose_page_it_is_of(tmp_path):
    written(example(), tmp_path)
    for line in lines(tmp_path / "figures.csv"):
        assert line["month_start"] == f"{line['month']}-01"
        assert line["report_month"] == JUNE.iso


def test_the_tables_of_codes_in_the_documentation_have_every_status(tmp_path):
    """Those of figures, of verdicts and of comparators, and none that there is not."""
    text = (Path(__file__).parents[2] / "docs" / "open-data.md").read_text(encoding="utf-8")
    told = set()
    for table in text.split("| printed | status | meaning |")[1:]:
        rows = table.partition("\n\n")[0].splitlines()[2:]
        told |= {row.split("|")[2].strip(" `") for row in rows}
    assert told == {*FigureStatus, *Signal, "local"}
    for audience in ("internal", "public"):
        folder = tmp_path / audience
        folder.mkdir()
        card = protect(judged(example(audience="internal")), ()) if audience == "public" else None
        write_figures(card or judged(example(audience="internal")), folder)
        assert {line["status"] for line in lines(folder / "figures.csv")} <= told
