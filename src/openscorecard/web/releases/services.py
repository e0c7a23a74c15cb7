"""Writes of this area: releasing a month's two pages, and withdrawing a release.

Each page is released whole or not at all by `publishing`; both are made by one job, the internal
first. A job that was stopped between them is completed by asking for it again: what was recorded
becomes the same version.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from openscorecard import publishing
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import Event, What
from openscorecard.web.audit.record import record
from openscorecard.web.loads.models import Job, JobState, Kind
from openscorecard.web.loads.services import Done, Tell, ask, note_before
from openscorecard.web.months import look_again, root
from openscorecard.web.releases.checklist import Checklist, checklist
from openscorecard.web.releases.places import AUDIENCES, editions, place_for
from openscorecard.workspace import open_workspace
from openscorecard.workspace.releases import kept_releases
from openscorecard.workspace.withdrawal import Withdrawal, withdraw


def ask_to_release(account: Account, month: Month, seen: str, reason: str, despite: str) -> Job:
    """Asks for the month to be released as the analyst saw it: `seen` is the checklist's own
    number. `reason` is that of a correction, `despite` why it is released with things left open.
    InputError where it may not be; asked twice while it waits, it is the same job."""
    refuse(checklist(month), seen, reason, despite)
    with transaction.atomic():
        open_jobs = Job.objects.filter(
            kind=Kind.RELEASE, state__in=(JobState.WAITING, JobState.RUNNING)
        )
        before = next((one for one in open_jobs if one.asked.get("month") == month.iso), None)
        if before is not None:
            return before
        asked = {"month": month.iso, "seen": seen, "reason": reason, "despite": despite}
        return ask(account, Kind.RELEASE, asked)


def refuse(found: Checklist, seen: str, reason: str, despite: str) -> None:
    """InputError where the month may not be released, or is not what was seen."""
    where = f"the release of {found.month.long}"
    if found.number != seen:
        raise InputError(
            "figures, comments or signatures were changed since you looked at it",
            where=where,
            todo="look at the checklist again",
        )
    if found.blocking:
        raise InputError(
            f"it cannot be released: {'; '.join(found.blocking)}", where=where,
            todo="settle these first",
        )  # fmt: skip
    if found.open and found.changes and not despite.strip():
        raise InputError(
            "not everything is commented and signed, and no reason says why it is released so",
            where=where,
            todo="say why, or wait until it is signed",
        )
    if found.needs_reason and not reason.strip():
        raise InputError(
            "it corrects what was released, and the reason is missing", where=where,
            todo="say what was wrong",
        )  # fmt: skip
    if reason.strip() and found.corrects("public"):
        publishing.refuse_telling(reason, found.public)


def release(job: Job, tell: Tell) -> Done:
    """Releases both pages of the month, each to its permanent folder."""
    month, workspace = Month.parse(job.asked["month"]), open_workspace(root())
    reason, despite = str(job.asked.get("reason", "")), str(job.asked.get("despite", ""))
    tell("looking at the checklist again")
    look_again()
    found = checklist(month)
    refuse(found, str(job.asked["seen"]), reason, despite)
    aims = {audience: found.next_version(audience) for audience in AUDIENCES}
    note_before(job, {"recorded": [one.id for one in kept_releases(root())], "aims": aims})
    for audience in AUDIENCES:

        def told(said: str, of: str = audience) -> None:
            tell(f"{of} page: {said}")

        publishing.publish(
            month,
            workspace,
            audience,
            place_for(month, audience, aims[audience]),
            reason=reason if found.corrects(audience) else "",
            tell=told,
        )
    return _released(job, month, aims)


def settle_release(job: Job) -> Done | None:
    """What a killed job had released: all of it, a part (then `next_step` says so), or None."""
    before = job.outcome.get("before")
    if before is None:
        return None
    month, aims = Month.parse(job.asked["month"]), dict(before["aims"])
    there = {
        one.kept.audience
        for one in editions()
        if one.kept.month == month
        and one.version == aims[one.kept.audience]
        and one.folder is not None
    }
    recorded = [
        one
        for one in kept_releases(root())
        if one.id not in before["recorded"] and one.month == month
    ]
    if there == set(AUDIENCES):
        return _released(job, month, aims)
    if not recorded:
        return None
    done = " and ".join(f"version {one.release.version} of the {one.audience} page"
                        for one in recorded)  # fmt: skip
    is_there = "is recorded" if len(recorded) == 1 else "are recorded"
    return Done(
        {"month": month.iso},
        What.RELEASED,
        f"{done}; stopped before all was written",
        month,
        next_step=f"{done} {is_there}. Publish again: what is recorded stays the same version, and "
        "what is missing is written",
    )


def _released(job: Job, month: Month, aims: dict[str, int]) -> Done:
    detail = ", ".join(f"{audience} version {aims[audience]}" for audience in AUDIENCES)
    for name, said in (("because", "reason"), ("despite what was open", "despite")):
        if job.asked.get(said):
            detail += f"; {name}: {job.asked[said]}"
    outcome: dict[str, Any] = {"month": month.iso, "versions": aims}
    return Done(outcome, What.RELEASED, detail, month)


def withdraw_release(
    account: Account, month: Month, audience: str, version: int, reason: str
) -> Withdrawal:
    """Withdraws a release. InputError where it does not stand, or the reason may not be told."""
    if audience == "public":
        publishing.refuse_telling(reason, checklist(month).public)
    done = withdraw(
        root(), month, audience, version, reason=reason, at=dt.datetime.now(dt.UTC),
        account=str(account.pk),
    )  # fmt: skip
    look_again()
    note_withdrawals()
    return done


def note_withdrawals() -> None:
    """Brings the record in line with the releases that are withdrawn: a line for each, even where
    the application was stopped in between."""
    for one in editions():
        if one.withdrawal is None or not one.withdrawal.account:
            continue
        named = f"{one.kept.audience} version {one.version}"
        with transaction.atomic():
            told = Event.objects.filter(
                what=What.WITHDRAWN, month=one.kept.month.iso, detail__startswith=f"{named}; "
            )
            if not told.exists():
                by = Account.objects.filter(pk=one.withdrawal.account).first()
                detail = f"{named}; because: {one.withdrawal.reason}"
                record(by, What.WITHDRAWN, month=one.kept.month, detail=detail)
