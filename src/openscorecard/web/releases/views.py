"""Requests about a month's release; what they do stands in services.py."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from openscorecard.errors import InputError
from openscorecard.periods import Month, day_in_words
from openscorecard.web.access import Can, needs
from openscorecard.web.accounts.models import Account
from openscorecard.web.months import months
from openscorecard.web.releases import queries, services
from openscorecard.web.releases.checklist import (
    Checklist,
    changed,
    checklist,
    hidden_cells,
    revised,
)
from openscorecard.web.releases.places import AUDIENCES, current, edition, editions

Errors = list[tuple[str, str]]


@needs(Can.RELEASE)
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, month: Month) -> HttpResponse:
    """The checklist; posted, the month is released by a job."""
    found = checklist(month)
    if request.method == "GET":
        return _page(request, found, {}, [])
    reason = " ".join(request.POST.get("reason", "").split())[:500]
    despite = " ".join(request.POST.get("despite", "").split())[:500]
    errors: Errors = []
    if found.needs_reason and not reason:
        errors.append(("reason", "Say what was wrong: it stands on the corrected page"))
    if found.open and found.changes and not despite:
        errors.append(("despite", "Say why it is released with this left open"))
    if not errors:
        try:
            job = services.ask_to_release(
                _account(request), month, request.POST.get("seen", ""), reason, despite
            )
        except InputError as error:
            place = "reason" if error.where == "--reason" else ""
            errors.append((place, f"{_capital(error.found)}. To do: {error.todo}."))
        else:
            return redirect("job", job.pk)
    return _page(request, checklist(month), request.POST, errors, 422)


@needs(Can.RELEASE)
@require_GET
def preview(request: HttpRequest, month: Month, audience: str, name: str) -> HttpResponse:
    """The page as it would be published, served to the analyst alone."""
    del request
    if audience not in AUDIENCES or month not in months():
        raise Http404
    content = queries.preview(month, audience).get(name)
    if content is None:
        raise Http404
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=queries.content_type(name), headers=headers)


@needs(Can.RELEASE)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, month: Month, audience: str, version: int) -> HttpResponse:
    """Asks for the reason, then withdraws the release."""
    one = edition(month, audience, version)
    if one is None:
        raise Http404
    reason = " ".join(request.POST.get("reason", "").split())[:500]
    errors: Errors = []
    if request.method == "POST":
        if not reason:
            errors.append(("reason", "Say why it is withdrawn: its address will say so"))
        else:
            try:
                services.withdraw_release(_account(request), month, audience, version, reason)
            except InputError as error:
                errors.append(("reason", f"{_capital(error.found)}. To do: {error.todo}."))
            else:
                return redirect("release", month)
    values = {
        "one": one,
        "day": day_in_words,
        "errors": errors,
        "wrong": dict(errors),
        "reason": reason,
    }
    return render(request, "releases/withdraw.html", values, status=422 if errors else 200)


def _page(
    request: HttpRequest, found: Checklist, typed: Any, errors: Errors, status: int = 200
) -> HttpResponse:
    values = {
        "found": found,
        "day": day_in_words,
        "typed": typed,
        "errors": errors,
        "wrong": dict(errors),
        "hidden": hidden_cells(found),
        "revised": revised(found),
        "changed": {audience: changed(found, audience) for audience in AUDIENCES},
        "editions": [one for one in editions() if one.kept.month == found.month],
        "current": {audience: current(found.month, audience) for audience in AUDIENCES},
        "audiences": AUDIENCES,
        "job": queries.job_under_way(found.month),
        "months": months(),
    }
    return render(request, "releases/release.html", values, status=status)


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
