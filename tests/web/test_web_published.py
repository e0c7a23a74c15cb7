"""What was published: for everybody, at addresses that stay, until it is withdrawn."""

# ruff: noqa: ARG001  (fixtures set the scene; stand-ins take what they are given)
from __future__ import annotations

import datetime as dt
import shutil

import pytest
from django.test import Client
from web_people import person, signed_in

from openscorecard import publishing
from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import change_comments
from openscorecard.periods import Month
from openscorecard.web import months
from openscorecard.web.audit.models import Event, What
from openscorecard.web.releases import services
from openscorecard.web.releases.checklist import checklist
from openscorecard.workspace.withdrawal import withdrawal_of

pytestmark = pytest.mark.django_db
JUNE = Month(2021, 6)
PAGE = "/published/2021-06/public/1/index.html"
FIGURES = "/published/2021-06/public/1/figures.csv"


@pytest.fixture
def anybody() -> Client:
    return Client()


@pytest.fixture
def ann():
    return signed_in(person("Ann Lee", analyst=True))


def correct(released) -> None:
    """Version 2 of the public page: a comment came late."""
    change_comments(
        released.root,
        JUNE,
        lambda stored: stored.with_entry(
            Entry("M1", EntryKind.TEXT, "Service Manager", dt.datetime(2021, 7, 25, tzinfo=dt.UTC),
                  text="A word that came late.")
        ),
    )  # fmt: skip
    to = released.root / "published" / "2021-06" / "public" / "2"
    publishing.publish(
        JUNE, released, "public", to, dt.date(2021, 7, 30), reason="A comment came late"
    )
    months.look_again()


def test_before_anything_is_published_the_page_says_so(council, anybody):
    assert "Nothing has been published yet" in anybody.get("/published/").content.decode()
    assert anybody.get("/published/2021-06/").status_code == 404
    assert anybody.get("/published/latest/public/figures.csv").status_code == 404


def test_everybody_sees_public_releases_and_those_signed_in_internal_ones(released, anybody):
    page = anybody.get("/published/").content.decode()
    assert "June 2021" in page
    assert "20 July 2021" in page
    assert "http://testserver/published/latest/public/figures.csv" in page
    assert "internal" not in page
    panel = signed_in(person("Pat Moss", panel_member=True))
    assert "/published/2021-06/internal/1/index.html" in panel.get("/published/").content.decode()


def test_the_month_leads_to_its_newest_version(released, anybody):
    assert anybody.get("/published/2021-06/")["Location"] == PAGE
    correct(released)
    assert anybody.get("/published/2021-06/")["Location"].endswith("/public/2/index.html")


def test_files_are_those_that_were_released_to_the_byte(released, anybody):
    folder = released.root / "published" / "2021-06" / "public" / "1"
    for name, kind in (
        ("index.html", "text/html; charset=utf-8"),
        ("figures.csv", "text/csv; charset=utf-8; header=present"),
        ("figures.parquet", "application/vnd.apache.parquet"),
        ("panel-paper.pdf", "application/pdf"),
        ("release.json", "application/json"),
        ("assets/style.css", "text/css; charset=utf-8"),
    ):
        answer = anybody.get(f"/published/2021-06/public/1/{name}")
        assert answer.content == (folder / name).read_bytes(), name
        assert answer["Content-Type"] == kind
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_copy_that_is_still_right_is_not_sent_again(released, anybody):
    first = anybody.get(FIGURES)
    assert first["Cache-Control"] == "public, no-cache"
    again = anybody.get(FIGURES, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    style = anybody.get("/published/2021-06/public/1/assets/style.css")
    assert style["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    ["../1/index.html", "..%2f..%2f..%2fopenscorecard.toml", "%2e%2e/%2e%2e/secret", ".lock",
     "indicators", "indicators/", "nothing.html", "/etc/passwd", "assets//style.css"],
)  # fmt: skip
def test_nothing_is_served_but_what_the_release_lists(released, anybody, path):
    assert anybody.get(f"/published/2021-06/public/1/{path}").status_code == 404


def test_a_file_that_was_put_beside_is_not_served(released, anybody):
    folder = released.root / "published" / "2021-06" / "public" / "1"
    (folder / "more.html").write_text("not ours")
    assert anybody.get("/published/2021-06/public/1/more.html").status_code == 404


def test_a_folder_with_another_release_json_is_not_that_release(released, anybody, ann):
    folder = released.root / "published" / "2021-06" / "public" / "1"
    stated = folder / "release.json"
    stated.write_bytes(stated.read_bytes().replace(b"Northshire", b"Southshire"))
    assert anybody.get(PAGE).status_code == 404
    shutil.rmtree(folder)
    months.look_again()
    answer = anybody.get(PAGE)
    assert answer.status_code == 404
    assert "An analyst can write them again" in answer.content.decode()
    assert "files missing" in ann.get("/releases/2021-06/").content.decode()


def test_internal_releases_are_for_those_signed_in_and_each_download_is_recorded(released, anybody):
    address = "/published/2021-06/internal/1/figures.csv"
    assert anybody.get(address)["Location"].startswith("/accounts/login/")
    nobody = person("No Role")
    nobody.is_active = True
    panel = signed_in(person("Pat Moss", panel_member=True))
    answer = panel.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    event = Event.objects.get(what=What.DOWNLOADED)
    assert (event.who, event.detail) == ("Pat Moss", "internal version 1: figures.csv")
    assert signed_in(nobody).get(address).status_code == 403


def test_a_replaced_version_says_so_and_its_own_bytes_can_be_had(released, anybody):
    before = anybody.get(PAGE)
    correct(released)
    answer = anybody.get(PAGE)
    newer = "/published/2021-06/public/2/index.html"
    assert "This is version 1 of 20 July 2021. A newer one took its place." in (
        answer.content.decode()
    )
    assert answer["Link"] == f'<{newer}>; rel="latest-version"'
    assert answer["ETag"] != before["ETag"]
    assert anybody.get(f"{PAGE}?as=released").content == before.content
    assert anybody.get(FIGURES)["Link"] == f'<{newer}>; rel="latest-version"'
    page = anybody.get("/published/2021-06/versions/").content.decode()
    assert "A comment came late" in page
    assert "replaced" in page


def test_the_stable_address_gives_the_newest_version(released, anybody):
    first = anybody.get("/published/latest/public/figures.csv")
    assert first.content == anybody.get(FIGURES).content
    correct(released)
    now = anybody.get("/published/latest/public/figures.csv")
    assert now.content == anybody.get("/published/2021-06/public/2/figures.csv").content
    assert anybody.get("/published/latest/public/figures.parquet").content[:4] == b"PAR1"
    assert anybody.get("/published/latest/public/index.html").status_code == 404


WITHDRAW = "/releases/2021-06/withdraw/public/1/"


def test_withdrawing_needs_a_reason(released, ann):
    assert (
        "Withdraw version 1 of the public page of June 2021?" in ann.get(WITHDRAW).content.decode()
    )
    answer = ann.post(WITHDRAW, {"reason": " "})
    assert answer.status_code == 422
    assert "Say why it is withdrawn" in answer.content.decode()
    answer = ann.post(WITHDRAW, {"reason": "there were 3 of them"})
    assert "names a small number" in answer.content.decode()
    assert ann.get("/releases/2021-06/withdraw/public/9/").status_code == 404


def test_a_withdrawn_release_is_gone_and_says_why(released, ann, anybody):
    assert ann.post(WITHDRAW, {"reason": "A name stood in it"}).status_code == 302
    for address in (PAGE, FIGURES):
        answer = anybody.get(address)
        assert answer.status_code == 410
        assert "A name stood in it" in answer.content.decode()
        assert "Ann Lee" not in answer.content.decode()
    assert anybody.get("/published/latest/public/figures.csv").status_code == 404
    page = anybody.get("/published/2021-06/").content.decode()
    assert "withdrawn" in page
    event = Event.objects.get(what=What.WITHDRAWN)
    assert (event.who, event.detail) == (
        "Ann Lee",
        "public version 1; because: A name stood in it",
    )
    again = ann.post(WITHDRAW, {"reason": "once more"})
    assert "was withdrawn on" in again.content.decode()


def test_after_it_the_same_page_is_a_new_version_with_a_reason(released, ann, anybody):
    ann.post(WITHDRAW, {"reason": "A name stood in it"})
    found = checklist(JUNE)
    assert found.corrects("public")
    assert not found.corrects("internal")
    assert found.next_version("public") == 2
    assert "was withdrawn" in ann.get("/releases/2021-06/").content.decode()
    to = released.root / "published" / "2021-06" / "public" / "2"
    publishing.publish(JUNE, released, "public", to, reason="Without the name")
    months.look_again()
    gone = anybody.get(PAGE).content.decode()
    assert "Go to version 2, which took its place" in gone
    assert anybody.get("/published/2021-06/")["Location"].endswith("/public/2/index.html")


def test_a_withdrawal_that_was_cut_short_is_recorded_later(released, ann, monkeypatch):
    account = person("Cy Roe", analyst=True)
    monkeypatch.setattr(services, "note_withdrawals", lambda: None)
    services.withdraw_release(account, JUNE, "public", 1, "A name stood in it")
    assert not Event.objects.filter(what=What.WITHDRAWN).exists()
    monkeypatch.undo()
    for _ in range(2):
        services.note_withdrawals()
    assert Event.objects.get(what=What.WITHDRAWN).who == "Cy Roe"
    kept = released.root / "releases" / "2021-06-public-1"
    assert withdrawal_of(kept).reason == "A name stood in it"


def test_where_the_newest_version_is_withdrawn_the_api_gives_no_older_one_unasked(released):
    correct(released)
    account = person("Ann Lee", analyst=True)
    services.withdraw_release(account, JUNE, "public", 2, "It was made from the wrong extract.")
    asked = Client().get("/api/v1/figures?ref=M1")
    assert asked.status_code == 404
    first = Client().get("/api/v1/figures?ref=M1&version=1")
    assert first.json()["version"] == 1
    assert [one["newest"] for one in Client().get("/api/v1/releases").json()] == [False]
