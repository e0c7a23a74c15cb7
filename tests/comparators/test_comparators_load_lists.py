"""Lists of statistical neighbours and of councils."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from published_files import council, loaded, nearest_to, neighbours_book, referrals, table

from openscorecard.comparators.store import load_files
from openscorecard.errors import InputError

KENT = nearest_to(886, "Kent", 825, 881, 882, 883, 884, 885, 887, 888, 889, 890)
NONE = nearest_to(942, "Cumberland", *["-"] * 10)
BUCKS = nearest_to(825, "Buckinghamshire", *range(850, 860))


def test_neighbours_come_nearest_first_as_codes_where_they_are_known(tmp_path: Path) -> None:
    book = neighbours_book(tmp_path / "sn_may_2025.xlsx", KENT, (None, "Old SNs:"), BUCKS, NONE)
    published = loaded(tmp_path / "kept", book, referrals(tmp_path / "r.csv"))
    nearest = published.neighbours("E10000016")
    assert len(nearest) == 10
    assert nearest[:2] == ("E06000060", "881")  # Buckinghamshire's newest code; 881 has none
    assert published.neighbours("kent") == published.neighbours("886") == nearest
    assert published.neighbours("E06000060")[0] == "850"
    assert published.neighbours("Cumberland") == ()
    assert published.neighbours("nowhere") == ()
    assert published.neighbour_editions() == ("May 2025",)


def test_the_newest_list_is_used_unless_asked(tmp_path: Path) -> None:
    older = nearest_to(886, "Kent", *range(850, 860))
    published = loaded(
        tmp_path / "kept",
        neighbours_book(tmp_path / "sn_may_2025.xlsx", KENT),
        neighbours_book(tmp_path / "sn_april_2021.xlsx", older),
    )
    assert published.neighbour_editions() == ("May 2025", "April 2021")
    assert published.neighbours("886")[0] == "825"
    assert published.neighbours("886", "April 2021")[0] == "850"
    assert published.neighbours("886", "June 1999") == ()


def test_councils_without_neighbours_are_counted(tmp_path: Path) -> None:
    book = neighbours_book(tmp_path / "sn.xlsx", KENT, NONE)
    (one,) = load_files(tmp_path / "kept", [book], edition="May 2025")
    assert (one.entry.rows, one.entry.edition) == (1, "May 2025")
    assert one.entry.skipped == {"of councils without neighbours": 1}


@pytest.mark.parametrize(
    "row",
    [
        nearest_to(886, "Kent", 825, 825, *range(850, 858)),  # one twice
        nearest_to(886, "Kent", 886, *range(850, 859)),  # its own neighbour
        nearest_to(886, "Kent", *range(850, 859)),  # nine
        nearest_to(886, "Kent", "Essex", *range(850, 859)),
    ],
)
def test_what_are_not_ten_councils_is_refused(tmp_path: Path, row: tuple[object, ...]) -> None:
    with pytest.raises(InputError, match="row 4"):
        load_files(tmp_path / "kept", [neighbours_book(tmp_path / "sn.xlsx", row)])


def test_a_workbook_without_the_columns_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["LA num", "LA Name", "SN1", "SN2"])
    book.save(tmp_path / "sn.xlsx")
    with pytest.raises(InputError, match="its first line has: LA num, LA Name, SN1, SN2"):
        load_files(tmp_path / "kept", [tmp_path / "sn.xlsx"])


def test_an_empty_workbook_and_one_cut_short_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sn.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(InputError, match="it has no headings"):
        load_files(tmp_path / "kept", [path])
    whole = neighbours_book(path, KENT).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="damaged or cut off"):
        load_files(tmp_path / "kept", [path])
    with pytest.raises(InputError, match="no council"):
        load_files(tmp_path / "kept", [neighbours_book(path)])


def test_a_sheet_of_figures_is_asked_for_as_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["time_period", "geographic_level", "la_name", "number"])
    book.save(tmp_path / "c1.xlsx")
    with pytest.raises(InputError, match="save this sheet as CSV"):
        load_files(tmp_path / "kept", [tmp_path / "c1.xlsx"])


def test_a_list_of_councils_gives_names_and_regions(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ("LA Number", "LA Name", "Region", "Type"),
        (886, "Kent", "South East", "SC"),
        (202, "Camden", "Inner London", "ILB"),
        (801, "Bristol, City of", "South West", "UA"),
        (970, "England", "NA", "NA"),
    ):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    published = loaded(tmp_path / "kept", tmp_path / "list.xlsx")
    for key in ("bristol", "City of Bristol", "801", "Bristol, City of"):
        found = published.council(key)
        assert found is not None
        assert found.code == "801"  # no file says its code
    half = published.region_of("202")
    assert half is not None
    assert half.code == "E13000001"
    assert published.council("England") is None


def test_a_council_is_found_by_code_number_and_name(tmp_path: Path) -> None:
    path = table(
        tmp_path / "t.csv",
        "number",
        council(2019, "835", "E10000009", "Dorset", 1),
        council(2020, "838", "E06000059", "Dorset", 2),
        council(2020, "840", "E06000047", "County Durham", 3),
        council(2020, "342", "E08000013", "St Helens", 4),
        council(2020, "810", "E06000010", "Kingston upon Hull, City of", 5),
    )
    published = loaded(tmp_path / "kept", path)
    for key, code in (
        ("E06000047", "E06000047"),
        ("e06000047", "E06000047"),
        ("840", "E06000047"),
        ("Durham", "E06000047"),
        ("St. Helens", "E08000013"),
        ("Kingston Upon Hull, City of", "E06000010"),
        ("Dorset", "E06000059"),  # the newest of the name
        ("835", "E10000009"),
    ):
        found = published.council(key)
        assert found is not None
        assert found.code == code, key
    assert published.council("Barsetshire") is None
    region = published.region_of("E06000047")
    assert region is not None
    assert region.name == "South East"  # as the file says, right or not
