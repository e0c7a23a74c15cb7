"""Every rule has its section in docs/checks.md, and every section its rule."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import openscorecard.scorecard.checks as checks
from openscorecard.comparators.of_its_kind import DIFFERS_RULE, NOT_TRACED_RULE
from openscorecard.comparators.wrong_sums import (
    AREA_RULE,
    KIND_RULE,
    OTHERWISE_RULE,
    YEAR_RULE,
)
from openscorecard.workspace.page_findings import REF_RULE, UNIT_RULE

FOLDER = Path(checks.__file__).parent
DOCS = Path(__file__).resolve().parents[2] / "docs/checks.md"
RULE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def rules_in_code() -> set[str]:
    """The rule names that the modules state as constants."""
    found = {UNIT_RULE, REF_RULE}  # of the workspace
    found |= {KIND_RULE, OTHERWISE_RULE, AREA_RULE, YEAR_RULE, NOT_TRACED_RULE, DIFFERS_RULE}
    for module in FOLDER.glob("*.py"):
        for statement in ast.parse(module.read_text()).body:
            if isinstance(statement, ast.Assign):
                strings = [
                    node.value
                    for node in ast.walk(statement.value)
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                ]
                found |= {text for text in strings if RULE.fullmatch(text)}
    return found


def sections() -> dict[str, str]:
    """Each rule's heading in the docs, and the text under it."""
    parts = re.split(r"^### `([a-z0-9-]+)`$", DOCS.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_rule_has_its_section_and_every_section_its_rule() -> None:
    assert set(sections()) == rules_in_code()


@pytest.mark.parametrize("rule", sorted(rules_in_code()))
def test_each_section_says_how_severe_the_rule_is(rule: str) -> None:
    assert re.search(r"\*\*(?:Error|Warning|Information)", sections()[rule])


def test_no_rule_names_an_indicator_of_the_real_page() -> None:
    refs = re.compile(r"\b(?:NI147|LAC\d+|EH\d+[a-e]?|CP\d+|CIN5|LSCB17a|YO2|FM01[12]|M[1-8]-QL)\b")
    for module in FOLDER.glob("*.py"):
        if module.name == "names.py":
            continue  # it explains how refs are written, by example
        assert refs.search(module.read_text()) is None, module.name
