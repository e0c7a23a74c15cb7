"""Requests about loads and jobs; what they do stands in services.py."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openscorecard.errors import InputError
from openscorecard.periods import Month, day_in_words
from openscorecard.web.access import Can, needs
from openscorecard.web.accounts.models import Account
from openscorecard.web.loads import queries, services, upload
from openscorecard.web.loads.models import Job, JobState, Kind
from openscorecard.web.loads.recognise import Recognised, recognise
from openscorecard.web.months import catalogue, workspace

Errors = list[tuple[str, str]]  # the control's id, and what is said


@needs(Can.LOAD)
@require_GET
def loads(request: HttpRequest) -> HttpResponse:
    return _list(request, [])


@needs(Can.LOAD)
@csrf_exempt  # the handler has to be in place before the request is read; _receive checks the token
def upload_files(request: HttpRequest) -> HttpResponseBase:
    """Takes files in, streamed to disk, and shows what they are."""
    if request.method != "POST":
        return redirect("loads")
    services.sweep_uploads()
    token = upload.new_token()
    handler = upload.IntoFolder(request, upload.uploads() / token, upload.limit_bytes())
    request.upload_handlers = [handler]
    try:
        response = _receive(request, token, handler)
    except BaseException:
        upload.remove(token)
        raise
    if response.status_code >= 400:
        upload.remove(token)
    return response


@csrf_protect
def _receive(request: HttpRequest, token: str, handler: upload.IntoFolder) -> HttpResponse:
    files = [one for one in request.FILES.getlist("files") if isinstance(one, upload.Received)]
    if handler.too_large:
        said = f"The files are larger than {settings.UPLOAD_LIMIT_MB} MB together"
        return _list(request, [("files", f"{said}: pack them into a ZIP, or send fewer")], 413)
    try:
        upload.take_in(token, files)
        recognise(upload.folder_of(token), workspace(), catalogue())
    except InputError as error:
        found = services.as_json(error)
        where = "" if found["where"] == "the upload" else f"{found['where']}: "
        return _list(request, [("files", f"{where}{found['found']}. To do: {found['todo']}")], 422)
    return redirect("upload", token)


@needs(Can.LOAD)
@require_http_methods(["GET", "POST"])
def uploaded(request: HttpRequest, token: str) -> HttpResponse:
    """What was recognised, what is still to be stated; then the job that loads it."""
    found = recognise(upload.folder_of(token), workspace(), catalogue())
    if request.method == "GET":
        return _preview(request, token, found, {}, [])
    stated, errors = _stated(request, found)
    if errors:
        return _preview(request, token, found, request.POST, errors, 422)
    job = services.ask_to_load(_account(request), token, stated)
    return redirect("job", job.pk)


@needs(Can.LOAD)
@require_POST
def drop_upload(request: HttpRequest, token: str) -> HttpResponse:
    """Removes files that shall not be loaded after all."""
    del request
    waits = Job.objects.filter(kind=Kind.LOAD, asked__upload=token, ended_at=None)
    if not waits.exists():
        upload.remove(token)
    return redirect("loads")


@needs(Can.LOAD)
@require_GET
def load(request: HttpRequest, load_id: str) -> HttpResponse:
    found = queries.load_seen(load_id)
    if found is None:
        raise Http404
    return render(request, "loads/load.html", {"load": found})


@needs(Can.LOAD)
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, load_id: str) -> HttpResponse:
    """Asks, then drops the rows of a load or takes a printed page out."""
    found = queries.load_seen(load_id)
    if found is None:
        raise Http404
    wrong = ""
    if request.method == "POST":
        if request.POST.get("sure") == "yes":
            services.drop_load(_account(request), load_id)
            return redirect(f"{reverse('loads')}?dropped={load_id}")
        wrong = "Tick the box if the rows shall go"
    values = {"load": found, "wrong": wrong, "errors": [("sure", wrong)] if wrong else []}
    return render(request, "loads/forget.html", values, status=422 if wrong else 200)


@needs(Can.LOAD)
@require_GET
def job(request: HttpRequest, number: int) -> HttpResponse:
    """How a job stands, and what came of it."""
    one = _job(number)
    values = {
        "job": one,
        "day": day_in_words,
        "ended": one.ended_at is not None,
        "month": Month.parse(one.asked["month"]) if one.kind == Kind.RELEASE else None,
        "last": queries.last_line(one),
        "before": Job.objects.filter(state=JobState.WAITING, pk__lt=one.pk).count(),
        "loads": queries.loads_of(one),
        "findings": queries.findings_of(one),
        "State": JobState,
        "is_load": one.kind == Kind.LOAD,
    }
    return render(request, "loads/job.html", values)


@needs(Can.LOAD)
@require_GET
def job_progress(request: HttpRequest, number: int) -> JsonResponse:
    """The same for the page's script."""
    del request
    one = _job(number)
    told = {"state": one.get_state_display(), "said": one.said, "ended": one.ended_at is not None}
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


def _job(number: int) -> Job:
    found = Job.objects.select_related("account").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _list(request: HttpRequest, errors: Errors, status: int = 200) -> HttpResponse:
    lines = queries.load_lines()
    values = {
        "loads": lines,
        "day": day_in_words,
        "dropped": _dropped(request.GET.get("dropped", ""), lines),
        "jobs": queries.recent_jobs(),
        "errors": errors,
        "limit": settings.UPLOAD_LIMIT_MB,
        "kinds": upload.KINDS,
        "accept": ",".join([ending for ending, _, _ in upload.KINDS] + [upload.ARCHIVE]),
        "in_words": upload.kinds_in_words(),
    }
    return render(request, "loads/list.html", values, status=status)


def _dropped(load_id: str, lines: tuple[queries.LoadLine, ...]) -> str:
    """What to say after a load was dropped; "" where that is not so."""
    if not re.fullmatch(r"\d{4}-\d{2}-(?:records|page)-\d{3,}", load_id):
        return ""
    line = next((one for one in lines if one.id == load_id), None)
    if line is None:
        return f"{load_id} is taken out."
    return f"The rows of {load_id} are dropped; its figures stay." if line.rows_dropped else ""


def _preview(
    request: HttpRequest, token: str, found: Recognised, typed: Any, errors: Errors,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    values = {
        "token": token,
        "day": day_in_words,
        "found": found,
        "typed": typed,
        "errors": errors,
        "wrong": dict(errors),
        "records": found.is_records,
        "unread": any(page.amiss for page in found.pages),
    }
    return render(request, "loads/upload.html", values, status=status)


def _stated(request: HttpRequest, found: Recognised) -> tuple[dict[str, Any], Errors]:
    """What the form states about the upload, and what is wrong with it."""
    stated: dict[str, Any] = {"reason": request.POST.get("reason", "").strip()[:500]}
    errors: Errors = []
    today = dt.date.today()
    if found.is_records and found.unstated:
        day = _day(request.POST.get("extracted", ""))
        if day is None:
            errors.append(("extracted", "Enter the day on which the records were read out"))
        elif day > today:
            errors.append(("extracted", "The day on which the records were read out is to come"))
        else:
            stated["extracted"] = day.isoformat()
    if found.is_records and found.uncovered:
        first = _day(request.POST.get("complete_from", ""))
        read_out = _day(str(stated.get("extracted", ""))) or found.extracted or today
        if first is None:
            errors.append(("complete_from", "Enter the day from which every table is complete"))
        elif first > read_out:
            errors.append(("complete_from", "The tables cannot be complete from a day after they "
                                            "were read out"))  # fmt: skip
        else:
            stated["complete_from"] = first.isoformat()
    if found.pages:
        stated["as_printed"] = request.POST.get("as_printed") == "yes"
    return stated, errors


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user
