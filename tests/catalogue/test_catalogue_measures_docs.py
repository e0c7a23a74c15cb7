"""docs/measures.md keeps its promise: every key, word and setting is in it; its example loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from catalogue_files import one

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.measure_choices import choices
from openscorecard.catalogue.measure_reader import _CONDITION, _LOOKUP, MEASURE_KEYS
from openscorecard.catalogue.measure_settings import SETTINGS
from openscorecard.catalogue.measure_words import shown
from openscorecard.catalogue.sql_text import FUNCTIONS, MONTH_WORDS, PERSON_WORDS, SQL_WORDS
from openscorecard.workspace.measures_table import SUSPENSION_KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
CODE = " ".join(re.findall(r"`([^`\n]+)`", PAGE))


@pytest.mark.parametrize(
    "name", [*MEASURE_KEYS, *_CONDITION, *_LOOKUP, "without", *SUSPENSION_KEYS]
)
def test_every_key_is_named(name: str) -> None:
    assert re.search(rf"\b{name}\b", CODE)


def test_every_word_and_function_has_its_line() -> None:
    for name in (*FUNCTIONS, *MONTH_WORDS, *PERSON_WORDS):
        assert re.search(rf"^\|.*`{name}[`(]", PAGE, flags=re.MULTILINE), name
    for name, takes in FUNCTIONS.items():
        (call,) = re.findall(rf"`{name}\(([^)]*)\)`", PAGE)
        assert len(call.split(",")) == len(takes)
    for word in SQL_WORDS:
        assert re.search(rf"\b{word}\b", CODE), word


def test_every_setting_has_its_line_with_its_default() -> None:
    lines = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE, flags=re.MULTILINE))
    for setting in SETTINGS:
        default = shown(setting.default).replace(" to ", "-")
        assert lines[setting.name].strip() == default
    for setting in SETTINGS:
        for choice in choices(setting):
            assert choice in PAGE


def test_the_example_loads(tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    folder.mkdir()
    (folder / "ours.toml").write_text(EXAMPLE, encoding="utf-8")
    item = one(load_catalogue(folder), "X1")
    measure = item.definitions[0].measure
    assert measure is not None
    assert (measure.of, len(measure.where), measure.lookups[0].name) == ("CP6B", 2, "reviewed")


def test_it_is_one_page() -> None:
    assert PAGE.count("\n") < 200
