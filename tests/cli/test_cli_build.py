"""`scorecard build` and the vintages on `page`: what is printed, and as JSON."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from command_runs import as_json, printed
from small_council import small_council, three_loads, with_settings

from openscorecard.errors import InputError
from openscorecard.workspace.folder import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return three_loads(tmp_path_factory.mktemp("council"))


def row(page: object, ref: str) -> dict[str, object]:
    assert isinstance(page, dict)
    (found,) = [one for one in page["rows"] if one["ref"] == ref]
    return found  # type: ignore[no-any-return]


def test_the_summary(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in ("80", "120"):
        monkeypatch.setenv("COLUMNS", width)
        text = printed(workspace, "build", "2021-06")
        lines = text.splitlines()
        assert lines[0] == "Northshire, June 2021"
        assert "no figure: M8-QL (the load holds no table front_door_decisions)" in text
        assert "no figure: YO2, FM011, FM012 (none was sent)" in text
        assert "setting step_up_end_reasons is empty" in text
        assert "as their month closed" in text
        assert "    2021-06-records-001  15 files of 2021-07-05" in lines
        commands = text.rpartition("\n\n")[2]
        assert all(f" {name} " in commands for name in ("page", "explain", "data"))
        assert max(map(len, text.rpartition("\n\n")[0].splitlines())) <= int(width)


def test_values_with_their_parts_vintage_and_load(workspace: Workspace) -> None:
    """CP8-QL of May: one of two children seen; M1 has no parts; March is before the first load."""
    page = as_json(workspace, "build", "2021-06")
    may = row(page, "CP8-QL")["values"]["2021-05"]  # type: ignore[index]
    assert may == {
        "value": 50,
        "numerator": 1,
        "denominator": 2,
        "status": "value",
        "vintage": "month-close",
        "load": "2021-05-records-001",
        "revised": False,
        "note": "",
    }
    contacts = row(page, "M1")
    assert contacts["values"]["2021-06"]["value"] == 2  # type: ignore[index]
    march = contacts["values"]["2021-03"]  # type: ignore[index]
    assert (march["value"], march["status"]) == (None, "outside-coverage")
    assert contacts["printed"]["2021-03"] == "[x]"  # type: ignore[index]
    assert row(page, "LAC1")["values"]["2021-03"]["vintage"] == "now-known"  # type: ignore[index]
    assert page == as_json(workspace, "page", "2021-06")


def test_months_without_a_figure_are_left_out_of_average_and_maximum(workspace: Workspace) -> None:
    """M1: 2, 2 and 2 in the months from April on; nothing before."""
    contacts = row(as_json(workspace, "build", "2021-06"), "M1")
    assert (contacts["average_12m"], contacts["maximum_12m"]) == (2, 2)
    assert any("from 3 of 12 months" in note for note in contacts["notes"])  # type: ignore[attr-defined]


def test_the_options(workspace: Workspace) -> None:
    known = as_json(workspace, "build", "2021-05", "--as-now-known")
    assert row(known, "M1")["values"]["2021-05"]["value"] == 3  # type: ignore[index]
    pinned = as_json(workspace, "build", "2021-05", "--load", "2021-06-records-001")
    values = row(pinned, "M1")["values"]
    assert [values[month]["value"] for month in ("2021-04", "2021-05")] == [2, 3]  # type: ignore[index]
    assert "page 2021-05" not in printed(workspace, "build", "2021-05", "--as-now-known")
    assert printed(workspace, "build", "2021-05", "--format", "csv").startswith("ref,indicator,")


def test_the_first_page_says_that_it_is(tmp_path: Path) -> None:
    workspace = small_council(tmp_path, "may")
    assert "first page" in printed(workspace, "build", "2021-05")
    assert "first page" in printed(workspace, "page", "2021-05")
    page = as_json(workspace, "page", "2021-05")
    assert ["first page" in note for note in page["notes"]] == [True]
    assert row(page, "M1")["values"]["2021-05"]["vintage"] == "now-known"  # type: ignore[index]


def test_a_suspended_figure(tmp_path: Path) -> None:
    workspace = with_settings(
        three_loads(tmp_path).root,
        '[[measures.suspended]]\nref = "M1"\nfrom = "2021-06"\nreason = "the form changed"\n',
    )
    page = as_json(workspace, "page", "2021-06")
    june = row(page, "M1")["values"]["2021-06"]  # type: ignore[index]
    assert (june["value"], june["note"]) == (None, "suspended: the form changed")
    assert row(page, "M1")["printed"]["2021-06"] == "[x]"  # type: ignore[index]
    assert "no figure: M1 (suspended: the form changed)" in printed(workspace, "build", "2021-06")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("2021-13",), "'2021-13' is not a month"),
        (("June",), "'June' is not a month"),
        (("2021-07",), "no load closes July 2021"),
        (("2021-06", "--load", "x"), "there is no load of case records 'x'"),
        (("2021-06", "--load", "2021-05-records-001"), "before June 2021 had ended"),
    ],
)
def test_what_is_wrong_is_told(workspace: Workspace, words: tuple[str, ...], says: str) -> None:
    with pytest.raises(InputError) as refused:
        printed(workspace, "build", *words)
    assert says in str(refused.value)


def test_a_month_has_to_be_named(workspace: Workspace) -> None:
    with pytest.raises(click.UsageError):
        printed(workspace, "build")
