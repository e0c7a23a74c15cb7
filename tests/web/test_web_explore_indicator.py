"""An indicator's page: its comments through time, its working, its months as now known."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from test_web_explore_month import NOON, OWNER, decide, text_of, write
from web_people import ASSESSMENT, SAFEGUARDING, person, signed_in

from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.signoff import Action
from openscorecard.commentary.store import change_comments
from openscorecard.periods import Month
from openscorecard.web import months

pytestmark = [pytest.mark.django_db]

PLANS = "/months/2021-06/indicators/children-on-protection-plans"  # CP6B: B alone
CONTACTS = "/months/2021-06/indicators/contacts-received"  # M1: K5 and K6


@pytest.fixture
def client(request: pytest.FixtureRequest):
    """Of the council that all tests read; of one of its own where comments are written."""
    writes = request.node.get_closest_marker("usefixtures") is not None
    request.getfixturevalue("council" if writes else "council_to_read")
    return signed_in(person("Ann Lee", SAFEGUARDING, ASSESSMENT))


def main(page: str) -> str:
    """Without the frame, whose form has another token each time."""
    return page.partition("<main")[2].partition("</main>")[0]


def words(page: str) -> str:
    return " ".join(re.sub(r"<.*?>", " ", page).split())


@pytest.mark.usefixtures("council")
def test_all_that_happened_to_a_comment_is_told_newest_first(client) -> None:
    write("CP6B", "One child is on a plan.")
    decide("CP6B", Action.RETURN, "Say since when.")
    write("CP6B", "One child is on a plan since May.")
    decide("CP6B", Action.SIGN)
    page = words(text_of(client, f"{PLANS}.html").partition('id="history"')[2])
    at = [page.index(said) for said in ("Signed ", "since May.", "Say since when.", "on a plan. ")]
    assert at == sorted(at)
    assert f"{OWNER}, {NOON.day} July 2021" in page


@pytest.mark.usefixtures("council")
def test_what_stood_a_year_back_is_told(client) -> None:
    entry = Entry("CP6B", EntryKind.TEXT, SAFEGUARDING,
                  dt.datetime(2020, 8, 5, tzinfo=dt.UTC), text="Nobody was on a plan.")  # fmt: skip
    for month, seen in ((Month(2020, 7), True), (Month(2020, 6), False)):
        path = months.root() / "comments" / f"{month.iso}.toml"
        change_comments(months.root(), month, lambda held: held.with_entry(entry))
        assert ("Nobody was on a plan." in text_of(client, f"{PLANS}.html")) is seen
        path.unlink()


def test_the_state_of_the_comment_and_what_may_be_done_stand_beside_it(client) -> None:
    page = text_of(client, f"{PLANS}.html")
    assert "Comment due" in page
    assert 'href="/commentary/2021-06/children-on-protection-plans/"' in page
    other = text_of(signed_in(person("Bo Hart", analyst=True)), f"{PLANS}.html")
    assert "/commentary/" not in other


def test_findings_in_the_records_stand_on_what_they_touch(client) -> None:
    page = text_of(client, "/months/2021-06/indicators/children-looked-after.html")
    assert "Episodes of care with no legal status" in page
    assert "Episodes of care with no legal status" not in text_of(client, f"{CONTACTS}.html")


def test_the_working_has_words_counts_query_and_files(client) -> None:
    """In June contacts K5 and K6: of six rows two are of the month."""
    page = text_of(client, f"{CONTACTS}/working/")
    assert '<td class="r">2</td>' in page
    assert "Counted from 2021-06-records-001, read out on 5 July 2021, which closed June 2021" in (
        words(page)
    )
    assert "ssd_contacts.csv" in page
    assert re.search(r"\b[0-9a-f]{64}\b", page)
    assert "SELECT" in page


def test_a_figure_of_another_team_says_so(client) -> None:
    path = "/months/2021-06/indicators/not-in-education-employment-or-training"
    page = words(text_of(client, f"{path}/working/"))
    assert "Another team sends this figure; it came with 2021-06-records-001" in page


def test_months_are_told_as_closed_and_as_now_known(client) -> None:
    """K2 of April is gone from June's extract, and K7 of May came late: April had two contacts and
    has one, May had two and has three."""
    page = text_of(client, f"{CONTACTS}/revisions/")
    lines = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page, re.DOTALL)
    told = {line.split("<")[0]: words(f"<{line.partition('<')[2]}") for line in lines}
    assert told["April 2021"] == "– 2 1 Changed"
    assert told["May 2021"] == "– 2 3 Changed"
    assert told["June 2021"] == "– 2 2 The same"
    why = words(text_of(client, f"{CONTACTS}/revisions/?rows=yes"))
    assert "2 3 1 arrived late" in why
    assert "2 1 1 vanished" in why
    assert "K2" not in why  # which rows they are is for those who may see children


def test_working_and_revisions_are_counted_once(client, django_assert_num_queries) -> None:
    for path in (f"{CONTACTS}/working/", f"{CONTACTS}/revisions/"):
        first = text_of(client, path)
        with django_assert_num_queries(3):
            again = text_of(client, path)
        assert main(again) == main(first)
