"""A folder is as it was released, or `verify` says which file was touched and how."""

import json
import os
import shutil
from hashlib import sha256

import pytest
from example_scorecard import example
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.publish.html.site import write_site
from openscorecard.publish.verify import sealed, verify
from openscorecard.publish.workbook import write_workbook


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def seal(folder, **changed):
    """Writes release.json over what stands in the folder, as publishing does."""
    outputs = [
        {
            "file": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": sha256(path.read_bytes()).hexdigest(),
        }
        for path in files_of(folder)
        if path.name != "release.json"
    ]
    content = {"council": "Anytown Council", "month": "2021-06", "audience": "public",
               "version": 1, "on": "2021-07-23", "outputs": outputs}  # fmt: skip
    (folder / "release.json").write_bytes(sealed(content | changed))


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("released")
    card = example(audience="public")
    write_site(card, folder)
    write_workbook(card, folder / "scorecard.xlsx")
    (folder / "figures.csv").write_text("ref,value\nM1,1600\n", encoding="utf-8")
    seal(folder)
    return folder


@pytest.fixture
def copy(released, tmp_path):
    return shutil.copytree(released, tmp_path / "copy")


def said(folder):
    return [(one.rule, one.place) for one in verify(folder)]


def test_what_nobody_touched_is_as_released(released):
    assert verify(released) == ()


def test_a_byte_changed_in_any_file_is_caught_and_the_file_named(copy):
    for path in files_of(copy):
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        (found, *_) = verify(copy)
        assert found.severity is Severity.ERROR
        assert found.place == path.relative_to(copy).as_posix()
        path.write_bytes(whole)
    assert verify(copy) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_change_anywhere_goes_unseen(copy, data):
    """Any byte of any file, turned into any other byte, taken out, or followed by one more."""
    path = data.draw(st.sampled_from(files_of(copy)))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    by = data.draw(st.sampled_from([b"", bytes([whole[at] ^ data.draw(st.integers(1, 255))]),
                                    whole[at : at + 1] + b"\n"]))  # fmt: skip
    path.write_bytes(whole[:at] + by + whole[at + 1 :])
    try:
        assert any(one.place == path.relative_to(copy).as_posix() for one in verify(copy))
    finally:
        path.write_bytes(whole)


def test_it_says_how_a_file_was_touched(copy):
    (copy / "figures.csv").write_text("ref,value\nM1,1601\n", encoding="utf-8")
    (copy / "table.html").write_bytes((copy / "table.html").read_bytes() + b" ")
    (copy / "scorecard.xlsx").unlink()
    (copy / "notes.txt").write_text("mine")
    found = {one.place: one.message for one in verify(copy)}
    assert found["figures.csv"] == (
        "figures.csv was changed: it still has 18 bytes, but not the ones released."
    )
    assert found["table.html"].startswith("table.html was changed: it has ")
    assert found["scorecard.xlsx"] == "scorecard.xlsx is missing; it was released."
    assert found["notes.txt"] == "notes.txt was added: it is not of the release."
    assert len(found) == 4


def test_what_a_file_manager_left_is_told_and_is_no_error(copy):
    (copy / ".DS_Store").write_bytes(b"\0")
    (copy / "kept").mkdir()
    assert {one.place: one.severity for one in verify(copy)} == {
        ".DS_Store": Severity.INFORMATION,
        "kept": Severity.INFORMATION,
    }


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs links")
def test_a_link_is_no_file_of_a_release_even_if_it_leads_to_the_same_bytes(copy, tmp_path):
    (copy / "figures.csv").rename(tmp_path / "figures.csv")
    (copy / "figures.csv").symlink_to(tmp_path / "figures.csv")
    (copy / "indicators").rename(tmp_path / "indicators")
    (copy / "indicators").symlink_to(tmp_path / "indicators")
    assert said(copy) == [("file-odd", "figures.csv"), ("file-odd", "indicators")]


def test_a_folder_where_a_file_should_be(copy):
    (copy / "figures.csv").unlink()
    (copy / "figures.csv").mkdir()
    (first, *_) = verify(copy)
    assert first.message == "figures.csv is a folder now; a file was released."


def test_a_list_that_was_made_to_fit_the_files_breaks_its_seal(copy):
    (copy / "figures.csv").write_text("ref,value\nM1,1601\n", encoding="utf-8")
    stated = json.loads((copy / "release.json").read_text(encoding="utf-8"))
    for one in stated["outputs"]:
        if one["file"] == "figures.csv":
            one["sha256"] = sha256((copy / "figures.csv").read_bytes()).hexdigest()
    text = json.dumps(stated, ensure_ascii=False, indent=2) + "\n"
    (copy / "release.json").write_text(text, encoding="utf-8", newline="\n")
    assert said(copy) == [("release-altered", "release.json")]


def test_where_the_list_itself_was_altered_no_file_is_said_to_be(copy):
    """One sign of a hash in release.json is changed; the file that it is of is as released."""
    stated = json.loads((copy / "release.json").read_text(encoding="utf-8"))
    (one,) = [one for one in stated["outputs"] if one["file"] == "figures.csv"]
    one["sha256"] = ("0" if one["sha256"][0] != "0" else "1") + one["sha256"][1:]
    text = json.dumps(stated, ensure_ascii=False, indent=2) + "\n"
    (copy / "release.json").write_text(text, encoding="utf-8", newline="\n")
    assert [found.message for found in verify(copy)][1:] == [
        "figures.csv differs from the list, which was altered itself: it may be as released."
    ]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b"null", b"[" * 100_000, b'{"seal": "\\ud800"}']
)
def test_a_release_file_that_says_nothing_is_a_finding(copy, content):
    (copy / "release.json").write_bytes(content)
    assert {rule for rule, _ in said(copy)} == {"release-altered"}


@pytest.mark.parametrize("name", ["../outside", "/etc/hosts", "a\\b", "C:x", "", "./a", "a//b", 7])
def test_nothing_outside_the_folder_is_opened(copy, name):
    seal(copy, outputs=[{"file": name, "bytes": 0, "sha256": ""}])
    assert {rule for rule, _ in said(copy)} == {"release-altered"}


def test_where_there_is_no_release_it_says_so(tmp_path):
    with pytest.raises(InputError, match=r"there is no release\.json in it"):
        verify(tmp_path)
    with pytest.raises(InputError, match="there is no such folder"):
        verify(tmp_path / "nowhere")
