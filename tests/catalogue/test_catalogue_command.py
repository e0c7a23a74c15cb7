"""`scorecard indicators`, as a person calls it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from openscorecard.catalogue import load_catalogue
from openscorecard.cli.main import cli
from openscorecard.errors import InputError


@pytest.fixture
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_list_shows_each_by_section_under_its_roles(somewhere: Path) -> None:
    assert somewhere.is_dir()
    lines = run("indicators").splitlines()
    assert lines[0] == "Front door"
    assert lines[1] == "  Head of Service, Social Work · Service Manager, Assessment"
    assert lines[2].split() == ["M1", "Contacts", "received", "count", "–", "monthly"]
    assert "64 indicators. ↑ more is better, ↓ less is better, – neither." in lines
    assert max(len(line) for line in lines) <= 120


def test_one_indicator_shows_where_each_line_came_from(somewhere: Path) -> None:
    assert somewhere.is_dir()
    text = run("indicators", "NI147")
    assert text.startswith("NI147  Percentage of Care Leavers in contact and in suitable")
    assert "care-leavers-in-suitable-accommodation" in text
    assert "looked-after.toml, line " in text
    assert "by default" in text


def test_a_relation_is_shown_with_each_that_it_joins(somewhere: Path) -> None:
    assert somewhere.is_dir()
    for ref in ("LAC1", "LAC2", "LAC3"):
        assert "LAC1 = LAC1 a month before + LAC2 − LAC3" in run("indicators", ref)


def test_every_relation_is_shown_in_words(somewhere: Path) -> None:
    assert somewhere.is_dir()
    for relation in load_catalogue().relations:
        assert f"relation: {relation.kind}" in run("indicators", relation.members[0])


def test_an_id_or_a_ref_in_small_letters_will_do(somewhere: Path) -> None:
    assert somewhere.is_dir()
    assert run("indicators", "adoptions") == run("indicators", "lac6 (VAL)")


def test_an_unknown_ref_suggests_those_like_it(somewhere: Path) -> None:
    assert somewhere.is_dir()
    with pytest.raises(InputError, match='there is no indicator "CP3QL"') as caught:
        run("indicators", "CP3QL")
    assert '"CP3-QL"' in str(caught.value)


def test_json(somewhere: Path) -> None:
    assert somewhere.is_dir()
    everything = json.loads(run("indicators", "--format", "json"))
    assert len(everything["indicators"]) == 64
    one = json.loads(run("indicators", "M3", "--format", "json"))
    assert one == everything["indicators"][2]
    assert (one["numerator"], one["denominator"], one["unit"]) == ("M2", "M1", "percent")
    assert one["origin"]["numerator"].startswith("front-door.toml, line ")


def test_csv(somewhere: Path) -> None:
    assert somewhere.is_dir()
    rows = list(csv.DictReader(io.StringIO(run("indicators", "--format", "csv"))))
    assert [row["ref"] for row in rows][:3] == ["M1", "M2", "M3"]
    assert rows[54]["people"] == "false"  # LAC16
    lines = list(csv.DictReader(io.StringIO(run("indicators", "M3", "--format", "csv"))))
    assert lines[0]["value"] == "M3"
    assert lines[0]["from"].startswith("front-door.toml, line ")


def test_a_workspace_lays_its_own_over_ours(somewhere: Path) -> None:
    (somewhere / "openscorecard.toml").write_text("", encoding="utf-8")
    own = somewhere / "definitions"
    own.mkdir()
    (own / "ours.toml").write_text('[[indicator]]\nref = "M1"\nshort_name = "Calls"\n', "utf-8")
    listed = run("indicators").splitlines()
    assert listed[2].split() == ["M1", "Calls", "count", "–", "monthly", "own:", "short_name"]
    assert "definitions/ours.toml, line 3" in run("indicators", "M1")


def test_a_mistake_in_it_stops_the_command(somewhere: Path) -> None:
    (somewhere / "openscorecard.toml").write_text("", encoding="utf-8")
    own = somewhere / "definitions"
    own.mkdir()
    (own / "ours.toml").write_text('[[indicator]]\nref = "M1"\nx = 1\n', "utf-8")
    with pytest.raises(InputError, match=r"definitions/ours.toml, line 3: unknown key"):
        run("indicators")
