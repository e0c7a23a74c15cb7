"""Forms that came too late: the session had ended, or the form's key was of another one.

What was typed is kept for the person who opened the page, or given back in a box to copy.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from openscorecard.periods import Month
from openscorecard.web.access import Can, may
from openscorecard.web.accounts.models import Account
from openscorecard.web.commentary.drafts import save_draft, writer_from, writing_of
from openscorecard.web.months import indicator_by_id

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# Fields in which somebody may have written sentences, and what they are called.
_TEXTS = (
    ("text", "Your text"),
    ("public_text", "Your public wording"),
    ("because", "Your reason"),
    ("reason", "Your reason"),
)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def keeps_text(view: View) -> View:
    """A form that is posted by nobody any more keeps its text: above `needs`."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            if not request.user.is_authenticated:
                return signed_out(request)
            opened_by = writer_from(
                request.POST.get("writer", ""), kwargs["month"], kwargs.get("ident", "")
            )
            if opened_by not in (None, request.user.pk):
                return of_another(request)
        return view(request, *args, **kwargs)

    return cast(View, kept)


def signed_out(request: HttpRequest) -> HttpResponse:
    """The answer to a form of an ended session."""
    if wants_json(request):
        return JsonResponse({"wrong": "signed-out"}, status=401)
    kept = _kept(request)
    found = "Your session had ended when you sent this, so it was not sent."
    return _given_back(request, 401, "You were signed out", kept, found)


def of_another(request: HttpRequest) -> HttpResponse:
    """The answer to a form that one person opened and another, signed in here since, sends."""
    if wants_json(request):
        return JsonResponse({"wrong": "other"}, status=409)
    found = "Somebody else opened this page, so it was not sent under your name."
    _kept(request)
    return _given_back(request, 409, "This is another person’s form", False, found)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose key is not that of the session: signed in again elsewhere."""
    del reason
    get_token(request)
    if wants_json(request):
        return JsonResponse({"wrong": "key"}, status=403)
    kept = _kept(request)
    found = (
        "You signed in again since this page was opened, or your browser dropped its cookies, so "
        "it was not sent."
    )
    return _given_back(request, 403, "This form was too old to be sent", kept, found)


def _kept(request: HttpRequest) -> bool:
    """Keeps the text as a draft of the person who opened the page; whether it could."""
    try:
        match = resolve(request.path)
    except Resolver404:
        return False
    month, ident = match.kwargs.get("month"), match.kwargs.get("ident")
    if not isinstance(month, Month) or not isinstance(ident, str):
        return False
    number = writer_from(request.POST.get("writer", ""), month, ident)
    account = Account.objects.filter(pk=number or 0, is_active=True).first()
    indicator = indicator_by_id(ident)
    if account is None or indicator is None or not may(account, Can.WRITE, indicator):
        return False
    writing = writing_of(request.POST.dict())
    return save_draft(account, month, indicator.ref, writing) is not None


def _given_back(
    request: HttpRequest, status: int, title: str, kept: bool, found: str
) -> HttpResponse:
    texts = [(name, label, request.POST.get(name, "")) for name, label in _TEXTS]
    values = {
        "title": title,
        "found": found,
        "kept": kept,
        "texts": [one for one in texts if one[2].strip()],
        "again": request.path if kept else "",
        "login": reverse("account_login"),
    }
    return render(request, "commentary/given_back.html", values, status=status)
