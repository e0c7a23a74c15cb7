"""The record: what people did, from the database and from the comments, as one list."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.utils import timezone
from web_people import person, signed_in

from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import change_comments
from openscorecard.periods import Month
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit import queries
from openscorecard.web.audit.models import Event, What
from openscorecard.web.audit.queries import NOBODY, Asked, page_of_record
from openscorecard.web.audit.record import record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("council")]
JUNE = Month(2021, 6)
SECRET_TEXT = "A child moved on 3 June"


@pytest.fixture
def ann() -> Account:
    return person("Ann Lee", "Service Manager, Safeguarding")


@pytest.fixture
def analyst() -> Client:
    return signed_in(person("Ravi Menon", analyst=True))


def wrote(council, kind: EntryKind, account: Account | None, at: dt.datetime, **more: str) -> None:
    by = "Service Manager, Safeguarding"
    entry = Entry("CP6B", kind, by, at, account=str(account.pk) if account else "", **more)
    change_comments(council.root, JUNE, lambda held: held.with_entry(entry))


def at(hour: int) -> dt.datetime:
    return dt.datetime(2021, 7, 5, hour, tzinfo=dt.UTC)


def did(hour: int, what: What, account: Account | None, **more) -> None:
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(timezone, "now", lambda: at(hour))
        record(account, what, **more)


EVERYTHING = Asked()


def lines(asked: Asked = EVERYTHING, number: int = 1) -> list[tuple[str, str]]:
    return [(line.who, line.did) for line in page_of_record(asked, number).lines]


def test_both_sources_are_one_list_newest_first(council, ann):
    did(8, What.SIGNED_IN, ann)
    wrote(council, EntryKind.TEXT, ann, at(9), text=SECRET_TEXT)
    did(10, What.CHILDREN_SEEN, ann, month=JUNE, ref="CP6B")
    wrote(council, EntryKind.SIGNED, None, at(11))
    assert lines() == [
        ("Service Manager, Safeguarding", "signed"),
        ("Ann Lee", "looked at child-level rows"),
        ("Ann Lee", "wrote a comment"),
        ("Ann Lee", "signed in"),
    ]
    assert [line.detail for line in page_of_record(Asked()).lines[:3]] == [
        "by a command", "", "as Service Manager, Safeguarding",
    ]  # fmt: skip


def test_every_kind_of_entry_has_its_words(council, ann):
    for hour, kind in enumerate(EntryKind):
        wrote(council, kind, ann, at(hour), text="words", because="a reason", version="v")
    assert {what for _, what in lines()} == {
        "wrote a comment", "removed a comment", "wrote a comment beside another's",
        "answered for a comment", "signed", "returned a comment", "took a signature back",
    }  # fmt: skip


def test_one_asks_for_a_person_a_kind_and_a_month(council, ann):
    tom = person("Tom Birch")
    did(8, What.SIGNED_IN, ann)
    did(9, What.SIGNED_IN, tom)
    did(9, What.RELEASED, tom, month=Month(2021, 5))
    did(10, What.SIGN_IN_FAILED, None, who="x@y.example")
    wrote(council, EntryKind.TEXT, ann, at(11), text="words")
    wrote(council, EntryKind.SIGNED, None, at(12))
    assert len(lines()) == 6
    assert lines(Asked(person=str(ann.pk))) == [
        ("Ann Lee", "wrote a comment"), ("Ann Lee", "signed in"),
    ]  # fmt: skip
    assert lines(Asked(person=NOBODY)) == [
        ("Service Manager, Safeguarding", "signed"), ("x@y.example", "failed to sign in"),
    ]  # fmt: skip
    assert lines(Asked(kind="signed-in")) == [("Tom Birch", "signed in"), ("Ann Lee", "signed in")]
    assert lines(Asked(month="2021-05")) == [("Tom Birch", "released a page")]
    assert lines(Asked(person=str(tom.pk), month="2021-06")) == []


def test_pages_hold_a_hundred_lines_and_none_is_lost_between_them(council, ann):
    for number in range(150):
        did(8, What.DOWNLOADED, ann, detail=f"file {number}")
    entries = [
        Entry("CP6B", EntryKind.TEXT, "x", at(8) + dt.timedelta(minutes=minute), text="words")
        for minute in range(-30, 30)
    ]
    for entry in entries:
        change_comments(council.root, JUNE, lambda held, entry=entry: held.with_entry(entry))
    pages = [page_of_record(Asked(), number) for number in (1, 2, 3, 4)]
    assert [len(page.lines) for page in pages] == [100, 100, 10, 0]
    assert [page.more for page in pages] == [True, True, False, False]
    every = [line for page in pages for line in page.lines]
    assert every == sorted(every, key=lambda line: line.at, reverse=True)
    assert len({line.detail for line in every if line.kind == "downloaded"}) == 150


def test_the_page_shows_neither_a_comment_s_text_nor_a_reason(council, ann, analyst):
    wrote(council, EntryKind.TEXT, ann, at(9), text=SECRET_TEXT, public_text="Public words")
    wrote(council, EntryKind.RETURNED, ann, at(10), because="name the child no more")
    page = analyst.get("/audit/").content.decode()
    file = b"".join(analyst.get("/audit/record.csv").streaming_content).decode()
    for text in (page, file):
        assert "Ann Lee" in text
        for secret in (SECRET_TEXT, "Public words", "name the child"):
            assert secret not in text


def test_the_file_holds_the_lines_asked_for_and_no_formula(ann, analyst):
    did(8, What.SIGN_IN_FAILED, None, who="=cmd|' /C calc'!A0@x.example", detail="from 192.0.2.1")
    did(9, What.RELEASED, ann, month=JUNE, detail="version 1, “first”")
    answer = analyst.get("/audit/record.csv", {"month": "2021-06"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="record.csv"'
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content))) == [
        ["time", "who", "what", "month", "indicator", "detail"],
        # British summer time: 9 o'clock UTC is 10 here.
        ["2021-07-05 10:00:00+01:00", "Ann Lee", "released a page", "2021-06", "",
         "version 1, “first”"],
    ]  # fmt: skip
    whole = b"".join(analyst.get("/audit/record.csv").streaming_content).decode("utf-8-sig")
    assert "'=cmd|" in whole
    assert Event.objects.filter(what=What.DOWNLOADED, detail="the record").count() == 2


@pytest.mark.parametrize(
    "query",
    ["person=x", "person=-1", f"person={'9' * 40}", "kind=nonsense", "month=2021-13", "page=0",
     "page=x", f"page={'9' * 40}", "person=%00", "month=%27%3B--"],
)  # fmt: skip
def test_what_cannot_be_asked_is_left_out(analyst, query):
    assert analyst.get(f"/audit/?{query}").status_code == 200


def test_the_page_leads_on_and_keeps_what_was_asked(ann, analyst):
    for _ in range(101):
        did(8, What.DOWNLOADED, ann)
    first = analyst.get("/audit/?kind=downloaded").content.decode()
    assert 'href="/audit/?kind=downloaded&amp;page=2" rel="next">Older' in first
    assert 'rel="prev"' not in first
    second = analyst.get("/audit/?kind=downloaded&page=2").content.decode()
    assert 'href="/audit/?kind=downloaded" rel="prev">Newer' in second
    assert 'href="/audit/record.csv?kind=downloaded">' in second


def test_the_database_is_asked_no_more_for_more_lines(ann, analyst, django_assert_num_queries):
    """Session, account and titles; then names, events, people to choose from and months."""
    for _ in range(120):
        did(8, What.DOWNLOADED, ann)
    with django_assert_num_queries(7):
        analyst.get("/audit/")


def test_no_line_is_changed_or_dropped(ann):
    event = record(ann, What.SIGNED_IN)
    with pytest.raises(TypeError, match="never changed"):
        event.save()
    with pytest.raises(TypeError, match="never dropped"):
        event.delete()
    with pytest.raises(TypeError, match="never changed"):
        Event.objects.update(who="somebody else")
    with pytest.raises(TypeError, match="never dropped"):
        Event.objects.filter(pk=event.pk).delete()


def test_months_to_choose_from_are_those_of_both_sources(council, ann):
    record(ann, What.RELEASED, month=Month(2021, 4))
    wrote(council, EntryKind.TEXT, ann, at(9), text="words")
    (council.root / "comments" / "notes.toml").write_text("x = 1")
    assert queries.months_of_record() == (JUNE, Month(2021, 4))
