"""LAIT's long table and its dictionary."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from published_files import lait, loaded, referrals

from openscorecard.comparators.store import load_files
from openscorecard.comparators.symbols import Status
from openscorecard.errors import InputError

SERIES = "lait:%_of LAC Adopted"
LINES = (
    '"%_of LAC Adopted","","2020","England","12",970,"NA"',
    '"%_of LAC Adopted","","2020","South East","11.5",989.0,"NA"',
    '"%_of LAC Adopted","","2020","London (Inner)","8",987,"NA"',
    '"%_of LAC Adopted","","2020","Kent","7.0000000000000007E-2",886,"South East"',
    '"%_of LAC Adopted","","2021","Buckinghamshire","-",825,"South East"',
    '"%_of LAC Adopted","","2020","Buckinghamshire","24.5",825,"South East"',
    '"RTA","Killed, seriously injured","2014-16","England","17",970,"NA"',
    '"Soon","","0","England","-",970,"NA"',
)
DICTIONARY = (
    '"Measure_code","Measure","Chart_title","Measure_short","Polarity","dps","Year_Type"',
    '"4","Adoption","Looked after children adopted (%)","%_of LAC Adopted","High","0",'
    '"Financial Year"',
    '"5","Roads","Killed or injured","RTA","Low","NA","Calendar Year"',
    '"6","Roads","Killed or injured","RTA","High","NA","Calendar Year"',
    '"7","Money","Spent\n\non it","TotExp","-","2","NA"',
)


def test_the_long_table_is_told_by_its_columns(tmp_path: Path) -> None:
    published = loaded(tmp_path / "kept", lait(tmp_path / "x.csv", *LINES))
    assert published.series() == ("lait:%_of LAC Adopted", "lait:RTA")
    assert published.years("lait:RTA") == (2016,)
    (cell,) = published.cells("lait:RTA", 2016)
    assert (cell.period, cell.value) == ("2014-16", 17)


def test_rows_of_no_year_are_left_out_and_counted(tmp_path: Path) -> None:
    (one,) = load_files(tmp_path / "kept", [lait(tmp_path / "x.csv", *LINES)])
    assert one.entry.rows == 7
    assert one.entry.skipped == {"of the period '0'": 1}
    assert one.entry.symbols == {"not-available": 1}


def test_england_and_regions_have_codes_and_councils_get_theirs(tmp_path: Path) -> None:
    path = lait(tmp_path / "x.csv", *LINES)
    published = loaded(tmp_path / "kept", path)
    assert [cell.code for cell in published.cells(SERIES, 2020)] == [
        "E92000001", "E13000001", "E12000008", "825", "886",
    ]  # fmt: skip
    # With a file that has both, the numbers are codes: each as of its year.
    published = loaded(tmp_path / "kept", referrals(tmp_path / "r.csv"))
    assert [cell.code for cell in published.cells(SERIES, 2020)] == [
        "E92000001", "E13000001", "E12000008", "E10000002", "E10000016",
    ]  # fmt: skip
    (withheld,) = published.cells(SERIES, 2021)
    assert (withheld.code, withheld.status) == ("E06000060", Status.NOT_AVAILABLE)
    for key in ("E10000002", "E06000060", "825"):
        cell = published.cell(SERIES, 2020, key)
        assert cell is not None
        assert cell.value == Fraction(49, 2)


def test_a_spreadsheets_noise_is_no_part_of_a_figure(tmp_path: Path) -> None:
    published = loaded(tmp_path / "kept", lait(tmp_path / "x.csv", *LINES))
    cell = published.cell(SERIES, 2020, "886")
    assert cell is not None
    assert cell.value == Fraction(7, 100)


def test_parquet_holds_the_same(tmp_path: Path) -> None:
    import duckdb

    text = lait(tmp_path / "x.csv", *LINES)
    with duckdb.connect() as connection:
        connection.execute(
            f'COPY (SELECT * REPLACE (CAST("LA Number" AS DOUBLE) AS "LA Number") FROM '
            f"read_csv('{text}', all_varchar = true)) TO '{tmp_path / 'x.parquet'}'"
        )
    one = loaded(tmp_path / "one", text)
    other = loaded(tmp_path / "other", tmp_path / "x.parquet")
    for year in (2020, 2021):
        assert [(c.code, c.value, c.status) for c in one.cells(SERIES, year)] == [
            (c.code, c.value, c.status) for c in other.cells(SERIES, year)
        ]


def test_a_parquet_file_cut_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"PAR1" + bytes(400))
    with pytest.raises(InputError, match="no sound Parquet file"):
        load_files(tmp_path / "kept", [tmp_path / "x.parquet"])


def test_a_final_figure_stands_before_a_provisional_one(tmp_path: Path) -> None:
    path = lait(
        tmp_path / "x.csv",
        '"A","","2020 (prov)","England","5",970,"NA"',
        '"A","","2020 (Final)","England","6",970,"NA"',
        '"A","","2021 (prov)","England","7",970,"NA"',
    )
    published = loaded(tmp_path / "kept", path)
    assert [cell.value for cell in published.trend("lait:A", "E92000001")] == [6, 7]
    assert published.files()[0].skipped == {"of a provisional figure beside a final one": 1}


def test_the_dictionary_says_which_way_is_better(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("\n".join(DICTIONARY) + "\n", encoding="utf-8")
    published = loaded(tmp_path / "kept", path, lait(tmp_path / "x.csv", *LINES))
    note = published.note(SERIES)
    assert note is not None
    assert (note.polarity, note.decimals, note.year_type) == ("high", 0, "Financial Year")
    assert note.title == "Looked after children adopted (%)"
    contradicted = published.note("lait:RTA")
    assert contradicted is not None
    assert contradicted.polarity == ""
    assert published.note("lait:none") is None
    assert published.note("c1:RTA") is None
