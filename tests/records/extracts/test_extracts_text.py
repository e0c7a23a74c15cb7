"""CSV as systems and spreadsheets write it: encodings, delimiters, blank lines, odd rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from extract_folders import REFERRALS, found_by, read_folder, rows_of, write_extract

from openscorecard.errors import InputError

WELSH = "pers_person_id,pers_sex\nŴ1,F\né2,M\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (WELSH.encode(), False),
        (WELSH.encode("utf-8-sig"), False),
        (WELSH.encode("utf-16"), False),
        (WELSH.encode("utf-16-le"), True),
        (WELSH.replace("Ŵ", "ñ").encode("cp1252"), True),
        (WELSH.replace("\n", "\r\n").encode(), False),
        (WELSH.replace("\n", "\r").encode(), False),
        (WELSH.replace(",", ";").encode(), False),
        (WELSH.replace(",", "\t").encode(), False),
        (WELSH.replace(",", "|").encode(), False),
        (WELSH.upper().encode(), False),
        (WELSH.replace("pers_person_id", '"[Pers_Person_ID] "').encode(), False),
        (WELSH.rstrip("\n").encode(), False),
        ((WELSH + "\n\n,,\n ,\n").encode(), False),
    ],
    ids=["utf-8", "with mark", "utf-16", "utf-16 unmarked", "cp1252", "crlf", "cr", "semicolons",
         "tabs", "bars", "upper case", "quoted heading", "no last break", "blank end"],
)  # fmt: skip
def test_it_is_read_the_same_in_every_form(tmp_path: Path, content: bytes, said: bool) -> None:
    folder = write_extract(tmp_path, ssd_person=content)
    with read_folder(folder) as extracts:
        rows = rows_of(extracts, "ssd_person", "row", "pers_person_id", "pers_sex")
        assert [row[1:] for row in rows] in (
            [("Ŵ1", "F"), ("é2", "M")],
            [("ñ1", "F"), ("é2", "M")],
            [("Ŵ1", "F"), ("É2", "M")],
        )
        assert [row[0] for row in rows] == [2, 3]
        assert bool(found_by(extracts.found, "encoding")) == said


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # a blank line is a row of the spreadsheet; a cell over two lines is one
        ("R1,A,2021-06-01,\n\nR2,A,2021-06-02,\n", [(2, "R1"), (4, "R2")]),
        ('R1,"A\nB",2021-06-01,\nR2,A,2021-06-02,\n', [(2, "R1"), (3, "R2")]),
        ('R1,"A\n\nB",2021-06-01,\nR2,A,2021-06-02,\n', [(2, "R1"), (3, "R2")]),
        (",,,\nR2,A,2021-06-02,\n", [(3, "R2")]),
        ('"R ""1""",A,2021-06-01,\nR2,A,2021-06-02\n', [(2, 'R "1"'), (3, "R2")]),
    ],
)
def test_row_numbers_are_those_of_a_spreadsheet(
    tmp_path: Path, text: str, rows: list[tuple[int, str]]
) -> None:
    folder = write_extract(tmp_path, ssd_cin_episodes=REFERRALS + text)
    with read_folder(folder) as extracts:
        assert rows_of(extracts, "ssd_cin_episodes", "row", "cine_referral_id") == rows


def test_headings_may_stand_below_blank_lines(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, ssd_cin_episodes=f"\n\n{REFERRALS}R1,A,2021-06-01,\n")
    with read_folder(folder) as extracts:
        assert rows_of(extracts, "ssd_cin_episodes", "row", "cine_referral_id") == [(4, "R1")]


def test_rows_that_are_too_short_are_said(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, ssd_cin_episodes=f"{REFERRALS}R1,A,2021-06-01\n")
    with read_folder(folder) as extracts:
        assert extracts.counts["ssd_cin_episodes"].kept == 1
        (short,) = found_by(extracts.found, "short-row")
        assert short.samples[0].place == "ssd_cin_episodes.csv, row 2"


@pytest.mark.parametrize("blank", ["NULL", "null", "SSD_PH", " ", '""', "\u00a0"])
def test_what_systems_write_for_nothing_is_blank(tmp_path: Path, blank: str) -> None:
    folder = write_extract(tmp_path, ssd_cin_episodes=f"{REFERRALS}R1,A,2021-06-01,{blank}\n")
    with read_folder(folder) as extracts:
        assert rows_of(extracts, "ssd_cin_episodes", "cine_close_date") == [(None,)]
        assert not found_by(extracts.found, "date-impossible")


def test_a_quotation_mark_that_never_closes_is_refused(tmp_path: Path) -> None:
    text = REFERRALS + 'R1,A,2021-06-01,\nR2,"A,2021-06-02,\nR3,A,2021-06-03,\n'
    folder = write_extract(tmp_path, ssd_cin_episodes=text)
    with pytest.raises(InputError, match="from line 3 on cannot be read"), read_folder(folder):
        pass


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, ssd_person=bytes(range(256)) * 20)
    with pytest.raises(InputError, match="no text"), read_folder(folder):
        pass


def test_names_of_files_may_hold_any_sign(tmp_path: Path) -> None:
    folder = tmp_path / "it's [June] *"
    write_extract(folder, ssd_person=WELSH)
    with read_folder(folder) as extracts:
        assert extracts.counts["ssd_person"].kept == 2
