"""The release of a month: what stops it, what a reason overrides, and what publishing does."""

# ruff: noqa: ARG001  (fixtures set the scene; stand-ins take what they are given)
from __future__ import annotations

import datetime as dt
import json

import pytest
from small_council import load_month
from web_people import SAFEGUARDING, person, signed_in

from openscorecard import publishing
from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.signoff import Action, decided, figures_version
from openscorecard.commentary.store import change_comments
from openscorecard.periods import Month
from openscorecard.web import months
from openscorecard.web.audit.models import Event, What
from openscorecard.web.loads import worker
from openscorecard.web.loads.models import Job, JobState
from openscorecard.web.releases.checklist import checklist
from openscorecard.workspace.releases import kept_releases

pytestmark = pytest.mark.django_db
JUNE, MAY = Month(2021, 6), Month(2021, 5)
NOW = dt.datetime(2021, 7, 20, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def ann():
    return signed_in(person("Ann Lee", analyst=True))


def write(council, ref: str, text: str, public: str = "") -> None:
    def change(stored):
        return stored.with_entry(
            Entry(ref, EntryKind.TEXT, SAFEGUARDING, NOW, text=text, public_text=public)
        )

    change_comments(council.root, JUNE, change)


def sign_all(council, action: Action = Action.SIGN, because: str = "") -> None:
    """Every indicator that has a figure gets the short comment, and its owner's word on it."""
    page = months.seen(JUNE).page
    for row in page.rows:
        ref = row.indicator.ref
        if row.latest.value is not None:
            write(council, ref, f"As usual: {ref}.")

    def change(stored):
        for row in page.rows:
            comment = stored.current(row.indicator.ref)
            if comment is not None:
                version = figures_version(row)
                stored = decided(
                    stored, row.indicator.ref, action, by="Head of Service", at=NOW,
                    version=comment.version, figures=version, seen_figures=version,
                    because=because,
                )  # fmt: skip
        return stored

    change_comments(council.root, JUNE, change)


def post(client, **fields: str):
    seen = {"seen": checklist(JUNE).number}
    return client.post("/releases/2021-06/", seen | fields)


def test_what_is_not_commented_is_counted_and_listed(council, ann):
    found = checklist(JUNE)
    assert found.commented == 0
    assert found.due == len(found.open_of("due")) > 0
    assert not found.blocking
    page = ann.get("/releases/2021-06/").content.decode()
    assert "Ready but for what is open" in page
    assert f"No comment: {found.due}" in page
    assert "was never released" in page


def test_with_things_open_a_reason_is_needed(council, ann):
    answer = post(ann)
    assert answer.status_code == 422
    assert 'href="#despite">Say why it is released with this left open' in answer.content.decode()
    assert not Job.objects.exists()


def test_everything_signed_needs_none(council, ann):
    sign_all(council)
    found = checklist(JUNE)
    assert found.ready
    assert found.signed == found.commented == found.due
    assert "Ready to publish" in ann.get("/releases/2021-06/").content.decode()
    assert post(ann).status_code == 302


def test_a_returned_comment_is_open(council, ann):
    sign_all(council, Action.RETURN, "say more")
    assert len(checklist(JUNE).open_of("returned")) == checklist(JUNE).due


def test_a_figure_that_changed_reopens_what_was_signed(council, ann):
    sign_all(council)
    load_month(council, "june", "2021-07-20", ssd_contacts="K1,A,2021-04-10 K9,A,2021-06-09")
    reopened = [one.ref for one in checklist(JUNE).open_of("reopened")]
    assert "M1" in reopened


def test_two_texts_stop_it_whatever_the_reason(council, ann):
    def change(stored):
        stored = stored.with_entry(
            Entry("M1", EntryKind.TEXT, SAFEGUARDING, NOW, text="Fewer came.")
        )
        return stored.with_entry(
            Entry("M1", EntryKind.CONFLICT, SAFEGUARDING, NOW, text="More came.")
        )

    change_comments(council.root, JUNE, change)
    assert checklist(JUNE).blocking == ("1 comment has two texts, and nobody has chosen",)
    answer = post(ann, despite="the panel meets today")
    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_a_number_that_may_give_a_hidden_one_away_stops_it(council, ann):
    hidden = next(
        row.indicator.ref
        for row in months.seen(JUNE, "public").page.rows
        if row.latest.printed == "[c]" and months.seen(JUNE).page.row(row.indicator.ref)
    )
    number = months.seen(JUNE).page.row(hidden).latest.printed
    write(council, hidden, f"There were {number} of them.", f"There were {number} of them.")
    found = checklist(JUNE)
    assert len(found.numbers) == 1
    assert "1 number in a comment may give away a hidden one" in found.blocking
    page = ann.get("/releases/2021-06/").content.decode()
    assert "Not ready" in page
    assert 'name="despite"' not in page


def test_what_changed_since_one_looked_is_looked_at_again(council, ann):
    seen = checklist(JUNE).number
    write(council, "M1", "Another word.")
    answer = ann.post("/releases/2021-06/", {"seen": seen, "despite": "in haste"})
    assert answer.status_code == 422
    assert "were changed since you looked at it" in answer.content.decode()


def test_publishing_makes_both_releases_and_says_where_they_are(council, ann):
    answer = post(ann, despite="nobody comments in July")
    job = worker.run_next()
    assert job.state == JobState.DONE, job.outcome
    assert job.outcome["versions"] == {"internal": 1, "public": 1}
    for audience in ("internal", "public"):
        stated = council.root / "published" / "2021-06" / audience / "1" / "release.json"
        assert json.loads(stated.read_text())["version"] == 1
    event = Event.objects.get(what=What.RELEASED)
    assert event.month == "2021-06"
    assert event.detail == (
        "internal version 1, public version 1; despite what was open: nobody comments in July"
    )
    page = ann.get(answer["Location"]).content.decode()
    assert "http://testserver/published/2021-06/public/1/index.html" in page
    after = checklist(JUNE)
    assert not after.changes
    assert "Write its files again" in ann.get("/releases/2021-06/").content.decode()


def test_a_correction_needs_its_reason_and_is_the_next_version(released, ann):
    write(released, "M1", "A word that came late.")
    found = checklist(JUNE)
    assert found.needs_reason
    answer = post(ann, despite="nobody signs")
    assert 'href="#reason"' in answer.content.decode()
    answer = post(ann, despite="nobody signs", reason="a comment came late")
    assert answer.status_code == 302
    asked = Job.objects.get().asked
    assert (asked["reason"], asked["despite"]) == ("a comment came late", "nobody signs")
    assert [found.next_version(one) for one in ("internal", "public")] == [2, 2]
    page = ann.get("/releases/2021-06/").content.decode()
    assert "Being released" in page


def test_the_reason_of_a_public_correction_names_no_small_number(released, ann):
    write(released, "M1", "A word that came late.")
    answer = post(ann, despite="nobody signs", reason="there were 3 of them")
    assert answer.status_code == 422
    assert "names a small number" in answer.content.decode()


def test_asked_twice_it_is_one_job(council, ann):
    first, second = (post(ann, despite="in haste")["Location"] for _ in range(2))
    assert first == second


def test_a_job_that_waits_is_refused_if_the_month_changed_meanwhile(council, ann):
    post(ann, despite="in haste")
    write(council, "M1", "Another word.")
    job = worker.run_next()
    assert job.state == JobState.REFUSED
    assert "were changed since you looked" in job.outcome["found"]
    assert kept_releases(council.root) == ()


def under_way(ann, audiences: tuple[str, ...], council) -> Job:
    """A release that was killed after these pages were recorded and written."""
    post(ann, despite="in haste")
    job = Job.objects.get()
    aims = {"internal": 1, "public": 1}
    Job.objects.update(state=JobState.RUNNING, outcome={"before": {"recorded": [], "aims": aims}})
    for audience in audiences:
        to = council.root / "published" / "2021-06" / audience / "1"
        publishing.publish(JUNE, council, audience, to)
    months.look_again()
    worker.recover()
    job.refresh_from_db()
    return job


def test_killed_between_the_two_pages_it_says_that_publishing_again_completes_it(council, ann):
    job = under_way(ann, ("internal",), council)
    assert job.state == JobState.FAILED
    assert "version 1 of the internal page is recorded. Publish again" in job.outcome["found"]
    assert Event.objects.get(what=What.RELEASED).detail.startswith("version 1 of the internal")
    post(ann, despite="in haste")
    job = worker.run_next()
    assert job.outcome["versions"] == {"internal": 1, "public": 1}
    assert [one.id for one in kept_releases(council.root)] == [
        "release 2021-06 internal version 1",
        "release 2021-06 public version 1",
    ]


def test_killed_after_both_it_is_done(council, ann):
    job = under_way(ann, ("internal", "public"), council)
    assert job.state == JobState.DONE
    assert Event.objects.get(what=What.RELEASED).detail.startswith("internal version 1, public")


def test_killed_before_any_nothing_was_changed(council, ann):
    job = under_way(ann, (), council)
    assert job.state == JobState.FAILED
    assert job.outcome["found"] == "it was stopped before it was done; nothing was changed"


def test_the_preview_is_what_the_public_would_see_and_says_that_it_is_a_draft(council, ann):
    answer = ann.get("/releases/2021-06/preview/public/index.html")
    assert b"DRAFT" in answer.content
    assert answer["Cache-Control"] == "private, no-store"
    assert ann.get("/releases/2021-06/preview/public/indicators/none.html").status_code == 404
    assert ann.get("/releases/2021-06/preview/all/index.html").status_code == 404
    assert ann.get("/releases/2021-06/preview/public/../../secret").status_code == 404


def test_internal_stands_beside_public(council, ann):
    page = ann.get("/releases/2021-06/").content.decode()
    assert "Internal beside public" in page
    assert "[c]" in page


def test_a_second_look_costs_few_queries(council, ann, django_assert_max_num_queries):
    ann.get("/releases/2021-06/")
    with django_assert_max_num_queries(6):
        ann.get("/releases/2021-06/")


@pytest.mark.parametrize(
    "address",
    ["/releases/2021-06/", "/releases/2021-06/preview/public/index.html",
     "/releases/2021-06/withdraw/public/1/"],
)  # fmt: skip
def test_only_analysts_release(council, address):
    other = signed_in(person("Bob Day", SAFEGUARDING, panel_member=True, administrator=True))
    assert other.get(address).status_code == 403


def test_it_is_the_months_own_page(council, ann):
    assert ann.get("/releases/2019-01/").status_code == 409
