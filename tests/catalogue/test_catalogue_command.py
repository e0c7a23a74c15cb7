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


def table_of(ref: str) -> list[tuple[str, str, str]]:
    text = run("indicators", ref, "--format", "csv")
    return [(row["key"], row["value"], row["from"]) for row in csv.DictReader(io.StringIO(text))]


def test_the_measure_is_shown_in_words_with_its_lines(somewhere: Path) -> None:
    assert somewhere.is_dir()
    lines = table_of("M8-QL")
    at = next(index for index, line in enumerate(lines) if line[0] == "definition from 2020-04")
    assert [(key.strip(), value) for key, value, _ in lines[at + 1 : at + 4]] == [
        ("counts", "What is counted in M2 (Referrals received)."),
        (
            "looks up",
            "decided: the first decision of the front door on the referral, on the day it arrived "
            "or later (from front_door_decisions).",
        ),
        ("met if", "Decided on the day it arrived or on the next working day."),
    ]
    assert all(place.startswith("front-door.toml, line ") for _, _, place in lines[at : at + 4])


def test_stand_ins_and_settings_are_shown(somewhere: Path) -> None:
    assert somewhere.is_dir()
    lines = table_of("LAC11-QL")
    (stand_in,) = [value for key, value, _ in lines if key == "  stand-in"]
    assert stand_in.startswith("Where a load has no plan_authorisations: ")
    (setting,) = [(value, place) for key, value, place in lines if key == "  setting"]
    assert setting[0].startswith("care_leaver_categories: Relevant, Former Relevant, Qualifying. ")
    assert setting[1] == "by default"


def test_a_setting_chosen_is_shown_with_what_it_changes(somewhere: Path) -> None:
    settings = """
[measures]
re_referral_clock = "referral"
[[measures.suspended]]
ref = "M6-QL (val)"
from = "2021-05"
reason = "Another system."
"""
    (somewhere / "openscorecard.toml").write_text(settings, encoding="utf-8")
    lines = table_of("M6-QL (val)")
    (condition,) = [value for key, value, _ in lines if key == "  only if"]
    assert condition == "The child had been referred in the twelve months before."
    (setting,) = [line for line in lines if line[0] == "  setting"]
    assert setting[1].startswith("re_referral_clock: referral. Where the twelve months")
    assert setting[2] == "openscorecard.toml"
    assert ("suspended from 2021-05", "Another system.", "openscorecard.toml") in lines
    record = json.loads(run("indicators", "M6-QL (val)", "--format", "json"))
    (definition,) = record["definitions"]
    assert condition in [part["text"] for part in definition["measure"]]


def test_every_measure_has_words(somewhere: Path) -> None:
    assert somewhere.is_dir()
    everything = json.loads(run("indicators", "--format", "json"))
    for record in everything["indicators"]:
        parts = record["definitions"][0]["measure"]
        made_of_others = record["numerator"] and (record["denominator"] or "per" in record["unit"])
        assert parts or made_of_others or record["kind"] == "supplied", record["ref"]
        assert all(part["text"].endswith(".") for part in parts)


def test_a_mistake_in_the_settings_stops_one_and_not_the_list(somewhere: Path) -> None:
    (somewhere / "openscorecard.toml").write_text("[measures]\nx = 1", encoding="utf-8")
    assert run("indicators").startswith("Front door")
    with pytest.raises(InputError, match='line 2: unknown key "x"'):
        run("indicators", "M1")


def test_a_mistake_in_it_stops_the_command(somewhere: Path) -> None:
    (somewhere / "openscorecard.toml").write_text("", encoding="utf-8")
    own = somewhere / "definitions"
    own.mkdir()
    (own / "ours.toml").write_text('[[indicator]]\nref = "M1"\nx = 1\n', "utf-8")
    with pytest.raises(InputError, match=r"definitions/ours.toml, line 3: unknown key"):
        run("indicators")
