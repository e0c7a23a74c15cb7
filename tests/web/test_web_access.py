"""Who may do what: by role, by title, and for a view that says nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from web_people import ASSESSMENT, SAFEGUARDING, person, signed_in

from openscorecard.web import urls
from openscorecard.web.access import Can, Role, may, needs, require, roles_of
from openscorecard.web.months import catalogue
from openscorecard.web.navigation import navigation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("council")]


def indicator(ref: str):
    return next(one for one in catalogue() if one.ref == ref)


def forgotten(request: HttpRequest) -> HttpResponse:
    """A view whose author forgot to say who may see it."""
    del request
    return HttpResponse("a child's name")


@needs(Can.READ_RELEASES)
def marked(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse("for whoever has a role")


urlpatterns = [
    path("forgotten/", forgotten, name="forgotten"),
    path("marked/", marked, name="marked"),
    *urls.urlpatterns,
]
handler403 = urls.handler403


@pytest.mark.urls(__name__)
def test_a_view_that_says_nothing_is_seen_by_nobody():
    everything = person("Grace", administrator=True, analyst=True, panel_member=True)
    for client in (Client(), signed_in(everything)):
        answer = client.get("/forgotten/")
        assert answer.status_code == 403
        assert b"child" not in answer.content


@pytest.mark.urls(__name__)
def test_who_is_not_signed_in_is_asked_to_and_who_may_not_is_told_so():
    assert Client().get("/marked/?a=b")["Location"] == "/accounts/login/?next=/marked/%3Fa%3Db"
    answer = signed_in(person("New Here")).get("/marked/")
    assert answer.status_code == 403
    assert "no role that may see this page" in answer.content.decode()
    assert signed_in(person("Sue", panel_member=True)).get("/marked/").status_code == 200


def test_a_reporter_is_one_of_her_own_indicators_only():
    ann = person("Ann Lee", SAFEGUARDING)
    assert roles_of(ann) == {Role.PUBLIC, Role.REPORTER}
    assert roles_of(ann, indicator("CP6B")) == {Role.PUBLIC, Role.REPORTER}
    assert roles_of(ann, indicator("M1")) == {Role.PUBLIC}
    for what in (Can.WRITE, Can.SEE_CHILDREN):
        assert may(ann, what, indicator("CP6B"))
        assert not may(ann, what, indicator("M1"))
        with pytest.raises(PermissionDenied):
            require(ann, what, indicator("M1"))
    assert not may(ann, Can.SIGN, indicator("CP6B"))  # who writes does not sign


def test_a_title_of_both_kinds_gives_both_roles_and_other_roles_hold_everywhere():
    ann = person("Ann Lee", ASSESSMENT, "Head of Service, Social Work", analyst=True)
    assert roles_of(ann, indicator("M1")) >= {Role.REPORTER, Role.OWNER, Role.ANALYST}
    assert roles_of(ann, indicator("CP6B")) == {Role.PUBLIC, Role.ANALYST}
    assert may(ann, Can.SEE_CHILDREN, indicator("CP6B"))


def test_an_administrator_sees_no_child_and_writes_nothing():
    grace = person("Grace", administrator=True)
    for what in (Can.SEE_CHILDREN, Can.WRITE, Can.SIGN, Can.LOAD, Can.RELEASE):
        assert not may(grace, what, indicator("CP6B"))


def test_a_closed_account_and_nobody_have_the_same():
    closed = person("Gone", SAFEGUARDING, analyst=True, administrator=True, is_active=False)
    assert roles_of(closed) == roles_of(AnonymousUser()) == {Role.PUBLIC}


def test_everybody_finds_what_she_may_use_in_the_navigation_and_no_more(rf):
    def labels(**roles) -> list[str]:
        titles = roles.pop("titles", ())
        request = rf.get("/people/")
        request.user = person(f"Person {len(asked)}", *titles, **roles)
        request.resolver_match = None
        asked.append(request)
        return [link.label for link in navigation(request)]

    asked: list[HttpRequest] = []
    assert labels() == ["Published"]
    assert labels(panel_member=True) == ["Published"]
    assert labels(titles=[SAFEGUARDING]) == ["Scorecard", "My commentary", "Published", "Catalogue"]
    assert labels(analyst=True) == [
        "Scorecard", "Release", "Loads", "Published", "Catalogue", "Record",
    ]  # fmt: skip
    assert labels(administrator=True) == ["Scorecard", "Published", "Catalogue", "People", "Record"]


def test_a_page_that_says_what_failed_needs_no_visitor(rf):
    """The frame of pages is drawn also where it failed before the visitor was known."""
    request = rf.get("/static/nothing.css")
    request.resolver_match = None
    assert [link.label for link in navigation(request)] == ["Published"]
