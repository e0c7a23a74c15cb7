"""The start page, and the health address."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path

from openscorecard.web.access import Can, may, needs
from openscorecard.web.months import months, workspace


@needs(Can.READ_PUBLIC)
def start(request: HttpRequest) -> HttpResponse:
    """Where somebody's work begins: the newest month for those who work on it, what was published
    for everybody else."""
    newest = months()
    if newest and may(request.user, Can.READ_WORK):
        return redirect("month", newest[0])
    return redirect("published")


@needs(Can.READ_PUBLIC)
def health(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and the workspace opens; for whoever watches the service."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    workspace()
    return JsonResponse({"status": "ok"})


urlpatterns = [path("", start, name="start"), path("health", health, name="health")]
