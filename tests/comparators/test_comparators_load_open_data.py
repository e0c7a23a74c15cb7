"""The Department's open-data tables, told by their columns."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from published_files import REFERRALS, council, england, loaded, referrals, south_east, table

from openscorecard.comparators.published import Published
from openscorecard.comparators.store import load_files
from openscorecard.comparators.symbols import Status
from openscorecard.errors import InputError

COUNT = "c1:referral_count"


@pytest.fixture
def published(tmp_path: Path) -> Published:
    return loaded(tmp_path / "kept", referrals(tmp_path / "whatever it is called.csv"))


def test_a_known_table_is_told_by_its_columns(published: Published) -> None:
    assert published.series() == (
        "c1:referral_count",
        "c1:rereferral_count",
        "c1:rereferral_percent",
    )
    assert published.years(COUNT) == (2020, 2021)
    assert "referrals" in published.title(COUNT)


def test_cells_carry_year_edition_and_file(published: Published) -> None:
    cell = published.cell(COUNT, 2020, "E92000001")
    assert cell is not None
    assert cell.value == 640_000  # written 640,000
    assert (cell.level, cell.name, cell.period) == ("national", "England", "2020")
    assert cell.source_file == "whatever it is called.csv"
    assert cell.edition == "2021 (whatever it is called.csv)"


def test_a_year_has_england_then_regions_then_councils_by_name(published: Published) -> None:
    names = [cell.name for cell in published.cells(COUNT, 2021)]
    assert names == ["England", "South East", "Buckinghamshire", "Kent"]
    assert published.cells(COUNT, 1999) == ()
    assert published.cells("c1:none", 2020) == ()


def test_a_symbol_is_no_value_and_says_why(published: Published) -> None:
    cell = published.cell(COUNT, 2021, "E06000060")
    assert cell is not None
    assert cell.value is None
    assert cell.status is Status.SUPPRESSED
    assert cell.meaning == "withheld, so that nobody can be known by it"


def test_k_and_low_round_to_0_and_are_not_0(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", "number", council(2020, "886", "E10000016", "Kent", "k"),
                 england(2020, "low"), south_east(2020, 1))  # fmt: skip
    published = loaded(tmp_path / "kept", path)
    for code in ("E10000016", "E92000001"):
        cell = published.cell("t:number", 2020, code)
        assert cell is not None
        assert (cell.value, cell.status) == (None, Status.ROUNDS_TO_ZERO)


def test_a_council_is_found_by_its_old_and_its_new_code(published: Published) -> None:
    then = published.cell(COUNT, 2020, "E06000060")
    assert then is not None
    assert (then.code, then.value) == ("E10000002", 7_000)
    now = published.cell(COUNT, 2021, "E10000002")
    assert now is not None
    assert now.code == "E06000060"
    assert [cell.year for cell in published.trend(COUNT, "E10000002")] == [2020, 2021]
    assert published.in_year("E06000060", 2020) == "E10000002"
    assert [one.code for one in published.councils(2020)] == ["E10000002", "E10000016"]


def test_a_byte_order_mark_and_quoted_blanks_do_no_harm(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", "number", '2020,Reporting year,National,E92000001,England,"",'
                 '"",,"","",All,5', start="﻿")  # fmt: skip
    cell = loaded(tmp_path / "kept", path).cell("t:number", 2020, "E92000001")
    assert cell is not None
    assert cell.value == 5


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_other_encodings_and_line_ends(tmp_path: Path, encoding: str, ending: str) -> None:
    path = referrals(tmp_path / "r.csv")
    text = path.read_text(encoding="utf-8").replace("Kent", "Kênt").replace("\n", ending)
    path.write_bytes(text.encode(encoding))
    published = loaded(tmp_path / "kept", path)
    cell = published.cell(COUNT, 2021, "E10000016")
    assert cell is not None
    assert (cell.name, cell.value) == ("Kênt", 20_000)


def test_blank_lines_between_are_nothing(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", "number,percent,again", *REFERRALS[:2], "", "",
                 *REFERRALS[2:], "")  # fmt: skip
    assert len(loaded(tmp_path / "kept", path).cells("t:number", 2021)) == 4


def test_what_a_figure_is_counted_over_stands_in_brackets(tmp_path: Path) -> None:
    path = table(
        tmp_path / "a2_placements_2018_to_2024.csv",
        "number",
        england(2020, 70, category="Foster care"),
        england(2020, 30, category="Other"),
    )
    published = loaded(tmp_path / "kept", path)
    assert published.series() == (
        "a2_placements:number[Foster care]",
        "a2_placements:number[Other]",
    )
    cell = published.cell("a2_placements:number[Other]", 2020, "E92000001")
    assert cell is not None
    assert cell.value == 30


def test_an_unknown_table_loads_and_says_its_series(tmp_path: Path) -> None:
    path = table(tmp_path / "Absence 2020.csv", "sessions,percent", england(2020, 1000, 4.5))
    (one,) = load_files(tmp_path / "kept", [path])
    assert one.read is not None
    assert not one.read.known
    assert list(one.entry.series) == ["absence:percent", "absence:sessions"]


def test_areas_without_codes_are_known_by_name(tmp_path: Path) -> None:
    path = tmp_path / "transcribed.csv"
    path.write_text(
        "time_period,geographic_level,area,Section47,ICPC\n"
        "2020,National,England,201000,77470\n"
        "2020,Regional,South East,35260,12130\n"
        "2020,Local authority,Kent,900,c\n"
        "2020,Local authority,Erewhon,1,2\n",
        encoding="utf-8",
    )
    published = loaded(tmp_path / "kept", path, referrals(tmp_path / "r.csv"))
    found = {cell.code: cell.value for cell in published.cells("c4:Section47", 2020)}
    assert found == {
        "E92000001": 201_000,
        "E12000008": 35_260,
        "E10000016": 900,
        "Erewhon": 1,  # no file says its code
    }


def test_wards_and_other_countries_are_left_out_and_counted(tmp_path: Path) -> None:
    ward = england(2020, 1).replace("National", "Ward")
    wales = england(2020, 1).replace("E92000001,England", "W92000004,Wales")
    nowhere = council(2020, "x", "x", "Not available", 3)
    path = table(tmp_path / "t.csv", "number", england(2020, 5), ward, ward, wales, nowhere)
    (one,) = load_files(tmp_path / "kept", [path])
    assert one.entry.rows == 1
    assert one.entry.skipped == {
        "of the level 'ward'": 2,
        "of areas outside England": 1,
        "of no known place": 1,
    }


def test_rows_of_no_clear_year_are_left_out_and_counted(tmp_path: Path) -> None:
    quarter = england(2020, 1).replace("Reporting year", "January to March")
    path = table(tmp_path / "t.csv", "number", england(2020, 5), quarter)
    (one,) = load_files(tmp_path / "kept", [path])
    assert one.entry.skipped == {"of the period '2020' (January to March)": 1}
    with pytest.raises(InputError, match=r"no row of it .* \(1 row of the period '2020'"):
        load_files(tmp_path / "kept", [table(tmp_path / "u.csv", "number", quarter)])


def test_an_unknown_symbol_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", "number,percent", england(2020, 5, 1),
                 south_east(2020, 5, "q"), england(2019, 4, 2), england(2018, 4, 3))  # fmt: skip
    with pytest.raises(InputError, match=r"'q' \(line 3, percent\)"):
        load_files(tmp_path / "kept", [path])


def test_the_line_is_that_of_the_file_where_blank_lines_stand_between(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", "number", england(2020, 5), "", "", south_east(2020, "?"),
                 england(2019, 1), england(2018, 2))  # fmt: skip
    with pytest.raises(InputError, match=r"line 5"):
        load_files(tmp_path / "kept", [path])


def test_two_figures_for_one_area_and_year_are_an_error(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", "number", england(2020, 5), south_east(2020, 1),
                 england(2020, 6))  # fmt: skip
    with pytest.raises(InputError, match="line 2 and line 4 give different figures of England"):
        load_files(tmp_path / "kept", [path])


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", "number", england(2020, 5), england(2020, 5))
    (one,) = load_files(tmp_path / "kept", [path])
    assert (one.entry.rows, one.entry.skipped) == (1, {"said twice": 1})


def test_a_file_cut_short_is_refused_with_the_line(tmp_path: Path) -> None:
    path = referrals(tmp_path / "r.csv")
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: whole.rindex(",7000")], encoding="utf-8")
    with pytest.raises(InputError, match="line 9: it has 11 cells, and the headings are 14"):
        load_files(tmp_path / "kept", [path])


def test_a_last_line_without_an_end_is_remarked_on(tmp_path: Path) -> None:
    path = referrals(tmp_path / "r.csv")
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    (one,) = load_files(tmp_path / "kept", [path])
    assert one.read is not None
    assert one.read.remarks == ("Its last line has no end: see that the file is whole.",)


def test_a_quotation_mark_without_end_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", "number", england(2020, 5), '2019,"open', england(2018, 3))
    with pytest.raises(InputError):
        load_files(tmp_path / "kept", [path])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("time_period,geographic_level,number\n2020,National,5\n", "which area a row is of"),
        ("time_period,geographic_level,area,number\n", "headings and no rows"),
        ("time_period,geographic_level,area\n2020,National,England\n", "no column of it holds"),
        ("time_period,geographic_level,area,n,n\n2020,National,England,1,2\n", "'n' stands there"),
        ("ref,name,value\nM1,Contacts,5\n", "its first line has: ref, name, value"),
        ("just a letter to somebody\n", "none of the published files"),
    ],
)
def test_other_files_are_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_files(tmp_path / "kept", [path])
    assert Published(tmp_path / "kept").series() == ()


def test_a_council_that_a_table_lists_before_its_time_was_not_there(tmp_path: Path) -> None:
    path = table(
        tmp_path / "t.csv",
        "number,population",
        council(2023, "942", "E06000063", "Cumberland", "z", "x"),
        council(2024, "942", "E06000063", "Cumberland", 482, 52_019),
        council(2023, "926", "E10000020", "Norfolk", "x", "x"),  # there, but said nothing
        council(2024, "926", "E10000020", "Norfolk", "c", "x"),
    )
    published = loaded(tmp_path / "kept", path)
    assert [one.name for one in published.councils(2023)] == ["Norfolk"]
    assert [one.name for one in published.councils(2024)] == ["Cumberland", "Norfolk"]


def test_london_is_there_whole_and_in_halves(tmp_path: Path) -> None:
    def region(code: str, name: str, number: int) -> str:
        return south_east(2020, number).replace("E12000008,South East", f"{code},{name}")

    path = table(
        tmp_path / "t.csv",
        "number",
        region("E12000007", "London", 30),
        region("E13000001", "Inner London", 10),
        region("E13000002", "Outer London", 20),
        council(2020, "202", "E09000007", "Camden", 4, region="E13000001,Inner London"),
    )
    published = loaded(tmp_path / "kept", path)
    found = {cell.name: cell.value for cell in published.cells("t:number", 2020)}
    assert found == {"Inner London": 10, "London": 30, "Outer London": 20, "Camden": 4}
    half = published.region_of("E09000007")
    assert half is not None
    assert half.name == "Inner London"


def test_figures_keep_every_digit(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", "number", england(2020, "0.123456789012345"))
    cell = loaded(tmp_path / "kept", path).cell("t:number", 2020, "E92000001")
    assert cell is not None
    assert cell.value == Fraction(123456789012345, 10**15)
