"""A page without mistakes has no findings, but for those that a person would want in any case."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from clean_pages import CleanPage, Style, build, clean_pages
from hypothesis import HealthCheck, given, settings

from openscorecard.findings import Severity
from openscorecard.scorecard.checks import check_page

# Small numbers on a public page and comments not yet written are no false alarms.
WANTED = {"small-number", "comment-missing"}


def unwanted(clean: CleanPage) -> list[str]:
    return [
        f"{one.severity} {one.rule} {one.ref} {one.column}: {one.message}"
        for one in check_page(clean.page)
        if one.severity is not Severity.INFORMATION and one.rule not in WANTED
    ]


@settings(
    max_examples=80, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(clean_pages())
def test_a_page_without_mistakes_raises_no_alarm(clean: CleanPage) -> None:
    assert unwanted(clean) == []


@pytest.mark.parametrize("months", [3, 7, 12, 13])
@pytest.mark.parametrize("points", [False, True])
@pytest.mark.parametrize("exact", [False, True])
def test_every_width_of_page_and_habit_of_change(months: int, points: bool, exact: bool) -> None:
    style = Style(months=months, points=points, exact=exact, percent_decimals=months % 2)
    assert unwanted(build(style, random.Random(months))) == []


def test_checking_alters_nothing_and_is_repeatable() -> None:
    clean = build(Style(), random.Random(5))
    before = replace(clean.page)
    assert check_page(clean.page) == check_page(clean.page)
    assert clean.page == before
