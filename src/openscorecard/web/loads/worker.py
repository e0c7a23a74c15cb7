"""The worker: a process of its own that does what waits, one job at a time.

`python -m openscorecard.web.loads.worker` runs until it is told to end. Another one that is
started beside it waits until the first has ended. Killed at any moment it leaves the workspace as
it was or with the job wholly done; the next worker says of the job which of both it is.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import django
from django.conf import settings

from openscorecard.errors import InputError
from openscorecard.locks import locked

_log = logging.getLogger("openscorecard.worker")
_REST = 0.5  # seconds between two looks for a job
_REST_OF_DATABASE = 5.0
_TELL = 0.5  # seconds at least between two lines of progress that are written
_MOST_LINES = 200
_LOCK = "worker"


@dataclass(frozen=True, slots=True)
class Doing:
    """How one kind of job is done, and how one is settled that was killed: a pair of whether it had
    been done, and what to say where it had not."""

    do: Callable[..., Any]
    settle: Callable[..., Any]


def kinds() -> dict[str, Doing]:
    """What the worker does: a visible list."""
    from openscorecard.web.loads import services as loads
    from openscorecard.web.loads.models import Kind
    from openscorecard.web.releases import services as releases

    return {
        Kind.LOAD: Doing(loads.load, loads.settle_load),
        Kind.RELEASE: Doing(releases.release, releases.settle_release),
    }


def work(stop: threading.Event) -> None:
    """Does jobs until `stop` is set; a job that is under way is ended first."""
    from django.db import DatabaseError, close_old_connections

    with _alone(stop) as alone:
        settled = not alone
        while alone and not stop.is_set():
            try:
                close_old_connections()
                if not settled:
                    recover()
                    settled = True
                if run_next() is None:
                    stop.wait(_REST)
            except DatabaseError:  # it went away, perhaps under a job: that one is settled next
                _log.exception("the database does not answer")
                settled = False
                stop.wait(_REST_OF_DATABASE)


def run_next() -> Any:
    """Does the oldest job that waits, and gives it; None where none does."""
    from django.utils import timezone

    from openscorecard.web.loads.models import Job, JobState

    waiting = Job.objects.filter(state=JobState.WAITING).order_by("id")
    for number in list(waiting.values_list("pk", flat=True)):
        # One statement, so that of two workers one gets it, on any database.
        claimed = Job.objects.filter(pk=number, state=JobState.WAITING).update(
            state=JobState.RUNNING, began_at=timezone.now()
        )
        if claimed:
            job = Job.objects.select_related("account").get(pk=number)
            _run(job)
            return job
    return None


def recover() -> None:
    """Settles the jobs that were under way when the worker before was killed."""
    from openscorecard.web.loads.models import Job, JobState
    from openscorecard.web.loads.services import STOPPED
    from openscorecard.web.releases.services import note_withdrawals

    for job in Job.objects.filter(state=JobState.RUNNING).select_related("account").order_by("id"):
        _settle(job, {"found": STOPPED})
    note_withdrawals()


def _settle(job: Any, why: dict[str, Any]) -> None:
    """Ends a job that did not come to its own end, by what it had done until then."""
    from openscorecard.web.loads.models import JobState
    from openscorecard.web.loads.services import AGAIN, NOTHING_CHANGED, end

    try:
        done = kinds()[job.kind].settle(job)
    except InputError as error:  # the workspace cannot tell
        found = f"{why['found']}, and what it had done cannot be told: {error.found}"
        end(job, JobState.FAILED, {**why, "found": found, "todo": error.todo})
        return
    if done is None:
        found = f"{why['found']}; {NOTHING_CHANGED}"
        end(job, JobState.FAILED, {**why, "found": found, "todo": AGAIN})
    elif done.next_step:
        found = f"{why['found']}; {done.next_step}"
        end(job, JobState.FAILED, {**done.outcome, **why, "found": found, "todo": AGAIN}, done)
    else:
        end(job, JobState.DONE, done.outcome, done)


def _run(job: Any) -> None:
    from openscorecard.web.loads.models import JobState
    from openscorecard.web.loads.services import as_json, end

    progress = Progress(job)
    try:
        with progress.writing():
            done = kinds()[job.kind].do(job, progress)
    except InputError as error:
        end(job, JobState.REFUSED, as_json(error))
    except Exception:  # noqa: BLE001  any fault of ours ends the job, never the worker
        number = secrets.token_hex(4)
        _log.exception("fault %s in job %s", number, job.pk)
        _settle(job, {"number": number, "found": "something went wrong on our side"})
    else:
        end(job, JobState.DONE, done.outcome, done)


class Progress:
    """Takes what `run` and `publishing` tell, from whichever thread, and writes it to the job: at
    most twice a second, what is told in between together.

    A thread of its own writes, `writing`, since the job's own may be busy for long. Within a
    transaction there is none: it would wait for its end.
    """

    def __init__(self, job: Any) -> None:
        self._job = job
        self._lines: list[str] = list(job.said)
        self._lock = threading.Lock()
        self._owner = threading.get_ident()
        self._written, self._said = 0.0, len(self._lines)

    def __call__(self, said: str) -> None:
        with self._lock:
            if not self._lines or self._lines[-1] != said:
                self._lines.append(said)
        if threading.get_ident() == self._owner and time.monotonic() - self._written >= _TELL:
            self.write()

    def write(self) -> None:
        with self._lock:
            if len(self._lines) != self._said:
                type(self._job).objects.filter(pk=self._job.pk).update(
                    said=self._lines[-_MOST_LINES:]
                )
                self._said = len(self._lines)
            self._written = time.monotonic()

    @contextmanager
    def writing(self) -> Iterator[None]:
        from django.db import DatabaseError, connection

        ended = threading.Event()

        def write_on() -> None:
            try:
                while not ended.wait(_TELL):
                    with suppress(DatabaseError):  # the next time, or at the end
                        self.write()
            finally:
                connection.close()  # this thread's own

        thread = threading.Thread(target=write_on, name="progress", daemon=True)
        if not connection.in_atomic_block:
            thread.start()
        try:
            yield
        finally:
            ended.set()
            if thread.is_alive():
                thread.join()
            self.write()


@contextmanager
def _alone(stop: threading.Event) -> Iterator[bool]:
    """True under the worker's lock; waits while another worker has it."""
    while not stop.is_set():
        lock = locked(settings.WEB / _LOCK)
        try:
            lock.__enter__()
        except InputError:
            stop.wait(_REST)
            continue
        try:
            yield True
        finally:
            lock.__exit__(None, None, None)
        return
    yield False


def main() -> None:
    """Works until SIGTERM or Ctrl-C, or with `--until-parent-ends` until the process that started
    it is gone; a job under way is ended first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openscorecard.web.settings")
    django.setup()
    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    if "--until-parent-ends" in sys.argv:
        threading.Thread(target=_watch, args=(os.getppid(), stop), daemon=True).start()
    work(stop)


def _watch(parent: int, stop: threading.Event) -> None:
    """A server that was killed says nothing: its worker must not go on beside the next one's."""
    while os.getppid() == parent:
        if stop.wait(1.0):
            return
    stop.set()


if __name__ == "__main__":
    main()
