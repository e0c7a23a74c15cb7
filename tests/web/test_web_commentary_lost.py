"""Nothing that anyone wrote is lost: two people, a workbook, an ended session, a form too old."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from printed_council import printed_council
from test_web_commentary import (
    BOX,
    DESK,
    JSON,
    JUNE,
    fields,
    opened,
    send,
    standing,
    state,
    text_of,
)
from web_people import ASSESSMENT, SAFEGUARDING, person, signed_in

from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.signoff import State
from openscorecard.commentary.store import change_comments, read_comments
from openscorecard.web import months
from openscorecard.web.commentary.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(tmp_path, settings):
    """Two people who hold the same title."""
    settings.WORKSPACE = printed_council(tmp_path).root
    return signed_in(person("Ann Lee", ASSESSMENT)), signed_in(person("Bob Roe", ASSESSMENT))


def both_sent(two) -> Client:
    """Ann and Bob opened the box at the same time; Bob’s text comes second. Gives Bob’s client."""
    ann, bob = two
    hers, his = opened(ann), opened(bob)
    send(ann, hers, "Ann’s text.")
    answer = send(bob, his, "Bob’s text.")
    assert state() is State.CONFLICT
    said = text_of(answer)
    assert "Two texts: choose" in said
    assert "Ann Lee’s text" in said
    assert "Your text" in said
    assert not Draft.objects.exists()
    return bob


def all_texts() -> set[str]:
    return {one.text for one in read_comments(months.root(), JUNE).entries if one.text}


def test_two_people_keep_the_text_of_the_second(two):
    bob = both_sent(two)
    mine = months.progress(JUNE)["M1"].conflicts[0].own_version
    send(bob, opened(bob), opened(bob)["text"], do=f"choose:{mine}")
    assert (standing().text, state()) == ("Bob’s text.", State.WRITTEN)
    assert all_texts() == {"Ann’s text.", "Bob’s text."}


def test_two_people_keep_the_text_of_the_first(two):
    bob = both_sent(two)
    answer = send(bob, opened(bob), opened(bob)["text"], do=f"choose:{standing().version}")
    assert (standing().text, state()) == ("Ann’s text.", State.WRITTEN)
    assert "chose this of several texts" in text_of(answer)
    assert all_texts() == {"Ann’s text.", "Bob’s text."}


def test_two_people_one_text_from_both(two):
    bob = both_sent(two)
    box = opened(bob)
    assert box["text"] == "Ann’s text.\n\nBob’s text."
    send(bob, box, "Ann’s text, and Bob’s.")
    assert (standing().text, state()) == ("Ann’s text, and Bob’s.", State.WRITTEN)


def test_either_of_them_may_choose_but_not_past_what_the_other_chose(two):
    bob = both_sent(two)
    ann = two[0]
    hers = opened(ann)
    send(bob, opened(bob), "From both, by Bob.")
    answer = ann.post(BOX, hers | {"do": f"choose:{standing().version}"})
    assert answer.status_code == 409
    assert "There is nothing to choose any more" in text_of(answer)
    answer = send(ann, hers, "From both, by Ann.")
    assert state() is State.CONFLICT
    assert standing().text == "From both, by Bob."
    assert "From both, by Ann." in text_of(answer)


def test_what_was_typed_while_choosing_stays_a_draft(two):
    bob = both_sent(two)
    send(bob, opened(bob), "Begun from both", do=f"choose:{standing().version}")
    assert standing().text == "Ann’s text."
    assert opened(bob)["text"] == "Begun from both"


def test_two_tabs_of_one_person_are_as_two_people(two):
    ann = two[0]
    first, second = opened(ann), opened(ann)
    send(ann, first, "First tab.")
    answer = send(ann, second, "Second tab.")
    assert state() is State.CONFLICT
    assert text_of(answer).count("Your text") == 2


def test_a_draft_begun_before_another_text_stood_says_so(two):
    ann, bob = two
    box = opened(ann)
    ann.post(f"{BOX}draft/", box | {"text": "Ann begins"}, headers=JSON)
    send(bob, opened(bob), "Bob’s text.")
    answer = ann.get(BOX)
    assert "Another text stands by now" in text_of(answer)
    assert "Bob’s text." in text_of(answer)
    send(ann, fields(answer), "Ann ends.")
    assert state() is State.CONFLICT
    assert standing().text == "Bob’s text."


def test_a_workbook_that_came_in_meanwhile(two):
    ann = two[0]
    box = opened(ann)
    at = dt.datetime(2021, 7, 5, tzinfo=dt.UTC)
    of_workbook = Entry("M1", EntryKind.TEXT, ASSESSMENT, at, "From the workbook.")
    change_comments(months.root(), JUNE, lambda held: held.with_entry(of_workbook))
    answer = send(ann, box, "From the box.")
    assert state() is State.CONFLICT
    assert "Text by Service Manager, Assessment" in text_of(answer)
    # And the other way: a workbook that was exported before she wrote.
    ann_box = opened(ann)
    beside = Entry("M1", EntryKind.CONFLICT, ASSESSMENT, at, "")
    change_comments(months.root(), JUNE, lambda held: held.with_entry(beside))
    answer = ann.get(BOX)
    assert "3 texts: choose" in text_of(answer)
    assert "An empty box: no comment." in text_of(answer)
    send(ann, ann_box, "Not knowing of the empty box.")
    assert len(months.progress(JUNE)["M1"].conflicts) == 3


def test_choosing_the_empty_box_is_no_comment(two):
    ann = two[0]
    send(ann, opened(ann), "As it was.")
    at = dt.datetime(2021, 7, 5, tzinfo=dt.UTC)
    beside = Entry("M1", EntryKind.CONFLICT, ASSESSMENT, at, "")
    change_comments(months.root(), JUNE, lambda held: held.with_entry(beside))
    send(ann, opened(ann), opened(ann)["text"], do=f"choose:{beside.own_version}")
    assert (standing(), state()) == (None, State.DUE)
    assert "As it was." in all_texts()


def test_the_answer_was_lost_and_it_is_sent_again(two):
    ann = two[0]
    box = opened(ann)
    send(ann, box, "Sent once.")
    answer = send(ann, box, "Sent once.")
    assert "This text stands already" in text_of(answer)
    assert len(read_comments(months.root(), JUNE).entries) == 1


def test_a_text_is_sent_as_json_for_the_script(two):
    ann = two[0]
    answer = ann.post(BOX, opened(ann) | {"text": "By script.", "do": "send"}, headers=JSON)
    assert answer.json() == {"to": f"{BOX}?done=sent"}
    assert standing().text == "By script."


# The session ended


def test_autosave_of_an_ended_session_is_told_so_and_saves_nothing(two):
    ann = two[0]
    box = opened(ann)
    ann.logout()
    for address in (BOX, f"{BOX}draft/"):
        answer = ann.post(address, box | {"text": "Typed on."}, headers=JSON)
        assert (answer.status_code, answer.json()) == (401, {"wrong": "signed-out"})
    assert not Draft.objects.exists()


def test_a_form_of_an_ended_session_is_a_draft_after_signing_in(two):
    ann = two[0]
    box = opened(ann)
    ann.logout()
    answer = ann.post(BOX, box | {"text": "Written for an hour.", "do": "send"})
    assert answer.status_code == 401
    assert "Your text is kept as your draft" in text_of(answer)
    assert f"/accounts/login/?next={BOX}" in answer.content.decode()
    assert "Written for an hour." in answer.content.decode()  # and to copy
    again = signed_in(Draft.objects.get().account)
    assert opened(again)["text"] == "Written for an hour."
    send(again, opened(again), "Written for an hour.")
    assert standing().text == "Written for an hour."
    assert not Draft.objects.exists()


def test_another_who_signs_in_at_the_same_desk_does_not_see_it(two):
    ann, bob = two
    box = opened(ann)
    ann.logout()
    ann.post(BOX, box | {"text": "Ann’s alone.", "do": "send"})
    assert "Ann’s alone." not in text_of(bob.get(BOX))


def test_a_form_that_another_opened_is_not_sent_under_one_s_own_name(two):
    ann, bob = two
    hers = opened(ann) | {"text": "Ann’s text.", "do": "send"}
    answer = bob.post(BOX, hers)
    assert answer.status_code == 409
    assert "not sent under your name" in text_of(answer)
    assert bob.post(f"{BOX}draft/", hers, headers=JSON).json() == {"wrong": "other"}
    assert standing() is None
    assert opened(ann)["text"] == "Ann’s text."


@pytest.mark.parametrize("forged", ["", "nonsense", "WyIxIl0:1abc:xyz"])
def test_nobody_makes_a_draft_for_another_by_a_forged_form(two, forged):
    box = opened(two[0]) | {"writer": forged, "text": "Put into her mouth.", "do": "send"}
    answer = Client().post(BOX, box)
    assert answer.status_code == 401
    assert "Copy what you wrote" in text_of(answer)
    assert not Draft.objects.exists()


def test_a_form_of_one_indicator_is_not_good_for_another(two):
    box = opened(two[0]) | {"text": "Elsewhere.", "do": "send"}
    assert Client().post(f"{DESK}referrals-received/", box).status_code == 401
    assert not Draft.objects.exists()


def test_whoever_lost_the_title_meanwhile_gets_no_draft(two):
    ann = two[0]
    box = opened(ann)
    from openscorecard.web.accounts.models import Holding

    Holding.objects.filter(account__name="Ann Lee").update(title=SAFEGUARDING)
    ann.logout()
    answer = ann.post(BOX, box | {"text": "No longer mine.", "do": "send"})
    assert "Copy what you wrote" in text_of(answer)
    assert not Draft.objects.exists()


# The form’s key is of before: signed in again in another tab


@pytest.mark.usefixtures("two")
def test_a_form_too_old_gives_the_text_back_and_keeps_it():
    account = person("Cas Moe", ASSESSMENT)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    box = opened(strict)
    answer = strict.post(BOX, box | {"text": "An old form.", "do": "send"})
    assert answer.status_code == 403
    assert "This form was too old to be sent" in text_of(answer)
    assert "An old form." in answer.content.decode()
    assert opened(strict)["text"] == "An old form."
    assert standing() is None


@pytest.mark.usefixtures("two")
def test_the_script_gets_a_new_key_and_goes_on():
    account = person("Cas Moe", ASSESSMENT)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    box = opened(strict)
    answer = strict.post(f"{BOX}draft/", box | {"text": "Typed."}, headers=JSON)
    assert (answer.status_code, answer.json()) == (403, {"wrong": "key"})
    key = strict.get("/commentary/key/").json()
    assert key["account"] == account.pk
    form = box | {"text": "Typed.", "csrfmiddlewaretoken": key["key"]}
    assert strict.post(f"{BOX}draft/", form, headers=JSON).status_code == 200
    assert Client().get("/commentary/key/").json() == {"account": None, "key": ""}


@pytest.mark.usefixtures("two")
def test_any_form_that_is_too_old_gives_back_what_was_written():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/signoff/2021-06/contacts-received/", {"because": "A long reason."})
    assert answer.status_code == 403
    assert "A long reason." in answer.content.decode()
    assert not Draft.objects.exists()
