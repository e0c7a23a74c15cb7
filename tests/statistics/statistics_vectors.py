"""Holds our statistics to what other tools made of the same numbers, and counts what was compared.

`python tests/statistics/statistics_vectors.py` prints the count. The files lie in shared/vectors/,
beside the project: results of NHSRplotthedots and of PHEindicatormethods, whose README there says
which versions.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from openscorecard.statistics.assurance import assurance
from openscorecard.statistics.control import ChartKind, Rules, limits
from openscorecard.statistics.intervals import byar, rate_interval, wilson
from openscorecard.statistics.signals import (
    back_flagged,
    near,
    outside,
    shift_ends,
    sides,
    signals,
    trend_ends,
    two_of_three,
)

VECTORS = Path(__file__).parents[3] / "shared" / "vectors"
NHSR, PHE = VECTORS / "nhsr", VECTORS / "phe"
REASON = "shared/ is not beside the project"

# What the package calls its findings, and ours: (rule, side).
CAUSES = {
    "Common Cause": (0, 0),
    "Above UCL": (1, 1),
    "Below LCL": (1, -1),
    "7 Point Trend (Increasing)": (2, 1),
    "7 Point Trend (Decreasing)": (2, -1),
    "2 in 3 Above CL": (3, 1),
    "2 in 3 Below CL": (3, -1),
    "7 Points Above CL": (4, 1),
    "7 Points Below CL": (4, -1),
}
# File: whether moving ranges are screened, and which way is better (+1 up).
CHARTS = {
    "expected_rjz_type1_breaches_increase.csv": (True, 1),
    "expected_rjz_type1_breaches_noscreen.csv": (False, -1),
    "expected_rjz_type1_breaches_rebase_2017-11.csv": (True, -1),
    "expected_snapshot_r1.csv": (True, 1),
}
INTERVALS = {
    "test_BW.csv", "test_Prop.csv", "test_Prop_g.csv", "test_Prop_g_results.csv", "test_Rate.csv",
    "test_Rate_g.csv", "test_Rate_g_results.csv",
}  # fmt: skip


@dataclass(slots=True)
class Compared:
    """How many numbers and labels were held against the vectors, and those that differ."""

    numbers: int = 0
    labels: int = 0
    differing: list[str] = field(default_factory=list)

    def number(self, name: str, ours: float, theirs: float, within: float = 1e-6) -> None:
        """Equal to `within` of the number's size, or of one where that is smaller."""
        self.numbers += 1
        same = math.isnan(ours) and math.isnan(theirs)
        if not same and not abs(ours - theirs) <= within * max(1.0, abs(theirs)):
            self.differing.append(f"{name}: {ours} for {theirs}")

    def label(self, name: str, ours: object, theirs: object) -> None:
        self.labels += 1
        if ours != theirs:
            self.differing.append(f"{name}: {ours} for {theirs}")

    def add(self, other: Compared) -> None:
        self.numbers += other.numbers
        self.labels += other.labels
        self.differing += other.differing


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unit_cases() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((NHSR / "unit_cases.json").read_text(encoding="utf-8"))
    return found


def compare_chart(name: str) -> Compared:
    """Every column of one chart's results that has a counterpart here."""
    screen, better = CHARTS[name]
    expected = rows(NHSR / name)
    values = np.array([[float(row["y"]) for row in expected]])
    groups = [int(row["rebase_group"]) for row in expected]
    rules = Rules(screen=screen)
    found = limits(ChartKind.XMR, values, groups=groups, rules=rules)
    fired = signals(values, found, groups=groups, rules=rules)
    beyond, side, close = outside(values, found), sides(values, found), near(values, found)
    seen = Compared()
    for at, row in enumerate(expected):
        where = f"{name} {row['x']}"
        seen.number(f"{where} mean", found.centre[0, at], float(row["mean_col"]))
        seen.number(f"{where} lower", found.lower[0, at], float(row["lpl"]))
        seen.number(f"{where} upper", found.upper[0, at], float(row["upl"]))
        seen.label(f"{where} outside", bool(beyond[0, at]), row["outside_limits"] == "TRUE")
        seen.label(f"{where} side", int(side[0, at]), int(row["relative_to_mean"]))
        seen.label(f"{where} close", bool(close[0, at]), row["close_to_limits"] == "TRUE")
        cause = int(fired.rule[0, at]), int(fired.side[0, at])
        seen.label(f"{where} cause", cause, CAUSES[row["special_cause_type"]])
        seen.label(f"{where} flag", cause[0] > 0, row["special_cause_flag"] == "TRUE")
        seen.label(f"{where} verdict", verdict(cause[1] * better), row["point_type"])
    return seen


def verdict(sign: int) -> str:
    """The package's word for a side times the direction that is better."""
    words = {1: "special_cause_improvement", -1: "special_cause_concern", 0: "common_cause"}
    return words[sign]


def compare_pieces() -> Compared:
    """The small rules by themselves, as the package's own tests assert them."""
    cases, seen = unit_cases(), Compared()

    def each(name: str, ours: Any) -> None:
        for case in cases[name]:
            found = [int(item) for item in ours(case)]
            for at, (one, other) in enumerate(zip(found, case["expected"], strict=True)):
                seen.label(f"{name} {case} {at}", one, other)

    each("seven_point_one_side_mean", lambda case: abs(shift_ends(case["relative_to_mean"], 7)))
    each("part_of_seven_trend", lambda case: abs(back_flagged(case["v"], 7)))
    each("seven_point_trend", lambda case: trend_ends(case["y"], 7))
    each("two_in_three", lambda case: two_of_three(case["close"], case["relative_to_mean"]))
    each(
        "part_of_two_in_three",
        lambda case: (
            two_of_three(case["close"], case["relative_to_mean"])
            & np.array(case["close"], dtype=bool)
        ),
    )
    return seen


def compare_limits() -> Compared:
    """The limits that the package's tests and vignettes print, to the digits printed."""
    cases, seen = unit_cases(), Compared()
    plain = [float(row["y"]) for row in rows(NHSR / "snapshot_rnorm20_seed123.csv")]
    for case in cases["snapshot_limits"]:
        values = [10.0 if "y[15]=10" in case["input"] and at == 14 else value
                  for at, value in enumerate(plain)]  # fmt: skip
        screen = "screen_outliers=FALSE" not in case["input"]
        found = limits(ChartKind.XMR, [values], rules=Rules(screen=screen))
        for name, ours in (("mean", found.centre), ("lpl", found.lower), ("upl", found.upper)):
            seen.number(f"{case['input']} {name}", ours[0, 0], case[name], 6e-7)
    for case in cases["vignette_limits"]:
        rules = Rules(screen=case["screen_outliers"])
        found = limits(ChartKind.XMR, [case["values"]], rules=rules)
        for name, ours in (("mean", found.centre), ("lpl", found.lower), ("upl", found.upper)):
            seen.number(f"vignette {name}", round(ours[0, 0], 2), case[f"{name}_2dp"], 1e-9)
    for screen in (True, False):
        case = cases["opposite_sides"]
        rules = Rules(screen=screen)
        found = limits(ChartKind.XMR, [case["values"]], rules=rules)
        side = signals([case["values"]], found, rules=rules).side[0, -2:]
        for sign, theirs in zip(side, case["expected_last_two_point_type"], strict=True):
            seen.label("opposite sides", verdict(int(sign)), theirs)
    return seen


def compare_assurance() -> Compared:
    words = {"consistent_pass": "meets", "consistent_fail": "misses",
             "inconsistent": "hit-or-miss", None: None}  # fmt: skip
    better = {"increase": 1, "decrease": -1, "neutral": 0}
    seen = Compared()
    for case in unit_cases()["assurance"]:
        ours = assurance(case["target"], case["lpl"], case["upl"], better[case["direction"]])
        seen.label(f"assurance {case}", ours, words[case["expected"]])
    return seen


def compare_intervals(name: str) -> Compared:
    """Every interval of one file: value, lower and upper end, at each confidence it has."""
    seen = Compared()
    for at, row in enumerate(rows(PHE / name)):
        where = f"{name} row {at + 1}"
        if name == "test_BW.csv":
            ends = _interval(row, row["x"], row["n"], row["confidence"])
            _compare_ends(seen, where, ends, row["lowercl"], row["uppercl"], 1.0)
            continue
        count, size, per = row["Numerator"], row["Denominator"], float(row["multiplier"])
        seen.number(f"{where} value", _number(count) / _number(size) * per, _number(row["value"]))
        if "confidence" in row:
            ends = _interval(row, count, size, row["confidence"])
            _compare_ends(seen, where, ends, row["lowercl"], row["uppercl"], per)
        else:
            for confidence, low, high in (
                ("95%", row["lower95_0cl"], row["upper95_0cl"]),
                ("99.8%", row["lower99_8cl"], row["upper99_8cl"]),
            ):
                ends = _interval(row, count, size, confidence)
                _compare_ends(seen, where, ends, low, high, per)
    return seen


def _interval(row: dict[str, str], count: str, size: str, confidence: str) -> tuple[float, float]:
    share = float(confidence.rstrip("%"))
    if row["method"] == "Wilson":
        found = wilson(_number(count), _number(size), share)
    elif size == "NA" and "x" in row:
        found = byar(_number(count), share)
    else:
        found = rate_interval(_number(count), _number(size), share)
    return float(found.lower), float(found.upper)


def _compare_ends(
    seen: Compared, where: str, ends: tuple[float, float], low: str, high: str, per: float
) -> None:
    seen.number(f"{where} lower", ends[0] * per, _number(low), 1e-9)
    seen.number(f"{where} upper", ends[1] * per, _number(high), 1e-9)


def _number(text: str) -> float:
    return math.nan if text == "NA" else float(text)


def compare_all() -> Compared:
    seen = compare_pieces()
    for part in (
        compare_limits(),
        compare_assurance(),
        *(compare_chart(name) for name in CHARTS),
        *(compare_intervals(name) for name in sorted(INTERVALS)),
    ):
        seen.add(part)
    return seen


if __name__ == "__main__":
    total = compare_all()
    print(f"{total.numbers:,} numbers and {total.labels:,} labels compared: ", end="")
    print("all equal" if not total.differing else "\n".join(total.differing))
