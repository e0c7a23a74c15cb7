"""Writes of this area: a job is asked for, carried out, and ended; a load's rows are dropped.

The end of a job and its line in the record are written together. What the job does to the workspace
is all or nothing by itself; `settle` tells, of a job that was killed, whether it had been done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from openscorecard import run
from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import What
from openscorecard.web.audit.record import record
from openscorecard.web.loads import upload
from openscorecard.web.loads.models import Job, JobState, Kind
from openscorecard.web.loads.recognise import Recognised, recognise
from openscorecard.web.months import root
from openscorecard.workspace import Workspace, open_workspace
from openscorecard.workspace.forget_records import drop_rows
from openscorecard.workspace.load import Load, page_loads, sha256_of
from openscorecard.workspace.records_load import RecordsLoad, all_records_loads
from openscorecard.workspace.store import forget as take_out
from openscorecard.workspace.store import forgotten, known_load
from openscorecard.workspace.take import load_pages
from openscorecard.workspace.take_records import load_records

Tell = Callable[[str], None]
STOPPED = "it was stopped before it was done"
NOTHING_CHANGED = "nothing was changed"
AGAIN = "start it again"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: `outcome` for its page, and its line in the record."""

    outcome: dict[str, Any]
    what: What
    detail: str
    month: Month | None = None
    next_step: str = field(default="", compare=False)


def ask(account: Account, kind: Kind, asked: dict[str, Any]) -> Job:
    """A job that waits for the worker."""
    return Job.objects.create(account=account, kind=kind, asked=asked)


def ask_to_load(account: Account, token: str, stated: dict[str, Any]) -> Job:
    """Asks for the files of an upload to be loaded, once: sent twice, it is the same job."""
    upload.folder_of(token)
    with transaction.atomic():
        before = Job.objects.filter(kind=Kind.LOAD, asked__upload=token).first()
        return before or ask(account, Kind.LOAD, {"upload": token, **stated})


def sweep_uploads() -> None:
    """Removes files that nobody has loaded within a day."""
    waiting = Job.objects.filter(kind=Kind.LOAD, ended_at=None).values_list("asked", flat=True)
    upload.sweep({str(asked.get("upload")) for asked in waiting})


def note_before(job: Job, before: dict[str, Any]) -> None:
    """Keeps how things stood before the job began to change them, for `settle`."""
    job.outcome = {"before": before}
    job.save(update_fields=["outcome"])


def end(job: Job, state: JobState, outcome: dict[str, Any], done: Done | None = None) -> None:
    """Ends a job that is under way, together with its line in the record."""
    with transaction.atomic():
        ended = Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
            state=state, outcome=outcome, ended_at=timezone.now()
        )
        if ended and done is not None:
            record(job.account, done.what, month=done.month, detail=done.detail)
    job.refresh_from_db()
    if job.kind == Kind.LOAD and ended:
        upload.remove(str(job.asked.get("upload", "")))


def load(job: Job, tell: Tell) -> Done:
    """Loads an upload, as `scorecard load` does. InputError where it cannot be used."""
    workspace = open_workspace(root())
    folder = upload.folder_of(str(job.asked["upload"]))
    found = recognise(folder, workspace, run.catalogue_of(workspace))
    note_before(job, {"sequence": _newest_sequence(workspace)})
    reason = str(job.asked.get("reason", ""))
    findings: list[Finding] = []
    if found.is_records:
        loads: list[Load | RecordsLoad] = []
        paths = (folder,) if found.extract is not None else found.supplied
        for path in paths:
            try:
                taken = load_records(
                    workspace,
                    path,
                    extracted=_day(job.asked.get("extracted")),
                    complete_from=_day(job.asked.get("complete_from")),
                    reason=reason,
                    tell=tell,
                )
            except InputError as error:
                raise _after(error, loads) from error
            loads.append(taken.load)
    else:
        tell("reading the pages")
        pages = load_pages(
            workspace,
            _paths(found),
            as_printed=bool(job.asked.get("as_printed")),
            reason=reason,
        )
        loads = [one.load for one in pages]
        findings = [finding for one in pages for finding in one.findings]
    return _loaded(workspace, loads, findings, tell)


def _after(error: InputError, loads: list[Load | RecordsLoad]) -> InputError:
    """The error of one of several files, saying what was loaded before it."""
    if not loads:
        return error
    before = ", ".join(one.id for one in loads)
    found = f"{error.found} (loaded before it: {before}; nothing after it)"
    return InputError(found, where=error.where, todo=error.todo)


def settle_load(job: Job) -> Done | None:
    """What a killed job had loaded; None where nothing. Several tables of supplied figures are
    loaded one after the other: it says which were."""
    before = job.outcome.get("before")
    if before is None:
        return None
    workspace = open_workspace(root())
    try:
        folder = upload.folder_of(str(job.asked["upload"]))
    except InputError:
        return None
    names = {folder.name, *(path.name for path in folder.iterdir())}
    hashes = {sha256_of(path.read_bytes()) for path in folder.iterdir() if path.is_file()}
    since = int(before["sequence"])
    loads: list[Load | RecordsLoad] = [
        one
        for one in all_records_loads(workspace.loads)
        if one.sequence > since and one.source in names
    ]
    loads += [
        one for one in page_loads(workspace.loads) if one.sequence > since and one.sha256 in hashes
    ]
    return _loaded(workspace, loads, [], None) if loads else None


def drop_load(account: Account, load_id: str) -> None:
    """Drops the rows of a load of case records, its figures kept first, or takes a printed page
    out, as `scorecard loads forget` does. InputError where there is no such load."""
    workspace = open_workspace(root())
    known_load(workspace.loads, load_id)
    records = {one.id: one for one in all_records_loads(workspace.loads)}
    month = Month.parse(load_id[:7])
    if load_id in records:
        if not records[load_id].rows_dropped:
            run.keep_figures(workspace, load_id)
        with locked(workspace.loads):
            drop_rows(workspace.loads, load_id)
    else:
        with locked(workspace.loads):
            take_out(workspace.loads, load_id)
    record(account, What.LOAD_FORGOTTEN, month=month, detail=load_id)


def _loaded(
    workspace: Workspace,
    loads: list[Load | RecordsLoad],
    findings: list[Finding],
    tell: Tell | None,
) -> Done:
    month = max(one.month for one in loads)
    outcome: dict[str, Any] = {
        "loads": [one.id for one in loads],
        "month": month.iso,
        "findings": [one.as_json() for one in findings],
    }
    if tell is not None:  # so that the month's page is there when somebody asks for it
        tell(f"working out the page of {month.long}")
        try:
            page = run.build(month, workspace, tell=tell)
            outcome["with_figure"] = sum(row.latest.value is not None for row in page.rows)
            outcome["rows"] = len(page.rows)
        except InputError as error:
            outcome["page"] = as_json(error)
    ids = ", ".join(one.id for one in loads)
    return Done(outcome, What.LOADED, ids, month)


def as_json(error: InputError) -> dict[str, str]:
    """The parts of an error for a job's page."""
    return {"found": error.found, "where": _plain(error.where), "todo": error.todo}


def _plain(where: str) -> str:
    """No path of the machine: the uploaded file's own name says where."""
    place = str(upload.uploads())
    if where.startswith(place):
        parts = Path(where).relative_to(place).parts
        return "/".join(parts[2:]) or "the uploaded files"
    workspace = str(root())
    return where.removeprefix(workspace).lstrip("/") or "the workspace"


def _paths(found: Recognised) -> list[Path]:
    return [found.root / page.name for page in found.pages]


def _newest_sequence(workspace: Workspace) -> int:
    used = [one.sequence for one in all_records_loads(workspace.loads)]
    used += [one.sequence for one in page_loads(workspace.loads)]
    used += [int(one.get("sequence") or 0) for one in forgotten(workspace.loads)]
    return max(used, default=0)


def _day(text: object) -> dt.date | None:
    return dt.date.fromisoformat(str(text)) if text else None
