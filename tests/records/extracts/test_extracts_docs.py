"""docs/loading.md says which tables and columns are taken, and what is found in them."""

from __future__ import annotations

import re
from pathlib import Path

from loading_tables import PAGE, in_page, section

import openscorecard.records.extracts as extracts
import openscorecard.workspace.needed as needed


def test_every_table_and_column_is_listed_as_it_is_declared() -> None:
    assert in_page() == section(), "run: python tests/records/extracts/loading_tables.py"


def test_every_rule_of_the_checks_is_explained() -> None:
    (first,) = extracts.__path__
    files = [path for path in Path(first).glob("*.py") if not path.name.startswith("supplied")]
    code = "".join(path.read_text(encoding="utf-8") for path in (*files, Path(needed.__file__)))
    rules = set(re.findall(r'(?:Found|note|Finding|Check)\(\s*"([a-z]+(?:-[a-z]+)+)"', code))
    assert {"date-unread", "no-rows", "column-absent", "table-absent"} <= rules
    page = PAGE.read_text(encoding="utf-8")
    assert [rule for rule in sorted(rules) if f"`{rule}`" not in page] == []
