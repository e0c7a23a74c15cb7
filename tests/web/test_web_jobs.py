"""The worker: jobs that wait are done one at a time, and say how they ended."""

# ruff: noqa: ARG001, ARG005  (fixtures set the scene; stand-ins take what they are given)
from __future__ import annotations

import threading
import time

import pytest
from django.utils import timezone
from web_people import person

from openscorecard.errors import InputError
from openscorecard.web.audit.models import Event, What
from openscorecard.web.loads import services, worker
from openscorecard.web.loads.models import Job, JobState, Kind
from openscorecard.web.loads.services import Done

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(council):
    return person("Ann Lee", analyst=True)


def doing(monkeypatch, do, settle=lambda _: None):
    """The worker with another way to load: what is tried here is the worker."""
    monkeypatch.setattr(worker, "kinds", lambda: {Kind.LOAD: worker.Doing(do, settle)})


def loaded(job, tell):
    tell("reading")
    return Done({"loads": []}, What.LOADED, f"job {job.pk}")


def test_the_oldest_job_is_done_first_and_its_end_stands_in_the_record(ann, monkeypatch):
    doing(monkeypatch, loaded)
    first, second = (services.ask(ann, Kind.LOAD, {}) for _ in range(2))
    assert worker.run_next().pk == first.pk
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (JobState.DONE, JobState.WAITING)
    assert first.said == ["reading"]
    assert [one.detail for one in Event.objects.filter(what=What.LOADED)] == [f"job {first.pk}"]
    assert worker.run_next().pk == second.pk
    assert worker.run_next() is None


def test_what_the_user_can_mend_is_said_with_place_and_what_to_do(ann, monkeypatch):
    def refused(job, tell):
        raise InputError("a column is missing", where="ssd_contacts.csv", todo="add it")

    doing(monkeypatch, refused)
    services.ask(ann, Kind.LOAD, {})
    job = worker.run_next()
    assert job.state == JobState.REFUSED
    assert job.outcome == {
        "found": "a column is missing",
        "where": "ssd_contacts.csv",
        "todo": "add it",
    }
    assert not Event.objects.exists()


def test_a_fault_of_ours_has_a_number_and_ends_the_job_not_the_worker(ann, monkeypatch, caplog):
    def broken(job, tell):
        raise ZeroDivisionError

    doing(monkeypatch, broken)
    services.ask(ann, Kind.LOAD, {})
    job = worker.run_next()
    assert job.state == JobState.FAILED
    assert job.outcome["number"] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "nothing was changed" in job.outcome["found"]


def test_progress_is_written_at_most_twice_a_second(ann, django_assert_max_num_queries):
    job = services.ask(ann, Kind.LOAD, {})
    progress = worker.Progress(job)
    with django_assert_max_num_queries(2):
        for table in range(500):
            progress(f"table {table}")
    progress.write()
    job.refresh_from_db()
    assert job.said[-1] == "table 499"
    assert len(job.said) == 200


def killed(ann) -> Job:
    """A job that was under way when its worker was killed."""
    job = services.ask(ann, Kind.LOAD, {})
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, began_at=timezone.now())
    return job


def test_a_killed_job_that_had_changed_nothing_says_so(ann, monkeypatch):
    doing(monkeypatch, loaded)
    job = killed(ann)
    worker.recover()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.outcome["found"] == "it was stopped before it was done; nothing was changed"
    assert job.outcome["todo"] == "start it again"


def test_a_killed_job_that_had_been_done_is_done(ann, monkeypatch):
    doing(monkeypatch, loaded, lambda job: Done({"loads": ["x"]}, What.LOADED, "x"))
    job = killed(ann)
    worker.recover()
    job.refresh_from_db()
    assert (job.state, job.outcome) == (JobState.DONE, {"loads": ["x"]})
    assert Event.objects.get().detail == "x"


def test_a_job_ends_once(ann):
    job = killed(ann)
    done = Done({}, What.LOADED, "x")
    services.end(job, JobState.DONE, {}, done)
    services.end(job, JobState.FAILED, {"found": "later"}, done)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert Event.objects.count() == 1


def test_two_workers_beside_each_other_are_one(ann, monkeypatch):
    doing(monkeypatch, loaded)
    stop = threading.Event()
    with worker._alone(stop) as first:
        assert first
        threading.Timer(0.1, stop.set).start()
        with worker._alone(stop) as second:
            assert not second


def test_a_worker_that_is_told_to_end_ends(ann, monkeypatch):
    stop = threading.Event()
    stop.set()
    worker.work(stop)


@pytest.mark.django_db(transaction=True)
def test_what_other_threads_tell_is_written_while_the_job_is_busy(ann, monkeypatch):
    monkeypatch.setattr(worker, "_TELL", 0.02)
    progress = worker.Progress(services.ask(ann, Kind.LOAD, {}))
    with progress.writing():
        reading = threading.Thread(target=progress, args=("reading ssd_contacts",))
        reading.start()
        reading.join()
        time.sleep(0.4)
        assert Job.objects.get().said == ["reading ssd_contacts"]
