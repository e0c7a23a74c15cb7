"""The addresses of the API. GET alone; what is asked for wrongly is answered with what to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Query

from openscorecard import __version__
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.web.access import Can, may
from openscorecard.web.api import queries, shapes
from openscorecard.web.releases.places import Edition, editions

api = NinjaAPI(
    title="OpenScorecard",
    version=__version__,
    description=(
        "Released figures of children's services, read-only. Without signing in the public ones; "
        "small numbers and what would give them away are hidden there."
    ),
    docs_url=None,
    urls_namespace="api",
)
REFUSALS: dict[int, Any] = {403: shapes.Problem, 404: shapes.Problem, 422: Any}


class RefusedError(Exception):
    def __init__(self, status: int, found: str, todo: str) -> None:
        super().__init__(found)
        self.status, self.found, self.todo = status, found, todo


@api.exception_handler(RefusedError)
def refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    return api.create_response(
        request, {"found": error.found, "todo": error.todo}, status=error.status
    )


@api.get("/releases", response={200: list[shapes.ReleaseOut], **REFUSALS}, url_name="releases")
def releases(request: HttpRequest, asked: Query[shapes.AskedAudience]) -> Any:
    """Every release of that audience that stands, newest month first."""
    return [_as_out(request, one) for one in _releases(request, asked.audience)]


@api.get("/figures", response={200: shapes.Figures, **REFUSALS}, url_name="figures")
def figures(request: HttpRequest, asked: Query[shapes.AskedFigures]) -> Any:
    """The lines of a release: an indicator, a month and a measure each."""
    release = _release(request, asked)
    of_month = _month(asked.of_month) if asked.of_month else None
    lines = queries.Asked(asked.ref, asked.section, of_month, asked.measure)
    return _page(release) | {"figures": list(queries.figures(release, lines))}


@api.get("/comparators", response={200: shapes.Comparators, **REFUSALS}, url_name="comparators")
def comparators(request: HttpRequest, asked: Query[shapes.AskedLines]) -> Any:
    """What stands beside the council's own figures, and how each was made."""
    release = _release(request, asked)
    found = queries.comparators(release, queries.Asked(ref=asked.ref))
    return _page(release) | {"comparators": list(found)}


@api.get("/definitions", response={200: shapes.Definitions, **REFUSALS}, url_name="definitions")
def definitions(request: HttpRequest, asked: Query[shapes.AskedLines]) -> Any:
    """The definitions in force in that release."""
    release = _release(request, asked)
    return _page(release) | {"definitions": list(queries.definitions(release, asked.ref))}


def _page(release: Edition) -> dict[str, object]:
    month, audience, version = release.address
    return {"month": month, "audience": audience, "version": version}


def _releases(request: HttpRequest, audience: str) -> tuple[Edition, ...]:
    if audience == "internal" and not may(request.user, Can.READ_RELEASES):
        raise RefusedError(
            403, "internal figures are for those signed in", "sign in, or ask for public"
        )
    return tuple(
        one
        for one in editions()
        if one.kept.audience == audience and one.withdrawal is None and one.folder is not None
    )


def _release(request: HttpRequest, asked: shapes.AskedLines) -> Edition:
    wanted = _month(asked.month) if asked.month else None
    for one in _releases(request, asked.audience):
        is_asked = one.version == asked.version if asked.version else one.current
        if wanted in (None, one.kept.month) and is_asked:
            return one
    raise RefusedError(
        404,
        f"there is no such {asked.audience} release",
        f"choose one of {reverse('api:releases')}",
    )


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except InputError as error:
        raise RefusedError(404, f"{text} is no month", "write it as 2021-06") from error


def _as_out(request: HttpRequest, one: Edition) -> dict[str, object]:
    def address(path: str) -> str:
        place = reverse("published_file", args=[*one.address, path])
        return request.build_absolute_uri(place)

    release = one.kept.release
    return _page(one) | {
        "on": release.on,
        "reason": release.reason,
        "corrected_cells": len(release.changed),
        "newest": one.current,
        "sha256": one.kept.sha256,
        "pages": address("index.html"),
        "csv": address("figures.csv"),
        "parquet": address("figures.parquet"),
    }
