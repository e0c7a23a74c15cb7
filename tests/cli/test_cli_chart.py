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
        "\ufeffMonth ;VALUE\r\nJan-20;1204\r\nFeb-20;n/a\r\n\r\nMar-20;1e3\r\n",
        'Month\tValue\nJan-20\t"1,204"\nFeb-20\t\nMar-20\t+1000.\n',
    ):
        path.write_text(text, encoding="utf-8")
        found = chart(path, *XMR)
        assert [point["value"] for point in found["points"]] == [1204, None, 1000]


def test_a_stray_quote_is_no_fault_of_ours(tmp_path):
    path = tmp_path / "series.csv"
    path.write_text('month,value\n2020-01,"5\n2020-02,6\n' + "x" * 200_000, encoding="utf-8")

    assert "cannot be read as CSV" in fault(path, *XMR)


def test_a_comma_in_a_file_of_semicolons_is_never_guessed(tmp_path):
    path = tmp_path / "series.csv"
    path.write_text(
        "month;value\n2020-01;1,234\n2020-02;7\n2020-03;-12,500\n2020-04;5,5\n"
        "2020-05;1.234,5\n2020-06;,5\n",
        encoding="utf-8",
    )

    told = fault(path, *XMR)

    assert "5 lines cannot be charted" in told
    assert "line 2: “1,234” may be a thousand and more or a decimal" in told
    assert "write 1234 or 1.234" in told
    assert "line 4: “-12,500” may be" in told
    assert "line 5: “5,5” is no number: write 5.5" in told
    assert "line 6: “1.234,5” is no number: write 1234.5" in told
    assert "line 7: “,5” is no number: write 0.5" in told


def test_a_comma_that_can_only_be_thousands_is_read_anywhere(tmp_path):
    path = tmp_path / "series.csv"
    path.write_text("month;value\n2020-01;1,234,567\n2020-02;1,234.5\n", encoding="utf-8")
    assert [one["value"] for one in chart(path, *XMR)["points"]] == [1234567, 1234.5]

    path.write_text('month,value\n2020-01,"1,234"\n', encoding="utf-8")
    assert chart(path, *XMR)["points"][0]["value"] == 1234


def test_counts_are_whole_and_events_of_a_rate_need_not_be(tmp_path):
    told = fault(write(tmp_path, months([5, 5.5, "6.0", 1e16])), "--kind", "c")
    assert "line 3: 5.5 is not whole, as every count is" in told
    assert "line 4" not in told
    assert "line 5: “1e+16” is too large to be charted" in told

    pairs = [(5.5, 10), (4.5, 7.5)]
    path = write(tmp_path, months(pairs, ("month", "value", "due")))
    for kind in ("p", "pprime", "u", "uprime"):
        points = chart(path, "--kind", kind, "--denominator", "due")["points"]
        share = 100 if kind.startswith("p") else 1
        assert points[1]["value"] == pytest.approx(0.6 * share)
    over = write(tmp_path, months([(10.5, 10)], ("month", "value", "due")))
    assert "10.5 is more than its denominator" in fault(over, "--kind", "p", "--denominator", "due")
    assert chart(over, "--kind", "u", "--denominator", "due")["points"][0]["value"] == 1.05


def test_a_column_that_mixes_two_orders_of_dates_is_refused(tmp_path):
    # As a spreadsheet leaves American dates: 02/03/2021 turned round, 13 March not.
    days = ["2021-03-13", "02/03/2021", "2021-03-14", "2021-03-15", "3.3.21"]
    told = fault(write(tmp_path, [["month", "value"], *([day, 1] for day in days)]), *XMR)

    assert "2 lines cannot be charted" in told
    assert "line 3: “02/03/2021” begins with the day, and other dates with the year" in told
    assert "as “2021-03-13” on line 2" in told
    assert "line 6: “3.3.21” begins with the day" in told

    days = ["13/03/2021", "2021-03-02", "14/03/2021"]
    told = fault(write(tmp_path, [["month", "value"], *([day, 1] for day in days)]), *XMR)
    assert "line 3: “2021-03-02” begins with the year, and other dates with the day" in told


def dated(folder: Path, days, values=None) -> Path:
    """A line for each date; unless given the values go up and down."""
    values = values or [10 + at % 3 for at in range(len(days))]
    return write(folder, [["month", "value"], *map(list, zip(days, values, strict=True))])


def without_value(path: Path) -> tuple[list[str], str | None]:
    """The dates of the gaps, and the reason."""
    found = chart(path, *XMR)
    return [one["date"] for one in found["points"] if one["value"] is None], found["reason"]


def test_a_month_without_a_line_is_a_gap(tmp_path):
    lines = months([12, 9.5, 12, 9.5, 1, 1, 12, 9.5, 12, 8.5, 6, 8.5, 6, 8.5, 6, 8.5, 6])
    absent = chart(write(tmp_path, lines[:5] + lines[7:]), *XMR)
    empty = chart(write(tmp_path, [*lines[:5], ["2020-05", ""], ["2020-06", ""], *lines[7:]]), *XMR)

    assert absent["points"] == empty["points"]
    assert empty["reason"] is None
    assert absent["reason"] == (
        "There is no line for May and June 2020: a gap, as lines come once a month."
    )
    gap = absent["points"][4]
    assert (gap["date"], gap["value"], gap["verdict"]) == ("2020-05", None, "not-judged")


def test_no_moving_range_and_no_run_crosses_a_missing_month(tmp_path):
    # 0 and 2 by turns, then 100 and 102: within each half every moving range is 2. The mean of
    # 2 x 6 values is 51, so the limits are 51 -+ 2.66 x 2 = 45.68 and 56.32.
    lines = months([0, 2, 0, 2, 0, 2, 7, 100, 102, 100, 102, 100, 102])
    found = chart(write(tmp_path, lines[:7] + lines[8:]), *XMR)
    assert found["points"][0]["upper"] == pytest.approx(56.32)
    assert found["points"][6]["value"] is None

    # Rising for six months, and for six more after a month without a line: no trend of seven.
    rising = months(range(13))
    whole = chart(write(tmp_path, rising), *XMR, "--shift", "9", "--no-two-of-three")
    holed = chart(
        write(tmp_path, rising[:7] + rising[8:]), *XMR, "--shift", "9", "--no-two-of-three"
    )
    assert "trend" in {one["rule"] for one in whole["points"]}
    assert "trend" not in {one["rule"] for one in holed["points"]}


@pytest.mark.parametrize(
    ("days", "gaps", "told"),
    [
        (  # month ends, one of them missing
            ["2020-01-31", "2020-02-29", "2020-04-30", "2020-05-31", "2020-06-30"],
            ["2020-03-31"],
            "no line for March 2020: a gap, as lines come once a month",
        ),
        (  # a day each month, not always the same
            ["2020-01-03", "2020-02-05", "2020-03-02", "2020-04-07", "2020-05-04", "2020-07-06"],
            ["2020-06-04"],
            "no line for June 2020",
        ),
        (
            ["2020-12", "2020-01", "2020-10", "2020-02"],  # a tie, but dates are months
            [f"2020-{number:02d}" for number in (3, 4, 5, 6, 7, 8, 9, 11)],
            "no line for March to September 2020; November 2020: gaps",
        ),
        (
            ["2020-01", "2020-04", "2020-07", "2020-10", "2021-07", "2021-10"],
            ["2021-01", "2021-04"],
            "no line for January and April 2021: a gap, as lines come once a quarter",
        ),
        (
            ["2012-04-01", "2013-04-01", "2014-04-01", "2015-04-01", "2018-04-01"],
            ["2016-04-01", "2017-04-01"],
            "no line for April 2016 and April 2017: a gap, as lines come once a year",
        ),
        (
            ["2021-03-01", "2021-03-08", "2021-03-15", "2021-03-22", "2021-03-29", "2021-04-12"],
            ["2021-04-05"],
            "no line for 5 April 2021: a gap, as lines come once a week",
        ),
        (
            ["2021-03-01", "2021-03-29", "2021-04-26", "2021-05-24", "2021-06-21", "2021-08-16"],
            ["2021-07-19"],
            "no line for 19 July 2021: a gap, as lines come every 28 days",
        ),
        (
            [f"2021-03-{day:02d}" for day in range(1, 31) if day not in (10, 11, 20)],
            ["2021-03-10", "2021-03-11", "2021-03-20"],
            "no line for 10 and 11 March 2021; 20 March 2021: gaps, as lines come once a day",
        ),
        (  # Good Friday and Easter Monday (2 and 5 April) are no working days; 31 March is
            [f"2021-03-{day}" for day in (22, 23, 24, 25, 26, 29, 30)]
            + [f"2021-04-{day:02d}" for day in (1, 6, 7, 8, 9, 12, 13)],
            ["2021-03-31"],
            "no line for 31 March 2021: a gap, as lines come once a working day",
        ),
        (  # no Sundays: they are closed; Tuesday 16 March is not
            [f"2021-03-{day:02d}" for day in range(1, 28) if day not in (7, 14, 16, 21)],
            ["2021-03-16"],
            "no line for 16 March 2021: a gap, as lines come once a day",
        ),
    ],
)
def test_the_usual_step_tells_which_dates_are_missing(tmp_path, days, gaps, told):
    missing, reason = without_value(dated(tmp_path, days))

    assert missing == gaps
    assert told in reason


def test_where_no_step_is_usual_nothing_is_taken_to_be_missing(tmp_path):
    days = ["2021-01-04", "2021-01-09", "2021-02-20", "2021-03-02", "2021-03-30", "2021-06-01"]
    missing, reason = without_value(dated(tmp_path, days))
    assert missing == []
    assert "The dates follow no plain step, so none is taken to be missing." in reason

    # school terms: 4, 3, 5 months
    terms = ["2020-01", "2020-04", "2020-09", "2021-01", "2021-04", "2021-09"]
    assert without_value(dated(tmp_path, terms))[0] == []


def test_a_date_that_lies_centuries_off_is_refused(tmp_path):
    days = ["0021-01", "2021-02", "2021-03", "2021-04", "2021-05"]

    assert "more than 10,000 are missing" in fault(dated(tmp_path, days), *XMR)


def test_limits_may_start_anew_within_a_gap(tmp_path):
    lines = months(STEADY + [value + 100 for value in STEADY])
    found = chart(write(tmp_path, lines[:12] + lines[15:]), *XMR, "--rebase", "2021-01")

    assert found["points"][12]["value"] is None
    assert found["points"][10]["mean"] < 20
    assert found["points"][14]["mean"] > 100


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


def test_the_help_says_that_the_page_takes_a_longer_shift():
    helped = " ".join(printed(None, "chart", "--help").split())
    assert "the council's page takes 8" in helped


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


def test_unless_named_the_drawing_says_what_by_what_and_when(tmp_path):
    def title(path, *words):
        return next(item.text for item in svg(path, *words).iter() if item.tag.endswith("title"))

    assert title(write(tmp_path, months([3] * 24)), *XMR) == (
        "value by month, January 2020 to December 2021"
    )
    pairs = write(tmp_path, months([(1, 2), (2, 3), (1, 4)], ("month", "value", "due")))
    assert title(pairs, "--kind", "p", "--denominator", "due") == (
        "value as % of due by month, January 2020 to March 2020"
    )
    days = dated(tmp_path, [f"2021-03-{day:02d}" for day in range(1, 15)])
    assert title(days, *XMR) == "value by day, 1 March 2021 to 14 March 2021"
    odd = dated(tmp_path, ["2021-03-01", "2021-03-04", "2021-03-20"])
    assert title(odd, *XMR) == "value, 1 March 2021 to 20 March 2021"
    assert title(dated(tmp_path, ["2021-03"]), *XMR) == "value, March 2021"
    assert title(odd, *XMR, "--title", "Visits") == "Visits"


def test_a_missing_month_is_a_hole_in_the_line_and_is_told(tmp_path):
    lines = months(STEADY)
    drawn = svg(write(tmp_path, lines[:5] + lines[7:]), *XMR)

    assert len([item for item in drawn.iter() if item.get("class") == "g-line"]) == 2
    told = next(item.text for item in drawn.iter() if item.tag.endswith("desc"))
    assert "no line for May and June 2020" in told


LONG = [12_345_678_901, 14_111_222_333, 11_222_333_444, 13_999_888_777, 9_888_777_666] * 4


@pytest.mark.parametrize("values", [LONG, [-one for one in LONG], [one / 1e16 for one in LONG]])
@pytest.mark.parametrize("words", [(), ("--phone",), ("--phone", "--rebase", "2021-01")])
def test_no_words_stick_out_of_the_drawing_however_long_the_numbers(tmp_path, values, words):
    drawn = svg(write(tmp_path, months(values)), *XMR, "--target", str(values[0]), *words)
    wide = float(drawn.get("width"))
    axis = next(item.get("d") for item in drawn.iter() if item.get("class") == "g-axis")
    left = float(axis.removeprefix("M").split()[0])

    for item in drawn.iter():
        if not item.tag.endswith("text"):
            continue
        size = 18 if "t-h" in item.get("class") else 15
        # digits are 0.56 em wide in the widest of the usual faces, commas and points half that
        long = sum(0.28 if sign in ",. " else 0.56 for sign in item.text) * size
        x = float(item.get("x")) + 16
        begins = {"start": x, "middle": x - long / 2, "end": x - long}[item.get("text-anchor")]
        assert begins >= 0
        assert begins + long <= wide
        if "halo" in item.get("class") and "new" not in item.text:
            assert begins >= left + 16  # a value stands right of the axis


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
