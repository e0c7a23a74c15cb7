"""A council's own definitions laid over ours, and where each key came from."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from catalogue_files import WHOLE, Load, loading, one

from openscorecard.catalogue import (
    Direction,
    Indicator,
    Kind,
    Relation,
    RelationKind,
    Target,
    load_catalogue,
)
from openscorecard.catalogue.load import HERE, OURS
from openscorecard.catalogue.measure import Measure
from openscorecard.catalogue.resolve import refs_of
from openscorecard.errors import InputError
from openscorecard.periods import Month


@pytest.fixture
def load(tmp_path: Path) -> Load:
    return loading(tmp_path)


def test_only_the_keys_given_are_the_councils(load: Load) -> None:
    catalogue = load("""
[[indicator]]
ref = "CP3-QL"
reporter = "Service Manager, Conferences"
[[indicator.target]]
from = "2021-04"
value = 85.5
tolerance = 5
""")
    before, theirs = one(load_catalogue(), "CP3-QL"), one(catalogue, "CP3-QL")
    assert theirs.reporter == "Service Manager, Conferences"
    assert theirs.targets == (Target(Month(2021, 4), Fraction(171, 2), Fraction(5)),)
    assert (theirs.name, theirs.owner, theirs.definitions) == (
        before.name,
        before.owner,
        before.definitions,
    )
    origin = catalogue.origin["CP3-QL"]
    assert origin["reporter"] == "definitions/local.toml, line 4"
    assert origin["target from 2021-04"] == "definitions/local.toml, line 6"
    assert origin["owner"].startswith("child-protection.toml, line ")
    assert origin["people"] == "by default"
    others = [item for item in catalogue if item.ref != "CP3-QL"]
    assert others == [item for item in load_catalogue() if item.ref != "CP3-QL"]


def test_a_target_without_tolerance_has_none(load: Load) -> None:
    catalogue = load('[[indicator]]\nref="M1"\ntarget = [{ from = "2021-04", value = 2000 }]')
    assert one(catalogue, "M1").targets == (Target(Month(2021, 4), Fraction(2000), Fraction(0)),)
    assert catalogue.origin["M1"]["target from 2021-04"] == "definitions/local.toml, line 3"


def test_a_definition_joins_ours_and_one_of_the_same_month_replaces_it(load: Load) -> None:
    catalogue = load("""
[[indicator]]
ref = "M1"
[[indicator.definition]]
from = "2020-04"
words = "What we count."
measure = { of = "ssd_contacts", counts = "rows", in_month = "cont_contact_date" }
[[indicator.definition]]
from = "2021-04"
words = "What we count now."
measure = { of = "ssd_contacts", counts = "children", in_month = "cont_contact_date" }
[[indicator]]
ref = "M2"
[[indicator.definition]]
from = "2021-04"
words = "Referrals, anew."
measure = { of = "ssd_cin_episodes", counts = "children", in_month = "cine_referral_date" }
[[example]]
ref = "M1"
[[example]]
ref = "M2"
""")
    m1, m2 = one(catalogue, "M1"), one(catalogue, "M2")
    assert [(d.since.iso, d.words) for d in m1.definitions] == [
        ("2020-04", "What we count."),
        ("2021-04", "What we count now."),
    ]
    assert [d.since.iso for d in m2.definitions] == ["2020-04", "2021-04"]
    march, april = m2.definition(Month(2021, 3)), m2.definition(Month(2021, 4))
    assert march == one(load_catalogue(), "M2").definitions[0]
    assert april is not None
    assert april.words == "Referrals, anew."


def test_an_indicator_of_ones_own_stands_after_ours_of_its_number(load: Load) -> None:
    catalogue = load(WHOLE)
    assert [item.ref for item in catalogue][:4] == ["M1", "M2", "X1", "M3"]
    assert [item.order for item in catalogue] == list(range(1, 66))
    assert one(catalogue, "X1").kind is Kind.FLOW
    assert one(catalogue, "X1").preferred_direction is Direction.UP


def test_one_of_ours_can_be_moved(load: Load) -> None:
    catalogue = load('[[indicator]]\nref = "M1"\norder = 3')
    assert [item.ref for item in catalogue][:3] == ["M2", "M3", "M1"]


def test_a_section_of_ones_own_and_a_new_title_for_ours(load: Load) -> None:
    catalogue = load(
        '[[section]]\nid = "ours"\ntitle = "Our own"\norder = 7\n'
        '[[section]]\nid = "partners"\ntitle = "Partners"\n',
        more=WHOLE.replace('section = "front-door"', 'section = "ours"'),
    )
    titles = {section.id: section.title for section in catalogue.sections}
    assert titles["partners"] == "Partners"
    assert list(titles)[-1] == "ours"
    assert [item.ref for item in catalogue.of_section("ours")] == ["X1"]
    assert catalogue.origin["section partners"]["title"] == "definitions/local.toml, line 7"
    assert catalogue.origin["section partners"]["order"].startswith("partners.toml, line ")


def test_retired_ones_go_and_what_rested_on_them_goes_with_them(load: Load) -> None:
    catalogue = load("""
[[indicator]]
ref = "CP2"
retired = true
[[indicator]]
ref = "EH3a%"
retired = true
""")
    assert catalogue.get("CP2") is None
    assert "CP2" not in catalogue.origin
    assert one(catalogue, "CP4").denominator is None
    assert one(catalogue, "CP4").numerator == "CP4 (val)"
    assert RelationKind.BANDS not in [relation.kind for relation in catalogue.relations]
    refs = {ref for relation in catalogue.relations for ref in refs_of(relation)}
    assert not refs & {"CP2", "EH3a%"}
    assert RelationKind.FLOWS in [relation.kind for relation in catalogue.relations]
    assert [item.order for item in catalogue] == list(range(1, 63))


def test_what_is_measured_by_way_of_a_retired_one_is_measured_still(load: Load) -> None:
    catalogue = load('[[indicator]]\nref = "CP2"\nretired = true')
    (retired,) = catalogue.retired
    assert (retired.ref, retired.definitions) == ("CP2", one(load_catalogue(), "CP2").definitions)
    share = one(catalogue, "CP4").definitions[0]
    assert share.measure == Measure(sum_of=("CP4 (val)",), denominator="CP2")
    assert one(catalogue, "CP4 (val)").definitions == one(load_catalogue(), "CP4 (val)").definitions
    assert one(load_catalogue(), "CP4").definitions[0].measure is None


def test_a_numerator_can_be_taken_away(load: Load) -> None:
    catalogue = load('[[indicator]]\nref = "LAC11-QL (%)"\nnumerator = ""')
    assert one(catalogue, "LAC11-QL (%)").numerator is None
    assert one(catalogue, "LAC11-QL (%)").definitions[0].measure is not None


def test_a_relation_can_be_added(load: Load) -> None:
    catalogue = load("""
[[relation]]
kind = "parts"
whole = "EH1c"
members = ["EH14b", "EH1b"]
""")
    assert catalogue.relations[-1] == Relation(RelationKind.PARTS, ("EH14b", "EH1b"), "EH1c")
    last = f"relation {len(catalogue.relations)}"
    assert catalogue.origin[last]["members"] == "definitions/local.toml, line 5"


def test_folders_marks_and_line_ends_of_windows_read_alike(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    (folder / "deeper").mkdir(parents=True)
    text = '[[indicator]]\r\nref = "M1"\r\nshort_name = "Contacts"\r\n'
    (folder / "deeper" / "a.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (folder / "README.md").write_text("not a definition")
    catalogue = load_catalogue(folder)
    assert one(catalogue, "M1").short_name == "Contacts"
    assert catalogue.origin["M1"]["short_name"] == "own/deeper/a.toml, line 3"


def test_an_empty_folder_changes_nothing(load: Load) -> None:
    assert load() == load_catalogue()


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        load_catalogue(tmp_path / "nowhere")


# --- Where each key came from


def test_the_line_named_is_the_line_of_the_key() -> None:
    """Opened at the line that the origin names, the file shows the key."""
    catalogue = load_catalogue()
    files = {Path(file).name: (HERE / file).read_text("utf-8").split("\n") for file in OURS}
    seen = 0
    for ref, places in catalogue.origin.items():
        item = catalogue.get(ref)
        for key, place in places.items():
            if place == "by default":
                continue
            file, line = place.split(", line ")
            there = files[file][int(line) - 1]
            if " from " in key:
                assert there == f'from = "{key.split(" from ")[1]}"'
            elif not there.startswith(f"{key} = "):
                name = key.removeprefix("stand-in 1 ").split()[0].replace("stand-in", "stand_in")
                header = there.rstrip("]").endswith(f".{name}")
                assert header or there.startswith(f"{name} = "), (key, there)
            if item is not None and key in ("ref", "id", "name", "short_name", "outcome", "owner"):
                assert there == f'{key} = "{getattr(item, key)}"'
            seen += 1
    assert seen > 64 * 13


def test_every_key_of_every_indicator_has_an_origin() -> None:
    catalogue = load_catalogue()
    fields = set(Indicator.__slots__) - {"definitions", "targets"}
    for item in catalogue:
        assert fields <= set(catalogue.origin[item.ref])
