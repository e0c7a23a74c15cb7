"""The main navigation: one visible list, of which each sees what she may use."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from openscorecard.errors import InputError
from openscorecard.web.access import ROLES_THAT_MAY, Can, roles_of
from openscorecard.web.months import months

# Label, name of the address, whether it is a month's, and what one needs to be allowed.
AREAS: tuple[tuple[str, str, bool, Can], ...] = (
    ("Scorecard", "month", True, Can.READ_WORK),
    ("My commentary", "commentary", True, Can.WRITE),
    ("Sign-off", "signoff", True, Can.SIGN),
    ("Release", "release", True, Can.RELEASE),
    ("Loads", "loads", False, Can.LOAD),
    ("Published", "published", False, Can.READ_PUBLIC),
    ("Catalogue", "catalogue", False, Can.READ_WORK),
    ("People", "people", False, Can.MANAGE_PEOPLE),
    ("Record", "audit", False, Can.READ_AUDIT),
)


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    here: bool


def navigation(request: HttpRequest) -> tuple[Link, ...]:
    """The areas that this account may use, for the month at hand or the newest."""
    # A page that says what failed can come before the visitor is known.
    try:
        roles, known = roles_of(getattr(request, "user", AnonymousUser())), months()
    except InputError:  # the workspace cannot be read: the page that says why has to stand
        return ()
    match = request.resolver_match
    month = (match.kwargs.get("month") if match else None) or (known[0] if known else None)
    found = []
    for label, name, monthly, needed in AREAS:
        if not roles & ROLES_THAT_MAY[needed] or (monthly and month is None):
            continue
        href = reverse(name, args=[month] if monthly else [])
        found.append(Link(label, href, request.path.startswith(href)))
    return tuple(found)
