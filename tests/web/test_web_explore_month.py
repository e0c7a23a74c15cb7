"""The month's page: its rows, the choices, the state of each comment, and who sees it.

Of the 64 indicators of the small council's June, by its records (tests/workspace/small_council.py):
every verdict is "not judged", for there are three months only.
"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import resolve
from web_people import ASSESSMENT, SAFEGUARDING, person, signed_in

from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.signoff import Action, decided, figures_version
from openscorecard.commentary.store import change_comments
from openscorecard.periods import Month
from openscorecard.web import months
from openscorecard.web.audit.models import Event, What
from openscorecard.web.explore import queries
from openscorecard.web.explore.filters import Filter

pytestmark = [pytest.mark.django_db]

JUNE = Month(2021, 6)
PAGE = "/months/2021-06/"
OWNER = "Head of Service, Safeguarding"  # of CP6B
NOON = dt.datetime(2021, 7, 8, 12, 0, tzinfo=dt.UTC)


def write(ref: str, text: str = "It is as it was.", by: str = SAFEGUARDING) -> None:
    entry = Entry(ref, EntryKind.TEXT, by, NOON, text=text)
    change_comments(months.root(), JUNE, lambda held: held.with_entry(entry))


def decide(ref: str, action: Action, because: str = "") -> None:
    row = months.seen(JUNE).page.row(ref)
    assert row is not None
    figures = figures_version(row)
    change_comments(
        months.root(), JUNE,
        lambda held: decided(
            held, ref, action, by=OWNER, at=NOON, version=held.version(ref),
            figures=figures, seen_figures=figures, because=because,
        ),
    )  # fmt: skip


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def shown(page: str) -> list[str]:
    """The refs of the rows, in the page's order."""
    rows = re.findall(r'<tr id="row-.*?</tr>', page, re.DOTALL)
    found = [re.search(r'<span class="ref">(.*?)</span>', row) for row in rows]
    return [one[1] for one in found if one]


def row(page: str, ref: str) -> str:
    rows = re.findall(r'<tr id="row-.*?</tr>', page, re.DOTALL)
    return next(one for one in rows if f'<span class="ref">{ref}</span>' in one)


def counted(page: str) -> str:
    found = re.search(r'<p class="count" role="status">(.*?)</p>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<.*?>", " ", found[1]).split())


@pytest.mark.usefixtures("council")
def test_the_page_has_every_row_and_how_far_the_comments_have_come() -> None:
    write("CP6B")
    write("CP7")
    decide("CP7", Action.SIGN)
    page = text_of(signed_in(person("Ann Lee", analyst=True)), PAGE)
    assert len(shown(page)) == 64
    assert "<b>2</b> of 64 in" in page
    assert "<b>1</b> of 64" in page
    assert "Comment due" in row(page, "M1")
    assert "Comment written" in row(page, "CP6B")
    assert "Comment signed" in row(page, "CP7")


@pytest.mark.usefixtures("council_to_read")
def test_the_records_findings_are_counted_and_told() -> None:
    """Four checks of the records find something: two to look at, two good to know."""
    page = text_of(signed_in(person("Ann Lee", analyst=True)), PAGE)
    assert "4 findings in the records" in page
    assert "Plans of this council for children who have no open referral: 1." in page
    assert "child B" not in page  # which children they are stays with the load


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("section=child-protection&comment=written", ["CP6B"]),
        (f"owner={OWNER}&comment=written", ["CP6B"]),
        ("section=looked-after&comment=written", []),
        ("verdict=concern", []),
        ("comment=returned", ["CP7"]),
        ("comment=no-such-state&section=no-such-section&owner=&unknown=1", None),
    ],
)
def test_choices_are_combined_and_their_count_is_said(query: str, refs: list[str] | None) -> None:
    write("CP6B")
    write("CP7")
    decide("CP7", Action.RETURN, "Say why.")
    page = text_of(signed_in(person("Ann Lee", analyst=True)), f"{PAGE}?{query}")
    if refs is None:  # an old address: what no row has is no choice
        assert len(shown(page)) == 64
        assert counted(page) == "64 of 64 indicators"
    else:
        assert shown(page) == refs
        assert counted(page) == f"{len(refs)} of 64 indicators Show all 64"
    assert ("No indicator is all of these" in page) is (refs == [])


@pytest.mark.usefixtures("council_to_read")
def test_rows_are_told_apart_by_what_is_known_of_their_data() -> None:
    """Of looked after children: those that findings in the records touch (LAC1 and LAC2), those
    without a figure, and those with a note have something to know; six have nothing."""
    client = signed_in(person("Ann Lee", analyst=True))
    noted = shown(text_of(client, f"{PAGE}?section=looked-after&finding=with"))
    plain = shown(text_of(client, f"{PAGE}?section=looked-after&finding=without"))
    assert {"LAC1", "LAC2", "LAC13", "NI147"} <= set(noted)
    assert {"LAC3", "LAC6 (val)", "LAC12 (val)", "LAC16"} <= set(plain)
    assert len(noted) + len(plain) == len(months.catalogue().of_section("looked-after"))


@pytest.mark.usefixtures("council")
def test_each_row_leads_to_what_this_person_may_do() -> None:
    """CP6B is reported on by the one title and owned by the other; M1 by neither."""
    write("CP6B")
    reporter = text_of(signed_in(person("Ann Lee", SAFEGUARDING)), PAGE)
    owner = text_of(signed_in(person("Bo Hart", OWNER)), PAGE)
    analyst = text_of(signed_in(person("Cy Moss", analyst=True)), PAGE)
    writes = 'href="/commentary/2021-06/children-on-protection-plans/"'
    signs = 'href="/signoff/2021-06/#row-children-on-protection-plans"'
    assert [writes in page for page in (reporter, owner, analyst)] == [True, False, False]
    assert [signs in page for page in (reporter, owner, analyst)] == [False, True, False]
    assert "/commentary/2021-06/contacts-received/" not in reporter
    assert "#row-protection-plans-ended" not in owner  # nothing stands there to be signed


@pytest.mark.usefixtures("council")
def test_everybody_has_the_page_that_was_drawn_once() -> None:
    signed_in(person("Ann Lee", SAFEGUARDING)).get(PAGE)
    first = queries.month_body(JUNE, Filter())
    signed_in(person("Bo Hart", OWNER)).get(PAGE)
    assert queries.month_body(JUNE, Filter()) is first
    write("CP6B")
    assert queries.month_body(JUNE, Filter()) is not first


@pytest.mark.usefixtures("council_to_read")
@pytest.mark.parametrize(
    "path", ["", "?section=assessment", "table.html", "about.html", "indicators/re-referrals.html"]
)
def test_a_page_asks_the_database_for_the_session_the_person_and_her_titles(
    path: str, django_assert_num_queries
) -> None:
    client = signed_in(person("Ann Lee", SAFEGUARDING))
    with django_assert_num_queries(3):
        client.get(PAGE + path)


@pytest.mark.usefixtures("council_to_read")
def test_every_link_within_the_month_leads_somewhere() -> None:
    """The published site's own links hold here: rows, tables, sources, neighbours, downloads."""
    client = signed_in(person("Ann Lee", SAFEGUARDING, analyst=True))
    tried: set[str] = set()
    one = "indicators/children-on-protection-plans.html"
    for start in (PAGE, f"{PAGE}table.html", f"{PAGE}about.html", PAGE + one):
        page = text_of(client, start)
        ids = set(re.findall(r' id="([^"]+)"', page))
        for href in re.findall(r'href="([^"]+)"', page):
            if href.startswith("#"):
                assert href[1:] in ids, href
                continue
            target = urljoin(start, href.replace("&amp;", "&")).partition("#")[0]
            if target.startswith("/months/"):
                tried.add(target)
    pages = {resolve(one).kwargs["id"] for one in tried if one.endswith(".html") and "/indi" in one}
    assert pages == {one.id for one in months.catalogue()}
    for target in sorted(tried):
        if "/indicators/" not in target or "/children-on-protection-plans" in target:
            assert client.get(target, follow=True).status_code == 200, target
    assert len(tried) > 64  # and the neighbours, the table, how to read it, the files


@pytest.mark.usefixtures("council_to_read")
def test_the_published_names_lead_to_the_named_addresses() -> None:
    client = signed_in(person("Ann Lee", analyst=True))
    assert client.get(f"{PAGE}index.html").url == PAGE
    answer = client.get(f"{PAGE}indicators/re-referrals/")
    assert answer.url == f"{PAGE}indicators/re-referrals.html"
    assert client.get("/months/?month=2021-05").url == "/months/2021-05/"
    assert client.get("/months/?month=1999-01").status_code == 200


@pytest.mark.usefixtures("council_to_read")
def test_months_are_turned_one_by_one() -> None:
    page = text_of(signed_in(person("Ann Lee", analyst=True)), "/months/2021-05/")
    assert '<a href="/months/2021-04/" rel="prev">' in page
    assert '<a href="/months/2021-06/" rel="next">' in page
    assert '<option value="2021-05" selected>May 2021</option>' in page


@pytest.mark.usefixtures("council_to_read")
def test_who_takes_the_draft_away_is_recorded() -> None:
    account = person("Ann Lee", ASSESSMENT)
    client = signed_in(account)
    assert client.get(f"{PAGE}scorecard.xlsx").content[:2] == b"PK"
    assert client.get(f"{PAGE}figures.csv").content.startswith(b"ref,")
    found = Event.objects.filter(what=What.DOWNLOADED, account=account, month="2021-06")
    assert sorted(one.detail for one in found) == ["draft, figures.csv", "draft, scorecard.xlsx"]


@pytest.mark.usefixtures("council_to_read")
def test_months_in_the_making_are_for_those_who_work_on_them() -> None:
    assert Client().get(PAGE).url == f"/accounts/login/?next={PAGE}"
    councillor = signed_in(person("Di Panel", panel_member=True))
    for path in ("", "table.html", "scorecard.xlsx", "indicators/re-referrals.html"):
        assert councillor.get(PAGE + path).status_code == 403, path
    assert signed_in(person("Ed Watt", administrator=True)).get(PAGE).status_code == 200


@pytest.mark.usefixtures("council_to_read")
def test_what_is_not_there_is_said() -> None:
    client = signed_in(person("Ann Lee", analyst=True))
    assert client.get("/months/2021-13/").status_code == 404
    assert client.get(f"{PAGE}indicators/nothing-like-it.html").status_code == 404
    answer = client.get("/months/2019-01/")
    assert answer.status_code == 409
    assert "2019" in answer.content.decode()
    assert client.post(PAGE).status_code == 405


@pytest.mark.usefixtures("released")
def test_of_a_released_month_the_page_says_that_it_is_the_working_copy() -> None:
    client = signed_in(person("Ann Lee", analyst=True))
    page = text_of(client, PAGE)
    assert "Working copy." in page
    assert "was published on" in page
    assert 'href="/published/2021-06/"' in page
    assert "DRAFT." in text_of(client, "/months/2021-05/")
