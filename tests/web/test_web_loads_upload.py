"""Files come in, are recognised, and are loaded when the analyst says so."""

# ruff: noqa: ARG001  (fixtures set the scene; stand-ins take what they are given)
from __future__ import annotations

import io
import os
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from small_council import DAYS, write_extract
from web_people import person, signed_in

from openscorecard.web.audit.models import Event, What
from openscorecard.web.loads import upload, worker
from openscorecard.web.loads.models import Job, JobState
from openscorecard.workspace.records_load import all_records_loads

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(council):
    return signed_in(person("Ann Lee", analyst=True))


def extract(folder: Path, day: str = "2021-07-06", **changed: str | None) -> Path:
    return write_extract(folder / "june", "june", day, **changed)


def zipped(folder: Path, inside: str = "") -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"{inside}{path.name}")
    return SimpleUploadedFile("june-2021.zip", packed.getvalue())


def archive_of(**files: bytes) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("files.zip", packed.getvalue())


def broken() -> SimpleUploadedFile:
    """An archive whose packed bytes are damaged, its list of files whole."""
    content = bytearray(archive_of(**{"a.csv": b"ref,month\n" * 500}).read())
    begin = content.index(b"a.csv") + len(b"a.csv")
    content[begin : begin + 4] = b"\xff\xff\xff\xff"
    return SimpleUploadedFile("files.zip", bytes(content))


def send(client, *files):
    return client.post("/loads/upload/", {"files": list(files)})


def left() -> list[Path]:
    place = upload.uploads()
    return list(place.iterdir()) if place.is_dir() else []


def test_an_extract_in_an_archive_is_recognised_then_loaded(ann, council, tmp_path):
    answer = send(ann, zipped(extract(tmp_path), inside="june/"))
    preview = ann.get(answer["Location"]).content.decode()
    assert "it will close June 2021" in preview
    assert "ssd_contacts.csv" in preview
    assert "ssd_s47_enquiry" in preview  # not in it, and what that stops

    answer = ann.post(answer["Location"], {"reason": "late contacts"})
    job = Job.objects.get()
    assert answer["Location"] == f"/loads/jobs/{job.pk}/"
    assert "Waiting" in ann.get(answer["Location"]).content.decode()

    worker.run_next()
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.outcome
    newest = all_records_loads(council.loads)[-1]
    assert job.outcome["loads"] == [newest.id] == ["2021-06-records-002"]
    assert newest.reason == "late contacts"
    assert newest.source.startswith("june-2021-")
    event = Event.objects.get(what=What.LOADED)
    assert (event.who, event.month, event.detail) == ("Ann Lee", "2021-06", newest.id)
    page = ann.get(f"/loads/jobs/{job.pk}/").content.decode()
    assert "It closes June 2021." in page
    assert left() == []  # child-level files stay no longer than needed


def test_files_chosen_one_by_one_are_one_extract(ann, tmp_path):
    folder = extract(tmp_path)
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in folder.iterdir()]
    answer = send(ann, *files)
    assert "it will close June 2021" in ann.get(answer["Location"]).content.decode()


def test_without_a_statement_the_day_and_the_coverage_are_asked_for(ann, council, tmp_path):
    folder = extract(tmp_path)
    (folder / "load.toml").unlink()
    address = send(ann, zipped(folder))["Location"]
    answer = ann.post(address, {})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#extracted">Enter the day on which the records were read out' in page
    assert 'href="#complete_from">Enter the day from which every table is complete' in page
    answer = ann.post(address, {"extracted": "2021-07-06", "complete_from": "2022-01-01"})
    assert "cannot be complete from a day after" in answer.content.decode()

    ann.post(address, {"extracted": "2021-07-06", "complete_from": "2020-04-01"})
    job = worker.run_next()
    assert job.state == JobState.DONE, job.outcome
    load = all_records_loads(council.loads)[-1]
    assert load.extracted.isoformat() == "2021-07-06"
    assert load.coverage["ssd_contacts"].first.isoformat() == "2020-04-01"


def test_what_is_loaded_already_is_refused_with_what_to_do(ann, tmp_path):
    folder = extract(tmp_path, DAYS["june"])
    ann.post(send(ann, zipped(folder))["Location"], {})
    job = worker.run_next()
    assert job.state == JobState.REFUSED
    assert job.outcome["found"] == "these records are loaded already, as 2021-06-records-001"
    page = ann.get(f"/loads/jobs/{job.pk}/").content.decode()
    assert "It could not be done" in page
    assert "To do:" in page
    assert str(tmp_path) not in page


def test_sent_twice_it_is_one_job(ann, tmp_path):
    address = send(ann, zipped(extract(tmp_path)))["Location"]
    assert ann.post(address, {})["Location"] == ann.post(address, {})["Location"]
    assert Job.objects.count() == 1


def test_supplied_figures_alone(ann, council):
    file = SimpleUploadedFile("from-youth-work.csv", b"ref,month,value\nLSCB17a,2021-06,2.9%\n")
    answer = send(ann, file)
    assert "Figures that other teams sent" in ann.get(answer["Location"]).content.decode()
    ann.post(answer["Location"], {"extracted": "2021-07-09"})
    job = worker.run_next()
    assert job.state == JobState.DONE, job.outcome
    assert all_records_loads(council.loads)[-1].supplied == 1


PAGE = (
    "Ref,Indicator,May-21,Jun-21\n"
    "M1,Number of contacts,1801,2080\n"
)  # fmt: skip


def test_a_printed_page(ann, council):
    answer = send(ann, SimpleUploadedFile("page.csv", PAGE.encode()))
    preview = ann.get(answer["Location"]).content.decode()
    assert "June 2021" in preview
    assert "1 indicators" not in preview
    ann.post(answer["Location"], {})
    job = worker.run_next()
    assert job.state == JobState.DONE, job.outcome
    assert job.outcome["loads"] == ["2021-06-page-001"]


def test_records_and_pages_are_not_mixed(ann):
    answer = send(
        ann,
        SimpleUploadedFile("figures.csv", b"ref,month,value\nLSCB17a,2021-06,2.9%\n"),
        SimpleUploadedFile("page.csv", PAGE.encode()),
    )
    assert answer.status_code == 422
    assert "load them one after the other" in answer.content.decode()
    assert left() == []


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("macro.exe", b"MZ"), "a file of this kind (.exe) is not read"),
        (SimpleUploadedFile("page.xlsx", b"no workbook"), "does not begin as a .xlsx file does"),
        (SimpleUploadedFile("files.zip", b"PK\x03\x04broken"), "it is no whole ZIP file"),
        (archive_of(**{"../outside.csv": b"a"}), "at a place that is not allowed"),
        (archive_of(**{"/etc/outside.csv": b"a"}), "at a place that is not allowed"),
        (archive_of(**{"a\\b.csv": b"a"}), "at a place that is not allowed"),
        (archive_of(**{"a/b/c/d.csv": b"a"}), "at a place that is not allowed"),
        (archive_of(**{"inside.zip": b"PK"}), "it holds another archive"),
        (archive_of(**{"run.sh": b"a"}), "a file of this kind (.sh) is not read"),
        (archive_of(), "there is no file in it"),
        (broken(), "no whole ZIP file"),
        (archive_of(**{"a.csv": b"x", "a.csv/b.csv": b"x"}), "both a file and a folder"),
        (archive_of(**{f"{'a' * 300}.csv": b"x"}), "a name in it is too long"),
        (SimpleUploadedFile(f"{'é' * 140}.csv", b"ref,month\n"), "name cannot be used"),
        (SimpleUploadedFile(f"{'é' * 140}.zip", b"PK"), "name cannot be used"),
    ],
)
def test_what_no_reader_takes_is_refused_and_nothing_is_kept(ann, file, said):
    file.seek(0)
    answer = send(ann, file)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert left() == []


def test_an_archive_that_unpacks_to_too_much_is_stopped(ann, settings):
    settings.UPLOAD_LIMIT_MB = 1
    bomb = archive_of(**{"ssd_contacts.csv": b"0" * 20_000_000})
    assert bomb.size < 1_000_000
    answer = send(ann, bomb)
    assert answer.status_code == 422
    assert "it unpacks to more than 5 MB" in answer.content.decode()
    assert left() == []


def test_more_than_the_limit_is_refused_as_it_comes(ann, settings):
    settings.UPLOAD_LIMIT_MB = 1
    answer = send(ann, SimpleUploadedFile("page.csv", b"0" * 1_500_000))
    assert answer.status_code == 413
    assert "The files are larger than 1 MB together" in answer.content.decode()
    assert left() == []


def test_no_file_chosen(ann):
    answer = ann.post("/loads/upload/", {})
    assert answer.status_code == 422
    assert "no file was chosen" in answer.content.decode()


def test_an_upload_without_the_token_of_its_form_is_refused(council):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(
        person("Ann Lee", analyst=True), "allauth.account.auth_backends.AuthenticationBackend"
    )
    file = SimpleUploadedFile("page.csv", PAGE.encode())
    assert strict.post("/loads/upload/", {"files": [file]}).status_code == 403
    assert left() == []


def test_files_that_shall_not_be_loaded_go(ann, tmp_path):
    address = send(ann, zipped(extract(tmp_path)))["Location"]
    ann.post(f"{address}drop/")
    assert left() == []
    assert "not here any longer" in ann.get(address).content.decode()


def test_a_killed_load_is_told_by_what_is_in_the_workspace(ann, council, tmp_path):
    from openscorecard.web.loads import services

    address = send(ann, zipped(extract(tmp_path)))["Location"]
    ann.post(address, {})
    job = Job.objects.get()
    Job.objects.update(state=JobState.RUNNING)
    job.refresh_from_db()
    copy = shutil.copytree(upload.uploads(), tmp_path / "copy")
    services.load(job, lambda _: None)  # all but its end: killed just before that
    assert copy.is_dir()
    worker.recover()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.outcome["loads"] == ["2021-06-records-002"]
    assert Event.objects.filter(what=What.LOADED).count() == 1


def test_a_load_that_was_killed_before_it_began_changed_nothing(ann, council, tmp_path):
    ann.post(send(ann, zipped(extract(tmp_path)))["Location"], {})
    Job.objects.update(state=JobState.RUNNING)
    worker.recover()
    job = Job.objects.get()
    assert job.state == JobState.FAILED
    assert job.outcome["todo"] == "start it again"
    assert len(all_records_loads(council.loads)) == 3


def test_files_that_nobody_loads_are_removed_after_a_day(ann, tmp_path):
    old = upload.uploads() / send(ann, zipped(extract(tmp_path)))["Location"].split("/")[-2]
    yesterday = time.time() - 25 * 60 * 60
    os.utime(old, (yesterday, yesterday))
    send(ann, SimpleUploadedFile("page.csv", PAGE.encode()))
    assert not old.exists()
    assert len(left()) == 1
