"""Every mistake in a council's own definitions at once, by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalogue_files import NEW, WHOLE, Load, loading

from openscorecard.catalogue import load_catalogue
from openscorecard.errors import InputError


@pytest.fixture
def load(tmp_path: Path) -> Load:
    return loading(tmp_path)


def mistakes(load: Load, text: str = "", **files: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load(text, **files)
    first, *lines = caught.value.found.split("\n")
    assert first == ("one mistake" if len(lines) == 1 else f"{len(lines)} mistakes")
    assert "mend the lines" in str(caught.value)
    return [line.strip() for line in lines]


def ours(ref: str, key: str) -> str:
    """Where our own files hold a key (that these places are right, another test shows)."""
    return load_catalogue().origin[ref][key]


def test_all_mistakes_are_reported_at_once_by_file_and_line(load: Load) -> None:
    found = mistakes(
        load,
        """\
[[indicator]]
ref = "M1"
short_nmae = "Contacts"
decimals = 4
people = "no"

[[indicator]]
ref = "M2"
denominator = "M1"
short_name = "Contacts received"
[[indicator.target]]
from = "2021-4"
value = 3
[[indicator]]
ref = "M1"
""",
        another="""\
[[indicator]]
ref = "M3"
numerator = "M22"
section = "front-dor"
[[indicator.target]]
from = "2021-04"
value = 101
[[indicator.target]]
from = "2021-04"
value = 20
[[indicator.target]]
from = "2020-04"
value = true
""",
        third='[[relation]]\nkind = "bands"\nmembers = ["EH3a%", "EH3z%"]\n[settings]\nx = 1\n',
    )
    assert found == [
        "definitions/another.toml, line 3: "
        'numerator of M3 is "M22", which is not in the catalogue; did you mean "M2"?',
        "definitions/another.toml, line 4: "
        'section "front-dor" of M3 does not exist; did you mean "front-door"?',
        "definitions/another.toml, line 7: target of M3 from 2021-04 is over 100%",
        "definitions/another.toml, line 9: "
        "from 2021-04 is written twice (line 6); write the oldest first, each month once",
        "definitions/another.toml, line 13: value is true; it has to be a number, 0 or more",
        'definitions/local.toml, line 3: unknown key "short_nmae"; did you mean "short_name"?',
        "definitions/local.toml, line 4: decimals is 4; it has to be a whole number from 0 to 3",
        'definitions/local.toml, line 5: people is "no"; it has to be true or false',
        "definitions/local.toml, line 9: M2 is a count, and a count has no denominator",
        "definitions/local.toml, line 10: "
        'short_name "Contacts received" of M2 is also that of M1 '
        f"({ours('M1', 'short_name')})",
        "definitions/local.toml, line 12: "
        'from is "2021-4"; it has to be a month in quotes, as in "2021-04"',
        "definitions/local.toml, line 15: "
        'ref "M1" is written twice: also at definitions/local.toml, line 2',
        'definitions/third.toml, line 1: the relation lacks "whole", which "bands" needs',
        "definitions/third.toml, line 3: "
        'members names "EH3z%", which is not in the catalogue; did you mean "EH3e%"?',
        'definitions/third.toml, line 4: unknown "settings"; '
        "a file holds [[section]], [[indicator]], [[group]], [[relation]] and [[example]]",
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[[indicator]]\nref = "M1"\nowner = ""', 3, 'owner is ""; it has to be a role in quotes'),
        ('[[indicator]]\nref = "M1"\norder = 1.5', 3, "order is 1.5; it has to be a whole number"),
        ('[[indicator]]\nref = "M1"\norder = true', 3, "order is true; it has to be"),
        ('[[indicator]]\nref = "M1"\nunit = "%"', 3, 'unit is "%"; it has to be one of "count", '),
        ('[[indicator]]\nref = "M1"\nunit = "percent"', 3, 'M1 is a flow, whose unit is "count"'),
        ('[[indicator]]\nref = "M1"\nid = "Big"', 3, 'id is "Big"; it has to be lower-case words'),
        ('[[indicator]]\nref = "M1"\nid = "other"', 3, 'id of M1 is "contacts-received" for good'),
        ('[[indicator]]\nname = "x"', 1, 'lacks "ref", which says what it is about'),
        ("[[indicator]]\nref = 7", 2, "ref is 7; it has to be a text, as the page prints it"),
        ('[[indicator]]\nref = "M1"\nid = []', 3, "id is an empty list"),
        ('[indicator]\nref = "M1"', 1, "write its header with two brackets"),
        ("indicator = 3", 1, "write its header with two brackets"),
        ('[[indicators]]\nref = "M1"', 1, 'unknown "indicators"; a file holds [[section]], '),
        ('[[indicator]]\nref = "M1"\n[indicator.target]', 3, '"target" has to be a list of tables'),
        ('[[section]]\nid = "new"', 1, 'as one of your own it lacks "title", "order"'),
        ('[[section]]\nid = "partners"\norder = -1', 3, "order is -1; it has to be a whole number"),
        (
            '[[indicator]]\nref = "M1"\n[[indicator.definition]]\nfrom = "2021-04"',
            3,
            'the definition lacks "words"',
        ),
        (
            f'[[indicator]]\nref = "M1"\nshort_name = "{"x" * 46}"',
            3,
            "it has to be a text of at most 45 characters",
        ),
        (
            '[[indicator]]\nref = "M1"\ntarget = [{ from = "2021-04", value = nan }]',
            3,
            "value is NaN; it has to be a number, 0 or more",
        ),
        ('[[relation]]\nkind = "parts"', 1, 'the relation lacks "members"'),
        (
            '[[relation]]\nkind = "complements"\nmembers = ["EH3a%"]',
            3,
            "complements are two, not 1",
        ),
        (
            '[[relation]]\nkind = "complements"\nmembers = ["EH3a%", "EH3b%"]\nwhole = "EH3"',
            4,
            '"complements" takes no "whole"',
        ),
        (
            '[[relation]]\nkind = "parts"\nwhole = "M1"\nmembers = ["M2", "M3"]',
            4,
            'members names "M3", which is not a count',
        ),
        (
            '[[relation]]\nkind = "parts"\nwhole = "M1"\nmembers = ["M2", "M2"]',
            4,
            "members is a list; it has to be a list of refs in quotes, none of them twice",
        ),
        ('[[indicator]]\nref = "M3"\nnumerator = "CP4"', 3, 'is "CP4", which is not a count'),
        ('[[indicator]]\nref = "M2-NI"\ndenominator = "M1"', 3, "denominator is the council's pop"),
    ],
)
def test_one_mistake(load: Load, text: str, line: int, says: str) -> None:
    found = mistakes(load, text)
    assert any(item.startswith(f"definitions/local.toml, line {line}: ") for item in found), found
    assert any(says in item for item in found), found


def test_a_missing_key_and_a_slip_in_a_ref_are_told(load: Load) -> None:
    assert mistakes(load, '[[indicator]]\nref = "CP2b%"\nshort_name = "Transfers"') == [
        "definitions/local.toml, line 1: CP2b% is not in the catalogue, and as one of your own it "
        'lacks "id", "order", "name", "section", "outcome", "kind", "unit", "preferred_direction", '
        '"owner", "reporter", "definition"; did you mean "CP2b %"?',
        "definitions/local.toml, line 2: "
        f'ref "CP2b%" cannot be told from CP2b % ({ours("CP2b %", "ref")})',
    ]


def test_an_id_and_a_short_name_that_are_taken(load: Load) -> None:
    text = WHOLE.replace("children-met", "adoptions").replace("Children met", "adoptions")
    assert mistakes(load, text) == [
        "definitions/local.toml, line 3: "
        f'id "adoptions" of X1 is also that of LAC6 (val) ({ours("LAC6 (val)", "id")})',
        "definitions/local.toml, line 6: "
        'short_name "adoptions" of X1 is also that of LAC6 (val) '
        f"({ours('LAC6 (val)', 'short_name')})",
    ]


def test_the_id_of_a_retired_one_stays_taken(load: Load) -> None:
    text = WHOLE.replace("children-met", "adoptions")
    (found,) = mistakes(load, text, gone='[[indicator]]\nref = "LAC6 (val)"\nretired = true')
    assert 'id "adoptions" of X1 is also that of LAC6 (val)' in found


def test_ones_own_may_not_rest_on_what_is_retired(load: Load) -> None:
    text = """\
[[indicator]]
ref = "CP2"
retired = true
[[indicator]]
ref = "CP4"
denominator = "CP2"
[[relation]]
kind = "parts"
whole = "CP2"
members = ["CP4 (val)", "CP2b"]
"""
    assert mistakes(load, text) == [
        'definitions/local.toml, line 6: denominator of CP4 is "CP2", which is retired',
        'definitions/local.toml, line 9: whole names "CP2", which is retired',
    ]


def test_circles(load: Load) -> None:
    text = """\
[[indicator]]
ref = "M3"
numerator = "M6-QL"
[[indicator]]
ref = "M6-QL"
denominator = "M3"
[[indicator]]
ref = "CP4"
numerator = "CP4"
"""
    found = mistakes(load, text)
    assert "definitions/local.toml, line 3: M3 rests on itself: M3 over M6-QL over M3" in found
    assert "definitions/local.toml, line 9: CP4 rests on itself: CP4 over CP4" in found


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[indicator]]\nref = "M1"\nname = \n', 3),
        ('[[indicator]]\nref = "M1"\nref = "M2"\n', 3),
        ('[[indicator]]\nref = """M1\n\n', 2),
        ("x = " + "[" * 5000, 1),
        ("\x00", 1),
    ],
)
def test_what_is_not_toml(load: Load, text: str, line: int) -> None:
    (found,) = mistakes(load, text)
    assert found.startswith(f"definitions/local.toml, line {line}: not valid TOML: ")
    assert "(at" not in found


def test_a_broken_file_hides_no_mistake_of_another_and_makes_none_up(load: Load) -> None:
    """X1 stands in the broken file: that nothing defines it must not be held against M3."""
    found = mistakes(
        load,
        '[[indicator]]\nref = "M3"\nnumerator = "X1"\ndecimals = "two"',
        broken=NEW + "\noops",
    )
    assert [line.split(": ")[0] for line in found] == [
        "definitions/broken.toml, line 22",
        "definitions/local.toml, line 4",
    ]


def test_what_was_not_checked_because_of_a_broken_file_is_said(load: Load) -> None:
    """The relation to M22 and the section are held against others only when all can be read."""
    local = """\
[[indicator]]
ref = "M3"
numerator = "M22"
section = "front-dor"
"""
    with pytest.raises(InputError) as broken:
        load(local, broken="oops")
    assert broken.value.found.count("\n") == 1
    assert "what one indicator says of another was not checked yet" in broken.value.todo
    with pytest.raises(InputError) as mended:
        load(local, broken="")
    assert mended.value.found.count("\n") == 2
    assert mended.value.todo == "mend the lines named above"


def test_files_that_are_no_text(tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    folder.mkdir()
    (folder / "a.toml").write_bytes(b'[[indicator]]\nref = "M1"\nowner = "\xff\xfe"\n')
    (folder / "b.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(InputError) as caught:
        load_catalogue(folder)
    assert caught.value.found.split("\n  ") == [
        "2 mistakes",
        "definitions/a.toml, line 3: not in UTF-8: save it as UTF-8",
        "definitions/b.toml, line 1: larger than a file of definitions may be (1,000,000 bytes)",
    ]
