"""Who may do what. Everything is refused that no role was given.

Takes an account and what it wants; gives yes or no; a view that says nothing of who may see it is
seen by nobody (`DenyByDefault`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from openscorecard.catalogue.indicator import Indicator
from openscorecard.web.accounts.models import Account
from openscorecard.web.months import catalogue

AnyAccount = Account | AnonymousUser


class Role(StrEnum):
    PUBLIC = "public"
    PANEL_MEMBER = "panel member"
    REPORTER = "reporter"
    OWNER = "owner"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


class Can(StrEnum):
    """What may be done. Those on one indicator ask for it too (`may(account, it, indicator)`)."""

    READ_PUBLIC = "read what was published"
    SIGN_IN = "sign in and out"
    READ_RELEASES = "read internal releases"
    READ_WORK = "read months in the making"
    SEE_CHILDREN = "see the children behind an indicator"
    WRITE = "write comments"
    SIGN = "sign comments"
    LOAD = "load files"
    RELEASE = "release and withdraw"
    READ_AUDIT = "read the record"
    MANAGE_PEOPLE = "enter people and deadlines"


_SIGNED_IN = frozenset(Role) - {Role.PUBLIC}
_WORKING = _SIGNED_IN - {Role.PANEL_MEMBER}
ROLES_THAT_MAY: dict[Can, frozenset[Role]] = {
    Can.READ_PUBLIC: frozenset(Role),
    Can.SIGN_IN: frozenset(Role),
    Can.READ_RELEASES: _SIGNED_IN,
    Can.READ_WORK: _WORKING,
    Can.SEE_CHILDREN: frozenset({Role.REPORTER, Role.OWNER, Role.ANALYST}),
    Can.WRITE: frozenset({Role.REPORTER}),
    Can.SIGN: frozenset({Role.OWNER}),
    Can.LOAD: frozenset({Role.ANALYST}),
    Can.RELEASE: frozenset({Role.ANALYST}),
    Can.READ_AUDIT: frozenset({Role.ANALYST, Role.ADMINISTRATOR}),
    Can.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
}
# On one indicator these roles are hers only by the title that the indicator names.
_BY_TITLE = {Role.REPORTER, Role.OWNER}


def roles_of(account: AnyAccount, indicator: Indicator | None = None) -> frozenset[Role]:
    """The roles of somebody, on one indicator or on any. An account that is not active has none."""
    roles = {Role.PUBLIC}
    if not isinstance(account, Account) or not account.is_active:
        return frozenset(roles)
    if account.panel_member:
        roles.add(Role.PANEL_MEMBER)
    if account.analyst:
        roles.add(Role.ANALYST)
    if account.administrator:
        roles.add(Role.ADMINISTRATOR)
    titles = account.titles
    if titles:
        of = tuple(catalogue()) if indicator is None else (indicator,)
        if any(one.reporter in titles for one in of):
            roles.add(Role.REPORTER)
        if any(one.owner in titles for one in of):
            roles.add(Role.OWNER)
    return frozenset(roles)


def may(account: AnyAccount, what: Can, indicator: Indicator | None = None) -> bool:
    return bool(roles_of(account, indicator) & ROLES_THAT_MAY[what])


def require(account: AnyAccount, what: Can, indicator: Indicator | None = None) -> None:
    if not may(account, what, indicator):
        raise PermissionDenied(what)


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs(what: Can) -> Callable[[View], View]:
    """Says of a view what one needs to be allowed to see it. Whoever is not signed in is asked to;
    who is and may not is told so."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            account = request.user
            if may(account, what):
                return view(request, *args, **kwargs)
            if account.is_authenticated:
                raise PermissionDenied(what)
            return redirect_to_login(request.get_full_path())

        guarded.needs = what  # type: ignore[attr-defined]
        return cast(View, guarded)

    return mark


class DenyByDefault:
    """Refuses every view that does not say who may see it: forgetting the mark shows nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Iterable[Any], kwargs: Any
    ) -> HttpResponseBase | None:
        del request, args, kwargs
        if hasattr(view, "needs"):
            return None
        raise PermissionDenied("this page does not say who may see it")
