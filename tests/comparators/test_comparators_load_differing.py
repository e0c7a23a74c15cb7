"""The same table under another name: what differs, which counts, and how to undo it."""

from __future__ import annotations

from pathlib import Path

from published_files import council, england, referrals, table

from openscorecard.comparators.manifest import entries
from openscorecard.comparators.published import Published
from openscorecard.comparators.store import load_files

KENT = ("886", "E10000016", "Kent")


def test_the_same_figures_in_other_bytes_are_not_kept_again(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    first = referrals(tmp_path / "r.csv")
    load_files(folder, [first])
    again = tmp_path / "saved again.csv"
    again.write_bytes(first.read_bytes().replace(b"\n", b"\r\n"))
    (one,) = load_files(folder, [again])
    assert one.already
    assert (one.entry.id, one.given) == ("c1-001", "saved again.csv")
    assert [entry.id for entry in entries(folder)] == ["c1-001"]
    assert not list(folder.glob("c1-002*"))


def test_a_changed_copy_says_in_which_cell_and_counts(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    first = referrals(tmp_path / "r.csv")
    load_files(folder, [first])
    copy = tmp_path / "copy.csv"
    copy.write_text(first.read_text(encoding="utf-8").replace("22000,", "22001,"), encoding="utf-8")
    (one,) = load_files(folder, [copy])
    (differs,) = one.differs
    assert (differs.older.id, differs.cells, differs.lacking) == ("c1-001", 1, 0)
    assert differs.told == ("referral_count, Kent, 2020: 22,000 there, 22,001 here",)
    assert differs.counts
    cell = Published(folder).cell("c1:referral_count", 2020, "E10000016")
    assert cell is not None
    assert cell.value == 22_001


def test_five_cells_are_told_and_the_missing_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    years = range(2014, 2021)
    old = [england(year, year) for year in years] + [council(2020, *KENT, 5)]
    new = [england(year, f"{year}.50") for year in years]
    load_files(folder, [table(tmp_path / "a.csv", "n", *old)], edition="first")
    (one,) = load_files(folder, [table(tmp_path / "a_2020.csv", "n", *new)], edition="second")
    (differs,) = one.differs
    assert (differs.cells, len(differs.told), differs.lacking) == (7, 5, 1)
    assert differs.told[0] == "n, England, 2014: 2,014 there, 2,014.5 here"


def test_an_older_edition_does_not_count(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    newer = table(tmp_path / "a_2021.csv", "n", england(2021, 21), england(2020, "c"))
    older = table(tmp_path / "a_2020.csv", "n", england(2020, 20))
    load_files(folder, [newer])
    (one,) = load_files(folder, [older])
    (differs,) = one.differs
    assert not differs.counts
    assert differs.told == ("n, England, 2020: withheld there, 20 here",)


def test_a_year_is_compared_with_the_file_that_was_used_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    load_files(folder, [table(tmp_path / "a.csv", "n", england(2020, 1))], edition="first")
    load_files(folder, [table(tmp_path / "a_2020.csv", "n", england(2020, 2))], edition="second")
    (one,) = load_files(folder, [table(tmp_path / "a_2021.csv", "n", england(2020, 2))],
                        edition="third") or ()  # fmt: skip
    assert one.already  # the figures of the second
    (one,) = load_files(folder, [table(tmp_path / "a_2021.csv", "n", england(2020, 3))])
    assert [differs.older.id for differs in one.differs] == ["a-002"]


def test_two_files_of_one_command_are_compared_too(tmp_path: Path) -> None:
    first = referrals(tmp_path / "r.csv")
    copy = tmp_path / "copy.csv"
    copy.write_text(first.read_text(encoding="utf-8").replace("22000,", "22001,"), encoding="utf-8")
    _, two = load_files(tmp_path / "kept", [first, copy])
    assert two.differs[0].cells == 1


def test_councils_by_name_alone_are_the_same_ones(tmp_path: Path) -> None:
    """A table copied by hand has no codes."""
    folder = tmp_path / "kept"
    load_files(folder, [table(tmp_path / "a.csv", "n", council(2020, *KENT, 5))], edition="first")
    by_hand = tmp_path / "a_2020.csv"
    by_hand.write_text(
        "time_period,geographic_level,area,n\n2020,Local authority,Kent,6\n", encoding="utf-8"
    )
    (one,) = load_files(folder, [by_hand], edition="by hand")
    assert one.differs[0].told == ("n, Kent, 2020: 5 there, 6 here",)
