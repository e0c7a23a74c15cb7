"""A page's own habits of printing: none is taken for a mistake, and mistakes are still found."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from printed_pages import JUNE, expected, found, page, row, the_one, where

from openscorecard.findings import Finding
from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.scorecard.checks import check_page
from openscorecard.scorecard.checks.names import stems

CONTRADICTED = "change-contradicts-row"
NAMES = ("visits", "calls", "letters", "meetings", "plans", "moves")


def counts(
    months: Sequence[tuple[int, ...]], changes: Sequence[str], **more: object
) -> list[PrintedRow]:
    return [
        row(f"V{number}", f"Number of {name}", *values, change_month=change, **more)
        for number, (name, values, change) in enumerate(zip(NAMES, months, changes, strict=True))
    ]


PAIRS = [(1327, 1302), (418, 315), (272, 311), (93, 80), (607, 640), (130, 80)]


def test_changes_of_counts_as_differences() -> None:
    # 1302 - 1327 = -25, 315 - 418 = -103, 311 - 272 = 39, 80 - 93 = -13, 33, -50
    rows = counts(PAIRS, ["-25", "-103", "+39", "-13", "+33", "-50"])
    assert found(*rows) == []


def test_a_wrong_difference_is_still_found() -> None:
    rows = counts(PAIRS, ["-25", "-103", "+39", "-31", "+33", "-50"])
    one = the_one(found(*rows))
    assert (one.rule, one.ref, expected(one)) == (CONTRADICTED, "V3", {"value": -13})
    assert one.message.endswith("from 93 (May-21) to 80 (Jun-21) it is -13.")


def test_counts_and_percentages_each_have_their_own_way() -> None:
    # Counts relative, percentages in points: 87 - 84 = 3, 26 - 31 = -5, 77 - 92 = -15
    rows = counts(PAIRS, ["-2%", "-25%", "14%", "-14%", "5%", "-38%"])
    rows += [
        row("S1", "Percentage of calls in time", "84%", "87%", change_month="3%"),
        row("S2", "Percentage of visits in time", "31%", "26%", change_month="-5%"),
        row("S3", "Percentage of plans in time", "92%", "77%", change_month="-15%"),
    ]
    assert found(*rows) == []


def test_points_between_the_printed_figures_stand() -> None:
    # 121/453 = 26.7 and 48/315 = 15.2 are 11.5 apart, printed 27 and 15 are 12 apart.
    rows = [
        row("V0", "Number of visits", 408, 430, 453, 315),
        row("V1", "Number of visits in time", 100, 90, 121, 48),
        row("S0", "Percentage of visits in time", "25%", "21%", "27%", "15%", change_month="-12"),
        row("S1", "Percentage of plans in time", "31%", "26%", change_month="-5"),
    ]
    assert found(*rows) == []


def test_an_arrow_that_carries_the_sign() -> None:
    # -1.9%, -24.6%, +14.3%, -14.0%, +5.4%, -38.5%
    rows = counts(PAIRS, ["→ 2%", "↓ 25%", "↑ 14%", "↓ 14%", "→ 5%", "↓ 38%"])
    assert found(*rows) == []


def test_a_wrong_change_under_such_an_arrow_is_still_found() -> None:
    rows = counts(PAIRS, ["→ 2%", "↓ 52%", "↑ 14%", "↓ 14%", "→ 5%", "↓ 38%"])
    assert [(one.rule, one.ref) for one in found(*rows)] == [(CONTRADICTED, "V1")]


def test_where_a_minus_stands_a_plain_number_is_a_rise() -> None:
    rows = counts(PAIRS, ["→ -2%", "↓ -25%", "↑ 14%", "↓ 14%", "→ 5%", "↓ -38%"])
    assert ("V3", "change_month", "error") in where(found(*rows))


def test_months_to_come_are_blank() -> None:
    blank = ("", "", "")  # April, May and June to come: the page reports March
    rows = [
        row(
            f"V{number}",
            f"Number of {name}",
            *before,
            *blank,
            change_month=change,
            maximum_12m=str(max(before)),
            change_month_base=JUNE.plus(-1),  # as a reader counts back from the last column
            change_year_base=JUNE.plus(-12),
        )
        for number, (name, before, change) in enumerate(
            zip(NAMES, PAIRS, ["-2%", "-25%", "14%", "-14%", "5%", "-38%"], strict=True)
        )
    ]
    assert page(*rows).report_month == JUNE.plus(-3)
    one = the_one(found(*rows))
    assert (one.rule, one.severity, one.column) == (
        "later-months-empty",
        "information",
        "2021-04",
    )
    assert "Apr-21 to Jun-21" in one.message
    assert len(page(*rows).months) == 5  # the page keeps its columns


def test_a_month_that_the_change_speaks_of_is_reported_though_blank() -> None:
    # "Change from May" on a row without a June: June is missing, not still to come.
    assert page(row("V", "Number of visits", 12, "")).report_month == JUNE


def test_a_page_without_any_figure_reports_its_newest_column() -> None:
    assert page(row("V", "Number of visits", "", "")).report_month == JUNE


STALE = JUNE.plus(-2)
TRIPLES = [(900, *pair) for pair in PAIRS]
FROM_MAY = ["-2%", "-25%", "14%", "-14%", "5%", "-38%"]


def test_a_stale_heading_blames_no_cell() -> None:
    rows = counts(TRIPLES, FROM_MAY, change_month_base=STALE)
    one = the_one(found(*rows))
    assert (one.rule, one.severity, one.ref, one.column) == (
        "heading-of-another-month",
        "error",
        None,
        "change_month",
    )
    assert expected(one) == {"text": "May-21"}
    assert "says Apr-21, but 6 of 6 changes under it are those from May-21" in one.message


def test_under_a_stale_heading_a_wrong_change_is_still_found() -> None:
    rows = counts(TRIPLES, ["-2%", "-25%", "41%", "-14%", "5%", "-38%"], change_month_base=STALE)
    rules = {(one.rule, one.ref) for one in found(*rows)}
    assert rules == {("heading-of-another-month", None), (CONTRADICTED, "V2")}


def test_changes_that_fit_the_heading_stand() -> None:
    # 1302/900 = +44.7%, 315/900 = -65%, 311: -65.4%, 80: -91.1%, 640: -28.9%, -91.1%
    rows = counts(TRIPLES, ["45%", "-65%", "-65%", "-91%", "-29%", "-91%"], change_month_base=STALE)
    assert [one.severity.value for one in found(*rows)] == ["warning"]


def rounded(change: str) -> list[Finding]:
    values = [(100, 120, 200, 245), (30, 35, 30, 35), (45, 50, 45, 55), (180, 175, 185, 180)]
    changes = [change, "29%", "→ 33%", "-1%"]
    names = zip(NAMES[:4], values, changes, strict=True)
    rows = [row(f"V{n}", f"Number of {n}", *v, change_month=c) for n, v, c in names]
    return found(*rows, rule=CONTRADICTED)


def test_counts_rounded_to_5() -> None:
    # 242.5/202.5 = 19.8% to 247.5/197.5 = 25.3%; 32.5/32.5 = 0% to 37.5/27.5 = 36%
    assert rounded("21%") == []


def test_a_change_beyond_the_rounding_is_still_found() -> None:
    one = the_one(rounded("28%"))
    assert (one.ref, expected(one)) == ("Vvisits", {"low": 20, "high": 25})


def test_a_dash_for_no_change() -> None:
    assert found(row("V", "Number of visits", 10, 10, change_month="-")) == []
    one = the_one(found(row("V", "Number of visits", 100, 120, change_month="-")))
    assert (one.rule, expected(one)) == ("change-not-computed", {"value": 20})


@pytest.mark.parametrize("printed", ["0%", "→ 0%"])
def test_none_to_none_is_0(printed: str) -> None:
    assert found(row("V", "Number of visits", 0, 0, change_month=printed)) == []


def test_a_missing_change_is_expected_as_its_column_prints() -> None:
    # 384/310 - 1 = 23.87%
    rows = [
        row("V", "Number of visits", 310, 384, change_month="n/a"),
        row("C", "Number of calls", 317, 319, change_month="0.6%"),
    ]
    one = the_one(found(*rows))
    assert one.expected is not None
    assert float(one.expected.value or 0) == 23.9
    assert "give 23.9%." in one.message


def test_stems_are_worked_out_from_the_page() -> None:
    refs = ["A1-ZZ", "A2-ZZ", "B-ZZ", "A1 (val)", "A1 [%]", "A2%", "C-X", "D"]
    assert stems(refs) == {
        "A1-ZZ": "A1",
        "A2-ZZ": "A2",
        "B-ZZ": "B",
        "A1 (val)": "A1",
        "A1 [%]": "A1",
        "A2%": "A2",
        "C-X": "C-X",
        "D": "D",
    }


def test_refs_alone_prove_no_parts() -> None:
    # 50 of 100, 30 of 90 (33), 20 of 80 (25), 45 of 75 (60), 12 of 60, 35 of 50; 10 of 40 is 25
    whole = row("X4 (val)", "Number of letters", 100, 90, 80, 75, 60, 50, 40)
    part = row("X5 (val)", "Number of moves", 50, 30, 20, 45, 12, 35, 10)
    share = row("X5 (%)", "Percentage of plans", "50%", "33%", "25%", "60%", "20%", "70%", "35%")
    one = the_one(found(part, whole, share, rule="percentage-contradicts-parts"))
    assert where([one]) == [("X5 (%)", "2021-06", "warning")]


def test_a_draw_infects_nothing() -> None:
    # 41 of 100 for 46: neither the share nor the count is borne out by anything else.
    whole = row("B1", "Number of leavers", 90, 100, 95, 104, 100, 98, 100)
    part = row("B2", "Number of leavers adopted", 45, 48, 40, 50, 47, 44, 41)
    shares = ("50%", "48%", "42%", "48%", "47%", "45%", "46%")
    share = row(
        "B3",
        "Percentage of leavers adopted",
        *shares,
        maximum_12m="46%",
    )
    one = the_one(found(whole, part, share, rule="percentage-contradicts-parts"))
    assert (one.ref, one.column) == ("B3", "2021-06")
    assert one.message.endswith("One of these is wrong; the page does not tell which.")
    assert found(whole, part, share, rule="summary-from-wrong-value") == []


@pytest.mark.parametrize("what", ["posts filled", "beds occupied", "planned places taken up"])
def test_more_posts_may_be_filled_than_there_are(what: str) -> None:
    rows = row("P", f"Percentage of {what}", "97%", "98%", "99%", "101%")
    assert all(one.severity.value != "error" for one in found(rows))


def test_children_per_quarter_are_people() -> None:
    adopted = row("A", "Number of children adopted per quarter", 9, 3)
    assert [one.rule for one in found(adopted, audience="public")] == ["small-number"]
    claims = row("C", "Number of claims paid per quarter", 9, 3)
    assert found(claims, audience="public") == []


def test_the_greatest_value_is_said_as_the_column_prints_it() -> None:
    shares = ("23.1%", "22.4%", "21.8%", "22.9%", "22.2%", "22.7%", "2310.0%")
    share = row("S", "Percentage of plans in time", *shares, maximum_12m="2310.0%")
    said = [one.message for one in found(share) if one.column == "maximum_12m"]
    assert "23.1%" in said[0]
    assert "23% to 23%" not in said[0]


def large(rows: int) -> PrintedPage:
    found = []
    for number in range(rows // 2):
        values = [100 + (number * 37 + month * 11) % 90 for month in range(7)]
        shares = [f"{(number * 13 + month * 7) % 90 + 5}%" for month in range(7)]
        found.append(row(f"V{number}", f"Number of visits of kind {number}", *values))
        found.append(row(f"S{number}", f"Percentage of visits {number} in time", *shares))
    return page(*found)


def test_a_page_of_500_rows_is_quick() -> None:
    start = time.process_time()
    check_page(large(500), audience="internal")
    assert time.process_time() - start < 4  # measured at 1 s


def test_a_long_comment_without_spaces_is_quick() -> None:
    start = time.process_time()
    for text in ("x" * 40_000, "May" * 13_000, "In May " * 6_000):
        found(row("V", "Number of visits", 10, 12, commentary=text))
    assert time.process_time() - start < 1
