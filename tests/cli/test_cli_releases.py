"""`scorecard releases`: what was published when, and what a correction changed."""

import pytest
from command_runs import as_csv, as_json, printed

from openscorecard.periods import Month
from openscorecard.publish.verify import sealed
from openscorecard.workspace.folder import make_workspace
from openscorecard.workspace.releases import keep_release

JUNE = Month(2021, 6)
REASON = "A late referral was counted"


@pytest.fixture
def workspace(tmp_path):
    return make_workspace(tmp_path / "anytown", "Anytown Council")


def keep(workspace, audience, version, on, reason="", changed=(), month=JUNE):
    stated = {
        "made_by": "OpenScorecard 1.0",
        "council": "Anytown Council",
        "month": month.iso,
        "audience": audience,
        "version": version,
        "on": on,
        "reason": reason,
        "changed": [dict(zip(("ref", "column", "was", "now"), one, strict=True))
                    for one in changed],
        "earlier": [],
        "outputs": [],
    }  # fmt: skip
    keep_release(workspace.root, month, audience, version, {"release.json": sealed(stated)})


@pytest.fixture
def corrected(workspace):
    """Both pages published, then the internal one corrected."""
    keep(workspace, "internal", 1, "2021-07-23")
    keep(workspace, "public", 1, "2021-07-23")
    cells = (("M2", "2021-06", "355", "356"), ("M2", "commentary", "", "One more."))
    keep(workspace, "internal", 2, "2021-07-30", REASON, cells)
    return workspace


def test_before_anything_was_published_it_says_how_to(workspace):
    said = printed(workspace, "releases")
    assert said.startswith("Nothing has been published yet.\n")
    assert "publish 2021-06 --audience public --to out" in said


def test_each_release_has_a_line_in_the_order_in_which_they_were_made(corrected):
    _, *lines, _, remark = printed(corrected, "releases").splitlines()
    assert [line.split()[:6] for line in lines] == [
        ["Jun-21", "internal", "1", "23", "July", "2021"],
        ["Jun-21", "public", "1", "23", "July", "2021"],
        ["Jun-21", "internal", "2", "30", "July", "2021"],
    ]
    assert REASON in lines[2]
    assert remark == "Jun-21, public version 1: older than internal version 2: publish it again."


def test_a_public_page_made_after_the_correction_bears_no_remark(corrected):
    keep(corrected, "public", 2, "2021-07-30", REASON, [("M2", "2021-06", "355", "356")])
    assert "older than" not in printed(corrected, "releases")


def test_with_a_month_it_shows_what_was_and_what_is(corrected):
    keep(corrected, "public", 1, "2021-06-20", month=Month(2021, 5))
    said = printed(corrected, "releases", "2021-06")
    assert "May-21" not in said
    assert "internal, version 2: 2 cells changed" in said
    assert "  M2  June 2021   355 -> 356" in said
    assert "  M2  Commentary  nothing -> One more." in said


def test_what_the_public_may_not_be_told_any_more_is_not_shown(corrected):
    keep(corrected, "public", 2, "2021-07-30", REASON, [("CP4", "2021-06", "", "[c]")])
    assert "not shown -> [c]" in printed(corrected, "releases", "2021-06")


def test_json_has_all_of_it(corrected):
    first, public, second = as_json(corrected, "releases")
    assert (first["month"], first["audience"], first["version"], first["on"]) == (
        "2021-06", "internal", 1, "2021-07-23",
    )  # fmt: skip
    assert public["remark"] == "older than internal version 2: publish it again"
    assert second["reason"] == REASON
    assert second["changed"][0] == {
        "ref": "M2", "column": "2021-06", "was": "355", "now": "356",
    }  # fmt: skip


def test_csv_has_a_line_a_release_and_with_a_month_a_line_a_cell(corrected):
    assert [one["changed"] for one in as_csv(corrected, "releases")] == ["0", "0", "2"]
    cells = as_csv(corrected, "releases", "2021-06")
    assert [(one["version"], one["ref"], one["was"], one["now"]) for one in cells] == [
        ("2", "M2", "355", "356"),
        ("2", "M2", "", "One more."),
    ]
