"""Each thing that can be wrong in an extract, in a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from extract_folders import PERSONS, REFERRALS, found_by, read_folder, rows_of, write_extract

from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.records.extracts.columns import mistyped

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.INFORMATION
PLANS = (
    "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,cppl_cp_plan_ola,"
    "cppl_cp_plan_initial_category\n"
)


def test_a_sound_extract_has_nothing_wrong(tmp_path: Path) -> None:
    folder = write_extract(
        tmp_path,
        ssd_person=PERSONS,
        ssd_cin_episodes=REFERRALS + "R1,A,2021-06-01,\nR2,B,2021-06-02,2021-06-30\n",
    )
    with read_folder(folder) as extracts:
        assert all(one.severity is NOTE for one in extracts.found)
        counts = extracts.counts["ssd_cin_episodes"]
        assert (counts.read, counts.kept, counts.set_aside) == (2, 2, 0)


@pytest.mark.parametrize(
    ("row", "rule", "severity", "column", "row_number", "printed"),
    [
        ("P1,A,2021-06-01,31/02/2021,N,NEG", "date-impossible", ERROR, "cppl_cp_plan_end_date",
         2, "31/02/2021"),
        ("P1,A,2021-06-01,30 June 2021,N,NEG", "date-unread", ERROR, "cppl_cp_plan_end_date",
         2, "30 June 2021"),
        ("P1,A,2021-06-01,9999-12-31,N,NEG", "date-out-of-range", ERROR, "cppl_cp_plan_end_date",
         2, "9999-12-31"),
        ("P1,A,2021-06-01,1900-01-01,N,NEG", "date-out-of-range", ERROR, "cppl_cp_plan_end_date",
         2, "1900-01-01"),
        ("P1,A,2021-06-01,2021-07-06,N,NEG", "date-in-future", WARNING, "cppl_cp_plan_end_date",
         2, "2021-07-06"),
        ("P1,A,2021-06-01,2021-05-31,N,NEG", "end-before-start", ERROR, "cppl_cp_plan_end_date",
         2, "2021-05-31"),
        ("P1,A,2021-06-01,,N,XYZ", "code-unknown", WARNING, "cppl_cp_plan_initial_category",
         2, "XYZ"),
        ("P1,A,2021-06-01,,maybe,NEG", "flag-unknown", WARNING, "cppl_cp_plan_ola", 2, "maybe"),
        ("P1,Z,2021-06-01,,N,NEG", "orphan", WARNING, "cppl_person_id", 2, "Z"),
        ("P1,A,2021-06-01,,N,NEG\nP1,A,2021-06-02,,N,NEG", "duplicate-key", ERROR,
         "cppl_cp_plan_id", 2, "P1"),
    ],
)  # fmt: skip
def test_a_cell_is_named_by_file_row_and_column(
    tmp_path: Path,
    row: str,
    rule: str,
    severity: Severity,
    column: str,
    row_number: int,
    printed: str,
) -> None:
    folder = write_extract(tmp_path, ssd_person=PERSONS, ssd_cp_plans=f"{PLANS}{row}\n")
    with read_folder(folder) as extracts:
        wrong = [one for one in extracts.found if one.severity is not NOTE]
        assert [(one.rule, one.severity, one.column) for one in wrong] == [(rule, severity, column)]
        sample = wrong[0].samples[0]
        assert sample.place == f"ssd_cp_plans.csv, row {row_number}, column {column}"
        assert sample.printed == printed
        assert extracts.counts["ssd_cp_plans"].set_aside == 0  # the row counts all the same


def test_what_cannot_be_is_blank_and_what_is_doubtful_stays(tmp_path: Path) -> None:
    folder = write_extract(
        tmp_path,
        ssd_cp_plans=PLANS
        + "P1,A,2021-06-01,9999-12-31,maybe,xyz\nP2,A,2021-06-01,2021-05-31,yes,neg\n",
    )
    with read_folder(folder) as extracts:
        assert rows_of(
            extracts,
            "ssd_cp_plans",
            "cppl_cp_plan_id",
            "CAST(cppl_cp_plan_end_date AS VARCHAR)",
            "cppl_cp_plan_ola",
            "cppl_cp_plan_initial_category",
        ) == [("P1", None, None, "xyz"), ("P2", "2021-05-31", "Y", "NEG")]


def test_what_may_lie_ahead_is_no_finding(tmp_path: Path) -> None:
    folder = write_extract(
        tmp_path,
        ssd_person="pers_person_id,pers_expected_dob\nA,2021-10-01\n",
        ssd_cp_reviews="cppr_cp_review_id,cppr_person_id,cppr_cp_review_due\nV1,A,2021-12-01\n",
    )
    with read_folder(folder) as extracts:
        assert not found_by(extracts.found, "date-in-future")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("R1,,2021-06-01,", "no child: cine_person_id is blank"),
        ("R1,A,,", "cine_referral_date is blank"),
        ("R1,A,2021-06-31,", "cine_referral_date cannot be a date"),
        ("R1,A,0021-06-01,", "cine_referral_date cannot be a date"),
        ("R0,B,2021-06-02,", "the same as an earlier row in every column"),
        ("R1,A,2021-06-01,,more", "the row has more cells than there are headings"),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside(tmp_path: Path, row: str, reason: str) -> None:
    folder = write_extract(
        tmp_path,
        ssd_person=PERSONS,
        ssd_cin_episodes=f"{REFERRALS}R0,B,2021-06-02,\n{row}\n",
    )
    with read_folder(folder) as extracts:
        assert rows_of(extracts, "ssd_cin_episodes", "cine_referral_id") == [("R0",)]
        counts = extracts.counts["ssd_cin_episodes"]
        assert (counts.read, counts.kept, counts.set_aside) == (2, 1, 1)
        written = b"".join(extracts.set_aside_csv("ssd_cin_episodes")).decode("utf-8-sig")
        head, line = written.splitlines()
        assert head.startswith("file,row,reason,cine_referral_id,cine_person_id")
        assert line.startswith(f"ssd_cin_episodes.csv,3,{reason},R")
        said = [one for one in extracts.found if one.samples and one.severity is not NOTE]
        assert len(said) == 1
        assert (said[0].rows, said[0].samples[0].place) == (
            1,
            "ssd_cin_episodes.csv, row 3"
            + (", column cine_referral_date" if "cannot be" in reason else ""),
        )


def test_text_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, ssd_cin_episodes=f"{REFERRALS}=1+1,,2021-06-01,\n")
    with read_folder(folder) as extracts:
        assert b",'=1+1," in b"".join(extracts.set_aside_csv("ssd_cin_episodes"))


def test_a_row_without_id_is_known_by_its_natural_key(tmp_path: Path) -> None:
    folder = write_extract(
        tmp_path,
        ssd_person=PERSONS,
        ssd_cin_episodes=REFERRALS + ",A,2021-06-01,\n,A,2021-06-02,\n,A,2021-06-01,2021-06-09\n",
        ssd_cp_reviews="cppr_cp_review_id,cppr_person_id,cppr_cp_review_due,cppr_cp_review_date\n"
        ",A,,\n,A,2021-06-01,\n",
        foster_carers="foca_household_id,foca_approved_date\n,2019-01-01\nH1,2019-01-01\n",
    )
    with read_folder(folder) as extracts:
        assert extracts.counts["ssd_cin_episodes"].kept == 3
        (doubled,) = found_by(extracts.found, "duplicate-key")
        assert (doubled.rows, doubled.table) == (2, "ssd_cin_episodes")  # same child, same day
        # a review without any date, and a household without id, cannot be told from others
        assert extracts.counts["ssd_cp_reviews"].set_aside == 1
        assert extracts.counts["foster_carers"].set_aside == 1


def test_many_are_counted_and_five_are_shown(tmp_path: Path) -> None:
    rows = "".join(f"R{number},A,2021-06-01,2021-02-30\n" for number in range(1204))
    folder = write_extract(tmp_path, ssd_person=PERSONS, ssd_cin_episodes=REFERRALS + rows)
    with read_folder(folder) as extracts:
        (one,) = found_by(extracts.found, "date-impossible")
        assert one.rows == 1204
        assert [sample.place for sample in one.samples] == [
            f"ssd_cin_episodes.csv, row {row}, column cine_close_date" for row in range(2, 7)
        ]
        assert one.message.startswith("1,204 rows of ssd_cin_episodes: ")


def test_links_are_not_asked_where_the_other_table_is_missing(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, ssd_cin_episodes=f"{REFERRALS}R1,Z,2021-06-01,\n")
    with read_folder(folder) as extracts:
        assert not found_by(extracts.found, "orphan")


def test_what_is_not_taken_is_said_once(tmp_path: Path) -> None:
    folder = write_extract(
        tmp_path,
        ssd_person="pers_person_id,pers_forename,pers_nhs\nA,Secret,1\nB,Secret,2\n",
        ssd_address="addr_person_id\nA\n",
        notes__txt="to whom it may concern",
    )
    with read_folder(folder) as extracts:
        (columns,) = found_by(extracts.found, "column-extra")
        assert columns.message.endswith("pers_forename, pers_nhs.")
        (tables,) = found_by(extracts.found, "table-extra")
        assert tables.message.endswith("notes.txt, ssd_address.csv.")
        assert "pers_dob" in extracts.absent["ssd_person"]


def test_a_file_of_which_nothing_is_left_says_so(tmp_path: Path) -> None:
    folder = write_extract(
        tmp_path,
        ssd_person=PERSONS,
        ssd_cp_plans=PLANS + "P1,A,1 June,,N,NEG\nP2,,2021-06-01,,N,NEG\n",
        ssd_cin_episodes=REFERRALS,
    )
    with read_folder(folder) as extracts:
        (none,) = found_by(extracts.found, "no-row-usable")
        assert none.severity is ERROR
        assert none.message == (
            "ssd_cp_plans.csv: no row of ssd_cp_plans could be used: 2 set aside."
        )
        (empty,) = found_by(extracts.found, "no-rows")
        assert empty.severity is ERROR
        assert empty.message == (
            "ssd_cin_episodes.csv: the file has headings and no rows: inside its coverage that "
            "counts as 0."
        )
        assert extracts.unusable == ("ssd_cp_plans",)


def test_what_one_of_several_councils_lacks_no_figure_rests_on(tmp_path: Path) -> None:
    one, other = tmp_path / "E06000001", tmp_path / "E06000002"
    write_extract(one, ssd_person=PERSONS, ssd_cin_episodes=f"{REFERRALS}R1,A,2021-06-01,\n")
    write_extract(other, ssd_person="pers_person_id\nA\n", ssd_cp_plans=f"{PLANS}P1,,,,,\n")
    with read_folder(tmp_path) as extracts:
        assert extracts.unusable == ("ssd_cin_episodes", "ssd_cp_plans")
        assert "pers_dob" in extracts.absent["ssd_person"]  # the other council has it
        said = {found.table: found for found in found_by(extracts.found, "table-in-part")}
        assert said["ssd_cin_episodes"].severity is WARNING
        assert "is not there for E06000002:" in said["ssd_cin_episodes"].message


def test_a_heading_that_was_mistyped_is_asked_about() -> None:
    assert mistyped(
        ["cppl_cp_plan_end_date", "cppl_cp_plan_ola"], ["CPPL Plan End Date", "surname"]
    ) == ["is CPPL Plan End Date meant to be cppl_cp_plan_end_date?"]


def test_files_that_cannot_be_used_are_refused_all_at_once(tmp_path: Path) -> None:
    folder = write_extract(
        tmp_path,
        ssd_person="id,dob\nA,2010-05-01\n",
        ssd_cin_episodes="cine_referral_id,cine_person_id\nR1,A\n",
        ssd_cp_plans=PLANS + "P1,A,2021-06-01,,N,NEG\n",
        ssd_missing="",
    )
    with pytest.raises(InputError) as refused, read_folder(folder):
        pass
    text = str(refused.value)
    assert "3 files cannot be used" in text
    assert "ssd_person.csv: the column pers_person_id is missing" in text
    assert "(it has: id, dob)" in text
    assert "ssd_cin_episodes.csv: the column cine_referral_date is missing" in text
    assert "the file is empty" in text


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    folder = write_extract(tmp_path, ssd_person="pers_person_id,PERS_PERSON_ID\nA,B\n")
    with pytest.raises(InputError, match="pers_person_id is there twice"), read_folder(folder):
        pass


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "holds no standard table"),
        ({"ssd_person": PERSONS, "ssd_person__parquet": b"PAR1"}, "lies there twice"),
    ],
)
def test_a_folder_that_is_no_extract_is_refused(
    tmp_path: Path, files: dict[str, str], says: str
) -> None:
    folder = write_extract(tmp_path / "extract", **files)
    with pytest.raises(InputError, match=says), read_folder(folder):
        pass


def test_councils_have_a_folder_each(tmp_path: Path) -> None:
    write_extract(tmp_path / "E06000002", ssd_person=PERSONS)
    write_extract(
        tmp_path / "e06000001", ssd_person=PERSONS, ssd_cin_episodes=REFERRALS + "R1,,2021-06-01,\n"
    )
    (tmp_path / "old").mkdir()
    with read_folder(tmp_path) as extracts:
        assert rows_of(extracts, "ssd_person", "council", "pers_person_id") == [
            (1, "A"), (1, "B"), (2, "A"), (2, "B"),
        ]  # fmt: skip
        (aside,) = found_by(extracts.found, "row-set-aside")
        assert aside.samples[0].place == "E06000001/ssd_cin_episodes.csv, row 2"
        (extra,) = found_by(extracts.found, "table-extra")
        assert extra.message.endswith(": old.")
    write_extract(tmp_path, ssd_person=PERSONS)
    with pytest.raises(InputError, match="folders of councils"), read_folder(tmp_path):
        pass
