"""The published pages: what was released, for everybody; internal releases for those signed in.

Files are served as they were released, byte for byte. A page of a version that another one took
the place of says so on top, for whoever kept its address; `?as=released` gives its own bytes.
"""

from __future__ import annotations

from html import escape

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from openscorecard.periods import Month, day_in_words
from openscorecard.web.access import Can, may, needs
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import What
from openscorecard.web.audit.record import record
from openscorecard.web.months import workspace
from openscorecard.web.releases import queries
from openscorecard.web.releases.places import AUDIENCES, Edition, current, edition, newest

_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, no-cache"
_NEVER = "private, no-store"
_DOWNLOADS = (".xlsx", ".csv", ".parquet", ".pdf")


@needs(Can.READ_PUBLIC)
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """What was published, by month, the newest first."""
    audiences = _audiences(request)
    values = {
        "months": queries.published_months(audiences),
        "internal": "internal" in audiences,
        "day": day_in_words,
        "council": workspace().settings.council,
    }
    return render(request, "releases/published.html", values)


@needs(Can.READ_PUBLIC)
@require_safe
def published_month(request: HttpRequest, month: Month) -> HttpResponse:
    """To the newest version of the month's page; to its versions where the newest was withdrawn."""
    one = current(month, "public")
    if one is not None:
        return redirect("published_file", month, "public", one.version, "index.html")
    return published_versions(request, month)


@needs(Can.READ_PUBLIC)
@require_safe
def published_versions(request: HttpRequest, month: Month) -> HttpResponse:
    """Every version of the month's pages, and where each is."""
    found = queries.published_months(_audiences(request))
    of_month = next((one for one in found if one.month == month), None)
    if of_month is None:
        raise Http404
    values = {
        "months": (of_month,),
        "internal": "internal" in _audiences(request),
        "only": month,
        "day": day_in_words,
        "council": workspace().settings.council,
    }
    return render(request, "releases/published.html", values)


@needs(Can.READ_PUBLIC)
@require_safe
def published_file(
    request: HttpRequest, month: Month, audience: str, version: int, path: str = ""
) -> HttpResponseBase:
    """One file of a release."""
    if audience not in AUDIENCES:
        raise Http404
    if audience == "internal" and not may(request.user, Can.READ_RELEASES):
        if request.user.is_authenticated:
            raise PermissionDenied(Can.READ_RELEASES)
        return redirect_to_login(request.get_full_path())
    one = edition(month, audience, version)
    if one is None:
        raise Http404
    if path == "":
        return redirect("published_file", month, audience, version, "index.html")
    if one.withdrawal is not None:
        return _gone(request, one)
    # What could be withdrawn is asked for again each time, or a withdrawal would not be noticed.
    return _file(request, one, path, _FOREVER if path.startswith("assets/") else _ASK_AGAIN)


@needs(Can.READ_PUBLIC)
@require_safe
def latest_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """The open data of the newest month, at an address that stays: for Excel and Power BI."""
    one = newest("public")
    if one is None or path not in queries.ALWAYS:
        raise Http404
    return _file(request, one, path, _ASK_AGAIN)


def _file(request: HttpRequest, one: Edition, name: str, caching: str) -> HttpResponse:
    place = queries.read_file(one, name)
    if place is None:
        if one.folder is None and name in one.files:
            return _missing(request, one)
        raise Http404
    content, etag = place.read_bytes(), one.files[name]
    if name.endswith(".html") and not one.current and request.GET.get("as") != "released":
        content, etag = _with_notice(content, one), f"{etag}-{one.newest}"
    if one.kept.audience == "internal":
        caching = _NEVER
        if name.endswith(_DOWNLOADS) and isinstance(request.user, Account):
            detail = f"internal version {one.version}: {name}"
            record(request.user, What.DOWNLOADED, month=one.kept.month, detail=detail)
    quoted = f'"{etag}"'
    same = quoted in parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if same and one.kept.audience == "public":
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type=queries.content_type(name))
    response["ETag"], response["Cache-Control"] = quoted, caching
    if one.kept.audience == "internal":
        patch_vary_headers(response, ["Cookie"])
    if not one.current:
        response["Link"] = f'<{_newest_address(one)}>; rel="latest-version"'
    return response


def _with_notice(content: bytes, one: Edition) -> bytes:
    """The page with a line on top that a newer version took its place."""
    day = day_in_words(one.kept.release.on)
    said = f"This is version {one.version} of {day}. A newer one took its place."
    link = f'<a href="{escape(_newest_address(one))}">Go to the newest version</a>'
    notice = (  # by classes that every release's own sheet has
        f'<div class="strip-note"><div class="wrap"><strong>{escape(said)}</strong></div></div>'
        f'<div class="wrap"><p class="under">{link}</p></div>'
    )
    head, found, rest = content.partition(b"<header>")
    return head + found + notice.encode() + rest if found else notice.encode() + content


def _newest_address(one: Edition) -> str:
    month, audience = one.kept.month, one.kept.audience
    now = current(month, audience)
    if now is None:
        return reverse("published_versions", args=[month])
    return reverse("published_file", args=[month, audience, now.version, "index.html"])


def _gone(request: HttpRequest, one: Edition) -> HttpResponse:
    values = {
        "one": one,
        "now": current(one.kept.month, one.kept.audience),
        "day": day_in_words,
    }
    response = render(request, "releases/withdrawn.html", values, status=410)
    response["Cache-Control"] = "no-store"
    return response


def _missing(request: HttpRequest, one: Edition) -> HttpResponse:
    values = {
        "title": "Its files are not here",
        "found": f"{one.kept.month.long}, {one.kept.audience} version {one.version}, was released, "
        "and its files are not in their place.",
        "todo": "An analyst can write them again from the release page: they are the same version.",
    }
    return render(request, "fault.html", values, status=404)


def _audiences(request: HttpRequest) -> tuple[str, ...]:
    return AUDIENCES if may(request.user, Can.READ_RELEASES) else ("public",)
