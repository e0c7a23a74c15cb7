"""Sign-off, over HTTP."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openscorecard.catalogue.indicator import Indicator
from openscorecard.commentary.signoff import Action
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.spreadsheets import without_controls
from openscorecard.web.access import Can, needs, require
from openscorecard.web.accounts.models import Account
from openscorecard.web.commentary.keeping import keeps_text
from openscorecard.web.months import indicator_by_id
from openscorecard.web.signoff import queries, services
from openscorecard.web.signoff.services import Read

_DONE = {
    Action.SIGN: "Signed: {ref}.",
    Action.RETURN: "Returned with your reason: {ref}.",
    Action.UNSIGN: "Signature taken back: {ref}. It waits for you again.",
}


@keeps_text
@needs(Can.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def signoff(request: HttpRequest, month: Month) -> HttpResponse:
    """The desk; its form signs all that were ticked."""
    account = cast(Account, request.user)
    if request.method == "POST":
        ticked = [_read(request, _indicator(ident)) for ident in request.POST.getlist("read")]
        if not ticked:
            wrong = [("sign-ticked", "Tick at least one comment that you have read.")]
            return _desk(request, month, wrong=wrong)
        signed, left = services.sign(account, month, ticked)
        request.session["signoff"] = {"said": _signed(signed), "left": left, "at": ""}
        return redirect("signoff", month)
    return _desk(request, month)


@keeps_text
@needs(Can.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, month: Month, ident: str) -> HttpResponse:
    """A decision about one comment; to look at, its place on the desk."""
    account, indicator = cast(Account, request.user), _indicator(ident)
    require(account, Can.SIGN, indicator)
    place = reverse("signoff", args=[month.iso])
    if request.method != "POST":
        return redirect(f"{place}#row-{ident}")
    because = without_controls(request.POST.get("because", ""))
    try:
        action = Action(request.POST.get("do", ""))
        services.decide(account, month, _read(request, indicator), action, because)
    except (InputError, KeyError, ValueError) as error:
        if not isinstance(error, InputError):
            raise Http404 from error
        said = f"{indicator.ref}: {error.found}; {error.todo}."
        return _desk(request, month, wrong=[(f"because-{ident}", said)], reasons={ident: because})
    said = _DONE[action].format(ref=indicator.ref)
    request.session["signoff"] = {"said": said, "left": [], "at": ident}
    return redirect(f"{place}#row-{ident}")


def _desk(
    request: HttpRequest,
    month: Month,
    *,
    wrong: list[tuple[str, str]] | None = None,
    reasons: dict[str, str] | None = None,
) -> HttpResponse:
    said = request.session.pop("signoff", None)
    values = {
        "desk": queries.desk(cast(Account, request.user), month),
        "said": said,
        "wrong": wrong or [],
        "reasons": reasons or {},
    }
    return render(request, "signoff/desk.html", values, status=422 if wrong else 200)


def _signed(refs: list[str]) -> str:
    return f"Signed: {', '.join(refs)}." if refs else ""


def _read(request: HttpRequest, indicator: Indicator) -> Read:
    ident = indicator.id
    posted = request.POST
    return Read(indicator, posted.get(f"version-{ident}", ""), posted.get(f"figures-{ident}", ""))


def _indicator(ident: str) -> Indicator:
    found = indicator_by_id(ident)
    if found is None:
        raise Http404
    return found
