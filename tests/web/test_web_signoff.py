"""Sign-off: an owner signs what she read, returns it, takes back; a changed figure reopens it."""

from __future__ import annotations

import pytest
from django.test import Client
from printed_council import HEAD, correct, printed_council
from test_web_commentary import BOX, DESK, JUNE, opened, send, standing, state, text_of
from web_people import ASSESSMENT, SAFEGUARDING, person, signed_in

from openscorecard.commentary.signoff import State
from openscorecard.commentary.store import read_comments
from openscorecard.web import months
from openscorecard.web.signoff import queries

pytestmark = pytest.mark.django_db

SIGNOFF = "/signoff/2021-06/"
M1, M2 = "contacts-received", "referrals-received"


@pytest.fixture
def printed(tmp_path, settings):
    workspace = printed_council(tmp_path)
    settings.WORKSPACE = workspace.root
    return workspace


@pytest.fixture
def ann(printed):
    """Writes about M1 and M2."""
    assert printed.root.is_dir()
    client = signed_in(person("Ann Lee", ASSESSMENT))
    send(client, opened(client), "Contacts rose by half.")
    address = f"{DESK}{M2}/"
    client.post(address, opened(client, address) | {"text": "Referrals fell.", "do": "send"})
    return client


@pytest.fixture
def olu(ann):
    """Owns both."""
    assert ann
    return person("Olu Hill", HEAD)


def seen(account, *idents: str) -> dict[str, object]:
    """The desk's hidden fields for these, as they stand now."""
    form: dict[str, object] = {}
    for line in queries.desk(account, JUNE).all:
        if line.indicator.id in idents and line.progress.comment:
            form[f"version-{line.indicator.id}"] = line.progress.comment.version
            form[f"figures-{line.indicator.id}"] = line.figures
    return form


def decide(client: Client, form: dict[str, object], do: str, ident: str = M1, because: str = ""):
    return client.post(f"{SIGNOFF}{ident}/", form | {"do": do, "because": because}, follow=True)


def test_the_desk_has_each_indicator_by_section_with_its_figures_and_comment(olu):
    desk = queries.desk(olu, JUNE)
    assert desk.titles == (HEAD,)
    assert [line.indicator.ref for line in desk.waiting] == ["M1", "M2"]
    said = text_of(signed_in(olu).get(SIGNOFF))
    for words in (
        "Signatures due Wednesday 14 July 2021", "Contacts rose by half.", "460", "155 on May",
        "Unusually high", "Ann Lee, Service Manager, Assessment,", "Waits for you",
        "Begin with Contacts received",
    ):  # fmt: skip
        assert words in said


def test_those_that_were_read_are_signed_together(olu):
    client = signed_in(olu)
    form = seen(olu, M1, M2) | {"read": [M1, M2]}
    said = text_of(client.post(SIGNOFF, form, follow=True))
    assert "Signed: M1, M2." in said
    assert (state("M1"), state("M2")) == (State.SIGNED, State.SIGNED)
    entry = read_comments(months.root(), JUNE).history("M1")[-1]
    assert (entry.by, entry.account, entry.version) == (HEAD, str(olu.pk), standing().version)
    assert "June 2021: 460" in entry.numbers


def test_a_text_that_was_changed_after_it_was_read_is_not_signed(olu, ann):
    form = seen(olu, M1, M2) | {"read": [M1, M2]}
    send(ann, opened(ann), "Contacts rose by half, as schools came back.")
    said = text_of(signed_in(olu).post(SIGNOFF, form, follow=True))
    assert "Signed: M2." in said
    assert "M1: the comment was changed while you looked at it. Read it again." in said
    assert (state("M1"), state("M2")) == (State.WRITTEN, State.SIGNED)


def test_figures_that_changed_after_they_were_seen_are_not_signed(olu, printed):
    form = seen(olu, M1, M2) | {"read": [M1, M2]}
    correct(printed, "M1", "400")
    said = text_of(signed_in(olu).post(SIGNOFF, form, follow=True))
    assert "M1: a figure was changed while you looked at it" in said
    assert state("M1") is State.WRITTEN


def test_no_box_ticked_is_said(olu):
    answer = signed_in(olu).post(SIGNOFF, {})
    assert answer.status_code == 422
    assert "Tick at least one comment that you have read." in text_of(answer)


def test_a_comment_is_returned_with_a_reason_and_comes_back(olu, ann):
    client = signed_in(olu)
    said = text_of(decide(client, seen(olu, M1), "return", because="Say why."))
    assert "Returned with your reason: M1." in said
    assert state() is State.RETURNED
    send(ann, opened(ann), "Contacts rose as schools came back.")
    assert state() is State.WRITTEN
    assert "Returned by" not in text_of(client.get(SIGNOFF))


def test_a_return_without_a_reason_is_an_error_at_the_field(olu):
    answer = decide(signed_in(olu), seen(olu, M1), "return", because=" ")
    assert answer.status_code == 422
    assert f'href="#because-{M1}"' in answer.content.decode()
    assert "the reason is missing" in text_of(answer)


def test_the_reason_is_not_lost_where_the_comment_changed_meanwhile(olu, ann):
    form = seen(olu, M1)
    send(ann, opened(ann), "Another text.")
    answer = decide(signed_in(olu), form, "return", because="A long reason.")
    assert answer.status_code == 422
    assert "A long reason." in answer.content.decode()
    assert state() is State.WRITTEN


def test_a_signature_is_taken_back_with_a_reason(olu):
    client = signed_in(olu)
    client.post(SIGNOFF, seen(olu, M1) | {"read": [M1]})
    assert decide(client, seen(olu, M1), "unsign").status_code == 422
    said = text_of(decide(client, seen(olu, M1), "unsign", because="Too soon."))
    assert "Signature taken back: M1. It waits for you again." in said
    assert state() is State.WRITTEN
    assert [entry.kind.value for entry in read_comments(months.root(), JUNE).history("M1")] == [
        "text", "signed", "unsigned",
    ]  # fmt: skip
    assert "took the signature back" in text_of(client.get(SIGNOFF))


def test_a_changed_figure_reopens_what_was_signed_and_says_which(olu, ann, printed):
    client = signed_in(olu)
    client.post(SIGNOFF, seen(olu, M1, M2) | {"read": [M1, M2]})
    correct(printed, "M1", "400")
    assert (state("M1"), state("M2")) == (State.REOPENED, State.SIGNED)
    said = text_of(client.get(SIGNOFF))
    assert "Changed since Olu Hill signed" in said
    assert "June 2021 460 400 [r]" in said
    assert "12-month maximum 460 400" in said
    assert "June 2021 460 400 [r]" in text_of(ann.get(BOX))
    client.post(SIGNOFF, seen(olu, M1) | {"read": [M1]})
    assert state("M1") is State.SIGNED


def test_who_owns_and_reports_may_sign_her_own_and_the_history_says_so(printed):
    assert printed.root.is_dir()
    both = person("Eve Day", ASSESSMENT, HEAD)
    client = signed_in(both)
    send(client, opened(client), "Contacts rose.")
    assert "You wrote this yourself; the history will say so." in text_of(client.get(SIGNOFF))
    client.post(SIGNOFF, seen(both, M1) | {"read": [M1]})
    assert state() is State.SIGNED
    assert "signed ( the same person wrote it )" in text_of(client.get(BOX))


def test_only_the_owner_of_an_indicator_decides(olu, ann):
    form = seen(olu, M1)
    of_another = signed_in(person("Cas Moe", "Head of Service, Safeguarding"))
    assert of_another.post(SIGNOFF, form | {"read": [M1]}).status_code == 403
    assert decide(of_another, form, "sign").status_code == 403
    assert ann.get(SIGNOFF).status_code == 403
    assert signed_in(person("Dan Poe", SAFEGUARDING)).get(SIGNOFF).status_code == 403
    assert Client().get(SIGNOFF).status_code == 302
    assert state() is State.WRITTEN


def test_two_texts_wait_for_a_choice_and_cannot_be_signed(olu, ann):
    bob = signed_in(person("Bob Roe", ASSESSMENT))
    send(bob, opened(bob) | {"base": "0" * 12}, "Bob’s text.")
    assert state() is State.CONFLICT
    said = text_of(signed_in(olu).get(SIGNOFF))
    assert "Whoever reports on it has to choose first." in said
    answer = decide(signed_in(olu), seen(olu, M1), "sign")
    assert answer.status_code == 422
    assert state() is State.CONFLICT
    assert ann.get(BOX).status_code == 200


def test_what_cannot_be_done_is_not_found_or_refused(olu):
    client = signed_in(olu)
    assert decide(client, seen(olu, M1), "shred").status_code == 404
    assert client.get(f"{SIGNOFF}no-such-indicator/").status_code == 404
    assert client.get(f"{SIGNOFF}{M1}/").headers["location"] == f"{SIGNOFF}#row-{M1}"
    assert decide(client, {}, "sign").status_code == 422


def test_the_desk_asks_the_database_seldom(olu, django_assert_max_num_queries):
    client = signed_in(olu)
    client.get(SIGNOFF)
    with django_assert_max_num_queries(5):  # session, account, titles; deadline, names
        client.get(SIGNOFF)
