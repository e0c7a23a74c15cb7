"""`scorecard read FILE`: the three forms of its output and its exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from records_pages import HEADER, ROWS, SEED, as_tabs, needs_seed

from openscorecard.cli.main import cli
from openscorecard.errors import InputError

PAGE = as_tabs([HEADER, *ROWS])
CELL = {"raw", "number", "status"}


def run(folder: Path, content: str, *options: str) -> tuple[int, str]:
    path = folder / "page.txt"
    path.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(cli, ["read", str(path), *options], catch_exceptions=False)
    return result.exit_code, result.output


def test_json_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    code, output = run(tmp_path, PAGE, "--format", "json")
    page = json.loads(output)
    assert code == 0
    assert set(page) == {"file", "tables", "months", "comparators", "rows", "findings"}
    assert (page["file"], page["tables"]) == ("page.txt", 1)
    assert page["months"] == ["2021-04", "2021-05", "2021-06"]
    row = page["rows"][1]
    assert set(row) == {
        "ref", "name", "owner", "reporter", "outcome", "commentary", "unit", "preferred_direction",
        "table", "line", "values", "change_month", "change_year", "average_12m", "maximum_12m",
        "sn", "eng", "region",
    }  # fmt: skip
    assert row["values"]["2021-06"] == {"raw": "85.7%", "number": 85.7, "status": "value"}
    assert row["change_month"] == {
        "raw": "➔ -3%", "number": -3, "status": "value", "arrow": "level"
    }  # fmt: skip
    assert row["change_year"] == {
        "raw": "- n/a", "number": None, "status": "not-available", "arrow": None
    }  # fmt: skip
    assert set(row["average_12m"]) == CELL
    assert (row["unit"], row["preferred_direction"], row["line"]) == ("percent", "up", 3)


def test_a_column_that_the_page_lacks_is_null(tmp_path: Path) -> None:
    _, output = run(tmp_path, "Ref\tJun-21\nZ1\t5\n", "--format", "json")
    row = json.loads(output)["rows"][0]
    assert row["change_month"] is row["sn"] is row["preferred_direction"] is None
    assert row["name"] == ""


def test_csv_has_the_cells_as_printed(tmp_path: Path) -> None:
    _, output = run(tmp_path, PAGE, "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(output)))
    assert [line["ref"] for line in lines] == ["Z1", "Z2", "Z3"]
    assert lines[0]["2021-04"] == "1,204"
    assert lines[0]["change_month"] == "↑ 20%"


def test_the_table_for_people(tmp_path: Path) -> None:
    code, output = run(tmp_path, "A title\n" + PAGE)
    assert code == 0
    assert "3 indicators in 1 table" in output
    assert "Apr-21 to Jun-21" in output
    assert "1,176" in output
    assert "A title" in output  # what was not read


def test_an_error_among_the_findings_is_exit_code_1(tmp_path: Path) -> None:
    code, output = run(tmp_path, "Ref\tIndicator\tMay-21\tJun-21\nZ1\tX\t5\t6\n\tY\t7\t8\n")
    assert code == 1
    assert "no reference" in output


def test_a_limit_on_the_size(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than the 100 allowed"):
        run(tmp_path, PAGE, "--limit-mb", "0.0001")


@needs_seed
def test_the_document_as_json() -> None:
    result = CliRunner().invoke(
        cli, ["read", str(SEED), "--format", "json"], catch_exceptions=False
    )
    page = json.loads(result.output)
    assert result.exit_code == 0
    assert (page["tables"], len(page["rows"])) == (7, 64)
