"""A release is withdrawn once, with a reason, and stays on record."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from openscorecard.catalogue.load import load_catalogue
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.observation import Observations
from openscorecard.workspace.release_figures import FIGURES, first_released, with_releases
from openscorecard.workspace.releases import RECORD, keep_release, release_folder
from openscorecard.workspace.withdrawal import WITHDRAWN, withdraw, withdrawal_of

MAY, JUNE, JULY = Month(2021, 5), Month(2021, 6), Month(2021, 7)
NOON = dt.datetime(2021, 8, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = release_folder(tmp_path, JUNE, "public", 1)
    folder.mkdir(parents=True)
    (folder / RECORD).write_text("{}")
    return tmp_path


def test_it_is_read_as_it_was_written(root):
    folder = release_folder(root, JUNE, "public", 1)
    assert withdrawal_of(folder) is None
    made = withdraw(root, JUNE, "public", 1, reason=" A name\nstood in it ", at=NOON, account="3")
    assert withdrawal_of(folder) == made
    assert (made.at, made.reason, made.account) == (NOON, "A name stood in it", "3")


def test_it_is_withdrawn_once(root):
    withdraw(root, JUNE, "public", 1, reason="A name stood in it", at=NOON)
    with pytest.raises(InputError, match="withdrawn on 2021-08-02 already"):
        withdraw(root, JUNE, "public", 1, reason="Once more", at=NOON)


def test_without_a_reason_or_a_release_nothing_is_withdrawn(root):
    with pytest.raises(InputError, match="the reason is missing"):
        withdraw(root, JUNE, "public", 1, reason=" ", at=NOON)
    with pytest.raises(InputError, match="never released"):
        withdraw(root, JUNE, "public", 2, reason="A name stood in it", at=NOON)


def test_a_damaged_withdrawal_is_said(root):
    folder = release_folder(root, JUNE, "public", 1)
    (folder / WITHDRAWN).write_text("{}")
    with pytest.raises(InputError, match="does not say any longer"):
        withdrawal_of(folder)


def release(root: Path, version: int, may: int, june: int) -> None:
    """Keeps a release of June which says this of M1."""
    record = {"made_by": "", "month": "2021-06", "audience": "internal", "version": version,
              "on": "2021-07-20", "reason": "", "changed": [], "earlier": []}  # fmt: skip
    lines = [
        json.dumps(["M1", month, "value", 0, str(value), None, None, None])
        for month, value in (("2021-05", may), ("2021-06", june))
    ]
    figures = '{"figures": [\n' + ",\n".join(lines) + "\n]}\n"
    files = {RECORD: json.dumps(record).encode(), FIGURES: figures.encode()}
    keep_release(root, JUNE, "internal", version, files)


def said_in_july(root: Path) -> dict[Month, int]:
    seen, _ = with_releases(Observations(), load_catalogue(), root, JULY)
    return {month: seen.at("M1", month).value for month in (MAY, JUNE) if seen.at("M1", month)}


def test_figures_of_a_withdrawn_release_count_no_more(tmp_path):
    release(tmp_path, 1, may=10, june=20)
    assert said_in_july(tmp_path) == {MAY: 10, JUNE: 20}
    withdraw(tmp_path, JUNE, "internal", 1, reason="The wrong extract", at=NOON)
    assert said_in_july(tmp_path) == {}
    assert first_released(tmp_path, "M1") == {}


def test_the_version_after_it_says_all_of_its_figures(tmp_path):
    """Version 2 repeats May: without version 1 it is version 2 that says it."""
    release(tmp_path, 1, may=10, june=20)
    withdraw(tmp_path, JUNE, "internal", 1, reason="The wrong extract", at=NOON)
    release(tmp_path, 2, may=10, june=21)
    assert said_in_july(tmp_path) == {MAY: 10, JUNE: 21}
    assert first_released(tmp_path, "M1")[MAY].since.release.version == 2


def test_of_three_versions_the_middle_one_is_withdrawn(tmp_path):
    release(tmp_path, 1, may=10, june=20)
    release(tmp_path, 2, may=99, june=20)
    withdraw(tmp_path, JUNE, "internal", 2, reason="A slip", at=NOON)
    release(tmp_path, 3, may=10, june=22)
    assert said_in_july(tmp_path) == {MAY: 10, JUNE: 22}
    assert first_released(tmp_path, "M1")[MAY].since.release.version == 1
