"""Addresses of the catalogue: the list, a definition, and all of it as JSON."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openscorecard.web.access import Can, needs
from openscorecard.web.catalogue import queries
from openscorecard.web.months import indicator_by_id


@needs(Can.READ_WORK)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    asked = queries.asked_for(request.GET)
    values = {"asked": asked, "listed": queries.listed(asked), "kinds": queries.KINDS}
    return render(request, "catalogue/list.html", values)


@needs(Can.READ_WORK)
@require_safe
def definition(request: HttpRequest, id: str) -> HttpResponse:
    found = indicator_by_id(id)
    if found is None:
        raise Http404(id)
    body = queries.definition_body(found)
    return render(request, "catalogue/frame.html", {"body": body, "main": body.filled({})})


@needs(Can.READ_WORK)
@require_safe
def catalogue_json(request: HttpRequest) -> JsonResponse:
    """Every definition in force, resolved, with the place of each line."""
    del request
    response = JsonResponse(
        queries.whole_catalogue(), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = 'attachment; filename="catalogue.json"'
    return response
