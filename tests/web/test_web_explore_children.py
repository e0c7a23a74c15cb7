"""The children behind a figure: for whom, how many, and that each look is recorded.

By tests/workspace/small_council.py, in June 2021: the contacts K5 about A and K6 about B; of C and
E looked after, C has a care plan and E has none; B's plan is of 5 May, and a visit was due by 29
June.
"""

from __future__ import annotations

import csv
import io

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from web_people import ASSESSMENT, SAFEGUARDING, person, signed_in

from openscorecard.locks import locked
from openscorecard.web.audit.models import Event, What
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.forget_records import drop_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("council_to_read")]

WITHIN = "/months/2021-06/indicators"
CONTACTS = f"{WITHIN}/contacts-received/children"
CARE_PLANS = f"{WITHIN}/looked-after-children-with-a-care-plan-share/children"
VISITS = f"{WITHIN}/children-on-a-plan-seen-in-15-days/children"


@pytest.fixture
def client() -> Client:
    return signed_in(person("Ann Lee", analyst=True))


def lines(client: Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


@pytest.mark.parametrize(
    ("path", "which", "children"),
    [
        (CONTACTS, "all", ["A", "B"]),
        (CONTACTS, "met", ["A", "B"]),
        (CONTACTS, "not-met", []),
        (CARE_PLANS, "all", ["C", "E"]),  # the denominator
        (CARE_PLANS, "met", ["C"]),  # the numerator: 1 of 2
        (CARE_PLANS, "not-met", ["E"]),
    ],
)
def test_lists_hold_as_many_as_the_figure_says(
    client: Client, path: str, which: str, children: list[str]
) -> None:
    assert [one["child"] for one in lines(client, f"{path}.csv?show={which}")] == children
    page = client.get(f"{path}/?show={which}").content.decode()
    assert page.count('<td data-head="Child">') == len(children)
    assert "That is not what the page prints" not in page


def test_a_line_has_due_date_worker_and_team(client: Client) -> None:
    assert lines(client, f"{VISITS}.csv?show=not-met") == [
        {"row": "P1", "child": "B", "met": "no", "due": "2021-06-29",
         "worker": "S2", "team": "Safeguarding team"}
    ]  # fmt: skip
    page = client.get(f"{VISITS}/?show=not-met").content.decode()
    assert "The page prints 0%: 0 of 1." in page
    for said in ("29 June 2021", "S2", "Safeguarding team"):
        assert said in page


def test_each_look_is_recorded(client: Client) -> None:
    client.get(f"{CARE_PLANS}/?show=not-met")
    client.get(f"{CARE_PLANS}.csv")
    found = Event.objects.filter(what=What.CHILDREN_SEEN, month="2021-06", ref="LAC10 (%)")
    assert sorted(one.detail for one in found) == [
        "all, 2 rows, as CSV",
        "not met, 1 row, on the page",
    ]


# No line can be added to the record any more.
FULL_DISK = {
    "sqlite": (
        "CREATE TRIGGER no_room BEFORE INSERT ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$",
        "CREATE TRIGGER no_room BEFORE INSERT ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION no_room()",
    ),
}


@pytest.mark.parametrize("path", [f"{CONTACTS}/", f"{CONTACTS}.csv"])
def test_nothing_is_shown_that_cannot_be_recorded(client: Client, path: str) -> None:
    with connection.cursor() as cursor:
        for statement in FULL_DISK[connection.vendor]:
            cursor.execute(statement)
    with pytest.raises(DatabaseError, match="full"):
        client.get(path)


def test_they_are_for_analysts_and_for_her_whose_indicator_it_is() -> None:
    """M1 is reported on under the one title; CP6B under the other."""
    assert signed_in(person("Bo Hart", ASSESSMENT)).get(f"{CONTACTS}/").status_code == 200
    others = (
        person("Cy Moss", SAFEGUARDING),
        person("Di Panel", panel_member=True),
        person("Ed Watt", administrator=True),
    )
    for account in others:
        for path in (f"{CONTACTS}/", f"{CONTACTS}.csv"):
            assert signed_in(account).get(path).status_code == 403, account
    assert "/accounts/login/" in Client().get(f"{CONTACTS}/").url
    assert Event.objects.filter(what=What.CHILDREN_SEEN).count() == 1


def test_only_they_are_told_of_the_list() -> None:
    page = f"{WITHIN}/contacts-received.html"
    for account, told in ((person("Bo Hart", ASSESSMENT), True),
                          (person("Cy Moss", SAFEGUARDING), False)):  # fmt: skip
        assert (f"{CONTACTS}/" in signed_in(account).get(page).content.decode()) is told


def test_no_browser_keeps_them(client: Client) -> None:
    for path in (f"{CONTACTS}/", f"{CONTACTS}.csv"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_where_the_rows_were_dropped_there_is_no_list(client: Client, council: Workspace) -> None:
    with locked(council.loads):
        drop_rows(council.loads, "2021-06-records-001")
    answer = client.get(f"{CONTACTS}/")
    assert "Its rows were dropped." in answer.content.decode()
    assert client.get(f"{CONTACTS}.csv").status_code == 409
    assert not Event.objects.filter(what=What.CHILDREN_SEEN).exists()


def test_a_figure_of_another_team_has_no_list(client: Client) -> None:
    path = f"{WITHIN}/not-in-education-employment-or-training/children/"
    assert "Another team supplies the figure" in client.get(path).content.decode()


def test_a_long_list_is_shown_in_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openscorecard.web.explore.origins.PER_PAGE", 1)
    page = client.get(f"{CONTACTS}/?page=2").content.decode()
    assert "Rows 2 to 2." in page
    assert "Page 2 of 2" in page
    assert Event.objects.get(what=What.CHILDREN_SEEN).detail == "all, 1 of 2 rows, on the page"
    assert len(lines(client, f"{CONTACTS}.csv")) == 2
