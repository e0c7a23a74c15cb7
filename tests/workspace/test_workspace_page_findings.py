"""A page held against the council's own definitions: units, and rows that none knows."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from openscorecard.catalogue.load import load_catalogue
from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.read import read_page
from openscorecard.workspace.folder import make_workspace
from openscorecard.workspace.page_findings import REF_RULE, UNIT_RULE, PageFindings, find_in_page
from openscorecard.workspace.released import released
from openscorecard.workspace.take import load_pages

HEAD = "Ref\tIndicator\tMay-21\tJun-21\t12-mnth avg\tENG\n"
CONTACTS = "M1\tNumber of contacts received\t"
REFERRALS = "M2\tNumber of new referrals\t442\t339\t\t\n"
SHARE = "M3\tPercentage of contacts that become referrals\t"


def found(tmp_path: Path, *rows: str) -> PageFindings:
    path = tmp_path / "page.txt"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return find_in_page(read_page(path), load_catalogue())


def of_rule(findings: PageFindings, rule: str) -> list[Finding]:
    return [one for one in findings.findings if one.rule == rule]


def test_percent_signs_on_a_count(tmp_path: Path) -> None:
    findings = found(tmp_path, CONTACTS + "50%\t60%\t55%\tLocal", REFERRALS)
    (one,) = of_rule(findings, UNIT_RULE)
    assert (one.ref, one.severity, one.printed) == ("M1", Severity.ERROR, "50%")
    assert one.place == "page.txt, line 2"
    assert "M1 is defined as a count" in one.message
    assert "Load a page that prints a count" in one.message
    assert set(findings.not_taken) == {
        ("M1", "2021-05"), ("M1", "2021-06"), ("M1", "average_12m"),
    }  # fmt: skip


def test_what_is_printed_in_another_unit_says_nothing_about_other_rows(tmp_path: Path) -> None:
    """442 of 50% and 339 of 60% are no shares: M3 stands as it is printed."""
    findings = found(tmp_path, CONTACTS + "50%\t60%\t\t", REFERRALS, SHARE + "25%\t16%\t\t")
    assert {one.ref for one in findings.findings if one.severity is Severity.ERROR} == {"M1"}
    assert ("M3", "2021-06") not in findings.not_taken


def test_one_sign_among_counts_puts_that_one_aside(tmp_path: Path) -> None:
    findings = found(tmp_path, CONTACTS + "1801\t2080%\t\t")
    assert set(findings.not_taken) == {("M1", "2021-06")}
    assert of_rule(findings, "mixed-units") == []  # said already, and better


def test_a_rate_is_no_percentage_either(tmp_path: Path) -> None:
    findings = found(tmp_path, "M2-NI\tReferrals per 10,000\t87%\t67%\t\t")
    assert "M2-NI is defined as a rate" in of_rule(findings, UNIT_RULE)[0].message


def test_fractions_for_percentages(tmp_path: Path) -> None:
    findings = found(tmp_path, SHARE + "0.5\t0.6\t0.55\t27")
    (one,) = of_rule(findings, UNIT_RULE)
    assert "prints 0.5 as 50%, or, if 0.5% is meant, with the sign" in one.message
    # 27 for England is points already
    assert set(findings.not_taken) == {
        ("M3", "2021-05"), ("M3", "2021-06"), ("M3", "average_12m"),
    }  # fmt: skip
    assert of_rule(findings, "fractions-for-percentages") == []


@pytest.mark.parametrize(
    "row",
    [
        CONTACTS + "1,801\t2,080\t\t",
        CONTACTS + "0%\t2,080\t\t",  # nought is the same in every unit
        CONTACTS + "0.5\t0.6\t\t",  # not for this rule to say
        SHARE + "24%\t16%\t22%\t27%",
        SHARE + "24\t16\t22\t27",  # no sign, and points all the same
        SHARE + "0.5%\t0.6%\t\t",
        SHARE + "0.5\t16\t\t",
        SHARE + "0\t1\t\t",  # 0% and 1%, or nobody and everybody: nobody can tell
        SHARE + "-\tn/a\t\t",
        "Z9\tOf another council\t50%\t60%\t\t",
    ],
)
def test_what_may_be_right_is_left_in_peace(tmp_path: Path, row: str) -> None:
    assert of_rule(found(tmp_path, row), UNIT_RULE) == []


def test_rows_that_no_definition_knows(tmp_path: Path) -> None:
    findings = found(tmp_path, "M1x\tContacts by telephone\t700\t701\t\t")
    assert findings.unknown_refs == ("M1x",)
    (one,) = of_rule(findings, REF_RULE)
    assert one.severity is Severity.WARNING


def test_the_council_that_defines_it_otherwise_is_right(tmp_path: Path) -> None:
    """FM011 is a figure of another team's: a council may well take it as a percentage."""
    workspace = make_workspace(tmp_path / "northshire", "Northshire")
    (workspace.root / "definitions" / "own.toml").write_text(
        '[[indicator]]\nref = "FM011"\nunit = "percent"\nkind = "supplied"\n', encoding="utf-8"
    )
    page = tmp_path / "page.txt"
    page.write_text(HEAD + "FM011\tA figure of ours\t50%\t60%\t\t\n", encoding="utf-8")
    findings = find_in_page(read_page(page), load_catalogue(workspace.definitions))
    assert of_rule(findings, UNIT_RULE) == []


def test_loading_sets_the_row_aside_and_as_printed_does_not(tmp_path: Path) -> None:
    june = Month(2021, 6)
    page = tmp_path / "page.txt"
    page.write_text(HEAD + SHARE + "0.5\t0.6\t0.55\t\n" + REFERRALS, encoding="utf-8")
    for as_printed, number in ((False, None), (True, Fraction(6, 10))):
        workspace = make_workspace(tmp_path / str(as_printed), "Northshire")
        load_pages(workspace, [page], as_printed=as_printed)
        figures = released(workspace)
        assert figures.values["M3", june].number == number
        assert (figures.derived["M3", june, "average_12m"].number is None) is not as_printed
        assert figures.values["M2", june].number == 339
