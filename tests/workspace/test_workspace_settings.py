"""openscorecard.toml: what it may hold, and that every mistake in it is said at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from openscorecard.catalogue.measure_settings import SETTINGS as SETTINGS_OF_MEASURES
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.records.printed.read import DEFAULT_LIMIT
from openscorecard.workspace.settings import KEYS, Settings, read_settings
from openscorecard.workspace.template import SETTINGS, settings_text


def read(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "openscorecard.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_the_template_is_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, settings_text("")) == Settings()


@pytest.mark.parametrize("name", ["Northshire", 'The "Isle" of \\ Wight', "a\nb\x7fc", "Môn"])
def test_any_name_of_a_council_can_be_written(tmp_path: Path, name: str) -> None:
    text = settings_text(name)
    if name.isprintable():
        assert read(tmp_path, text).council == name
    else:  # control characters come through the file whole, and are refused by their line
        with pytest.raises(InputError, match="line 5"):
            read(tmp_path, text)


def test_the_template_names_every_setting() -> None:
    for key in KEYS:
        assert f"{key.key} = " in SETTINGS
    for setting in SETTINGS_OF_MEASURES:
        assert f"\n# {setting.name} = " in SETTINGS


def test_everything_can_be_set(tmp_path: Path) -> None:
    text = "\n".join(
        line.removeprefix("# ") if " = " in line or "[[" in line else line
        for line in settings_text("N").split("\n")
    )
    settings = read(tmp_path, text)
    assert settings.code == "E06000000"
    assert (settings.region, settings.region_label) == ("South East", "SE region")
    assert (settings.population_edition, settings.population) == ("ONS mid-2020 estimates", 48000)
    assert settings.first_month == Month(2021, 6)
    assert settings.display("Head of Service, Safeguarding") == "Head of Safeguarding and Quality"
    assert settings.display("Another role") == "Another role"
    assert settings.file_limit_bytes == DEFAULT_LIMIT == 25_000_000  # as `read` and `check`
    assert settings.measures.chosen == {one.name: one.default for one in SETTINGS_OF_MEASURES}
    (suspended,) = settings.measures.suspended
    assert suspended.ref == "EH1c"
    assert suspended.holds_in(Month(2021, 6))
    assert not suspended.holds_in(Month(2021, 7))


def test_a_tolerance_may_have_decimals_and_stays_exact(tmp_path: Path) -> None:
    assert read(tmp_path, "[page]\narrow_tolerance = 7.5").arrow_tolerance == Fraction(15, 2)


def test_all_mistakes_are_said_at_once_with_their_lines(tmp_path: Path) -> None:
    text = """\
[council]
nmae = "Northshire"
code = "Northshire"
[page]
months = 40
arrow_tolerance = true
[colours]
red = 1
[people]
"Head of service" = "head@example.org"
[measures]
late_after = 45
"""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert caught.value.found.split("\n") == [
        "7 mistakes",
        '  line 2: unknown key "nmae" in [council]; did you mean "name"?',
        '  line 3: "code" has to be an ONS code such as "E06000000" or a DfE code ("852"), '
        'and is "Northshire"',
        '  line 5: "months" has to be a whole number from 2 to 13, and is 40',
        '  line 6: "arrow_tolerance" has to be above 0, at most 100, and is true',
        '  line 7: unknown "colours"',
        "  line 10: an e-mail address: the workspace keeps roles only",
        '  line 12: unknown key "late_after" in [measures]',
    ]
    assert str(tmp_path) in caught.value.where


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[page\nmonths = 7", "not valid TOML.*line 1"),
        (b"\xff\xfe", "not in UTF-8"),
        (b"page = 3", "has to be a table"),
        (b"people = 3", "has to be a table"),
        (b"#" * 1_000_001, "too large"),
        (b"a=" + b"[" * 100_000, "not valid TOML"),
        (b"[page]\narrow_tolerance = nan", "arrow_tolerance"),
        (b'[page]\nfirst_month = "June"', "first_month"),
        (b"[council]\nneighbours = [1]", "neighbours"),
        (b"[population]\naged_0_to_17 = 0", "aged_0_to_17"),
    ],
)
def test_bad_files_get_one_clear_error(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "openscorecard.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says):
        read_settings(path)


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "openscorecard.toml"
    path.write_bytes(b'\xef\xbb\xbf[council]\r\nname = "Northshire"\r\n')
    assert read_settings(path).council == "Northshire"
