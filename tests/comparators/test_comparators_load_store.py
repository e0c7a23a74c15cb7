"""What is kept: editions beside each other, all or nothing, and nothing that was changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from published_files import council, england, lait, loaded, referrals, table

from openscorecard.comparators.manifest import entries
from openscorecard.comparators.published import Published
from openscorecard.comparators.store import load_files, remove
from openscorecard.errors import InputError
from openscorecard.locks import locked


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_a_file_is_kept_with_its_hash_and_years(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    (one,) = load_files(folder, [referrals(tmp_path / "r.csv")])
    assert names(folder) == ["c1-001.json", "c1-001.zip", "manifest.json"]
    raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"][0]
    assert raw["file"] == "r.csv"
    assert raw["series"]["c1:referral_count"] == "2020-2021"
    assert raw["rows"] == 24  # 8 areas and years, 3 measures
    assert entries(folder) == (one.entry,)


def test_the_same_file_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    path = referrals(tmp_path / "r.csv")
    load_files(folder, [path])
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    path.rename(tmp_path / "again.csv")
    (again,) = load_files(folder, [tmp_path / "again.csv"])
    assert again.already
    assert again.entry.id == "c1-001"
    assert {name: (folder / name).read_bytes() for name in names(folder)} == before


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        load_files(tmp_path / name, [referrals(tmp_path / "r.csv")])
    kept = [(tmp_path / name / "c1-001.zip").read_bytes() for name in ("one", "other")]
    assert kept[0] == kept[1]


def test_of_two_editions_the_newest_is_used_unless_asked(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    newer = table(tmp_path / "a_2021.csv", "n", england(2021, 21), england(2020, 20.5))
    older = table(tmp_path / "a_2020.csv", "n", england(2020, 20), england(2019, 19))
    load_files(folder, [newer], edition="October 2021")
    published = loaded(folder, older, edition="October 2020")  # loaded later, and older
    assert published.editions("a:n") == ("October 2021", "October 2020")
    assert published.years("a:n") == (2019, 2020, 2021)
    values = [(c.value, c.edition) for c in published.trend("a:n", "E92000001")]
    assert values == [
        (19, "October 2020"),  # the newer edition has no 2019
        (20.5, "October 2021"),
        (21, "October 2021"),
    ]
    (asked,) = published.cells("a:n", 2020, "October 2020")
    assert asked.value == 20
    assert published.cells("a:n", 2021, "October 2020") == ()
    assert published.years("a:n", "October 2020") == (2019, 2020)


def test_other_figures_under_the_same_edition_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    path = table(tmp_path / "a.csv", "n", england(2020, 20))
    load_files(folder, [path])
    table(path, "n", england(2020, 21))
    with pytest.raises(InputError, match=r"is loaded already \(a-001\), with other content"):
        load_files(folder, [path])
    load_files(folder, [path], edition="revised in March")
    published = Published(folder)
    assert published.editions("a:n") == ("revised in March", "2020 (a.csv)")
    (cell,) = published.cells("a:n", 2020)
    assert cell.value == 21


def test_one_bad_file_of_several_leaves_all_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    load_files(folder, [referrals(tmp_path / "r.csv")])
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    good = table(tmp_path / "a.csv", "n", england(2020, 20))
    bad = table(tmp_path / "b.csv", "n", england(2020, "?"), england(2019, 1), england(2018, 1))
    with pytest.raises(InputError, match=r"b\.csv"):
        load_files(folder, [good, bad])
    assert {name: (folder / name).read_bytes() for name in names(folder)} == before


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    published = Published(tmp_path / "none")
    assert published.series() == ()
    assert published.councils(2020) == ()
    assert published.council("Kent") is None
    assert published.neighbours("Kent") == ()
    assert published.population("E92000001", 2020) is None
    assert published.cell("c1:referral_count", 2020, "E92000001") is None
    assert published.trend("c1:referral_count", "E92000001") == ()
    assert len(published.regions()) == 11  # nine, and the halves of London


def test_a_full_disk_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openscorecard.comparators import store

    folder = tmp_path / "kept"
    load_files(folder, [referrals(tmp_path / "r.csv")])
    before = names(folder)

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "sync_folder", full)
    with pytest.raises(InputError, match=r"could not be kept \(No space left"):
        load_files(folder, [table(tmp_path / "a.csv", "n", england(2020, 20))])
    assert names(folder) == before
    assert len(entries(folder)) == 1


def test_what_a_killed_command_left_is_swept(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    load_files(folder, [referrals(tmp_path / "r.csv")])
    (folder / ".loading-abc").mkdir()
    (folder / ".loading-abc" / "figures.zip").write_bytes(b"half")
    (folder / "c1-002.zip").write_bytes(b"moved, and named by no manifest")
    (folder / "notes.txt").write_text("somebody's own", encoding="utf-8")
    assert Published(folder).years("c1:referral_count") == (2020, 2021)
    load_files(folder, [table(tmp_path / "a.csv", "n", england(2020, 20))])
    assert names(folder) == [
        "a-001.json", "a-001.zip", "c1-001.json", "c1-001.zip", "manifest.json", "notes.txt",
    ]  # fmt: skip


def test_figures_that_were_changed_are_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    load_files(folder, [referrals(tmp_path / "r.csv")])
    content = (folder / "c1-001.zip").read_bytes()
    (folder / "c1-001.zip").write_bytes(content + b" ")
    with pytest.raises(InputError, match="changed after it was written"):
        Published(folder).cells("c1:referral_count", 2020)
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="manifest"):
        Published(folder)


def test_a_file_can_be_taken_out_again(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    load_files(folder, [referrals(tmp_path / "r.csv"), lait(
        tmp_path / "l.csv", '"A","","2020","England","5",970,"NA"')])  # fmt: skip
    assert remove(folder, "c1-001").file == "r.csv"
    assert names(folder) == ["lait-001.json", "lait-001.zip", "manifest.json"]
    with pytest.raises(InputError, match="no published file 'c1-001'"):
        remove(folder, "c1-001")


def test_one_command_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    path = referrals(tmp_path / "r.csv")
    with locked(folder), pytest.raises(InputError, match="another scorecard command"):
        load_files(folder, [path])


def test_population_is_by_the_middle_of_the_year_and_by_edition(tmp_path: Path) -> None:
    def population(path: Path, kent: int) -> Path:
        lines = [
            council(2019, "886", "E10000016", "Kent", kent, category="Children aged 0 to 17 years")
        ]
        path = table(path, "population_estimate", *lines)
        text = path.read_text(encoding="utf-8").replace("category", "age_group")
        path.write_text(text, encoding="utf-8")
        return path

    folder = tmp_path / "kept"
    load_files(folder, [population(tmp_path / "p1.csv", 345_000)], edition="before the census")
    load_files(folder, [population(tmp_path / "p2.csv", 340_000)], edition="rebased")
    published = Published(folder)
    assert published.population_editions() == ("rebased", "before the census")
    newest = published.population("E10000016", 2019)
    assert newest is not None
    assert (newest.value, newest.edition) == (340_000, "rebased")
    older = published.population("E10000016", 2019, "before the census")
    assert older is not None
    assert older.value == 345_000
    # The middle of 2019 says nothing of who was a council in the year to March 2019.
    assert published.councils(2019) == ()
    found = published.council("Kent")
    assert found is not None
    assert found.code == "E10000016"
