"""A council's own worked example is counted: a measure that does not give it builds no page."""

from __future__ import annotations

from pathlib import Path

import pytest

from openscorecard.catalogue.load import load_catalogue
from openscorecard.errors import InputError
from openscorecard.workspace.folder import make_workspace
from openscorecard.workspace.own_examples import refuse_broken_examples

OWN = """
[[indicator]]
ref = "X1"
id = "contacts-by-police"
order = 2
name = "Contacts from the police"
short_name = "Contacts from the police"
section = "front-door"
outcome = "The police pass on what they worry about."
kind = "flow"
unit = "count"
preferred_direction = "none"
owner = "Head of Service, Social Work"
reporter = "Service Manager, Assessment"

[[indicator.definition]]
from = "2020-04"
words = "Contacts of the month (M1) that came from the police."

[indicator.definition.measure]
of = "M1"

[[indicator.definition.measure.where]]
words = "it came from the police"
sql = "cont_contact_source_code = '6'"

[[example]]
ref = "X1"
month = "2021-06"
expected = "EXPECTED"
wrong = "Counting every contact"
wrong_gives = "3"
[example.rows]
ssd_contacts = '''
cont_contact_id, cont_person_id, cont_contact_date, cont_contact_source_code
C1, A, 2021-06-01, 6
C2, B, 2021-06-02, 2A
C3, B, 2021-06-30, 6
'''
"""


def council(tmp_path: Path, expected: str):
    workspace = make_workspace(tmp_path / "council", "Anytown")
    (tmp_path / "council" / "definitions" / "own.toml").write_text(
        OWN.replace("EXPECTED", expected), encoding="utf-8"
    )
    return workspace, load_catalogue(workspace.definitions)


def test_an_example_that_holds_is_passed(tmp_path: Path) -> None:
    refuse_broken_examples(*council(tmp_path, "2"))


def test_one_that_does_not_hold_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        refuse_broken_examples(*council(tmp_path, "77"))
    said = str(refused.value)
    assert "own.toml, line 27: the example of X1 gives 2, and was worked to 77" in said


def test_the_wrong_definition_has_to_give_another_figure(tmp_path: Path) -> None:
    workspace, catalogue = council(tmp_path, "2")
    own = tmp_path / "council" / "definitions" / "own.toml"
    own.write_text(own.read_text().replace('wrong_gives = "3"', 'wrong_gives = "2"'))
    with pytest.raises(InputError, match="another figure than the right one"):
        refuse_broken_examples(workspace, catalogue)


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    workspace, catalogue = council(tmp_path, "2")
    own = tmp_path / "council" / "definitions" / "own.toml"
    own.write_text(own.read_text().replace("2021-06-30", "30.06.2021"))
    with pytest.raises(InputError, match="worked examples in the definitions folder"):
        refuse_broken_examples(workspace, catalogue)
