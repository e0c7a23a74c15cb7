"""docs/catalogue.md keeps its promise: every key is in it, and its examples load."""

from __future__ import annotations

import re
from pathlib import Path

from openscorecard.catalogue import Kind, RelationKind, load_catalogue
from openscorecard.catalogue.keys import DATED, TABLES
from openscorecard.catalogue.load import OURS
from openscorecard.units import Unit

PAGE = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)


def test_every_key_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", PAGE))
    written = set(re.findall(r"^(\w+) = ", "\n".join(EXAMPLES), flags=re.MULTILINE))
    for name, keys in TABLES.items():
        for key in keys:
            assert key.name in described | (written if name in ("section", "relation") else set())
    for name, keys in DATED.items():
        assert name in described
        assert {key.name for key in keys} <= described


def test_every_key_of_an_indicator_has_its_line_in_the_table() -> None:
    lines = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)
    indicator = [key.name for key in TABLES["indicator"]]
    assert lines[: len(indicator) + len(DATED)] == [*indicator, *DATED]


def test_every_choice_is_named() -> None:
    for option in (*Kind, *Unit, *RelationKind):
        assert f"`{option}`" in PAGE


def test_the_example_of_a_council_loads(tmp_path: Path) -> None:
    (tmp_path / "local.toml").write_text(EXAMPLES[-1], encoding="utf-8")
    item = load_catalogue(tmp_path).get("CP3-QL")
    assert item is not None
    assert item.reporter == "Service Manager, Conferences"


def test_the_other_examples_load(tmp_path: Path) -> None:
    (tmp_path / "local.toml").write_text("\n".join(EXAMPLES[:-1]), encoding="utf-8")
    item = load_catalogue(tmp_path).get("CP3-QL")
    assert item is not None
    assert len(item.targets) == 1


def test_it_is_short() -> None:
    assert PAGE.count("\n") < 125
    assert all(file.endswith(".toml") for file in OURS)
