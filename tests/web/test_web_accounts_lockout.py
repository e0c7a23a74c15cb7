"""Wrong passwords lock: a pair of account and place, a place, an account; and an administrator
unlocks."""

from __future__ import annotations

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.test import Client
from web_people import PASSWORD, person, signed_in

from openscorecard.web.accounts.lockout import came_from, locked_addresses
from openscorecard.web.audit.models import Event, What

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("council")]
HERE, THERE = "192.0.2.1", "192.0.2.2"


def tried(email: str, password: str, place: str = HERE) -> int:
    """What signing in answers: 302 in, 200 asked again, 429 locked."""
    said = {"login": email, "password": password}
    return Client(REMOTE_ADDR=place).post("/accounts/login/", said).status_code


def count(what: What) -> int:
    return Event.objects.filter(what=what).count()


def test_five_wrong_passwords_lock_and_the_right_one_does_not_help():
    ann = person("Ann Lee")
    answers = [tried(ann.email, f"wrong {number}") for number in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert tried(ann.email, PASSWORD) == 429
    assert tried("ANN.Lee@northshire.example ", PASSWORD) == 429  # the same in another spelling
    assert (count(What.SIGN_IN_FAILED), count(What.LOCKED_OUT)) == (5, 1)
    last = Event.objects.order_by("id").last()
    assert (last.what, last.who) == (What.LOCKED_OUT, ann.email)


def test_what_one_reads_who_is_locked_out_does_not_say_whether_there_is_such_an_account():
    person("Ann Lee")
    pages = []
    for email in ("ann.lee@northshire.example", "nobody@northshire.example"):
        for _ in range(5):
            tried(email, "wrong")
        said = {"login": email, "password": "wrong"}
        pages.append(Client(REMOTE_ADDR=HERE).post("/accounts/login/", said).content.decode())
    assert "There were too many wrong passwords" in pages[0]
    assert pages[0] == pages[1]


def test_others_and_other_places_are_not_locked():
    ann, tom = person("Ann Lee"), person("Tom Birch")
    for _ in range(6):
        tried(ann.email, "wrong")
    assert tried(ann.email, PASSWORD, THERE) == 302
    assert tried(tom.email, PASSWORD) == 302


def test_four_wrong_ones_and_the_right_one_begin_again():
    ann = person("Ann Lee")
    for _ in range(2):
        assert [tried(ann.email, "wrong") for _ in range(4)] == [200] * 4
        assert tried(ann.email, PASSWORD) == 302


def test_the_lock_ends_after_a_quarter_of_an_hour_and_trying_on_does_not_lengthen_it():
    ann = person("Ann Lee")
    for _ in range(5):
        tried(ann.email, "wrong")
    AccessAttempt.objects.update(
        attempt_time=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=14, seconds=50)
    )
    assert tried(ann.email, PASSWORD) == 429
    AccessAttempt.objects.update(
        attempt_time=AccessAttempt.objects.get().attempt_time - dt.timedelta(seconds=11)
    )
    assert tried(ann.email, PASSWORD) == 302


def test_trying_on_while_locked_writes_nothing():
    ann = person("Ann Lee")
    for _ in range(30):
        tried(ann.email, "wrong")
    assert Event.objects.count() == 6  # five failed, one lock
    assert AccessAttempt.objects.get().failures_since_start == 5


def test_one_password_on_many_accounts_locks_the_place(settings):
    settings.AXES_FAILURES_OF_ONE = 10
    ann = person("Ann Lee")
    for number in range(10):
        tried(f"person{number}@northshire.example", "Spring2026!")
    assert tried(ann.email, PASSWORD) == 429
    assert tried(ann.email, PASSWORD, THERE) == 302


def test_many_places_on_one_account_lock_the_account(settings):
    settings.AXES_FAILURES_OF_ONE = 10
    ann, tom = person("Ann Lee"), person("Tom Birch")
    for number in range(10):
        tried(ann.email, "wrong", f"192.0.2.{10 + number}")
    assert tried(ann.email, PASSWORD, THERE) == 429
    assert tried(tom.email, PASSWORD, THERE) == 302
    assert locked_addresses() == {ann.email}


def test_the_administrator_sees_the_lock_and_ends_it():
    ann, boss = person("Ann Lee"), signed_in(person("Grace Okafor", administrator=True))
    for _ in range(5):
        tried(ann.email, "wrong")
    assert "Locked out" in boss.get("/people/").content.decode()
    assert "Locked out" in boss.get(f"/people/{ann.pk}/").content.decode()

    answer = boss.post(f"/people/{ann.pk}/unlock/", follow=True)

    assert "Unlocked" in answer.content.decode()
    assert "Locked out" not in answer.content.decode()
    assert tried(ann.email, PASSWORD) == 302
    assert Event.objects.filter(detail=f"{ann.email}: unlocked", who="Grace Okafor").exists()


def test_no_password_that_was_tried_is_kept():
    ann = person("Ann Lee")
    tried(ann.email, "nearly her password")
    kept = [str(row) for row in [*AccessAttempt.objects.values(), *Event.objects.values()]]
    assert not any("nearly" in row for row in kept)


def test_behind_the_proxy_the_place_is_what_the_proxy_says(settings, rf):
    asked = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.7")
    assert came_from(asked) == "127.0.0.1"  # without a proxy anybody may write that line
    settings.HTTPS = True
    assert came_from(asked) == "192.0.2.7"
