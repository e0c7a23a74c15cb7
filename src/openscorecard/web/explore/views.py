"""Addresses of a month: its page, its table, an indicator, the children behind one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from markupsafe import Markup

from openscorecard.catalogue.indicator import Indicator
from openscorecard.errors import InputError
from openscorecard.periods import Month, day_in_words
from openscorecard.publish.file_names import WORKBOOK
from openscorecard.publish.html import words
from openscorecard.publish.release_words import DRAFT, DRAFT_REST
from openscorecard.publish.tidy_csv import csv_text, guarded
from openscorecard.web import months as workspace_months
from openscorecard.web.access import Can, may, needs, require
from openscorecard.web.accounts.models import Account
from openscorecard.web.explore import origins, queries, services
from openscorecard.web.explore.bodies import Body
from openscorecard.web.explore.filters import Filter, asked_for

_CSV, _XLSX = "text/csv; charset=utf-8", (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)  # fmt: skip


@needs(Can.READ_WORK)
@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """All months that have a page; leads on to the one that was chosen."""
    known = workspace_months.months()
    chosen = next((one for one in known if one.iso == request.GET.get("month")), None)
    if chosen is not None:
        return redirect("month", chosen)
    return render(request, "explore/months.html", {"months": known})


@needs(Can.READ_WORK)
@require_safe
def month(request: HttpRequest, month: Month) -> HttpResponse:
    wanted = Filter()
    if request.GET:
        wanted = asked_for(request.GET, queries.drawn_rows(month).traits.values())
    body = queries.month_body(month, wanted)
    return _framed(request, month, body, queries.actions(request.user, month))


@needs(Can.READ_WORK)
@require_safe
def month_table(request: HttpRequest, month: Month) -> HttpResponse:
    return _framed(request, month, queries.table_body(month))


@needs(Can.READ_WORK)
@require_safe
def month_about(request: HttpRequest, month: Month) -> HttpResponse:
    return _framed(request, month, queries.about_body(month))


@needs(Can.READ_WORK)
@require_safe
def to_month(request: HttpRequest, month: Month) -> HttpResponse:
    """The published site's name of the first page, to which its other pages lead."""
    del request
    return redirect("month", month)


@needs(Can.READ_WORK)
@require_safe
def to_indicator(request: HttpRequest, month: Month, id: str) -> HttpResponse:
    del request
    return redirect("indicator", month, id)


@needs(Can.READ_WORK)
@require_safe
def draft_file(request: HttpRequest, month: Month, name: str) -> HttpResponse:
    """The workbook or the figures of the month as it stands; who took them is recorded."""
    if name not in {one.file for one in queries.DRAFT_FILES}:
        raise Http404(name)
    content = queries.draft_file(month, name)
    services.draft_taken(cast(Account, request.user), month, name)
    kind = _XLSX if name == WORKBOOK else _CSV
    return _attached(content, f"draft-{month.iso}-{name}", kind)


@needs(Can.READ_WORK)
@require_safe
def indicator(request: HttpRequest, month: Month, id: str) -> HttpResponse:
    one = _indicator(id)
    slots = {id: queries.action(request.user, month, one)}
    if may(request.user, Can.SEE_CHILDREN, one):
        slots["children"] = _CHILDREN.format(reverse("children", args=[month, id]))
    return _framed(request, month, queries.indicator_body(month, one), slots)


_CHILDREN = Markup(
    '<li><h3><a href="{}">The children behind it</a></h3>'
    "<p>Those who met it and those who did not, with due date, worker and team. "
    "Each look is recorded.</p></li>"
)


@needs(Can.READ_WORK)
@require_safe
def working(request: HttpRequest, month: Month, id: str) -> HttpResponse:
    return _framed(request, month, origins.working_body(month, _indicator(id)))


@needs(Can.READ_WORK)
@require_safe
def revisions(request: HttpRequest, month: Month, id: str) -> HttpResponse:
    with_rows = request.GET.get("rows") == "yes"
    return _framed(
        request, month, origins.revisions_body(month, _indicator(id), with_rows=with_rows)
    )


@needs(Can.SEE_CHILDREN)
@require_safe
@never_cache
def children(request: HttpRequest, month: Month, id: str) -> HttpResponse:
    """The rows behind a figure, for analysts and for her who reports on it or owns it."""
    one = _indicator(id)
    require(request.user, Can.SEE_CHILDREN, one)
    values = {"month": month, "item": one, "words": words, "day": day_in_words}
    try:
        found = origins.children(month, one, _which(request))
    except InputError as error:
        return render(request, "explore/children.html", {**values, "refused": error})
    pages = max(-(-len(found.lines) // origins.PER_PAGE), 1)
    at = min(max(_number(request.GET.get("page", "")), 1), pages)
    first = (at - 1) * origins.PER_PAGE
    lines = found.lines[first : first + origins.PER_PAGE]
    services.children_looked_at(
        cast(Account, request.user), month, one.ref, found.which,
        len(lines), len(found.lines), "on the page",
    )  # fmt: skip
    values |= {"found": found, "lines": lines, "pages": pages, "at": at, "first": first + 1}
    values |= {"which": origins.WHICH, "refused": None}
    return render(request, "explore/children.html", values)


@needs(Can.SEE_CHILDREN)
@require_safe
@never_cache
def children_csv(request: HttpRequest, month: Month, id: str) -> HttpResponse:
    one = _indicator(id)
    require(request.user, Can.SEE_CHILDREN, one)
    found = origins.children(month, one, _which(request))
    services.children_looked_at(
        cast(Account, request.user), month, one.ref, found.which,
        len(found.lines), len(found.lines), "as CSV",
    )  # fmt: skip
    name = f"{one.id}-{month.iso}-{found.which}.csv"
    return _attached(_csv(found).encode(), name, _CSV)


def _csv(found: origins.Children) -> str:
    yes_no = {True: "yes", False: "no", None: ""}
    lines = [
        [guarded(one.row), guarded(one.child), yes_no[one.met],
         one.due.isoformat() if one.due else "", guarded(one.worker), guarded(one.team)]
        for one in found.lines
    ]  # fmt: skip
    return csv_text(("row", "child", "met", "due", "worker", "team"), lines)


def _which(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in origins.WHICH else origins.ALL


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _indicator(id: str) -> Indicator:
    found = workspace_months.indicator_by_id(id)
    if found is None:
        raise Http404(id)
    return found


def _framed(
    request: HttpRequest, month: Month, body: Body, slots: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page that was drawn, within this person's frame."""
    values = {"body": body, "main": body.filled(slots or {}), "month": month}
    values |= {"DRAFT": DRAFT, "DRAFT_REST": DRAFT_REST, "released": queries.released(month)}
    return render(request, "explore/frame.html", values)


def _attached(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
