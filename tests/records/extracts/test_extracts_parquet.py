"""Parquet, with whatever types the program that wrote it chose."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from extract_folders import found_by, read_folder, rows_of, write_extract

from openscorecard.errors import InputError

COLUMNS = ("cine_referral_id", "cine_person_id", "cine_referral_date", "cine_referral_nfa")


def write_parquet(path: Path, select: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")


@pytest.mark.parametrize(
    ("id_", "child", "date", "flag"),
    [
        ("'12'", "'345'", "DATE '2021-06-30'", "'Y'"),
        ("12", "345", "TIMESTAMP '2021-06-30 23:59:59'", "TRUE"),
        # an id column with blanks comes out of pandas as numbers with a point
        ("12.0::DOUBLE", "345::DOUBLE", "'30/06/2021'", "1"),
        ("12::DECIMAL(9,2)", "345::UINTEGER", "'2021-06-30T00:00:00'", "'yes'"),
        # midnight of a summer's day in England, as a moment in UTC
        ("12", "345", "TIMESTAMPTZ '2021-06-29 23:00:00+00'", "'true'"),
    ],
)
def test_types_do_not_matter(tmp_path: Path, id_: str, child: str, date: str, flag: str) -> None:
    values = (id_, child, date, flag)
    select = ", ".join(f"{value} AS {name}" for value, name in zip(values, COLUMNS, strict=True))
    write_parquet(tmp_path / "ssd_cin_episodes.parquet", f"SELECT {select}")
    with read_folder(tmp_path) as extracts:
        assert rows_of(extracts, "ssd_cin_episodes", *COLUMNS) == [
            ("12", "345", dt.date(2021, 6, 30), "Y")
        ]
        assert not [one for one in extracts.found if one.samples]


def test_rows_count_from_2_as_if_headings_stood_above(tmp_path: Path) -> None:
    write_parquet(
        tmp_path / "ssd_cin_episodes.parquet",
        "SELECT i::VARCHAR AS CINE_Referral_ID, CASE WHEN i <> 3 THEN 'A' END AS cine_person_id, "
        "DATE '2021-06-01' AS cine_referral_date FROM range(5) t(i)",
    )
    with read_folder(tmp_path) as extracts:
        (aside,) = found_by(extracts.found, "row-set-aside")
        assert aside.samples[0].place == "ssd_cin_episodes.parquet, row 5"


def test_dates_that_text_could_not_say_are_none(tmp_path: Path) -> None:
    write_parquet(
        tmp_path / "ssd_cin_episodes.parquet",
        "SELECT 'R' || n AS cine_referral_id, 'A' AS cine_person_id, "
        "DATE '2021-06-01' AS cine_referral_date, day AS cine_close_date FROM (VALUES "
        "(1, DATE 'infinity'), (2, DATE '10000-01-01'), (3, DATE '2021-06-09'), (4, NULL)) "
        "t(n, day)",
    )
    with read_folder(tmp_path) as extracts:
        (impossible,) = found_by(extracts.found, "date-impossible")
        assert (impossible.column, impossible.rows) == ("cine_close_date", 2)
        assert [one.printed for one in impossible.samples] == ["infinity", "10000-01-01"]
        assert rows_of(extracts, "ssd_cin_episodes", "cine_close_date") == [
            (None,), (None,), (dt.date(2021, 6, 9),), (None,),
        ]  # fmt: skip


def test_blank_rows_are_left_and_blanks_around_cells_taken_off(tmp_path: Path) -> None:
    write_parquet(
        tmp_path / "ssd_cin_episodes.parquet",
        "SELECT id AS cine_referral_id, child AS cine_person_id, day AS cine_referral_date "
        "FROM (VALUES (NULL, NULL, NULL), (chr(160) || 'R1 ', 'A\t', DATE '2021-06-01'), "
        "(' ', 'NULL', NULL), ('R2', 'B', DATE '2021-06-02')) t(id, child, day)",
    )
    with read_folder(tmp_path) as extracts:
        assert rows_of(extracts, "ssd_cin_episodes", "cine_referral_id", "cine_person_id") == [
            ("R1", "A"), ("R2", "B"),
        ]  # fmt: skip
        (blank,) = found_by(extracts.found, "blank-rows")
        assert blank.rows == 2


def test_councils_may_give_factors_each_in_their_own_way(tmp_path: Path) -> None:
    """One as lists, one a row a factor: the rows are told apart when they are put together."""
    write_parquet(
        tmp_path / "E06000001" / "ssd_assessment_factors.parquet",
        "SELECT 'AS1' AS cinf_assessment_id, ['1A', '11A'] AS cinf_assessment_factors_json",
    )
    write_extract(
        tmp_path / "E06000002",
        ssd_assessment_factors="cinf_assessment_id,cinf_assessment_factor\nAS1,2B\n,3A\n",
    )
    with read_folder(tmp_path) as extracts:
        kept = rows_of(extracts, "ssd_assessment_factors", "council", "cinf_assessment_factor")
        assert sorted(kept) == [(1, "11A"), (1, "1A"), (2, "2B")]
        (aside,) = found_by(extracts.found, "row-set-aside")
        assert aside.samples[0].place == "E06000002/ssd_assessment_factors.csv, row 3"


def test_lists_of_factors_are_opened(tmp_path: Path) -> None:
    write_parquet(
        tmp_path / "ssd_assessment_factors.parquet",
        "SELECT 'AS1' AS cinf_assessment_id, ['1A', '11A'] AS cinf_assessment_factors_json",
    )
    with read_folder(tmp_path) as extracts:
        assert rows_of(extracts, "ssd_assessment_factors", "cinf_assessment_factor") == [
            ("11A",), ("1A",),
        ]  # fmt: skip


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    write_extract(tmp_path, ssd_person__parquet=b"PAR1 and no more of it PAR1")
    with pytest.raises(InputError, match="no sound Parquet file"), read_folder(tmp_path):
        pass
