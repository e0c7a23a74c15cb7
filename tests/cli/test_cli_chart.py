"""`scorecard chart`: a control chart of anybody's series."""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import click
import pytest
from command_runs import printed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openscorecard.errors import InputError

sys.path.insert(0, str(Path(__file__).parents[1] / "statistics"))
import statistics_vectors as vectors

needs_vectors = pytest.mark.skipif(not vectors.VECTORS.is_dir(), reason=vectors.REASON)
VERDICTS = {
    "common_cause": "none",
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
}


def write(folder: Path, lines: list[list[object]], name: str = "series.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def months(values, header=("month", "value")) -> list[list[object]]:
    """A line a month from January 2020; a value may be a pair of events and denominator."""
    lines: list[list[object]] = [list(header)]
    for at, value in enumerate(values):
        cells = value if isinstance(value, tuple) else (value,)
        lines.append([f"{2020 + at // 12}-{at % 12 + 1:02d}", *cells])
    return lines


def chart(path: Path, *words: str, date: str = "month", value: str = "value") -> dict:
    told = printed(
        None, "chart", str(path), "--date", date, "--value", value, "--format", "json", *words
    )
    return json.loads(told)


def fault(path: Path, *words: str) -> str:
    with pytest.raises(InputError) as raised:
        chart(path, *words)
    return str(raised.value)


XMR = ("--kind", "xmr")
STEADY = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11]


@needs_vectors
@pytest.mark.parametrize("name", sorted(vectors.CHARTS))
def test_the_command_gives_the_limits_and_labels_of_the_package(tmp_path, name):
    screen, better = vectors.CHARTS[name]
    expected = vectors.rows(vectors.NHSR / name)
    path = write(tmp_path, [["period", "value"], *([row["x"], row["y"]] for row in expected)])
    rebase = [row["x"] for row, before in zip(expected[1:], expected, strict=False)
              if row["rebase_group"] != before["rebase_group"]]  # fmt: skip

    found = chart(
        path,
        *XMR,
        "--direction",
        "up" if better > 0 else "down",
        "--screen" if screen else "--no-screen",
        *(word for date in rebase for word in ("--rebase", date)),
        date="period",
    )

    assert found["kind"] == "xmr"
    assert len(found["points"]) == len(expected)
    for point, row in zip(found["points"], expected, strict=True):
        assert point["date"] == row["x"]
        for ours, theirs in (("mean", "mean_col"), ("lower", "lpl"), ("upper", "upl")):
            assert point[ours] == pytest.approx(float(row[theirs]), abs=1e-6)
        assert point["verdict"] == VERDICTS[row["point_type"]]
        rule, side = vectors.CAUSES[row["special_cause_type"]]
        names = [None, "outside", "trend", "two-of-three", "shift"]
        assert (point["rule"], point["side"]) == (
            names[rule],
            {0: None, 1: "above", -1: "below"}[side],
        )


def test_the_json_is_what_the_design_says(tmp_path):
    path = write(tmp_path, months([*STEADY, 40]))

    found = chart(path, *XMR, "--direction", "down", "--target", "30")

    assert set(found) >= {"kind", "rules", "baseline", "points", "reason", "assurance"}
    assert found["rules"] == {"shift": 7, "trend": 7, "two_of_three": True, "screen": False}
    assert found["baseline"] is None
    latest = found["points"][-1]
    assert set(latest) == {"date", "value", "mean", "lower", "upper", "rule", "side", "verdict"}
    assert (latest["date"], latest["value"]) == ("2021-01", 40)
    assert (latest["rule"], latest["side"], latest["verdict"]) == ("outside", "above", "concern")
    assert found["reason"] is None


def test_without_a_better_direction_a_special_cause_is_neutral(tmp_path):
    path = write(tmp_path, months([*STEADY, 40]))

    assert chart(path, *XMR)["points"][-1]["verdict"] == "neutral"
    assert chart(path, *XMR, "--direction", "up")["points"][-1]["verdict"] == "improvement"


def test_a_target_within_the_limits_is_hit_or_missed(tmp_path):
    # mean 10.5, moving ranges 2, 3, 2, 1, ...: limits about 5.2 to 15.8
    path = write(tmp_path, months(STEADY))

    def said(target, direction):
        return chart(path, *XMR, "--target", target, "--direction", direction)["assurance"]

    assert said("12", "up") == "hit-or-miss"
    assert (said("20", "up"), said("20", "down")) == ("misses", "meets")
    assert said("20", "none") is None


def test_a_proportion_is_printed_in_points(tmp_path):
    pairs = [(8, 10), (15, 20), (9, 10), (12, 20), (7, 10), (16, 20), (8, 10), (15, 20)]
    path = write(tmp_path, months(pairs, ("month", "value", "due")))

    found = chart(path, "--kind", "p", "--denominator", "due")

    assert found["unit"] == "percent"
    assert found["points"][0]["value"] == 80
    # 90 of 120: 75%; of 10: sd sqrt(.75 x .25 / 10) = 13.69 points
    assert found["points"][0]["mean"] == pytest.approx(75)
    assert found["points"][0]["lower"] == pytest.approx(75 - 3 * 13.693064, abs=1e-5)
    assert found["points"][0]["upper"] == 100
    assert found["reason"].startswith("Trial limits")


def test_a_rate_is_printed_for_so_many(tmp_path):
    path = write(tmp_path, months([(5, 1000), (7, 1000)] * 6, ("month", "value", "children")))

    found = chart(path, "--kind", "u", "--denominator", "children", "--per", "10000")

    # 72 of 12,000 is 60 per 10,000; sd sqrt(.006 / 1000) = 24.494897 per 10,000
    assert found["unit"] == "per 10,000"
    assert found["points"][1]["value"] == 70
    assert found["points"][0]["mean"] == pytest.approx(60)
    assert found["points"][0]["upper"] == pytest.approx(60 + 3 * 24.494897, abs=1e-5)
    assert found["points"][0]["lower"] == 0


def test_lines_are_sorted_by_date_whatever_form_it_has(tmp_path):
    lines = [["when", "n"], ["Mar-21", 3], ["2021-01", 1], ["01/02/2021", 2], ["1 April 2021", 4]]

    found = chart(write(tmp_path, lines), *XMR, date="when", value="n")

    dates = [(point["date"], point["value"]) for point in found["points"]]
    assert dates == [("2021-01-01", 1), ("2021-02-01", 2), ("2021-03-01", 3), ("2021-04-01", 4)]


def test_an_empty_value_is_a_gap_and_breaks_a_run(tmp_path):
    values = [12, 9.5, 12, 9.5, "", 12, 9.5, 12, 8.5, 6, 8.5, 6, 8.5, 6, 8.5]
    found = chart(write(tmp_path, months(values)), *XMR)
    gap = found["points"][4]

    assert (gap["value"], gap["rule"], gap["verdict"]) == (None, None, "not-judged")
    assert [point["rule"] for point in found["points"][:8]] == [None] * 8
    assert {point["rule"] for point in found["points"][8:]} == {"shift"}


def test_a_denominator_of_zero_is_a_gap(tmp_path):
    pairs = [(1, 2), (0, 0), (2, 4), (3, 5)] * 3
    path = write(tmp_path, months(pairs, ("month", "value", "due")))

    found = chart(path, "--kind", "pprime", "--denominator", "due")

    assert found["points"][1]["value"] is None
    assert found["points"][1]["upper"] is None
    assert found["points"][1]["verdict"] == "not-judged"


def test_limits_on_fewer_than_seven_points_judge_nothing_but_say_the_rule(tmp_path):
    found = chart(write(tmp_path, months([1, 1, 2, 1, 1, 50])), *XMR)
    assert {point["verdict"] for point in found["points"]} == {"not-judged"}
    assert "6 points, fewer than 7" in found["reason"]

    found = chart(
        write(tmp_path, months([10, 11, 10, 11, 30, 10, 11, 10])), *XMR, "--baseline", "4"
    )
    assert found["points"][4]["rule"] == "outside"
    assert found["points"][4]["verdict"] == "not-judged"
    assert found["baseline"] == 4


def test_limits_on_fewer_than_twelve_points_are_on_trial(tmp_path):
    found = chart(write(tmp_path, months(STEADY[:8])), *XMR)

    assert "trial limits" in found["reason"].lower()
    assert found["points"][0]["verdict"] == "none"


def test_a_flat_series_is_not_judged(tmp_path):
    found = chart(write(tmp_path, months([5] * 14)), *XMR, "--direction", "up", "--target", "3")

    assert {point["verdict"] for point in found["points"]} == {"not-judged"}
    assert {point["rule"] for point in found["points"]} == {None}
    assert "zero" in found["reason"]
    assert found["assurance"] is None


def test_a_baseline_without_movement_is_flat_too(tmp_path):
    found = chart(write(tmp_path, months([5] * 12 + [9, 1])), *XMR, "--baseline", "12")

    assert {(point["verdict"], point["rule"]) for point in found["points"]} == {
        ("not-judged", None)
    }


def test_small_counts_get_no_improvement_or_concern(tmp_path):
    found = chart(
        write(tmp_path, months([1, 2, 1, 0, 2, 1, 1, 2, 0, 1, 2, 1, 15])),
        "--kind",
        "c",
        "--direction",
        "down",
    )

    assert found["points"][-1]["rule"] == "outside"
    assert found["points"][-1]["verdict"] == "neutral"
    assert "little power" in found["reason"]


def test_limits_start_anew_where_a_person_says_so(tmp_path):
    path = write(tmp_path, months(STEADY + [value + 100 for value in STEADY]))

    found = chart(path, *XMR, "--rebase", "2021-01")
    assert found["rebase"] == ["2021-01-01"]
    assert found["points"][11]["mean"] == 10.5
    assert found["points"][12]["mean"] == 110.5

    # several dates, each after its option or all after one
    each = chart(path, *XMR, "--rebase", "Jan-21", "--rebase", "2020-07")
    assert each == chart(path, "--kind", "xmr", "--rebase", "2020-07", "2021-01")
    assert [round(each["points"][at]["mean"], 3) for at in (0, 6, 12)] == [10.667, 10.333, 110.5]


def test_a_short_group_is_not_judged_and_the_rest_is(tmp_path):
    found = chart(write(tmp_path, months([*STEADY, 50, 51, 52])), *XMR, "--rebase", "2021-01")

    assert [point["verdict"] for point in found["points"]] == ["none"] * 12 + ["not-judged"] * 3
    assert found["reason"] == "From 2021-01: the limits rest on 3 points, fewer than 7; not judged."


def test_run_lengths_are_options(tmp_path):
    values = [10, 2, 10, 2, 10, 2, 10, 2, 7, 7.5, 7, 7.5, 7]
    path = write(tmp_path, months(values))

    assert chart(path, *XMR)["points"][-1]["rule"] is None
    found = chart(path, *XMR, "--shift", "5", "--trend", "9", "--no-two-of-three")
    assert found["points"][-1]["rule"] == "shift"
    assert found["rules"] == {"shift": 5, "trend": 9, "two_of_three": False, "screen": False}


def test_every_fault_is_told_at_once_with_its_line(tmp_path):
    lines = [
        ["month", "value"],
        ["2020-01", "5"],
        ["2020-13", "6"],
        ["2020-02", "six"],
        ["2020-01", "7"],
        ["", "8"],
        ["2020-03", "inf"],
    ]
    told = fault(write(tmp_path, lines), *XMR)

    assert "line 3: “2020-13” is no date" in told
    assert "line 4: “six” is no number" in told
    assert "line 5: the date “2020-01” stands on line 2 too" in told
    assert "line 6: there is no date" in told
    assert "line 7: “inf” is no number" in told


def test_events_are_no_more_than_their_denominator_and_no_less_than_nothing(tmp_path):
    pairs = [(5, 10), (11, 10), (-1, 10), (3, -2), ("50%", 10)]
    path = write(tmp_path, months(pairs, ("month", "value", "due")))

    told = fault(path, "--kind", "p", "--denominator", "due")

    assert "line 3: 11 is more than its denominator, 10" in told
    assert "line 4: -1 is below 0" in told
    assert "line 5: a denominator of -2 is below 0" in told
    assert "line 6: “50%” is a percentage where a count is needed" in told
    assert "line 3: 3 out of a denominator of 0" in fault(
        write(tmp_path, months([(1, 2), (3, 0)], ("month", "value", "due"))),
        *("--kind", "u", "--denominator", "due"),
    )


def test_a_missing_column_is_told_beside_those_that_are_there(tmp_path):
    told = fault(write(tmp_path, [["Period", "Count"], ["2020-01", 3]]), *XMR)

    assert "there is no column “month”; there is no column “value”" in told
    assert "“Period”, “Count”" in told


@pytest.mark.parametrize(
    "words",
    [
        ("--kind", "p"),
        ("--kind", "xmr", "--denominator", "due"),
        ("--kind", "xmr", "--rebase", "soon"),
        ("--kind", "xmr", "--rebase", "2030-01"),
        ("--kind", "xmr", "--per", "1000"),
        ("--kind", "u", "--denominator", "due", "--per", "0"),
        ("--kind", "xmr", "--target", "nan"),
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path, words):
    path = write(tmp_path, months([(1, 2), (2, 3)], ("month", "value", "due")))

    assert "What to do" in fault(path, *words)


def test_a_stray_word_is_refused(tmp_path):
    with pytest.raises(click.UsageError, match="unexpected extra"):
        chart(write(tmp_path, months(STEADY)), "--kind", "xmr", "2020-07")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rest", b"month,value\n"])
def test_a_file_without_a_series_is_refused(tmp_path, content):
    path = tmp_path / "series.csv"
    path.write_bytes(content)

    assert "What to do" in fault(path, *XMR)


def test_files_as_spreadsheets_write_them_are_read(tmp_path):
    path = tmp_path / "series.csv"
    for text in (
        "\ufeffMonth ;VALUE\r\nJan-20;1,204\r\nFeb-20;n/a\r\n\r\nMar-20;1e3\r\n",
        'Month\tValue\nJan-20\t"1,204"\nFeb-20\t\nMar-20\t+1000.\n',
    ):
        path.write_text(text, encoding="utf-8")
        found = chart(path, *XMR)
        assert [point["value"] for point in found["points"]] == [1204, None, 1000]


def test_a_stray_quote_is_no_fault_of_ours(tmp_path):
    path = tmp_path / "series.csv"
    path.write_text('month,value\n2020-01,"5\n2020-02,6\n' + "x" * 200_000, encoding="utf-8")

    assert "cannot be read as CSV" in fault(path, *XMR)


@given(st.text(st.sampled_from('month,value;\t\n\r"2020-13/x5.%e-< '), max_size=120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_it_is_read_or_told(tmp_path, text):
    path = tmp_path / "series.csv"
    path.write_text(f"month,value\n{text}", encoding="utf-8", newline="")
    try:
        found = chart(path, *XMR)
    except InputError:
        return
    assert len({point["date"] for point in found["points"]}) == len(found["points"]) > 0


def test_the_options_that_the_docs_name_are_there():
    told = (Path(__file__).parents[2] / "docs" / "statistics.md").read_text(encoding="utf-8")
    helped = printed(None, "chart", "--help")

    assert {name for name in re.findall(r"--[a-z][a-z-]+", told) if name not in helped} == set()


def svg(path: Path, *words: str) -> ET.Element:
    told = printed(
        None, "chart", str(path), "--date", "month", "--value", "value", "--format", "svg", *words
    )
    return ET.fromstring(told)


def test_the_drawing_stands_by_itself_and_says_what_it_shows(tmp_path):
    path = write(tmp_path, months([*STEADY, 40, ""]))

    drawn = svg(path, *XMR, "--direction", "down", "--target", "12", "--title", "Visits & calls")

    space = "{http://www.w3.org/2000/svg}"
    assert drawn.tag == f"{space}svg"
    assert drawn.get("role") == "img"
    assert drawn.findtext(f"{space}title") == "Visits & calls"
    told = drawn.findtext(f"{space}desc")
    assert "Concern: Jan 2021." in told
    assert (
        "13 values from Jan 2020 to Jan 2021. Lowest 9 in Mar 2020, highest 40 in Jan 2021." in told
    )
    words = [text.text for text in drawn.iter(f"{space}text")]
    assert "Jan 2021: concern, above the upper limit." in words
    assert "40" in words
    assert any(word.startswith("Target 12") for word in words)
    assert [item for item in drawn.iter() if item.get("class") == "g-bad"]


def test_a_break_is_drawn_where_limits_start_anew(tmp_path):
    path = write(tmp_path, months(STEADY + [value + 100 for value in STEADY]))
    drawn = svg(path, *XMR, "--rebase", "2021-01")
    words = [item.text for item in drawn.iter() if item.tag.endswith("text")]

    assert "new limits from Jan 2021" in words
    assert len([item for item in drawn.iter() if item.get("class") == "g-band"]) == 2


@pytest.mark.parametrize("values", [[5], [5] * 3, [0] * 20, ["", 4, ""], [1e9, -1e9] * 8])
@pytest.mark.parametrize("words", [(), ("--phone",)])
def test_any_series_can_be_drawn(tmp_path, values, words):
    drawn = svg(write(tmp_path, months(values)), *XMR, *words)

    for item in drawn.iter():
        for name in ("x", "y", "cx", "cy", "width", "height"):
            assert math.isfinite(float(item.get(name, 0)))


def test_daily_and_yearly_series_have_their_own_axes(tmp_path):
    days = [["month", "value"], *([f"2021-03-{day:02d}", day % 5] for day in range(1, 29))]
    years = [["month", "value"], *([f"{year}-01-01", year % 7] for year in range(1950, 2021))]

    in_days = [item.text for item in svg(write(tmp_path, days), *XMR).iter() if item.text]
    in_years = [item.text for item in svg(write(tmp_path, years), *XMR).iter() if item.text]

    assert "28 Mar" in in_days
    assert {"1990", "Jan 2020"} <= set(in_years)


def test_nothing_to_draw_is_said(tmp_path):
    path = write(tmp_path, months(["", ""]))

    with pytest.raises(InputError, match="nothing to draw"):
        svg(path, *XMR)


def test_the_table_has_a_line_a_date_and_says_how_it_was_judged(tmp_path):
    path = write(tmp_path, months([*STEADY, 40]))

    told = printed(None, "chart", str(path), "--date", "month", "--value", "value", *XMR)

    assert "2021-01" in told
    assert "above the upper limit" in told
    assert "shift of 7 points" in told
    assert "Moving ranges not screened" in told
