"""Every address as everybody: who gets in stands in the table below, written by hand.

A new address fails here until it has a line. The line names who may see it (GET), and, where that
differs, who may send its form (POST).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from web_people import person, signed_in

from openscorecard.periods import Month
from openscorecard.web.accounts.models import Account

pytestmark = pytest.mark.django_db

# Everybody there is. CP6B is the indicator that is looked at: its reporter is the Service Manager
# for Safeguarding, its owner the Head of Service for Safeguarding; the "other" ones are those of
# other indicators.
PUBLIC, CLOSED, NOTHING = "public", "closed account", "account without a role"
PANEL, ANALYST, ADMINISTRATOR = "panel member", "analyst", "administrator"
REPORTER, OTHER_REPORTER = "reporter", "other reporter"
OWNER, OTHER_OWNER = "owner", "other owner"

REPORTERS, OWNERS = {REPORTER, OTHER_REPORTER}, {OWNER, OTHER_OWNER}
WORKING = REPORTERS | OWNERS | {ANALYST, ADMINISTRATOR}
WITH_ROLE = WORKING | {PANEL}
SIGNED_IN = WITH_ROLE | {NOTHING}
EVERYBODY = SIGNED_IN | {PUBLIC, CLOSED}
BEHIND_CP6B = {REPORTER, OWNER, ANALYST}

CP6B = "children-on-protection-plans"
JUNE, INDICATOR = {"month": "2021-06"}, {"month": "2021-06", "id": CP6B}
WRITING = {"month": "2021-06", "ident": CP6B}
SOMEBODY = {"number": 900_001}
RELEASED = JUNE | {"audience": "internal", "version": 1}


@dataclass(frozen=True)
class Line:
    """Who may see an address, and who may send its form where that is not the same. `there` is
    False where the example is of something that is not there: one gets in, and finds nothing."""

    name: str
    see: set[str]
    example: dict[str, object] | None = None
    send: set[str] | None = None
    there: bool = True


TABLE = (
    # start
    Line("start", EVERYBODY),
    Line("health", EVERYBODY),
    # accounts
    Line("account_login", EVERYBODY),
    Line("account_logout", EVERYBODY),
    Line("account_change_password", SIGNED_IN),
    Line("account_password_link", EVERYBODY),
    Line("openid_connect_login", EVERYBODY, {"provider_id": "council"}, there=False),
    Line("openid_connect_callback", EVERYBODY, {"provider_id": "council"}, there=False),
    # people
    Line("people", {ADMINISTRATOR}),
    Line("person_new", {ADMINISTRATOR}),
    Line("person", {ADMINISTRATOR}, SOMEBODY),
    Line("person_link", {ADMINISTRATOR}, SOMEBODY),
    Line("person_unlock", {ADMINISTRATOR}, SOMEBODY),
    Line("titles", {ADMINISTRATOR}),
    Line("deadlines", {ADMINISTRATOR}),
    Line("deadline", {ADMINISTRATOR}, JUNE),
    # the record
    Line("audit", {ANALYST, ADMINISTRATOR}),
    Line("audit_file", {ANALYST, ADMINISTRATOR}),
    # the months
    Line("months", WORKING),
    Line("month", WORKING, JUNE),
    Line("month_index", WORKING, JUNE),
    Line("month_table", WORKING, JUNE),
    Line("month_about", WORKING, JUNE),
    Line("draft_file", WORKING, JUNE),
    Line("indicator", WORKING, INDICATOR),
    Line("indicator_folder", WORKING, INDICATOR),
    Line("working", WORKING, INDICATOR),
    Line("revisions", WORKING, INDICATOR),
    Line("children", BEHIND_CP6B, INDICATOR),
    Line("children_csv", BEHIND_CP6B, INDICATOR),
    # comments
    Line("key", EVERYBODY),  # the form's key of this very session, for a page left open
    Line("commentary", REPORTERS, JUNE),
    Line("write", {REPORTER}, WRITING),
    Line("draft", {REPORTER}, WRITING),
    Line("take_back", {REPORTER}, WRITING),
    Line("signoff", OWNERS, JUNE),
    Line("decide", {OWNER}, WRITING),
    # releases
    Line("release", {ANALYST}, JUNE),
    Line("preview", {ANALYST}, JUNE | {"audience": "public", "name": "index.html"}),
    Line("withdraw", {ANALYST}, RELEASED),
    Line("published", EVERYBODY),
    Line("latest_file", EVERYBODY, {"path": "figures.csv"}),
    Line("published_month", EVERYBODY, JUNE),
    Line("published_versions", EVERYBODY, JUNE),
    Line("published_version", WITH_ROLE, RELEASED),
    Line("published_file", WITH_ROLE, RELEASED | {"path": "figures.csv"}),
    # loads
    Line("loads", {ANALYST}),
    Line("upload_files", {ANALYST}),
    Line("upload", {ANALYST}, {"token": "none"}, there=False),
    Line("drop_upload", {ANALYST}, {"token": "none"}, there=False),
    Line("job", {ANALYST}, {"number": 1}, there=False),
    Line("job_progress", {ANALYST}, {"number": 1}, there=False),
    Line("load", {ANALYST}, {"load_id": "2021-06-records-001"}),
    Line("forget_load", {ANALYST}, {"load_id": "2021-06-records-001"}),
    # catalogue
    Line("catalogue", WORKING),
    Line("catalogue_json", WORKING),
    Line("definition", WORKING, {"id": CP6B}),
    # the API, which asks for more where more is asked of it (test_web_api.py)
    Line("api:api-root", EVERYBODY, there=False),
    Line("api:openapi-json", EVERYBODY),
    Line("api:releases", EVERYBODY),
    Line("api:figures", EVERYBODY),
    Line("api:comparators", EVERYBODY),
    Line("api:definitions", EVERYBODY),
)


def addresses(resolver: URLResolver, space: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every address, those of sub-areas with their space before them."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, (*space, one.namespace) if one.namespace else space)
        else:
            assert isinstance(one, URLPattern)
            assert one.name, f"{one.pattern} has no name"
            yield ":".join((*space, one.name))


def test_every_address_has_a_line_and_every_line_an_address():
    lines = [line.name for line in TABLE]
    assert sorted(set(addresses(get_resolver()))) == sorted(lines)


def test_every_view_says_what_it_needs():
    """What does not is refused to everybody, so this only says it sooner."""

    def views(resolver: URLResolver) -> Iterator[URLPattern]:
        for one in resolver.url_patterns:
            yield from views(one) if isinstance(one, URLResolver) else [one]

    assert [one.name for one in views(get_resolver()) if not hasattr(one.callback, "needs")] == []


def everybody() -> dict[str, Client]:
    of_cp6b = ("Service Manager, Safeguarding", "Head of Service, Safeguarding")
    of_others = ("Service Manager, Assessment", "Head of Service, Social Work")
    roles = {"panel_member": True, "analyst": True, "administrator": True}
    closed = person("Had Everything", *of_cp6b, *of_others, **roles)
    Account.objects.create_user("some.body@northshire.example", pk=SOMEBODY["number"])
    found = {
        CLOSED: signed_in(closed),
        PUBLIC: Client(),
        NOTHING: signed_in(person("New Here")),
        PANEL: signed_in(person("Sue Hart", panel_member=True)),
        ANALYST: signed_in(person("Ravi Menon", analyst=True)),
        ADMINISTRATOR: signed_in(person("Grace Okafor", administrator=True)),
        REPORTER: signed_in(person("Ann Lee", of_cp6b[0])),
        OTHER_REPORTER: signed_in(person("Ben Roe", of_others[0])),
        OWNER: signed_in(person("Tom Birch", of_cp6b[1])),
        OTHER_OWNER: signed_in(person("Uma Das", of_others[1])),
    }
    closed.is_active = False  # with a session that is still open
    closed.save()
    return found


def kept_out(answer: HttpResponseBase) -> bool:
    """Refused, asked to sign in, or told that there is no such thing."""
    asked = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    return asked or answer.status_code in (401, 403, 404)


def came_in(answer: HttpResponseBase, line: Line) -> bool:
    if not line.there:
        return answer.status_code == 404 or not kept_out(answer)
    return answer.status_code < 500 and not kept_out(answer)


@pytest.mark.usefixtures("released")
def test_everybody_gets_in_where_the_table_says_and_nowhere_else():
    clients = everybody()
    wrong: list[str] = []
    for line in TABLE:
        address = reverse(line.name, kwargs=line.example)
        for who, client in clients.items():
            cache.clear()  # how often somebody sent a form
            seen = client.get(address)
            if seen.status_code == 405:  # only a form
                seen = client.post(address)
            right = came_in(seen, line) if who in line.see else kept_out(seen)
            if not right:
                wrong.append(f"{who} at {address}: {seen.status_code}")
            if line.name == "account_logout" and who not in (PUBLIC, CLOSED):
                assert "_auth_user_id" in client.session  # asks first
    assert wrong == []


@pytest.mark.usefixtures("released")
def test_nobody_sends_a_form_that_she_may_not_see():
    clients = everybody()
    wrong: list[str] = []
    for line in TABLE:
        address = reverse(line.name, kwargs=line.example)
        for who, client in clients.items():
            if who in (line.see if line.send is None else line.send):
                continue
            for method in (client.post, client.put, client.patch, client.delete):
                sent = method(address)
                if not kept_out(sent) and sent.status_code != 405:
                    wrong.append(f"{who} at {address}: {sent.status_code}")
    assert wrong == []


@pytest.mark.usefixtures("council")
def test_months_and_indicators_that_are_not_there_are_not_found_by_anybody():
    client = everybody()[ANALYST]
    for address in (
        reverse("month", args=[Month(1999, 1)]), "/months/2021-13/", "/nothing/",
        "/months/2021-06/indicators/nothing.html",
    ):  # fmt: skip
        assert client.get(address).status_code in (404, 409), address
