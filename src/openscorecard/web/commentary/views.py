"""My commentary, over HTTP."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openscorecard.catalogue.indicator import Indicator
from openscorecard.commentary.sending import Sent
from openscorecard.commentary.signoff import NOTHING_TO_EXPLAIN
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.web.access import Can, needs, require
from openscorecard.web.accounts.models import Account
from openscorecard.web.commentary import queries, services
from openscorecard.web.commentary.box import Box, box
from openscorecard.web.commentary.drafts import (
    Writing,
    drafts_of,
    drop_draft,
    save_draft,
    version,
    writing_of,
)
from openscorecard.web.commentary.history import clock
from openscorecard.web.commentary.keeping import keeps_text, wants_json
from openscorecard.web.commentary.services import Ticked
from openscorecard.web.months import indicator_by_id, seen

# What a page says after it was sent here, by the word in its address.
DONE = {
    "sent": "Sent for sign-off.",
    "stood": "This text stands already: there was nothing to send.",
    "saved": "Draft saved. It is not sent yet.",
    "same": "Nothing was changed, so there was nothing to save.",
    "back": "Taken back. Your text is in the box below, unsent.",
    "dropped": "Dropped.",
    "chosen": "Chosen. It waits for sign-off.",
    "none": "Chosen: no comment.",
    "nothing": "Sent: usual variation, nothing to explain.",
}


@keeps_text
@needs(Can.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def commentary(request: HttpRequest, month: Month) -> HttpResponse:
    """What is due from me."""
    account = cast(Account, request.user)
    wrong: list[tuple[str, str]] = []
    if request.method == "POST":
        ticked = _ticked(request)
        if ticked:
            done, left = services.nothing_to_explain(account, month, ticked)
            request.session["commentary"] = {"done": done, "left": left}
            return redirect("commentary", month)
        wrong = [("nothing", "Tick at least one indicator.")]
    said = request.session.pop("commentary", None)
    values = {"desk": queries.desk(account, month), "said": said, "wrong": wrong}
    return render(request, "commentary/desk.html", values, status=422 if wrong else 200)


def _ticked(request: HttpRequest) -> list[Ticked]:
    found = []
    for ident in request.POST.getlist("nothing"):
        base = request.POST.get(f"base-{ident}", "")
        figures = request.POST.get(f"figures-{ident}", "")
        found.append(Ticked(_indicator(ident), base, figures))
    return found


@keeps_text
@needs(Can.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, month: Month, ident: str) -> HttpResponse:
    """One indicator's box. Every button of its form brings the text along, and none loses it."""
    account, indicator = cast(Account, request.user), _indicator(ident)
    require(account, Can.WRITE, indicator)
    if request.method == "POST":
        return _written(request, account, month, indicator)
    number = request.GET.get("draft", "")
    found = box(
        account, month, indicator,
        draft=int(number) if number.isdecimal() else None,
        start_from_last=request.GET.get("from") == "last",
    )  # fmt: skip
    done = request.GET.get("done", "")
    if done in ("sent", "stood") and found.conflict:  # that page was opened again later
        done = ""
    return _box(request, found, DONE.get(done, ""))


def _written(
    request: HttpRequest, account: Account, month: Month, indicator: Indicator
) -> HttpResponse:
    do, _, about = request.POST.get("do", "send").partition(":")
    writing = writing_of(request.POST.dict())
    try:
        more = _do(account, month, indicator, writing, do, about)
    except InputError as error:
        said = f"{error.found[:1].upper()}{error.found[1:]}: {error.todo}."
        if wants_json(request):
            return JsonResponse({"wrong": "refused", "said": said}, status=409)
        found = box(account, month, indicator, posted=writing)
        return _box(request, found, "", [("text", said)], status=409)
    to = reverse("write", args=[month.iso, indicator.id]) + more
    if wants_json(request):
        return JsonResponse({"to": to})
    return redirect(to)


def _do(
    account: Account, month: Month, indicator: Indicator, writing: Writing, do: str, about: str
) -> str:
    """Does what the button says; gives what follows the page's address."""
    ref = indicator.ref
    if do == "send":
        return f"?done={_AFTER[services.send(account, month, indicator, writing)]}"
    if do == "nothing":
        _keep(account, month, indicator, writing)
        nothing = Writing(NOTHING_TO_EXPLAIN, "", writing.base, "")
        outcome = services.send(account, month, indicator, nothing)
        return "?done=nothing" if outcome is Sent.STANDS else f"?done={_AFTER[outcome]}"
    if do == "choose":
        _keep(account, month, indicator, writing)
        services.choose(account, month, indicator, about, writing.base)
        return "?done=chosen"
    if do == "drop" and about.isdecimal():
        _keep(account, month, indicator, writing)
        drop_draft(account, month, ref, int(about))
        return "?done=dropped"
    _keep(account, month, indicator, writing)
    if do == "use" and about.isdecimal():
        return f"?draft={about}"
    if do == "last":
        return "?from=last"
    return "?done=saved" if drafts_of(account, month, ref) else "?done=same"


_AFTER = {Sent.STANDS: "sent", Sent.STOOD: "stood", Sent.BESIDE: "beside"}


def _keep(account: Account, month: Month, indicator: Indicator, writing: Writing) -> None:
    """Saves the box as a draft, unless it is as the page opened or was saved last."""
    if writing.version != writing.was:
        save_draft(account, month, indicator.ref, writing)


def _box(
    request: HttpRequest, found: Box, done: str,
    wrong: list[tuple[str, str]] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    values = {"box": found, "done": done, "wrong": wrong or []}
    return render(request, "commentary/write.html", values, status=status)


@keeps_text
@needs(Can.WRITE)
@require_POST
def draft(request: HttpRequest, month: Month, ident: str) -> JsonResponse:
    """Autosave: keeps what is typed, and says under which number and when."""
    account, indicator = cast(Account, request.user), _indicator(ident)
    require(account, Can.WRITE, indicator)
    seen(month)
    kept = save_draft(account, month, indicator.ref, writing_of(request.POST.dict()))
    if kept is None:
        return JsonResponse({"at": clock(timezone.now())})
    return JsonResponse({"page": kept.page, "was": version(kept), "at": clock(kept.saved_at)})


@keeps_text
@needs(Can.WRITE)
@require_POST
def take_back(request: HttpRequest, month: Month, ident: str) -> HttpResponse:
    account, indicator = cast(Account, request.user), _indicator(ident)
    services.take_back(account, month, indicator, request.POST.get("version", ""))
    return redirect(reverse("write", args=[month.iso, ident]) + "?done=back")


@needs(Can.SIGN_IN)
@require_GET
def key(request: HttpRequest) -> JsonResponse:
    """Whether somebody is signed in, and the key that her forms need: for a page that was opened
    before she signed in again."""
    account = request.user.pk if request.user.is_authenticated else None
    answer = JsonResponse({"account": account, "key": get_token(request) if account else ""})
    answer["Cache-Control"] = "no-store"
    return answer


def _indicator(ident: str) -> Indicator:
    found = indicator_by_id(ident)
    if found is None:
        raise Http404
    return found
