"""My commentary: what is due, one indicator's box, and every way in which a text is kept."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.test import Client
from printed_council import HEAD, printed_council
from web_people import ASSESSMENT, SAFEGUARDING, person, signed_in

from openscorecard.commentary.entries import NOTHING
from openscorecard.commentary.signoff import NOTHING_TO_EXPLAIN, State
from openscorecard.commentary.store import read_comments
from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.web import months
from openscorecard.web.commentary import queries
from openscorecard.web.commentary.models import Draft

pytestmark = pytest.mark.django_db

JUNE = Month(2021, 6)
DESK = "/commentary/2021-06/"
BOX = f"{DESK}contacts-received/"  # M1, unusually high
JSON = {"accept": "application/json"}


@pytest.fixture
def printed(tmp_path, settings):
    workspace = printed_council(tmp_path)
    settings.WORKSPACE = workspace.root
    return workspace


@pytest.fixture
def ann(printed):
    assert printed.root.is_dir()
    return person("Ann Lee", ASSESSMENT)


def text_of(response) -> str:
    """What a reader sees, without tags."""
    plain = re.sub(r"<(script|svg).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(plain))


def fields(response) -> dict[str, str]:
    """The box's hidden fields and texts, as a browser would send them."""
    page = response.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    for name, text in re.findall(r'<textarea id="\w+" name="(\w+)"[^>]*>\n(.*?)</textarea>', page,
                                 flags=re.S):  # fmt: skip
        found[name] = html.unescape(text)
    return {key: found[key] for key in ("base", "page", "was", "writer", "text", "public_text")}


def opened(client: Client, address: str = BOX) -> dict[str, str]:
    return fields(client.get(address))


def send(client: Client, form: dict[str, str], text: str, do: str = "send", **more):
    return client.post(BOX, form | {"text": text, "do": do} | more, follow=True)


def standing(ref: str = "M1"):
    return read_comments(months.root(), JUNE).current(ref)


def state(ref: str = "M1") -> State:
    return months.progress(JUNE)[ref].state


# What is due


def test_what_is_worth_a_sentence_comes_first_then_what_is_usual(ann):
    desk = queries.desk(ann, JUNE)
    assert desk.titles == (ASSESSMENT,)
    assert desk.next.indicator.ref == "M1"
    assert [line.indicator.ref for line in desk.nothing] == ["M2", "EH3"]
    said = text_of(signed_in(ann).get(DESK))
    assert "Begin with Contacts received" in said
    assert "460 in June 2021, up 155 on May: above the usual range (up to 404)." in said
    assert "Comments due Monday 12 July 2021" in said  # the 8th working day of July


@pytest.mark.parametrize(
    ("today", "left", "late"),
    [
        ((2021, 7, 8), "2 working days left", False),
        ((2021, 7, 9), "1 working day left", False),  # a Friday; Monday is the day
        ((2021, 7, 12), "today", False),
        ((2021, 7, 14), "2 working days ago", True),
    ],
)
def test_the_working_days_left(today, left, late):
    due = queries.due_by(dt.date(2021, 7, 12), dt.date(*today))
    assert (due.left, due.late) == (left, late)


def test_nothing_to_explain_for_all_that_were_ticked_at_once(ann):
    client = signed_in(ann)
    desk = queries.desk(ann, JUNE)
    form = {"nothing": [line.indicator.id for line in desk.nothing]}
    for line in desk.nothing:
        form[f"base-{line.indicator.id}"] = line.progress.seen
        form[f"figures-{line.indicator.id}"] = line.figures
    said = text_of(client.post(DESK, form, follow=True))
    assert "Sent as usual variation, nothing to explain: M2, EH3." in said
    assert (standing("M2").text, state("EH3")) == (NOTHING_TO_EXPLAIN, State.WRITTEN)
    assert len(read_comments(months.root(), JUNE).entries) == 2
    again = text_of(client.post(DESK, form, follow=True))
    assert "Not sent, as they changed since you looked: M2, EH3." in again
    assert len(read_comments(months.root(), JUNE).entries) == 2


def test_what_was_written_or_changed_meanwhile_is_left_out(ann):
    client = signed_in(ann)
    form = {"nothing": ["referrals-received", "assessments-completed", "contacts-received"]}
    for line in queries.desk(ann, JUNE).all:
        form[f"base-{line.indicator.id}"] = line.progress.seen
        form[f"figures-{line.indicator.id}"] = line.figures
    form["figures-assessments-completed"] = "0" * 12  # its figures were others then
    other = signed_in(person("Bob Roe", ASSESSMENT))
    box = opened(other, f"{DESK}referrals-received/")
    other.post(f"{DESK}referrals-received/", box | {"text": "Referrals fell.", "do": "send"})
    said = text_of(client.post(DESK, form, follow=True))
    assert "they changed since you looked: M2, EH3, M1." in said  # M1 is not usual
    assert standing("M2").text == "Referrals fell."
    assert standing("EH3") is None


def test_no_box_ticked_is_said(ann):
    answer = signed_in(ann).post(DESK, {})
    assert answer.status_code == 422
    assert "Tick at least one indicator." in text_of(answer)


@pytest.mark.usefixtures("printed")
def test_only_the_reporter_of_an_indicator_writes():
    other = signed_in(person("Cas Moe", SAFEGUARDING))
    assert other.get(BOX).status_code == 403
    assert other.post(BOX, {"text": "Mine.", "do": "send"}).status_code == 403
    assert other.post(f"{BOX}draft/", {"text": "Mine."}).status_code == 403
    assert other.post(f"{BOX}take-back/").status_code == 403
    answer = other.post(DESK, {"nothing": ["referrals-received"]})
    assert answer.status_code == 403
    assert read_comments(months.root(), JUNE).entries == ()


# The box


def test_the_box_says_what_is_worth_a_sentence_and_what_to_leave_alone(ann):
    client = signed_in(ann)
    said = text_of(client.get(BOX))
    assert "460 in June 2021, up 155 on May: above the usual range (up to 404)." in said
    assert "No comment is needed" not in said
    usual = text_of(client.get(f"{DESK}referrals-received/"))
    # 105 in May, 94 in June
    assert "Down 11 on May. Usual variation: within the usual range (64 to 146)." in usual
    assert "No comment is needed: usual variation" in usual


def test_a_comment_is_sent_and_says_who_has_it_now(ann):
    client = signed_in(ann)
    answer = send(client, opened(client), "Contacts rose by half.")
    assert "Sent for sign-off. Head of Service, Social Work has it now." in text_of(answer)
    (entry,) = read_comments(months.root(), JUNE).entries
    assert (entry.by, entry.account, entry.text) == (
        ASSESSMENT, str(ann.pk), "Contacts rose by half.",
    )  # fmt: skip
    assert not Draft.objects.exists()


def test_a_public_wording_is_kept_beside(ann):
    client = signed_in(ann)
    send(client, opened(client), "Three of them came twice.", public_text="Some came twice.")
    assert standing().public_text == "Some came twice."
    assert opened(client)["public_text"] == "Some came twice."


def test_no_comment_is_needed(ann):
    client = signed_in(ann)
    box = opened(client, f"{DESK}referrals-received/")
    client.post(f"{DESK}referrals-received/", box | {"do": "nothing"})
    assert standing("M2").text == NOTHING_TO_EXPLAIN


def test_no_comment_needed_still_keeps_what_was_in_the_box(ann):
    client = signed_in(ann)
    address = f"{DESK}referrals-received/"
    client.post(address, opened(client, address) | {"do": "nothing", "text": "Half a sentence"})
    assert standing("M2").text == NOTHING_TO_EXPLAIN
    assert Draft.objects.get().text == "Half a sentence"
    assert opened(client, address)["text"] == "Half a sentence"


def test_last_month_s_comment_can_be_begun_from(ann, printed):
    may = printed.root / "comments" / "2021-05.toml"
    may.parent.mkdir(exist_ok=True)
    may.write_text(
        'month = "2021-05"\n\n[[entry]]\nref = "M1"\nkind = "text"\nby = "Somebody"\n'
        'at = 2021-06-05T10:00:00Z\ntext = "May was quiet."\n',
        encoding="utf-8",
    )
    client = signed_in(ann)
    assert "May was quiet." in text_of(client.get(BOX))
    answer = send(client, opened(client), "Half a sentence", do="last")
    assert fields(answer)["text"] == "May was quiet."
    assert "You have another unsent text" in text_of(answer)
    assert "Half a sentence" in text_of(answer)


def test_taking_back_puts_the_text_into_the_box(ann):
    client = signed_in(ann)
    answer = send(client, opened(client), "Sent too early.")
    version = standing().version
    assert "Take it back" in text_of(answer)
    answer = client.post(f"{BOX}take-back/", {"version": version}, follow=True)
    assert state() is State.DUE
    assert fields(answer)["text"] == "Sent too early."
    assert client.post(f"{BOX}take-back/", {"version": version}).status_code == 409


def test_an_empty_comment_is_an_error_at_the_field(ann):
    client = signed_in(ann)
    answer = client.post(BOX, opened(client) | {"text": "  ", "do": "send"})
    assert answer.status_code == 409
    assert 'href="#text"' in answer.content.decode()
    assert "The comment is empty: write one." in text_of(answer)


def test_a_comment_that_nobody_would_read_is_refused_and_kept_in_the_box(ann, printed):
    client = signed_in(ann)
    long = "Contacts rose, and we say why. " * 200  # 6,200 characters
    answer = client.post(BOX, opened(client) | {"text": long, "do": "send"})
    assert answer.status_code == 409
    assert "The comment has 6,200 characters, more than 5,000" in text_of(answer)
    assert long.strip() in answer.content.decode()
    assert not read_comments(printed.root, JUNE).history("M1")


def test_marks_that_turn_the_direction_of_writing_are_dropped(ann, printed):
    client = signed_in(ann)
    client.post(BOX, opened(client) | {"text": "Contacts \u202erose.", "do": "send"})
    assert read_comments(printed.root, JUNE).current("M1").text == "Contacts rose."


def test_a_text_is_in_the_box_again_where_it_could_not_be_written(ann, printed, monkeypatch):
    from openscorecard.commentary import store

    client = signed_in(ann)
    box = opened(client)
    monkeypatch.setattr(store.change_comments, "__defaults__", (0.05,))  # seconds to wait
    (printed.root / "comments").mkdir(exist_ok=True)
    with locked(printed.root / "comments"):
        answer = client.post(BOX, box | {"text": "Worth keeping.", "do": "send"})
        quick = client.post(BOX, box | {"text": "Worth keeping.", "do": "send"}, headers=JSON)
    assert answer.status_code == quick.status_code == 409
    assert fields(answer)["text"] == "Worth keeping."
    assert "another scorecard command" in quick.json()["said"].lower()


@pytest.mark.usefixtures("council")
def test_a_number_that_may_be_a_hidden_one_is_said_after_sending_and_blocks_nothing():
    # Six children: M2 was 2 in June 2021, which the public does not see.
    client = signed_in(person("Ann Lee", ASSESSMENT))
    address = f"{DESK}referrals-received/"
    form = opened(client, address) | {"text": "There were 2 referrals.", "do": "send"}
    answer = client.post(address, form, follow=True)
    assert state("M2") is State.WRITTEN
    assert "A number that the public may not see" in text_of(answer)
    form = fields(answer) | {"public_text": "There were few referrals.", "do": "send"}
    assert "A number that the public" not in text_of(client.post(address, form, follow=True))


def test_the_history_says_who_did_what_and_why_it_came_back(ann):
    client = signed_in(ann)
    owner = signed_in(person("Olu Hill", HEAD))
    send(client, opened(client), "Contacts rose.")
    version, figures = standing().version, queries.desk(ann, JUNE).all
    figures = next(one.figures for one in figures if one.indicator.ref == "M1")
    owner.post(
        "/signoff/2021-06/contacts-received/",
        {"do": "return", "because": "Say why.", "version-contacts-received": version,
         "figures-contacts-received": figures},
    )  # fmt: skip
    said = text_of(client.get(BOX))
    assert "Returned by Olu Hill" in said
    assert "“Say why.”" in said
    assert said.index("Olu Hill , Head of Service, Social Work, returned it") < said.index(
        "Ann Lee , Service Manager, Assessment, wrote"
    )
    assert "Returned: “Say why.”" in text_of(client.get(DESK))


# Drafts: two tabs, and nothing dropped that was not sent


def autosave(client: Client, form: dict[str, str], text: str) -> dict[str, str]:
    answer = client.post(f"{BOX}draft/", form | {"text": text}, headers=JSON)
    assert answer.status_code == 200
    return answer.json()


def test_a_draft_is_in_the_box_the_next_time(ann):
    client = signed_in(ann)
    autosave(client, opened(client), "Contacts rose, as")
    answer = client.get(BOX)
    assert fields(answer)["text"] == "Contacts rose, as"
    assert "Draft of" in text_of(answer)
    assert "Draft" in text_of(client.get(DESK))
    assert standing() is None


def test_the_texts_of_two_tabs_are_both_there(ann):
    client = signed_in(ann)
    first, second = opened(client), opened(client)
    autosave(client, first, "In the first tab.")
    autosave(client, second, "In the second tab.")
    answer = client.get(BOX)
    assert fields(answer)["text"] == "In the second tab."
    assert "You have another unsent text" in text_of(answer)
    assert "In the first tab." in text_of(answer)


def test_a_tab_opened_twice_does_not_write_over_itself(ann):
    client = signed_in(ann)
    tab = opened(client)  # and its copy, with the same number
    saved = autosave(client, tab, "In the tab.")
    assert saved["page"] == tab["page"]
    copied = autosave(client, tab, "In its copy.")
    assert copied["page"] != tab["page"]
    more = autosave(client, tab | saved, "In the tab, and more.")
    assert more["page"] == tab["page"]
    assert sorted(Draft.objects.values_list("text", flat=True)) == [
        "In its copy.", "In the tab, and more.",
    ]  # fmt: skip


def test_using_another_unsent_text_keeps_the_one_in_the_box(ann):
    client = signed_in(ann)
    autosave(client, opened(client), "The first.")
    other = opened(client) | {"page": "ab" * 8, "was": ""}
    autosave(client, other, "The second.")
    first = Draft.objects.get(text="The first.")
    answer = send(client, opened(client), "The second, longer.", do=f"use:{first.pk}")
    assert fields(answer)["text"] == "The first."
    assert "The second, longer." in text_of(answer)


def test_a_draft_goes_when_its_own_page_was_sent_and_no_other_does(ann):
    client = signed_in(ann)
    autosave(client, opened(client) | {"page": "cd" * 8, "was": ""}, "Another tab’s.")
    box = opened(client) | {"page": "ab" * 8, "was": ""}
    saved = autosave(client, box, "To be sent")
    send(client, box | saved, "To be sent.")
    assert list(Draft.objects.values_list("text", flat=True)) == ["Another tab’s."]
    assert "Another tab’s." in text_of(client.get(BOX))


def test_a_draft_goes_when_she_drops_it(ann):
    client = signed_in(ann)
    autosave(client, opened(client), "The first.")
    first = Draft.objects.get()
    autosave(client, opened(client) | {"page": "ab" * 8, "was": ""}, "The second.")
    send(client, opened(client), "The second.", do=f"drop:{first.pk}")
    assert list(Draft.objects.values_list("text", flat=True)) == ["The second."]


def test_nobody_drops_or_uses_another_s_draft(ann):
    client = signed_in(ann)
    autosave(client, opened(client), "Ann’s.")
    number = Draft.objects.get().pk
    bob = signed_in(person("Bob Roe", ASSESSMENT))
    assert opened(bob)["text"] == ""
    send(bob, opened(bob), "", do=f"drop:{number}")
    answer = send(bob, opened(bob), "", do=f"use:{number}")
    assert "Ann’s." not in text_of(answer)
    assert Draft.objects.get().text == "Ann’s."


def test_an_empty_or_unchanged_box_makes_no_draft(ann):
    client = signed_in(ann)
    assert set(autosave(client, opened(client), "")) == {"at"}
    send(client, opened(client), "Contacts rose.")
    send(client, opened(client), "Contacts rose.", do="draft")
    assert not Draft.objects.exists()


# Query counts


def test_the_desk_asks_the_database_seldom(ann, django_assert_max_num_queries):
    client = signed_in(ann)
    client.get(DESK)
    with django_assert_max_num_queries(6):  # session, account, titles; deadline, drafts; its end
        client.get(DESK)


def test_the_box_asks_the_database_seldom(ann, django_assert_max_num_queries):
    client = signed_in(ann)
    send(client, opened(client), "Contacts rose.")
    with django_assert_max_num_queries(6):  # the same, and the names in the history
        client.get(BOX)


def test_autosave_asks_the_database_seldom(ann, django_assert_max_num_queries):
    client = signed_in(ann)
    box = opened(client)
    with django_assert_max_num_queries(9):  # session, account, titles; one locked step
        autosave(client, box, "Contacts rose.")


def test_nothing_stands_by_the_version_of_nothing(ann):
    assert opened(signed_in(ann))["base"] == NOTHING
