"""Signing in and out: by a password, by a link that sets one, and for how long."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from web_people import PASSWORD, person, signed_in

from openscorecard.errors import InputError
from openscorecard.web.accounts import services
from openscorecard.web.accounts.models import Account, PasswordLink
from openscorecard.web.accounts.private import SIGNED_IN_AT
from openscorecard.web.accounts.services import Person
from openscorecard.web.audit.models import Event, What

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("council", "none_counted")]
LOGIN, LOGOUT, PASSWORD_PAGE = "/accounts/login/", "/accounts/logout/", "/accounts/password/"
LINK = "/accounts/password/link/"
NOT_RIGHT = "The e-mail address or the password is not right."


@pytest.fixture
def none_counted():
    cache.clear()  # how often a form was sent in the last minute


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None, **more: str):
    return (client or Client()).post(LOGIN, {"login": email, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return client.get(PASSWORD_PAGE).status_code == 200


def done() -> list[tuple[str, str]]:
    """What the record holds, oldest first: what, and by whom."""
    return [(one.what, one.who) for one in Event.objects.order_by("id")]


def test_somebody_entered_signs_in_and_out():
    person("Ann Lee", analyst=True)
    client = Client()

    answer = sign_in("Ann.Lee@Northshire.example", client=client)  # in any spelling of the address

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)
    assert "Signed in as Ann Lee" in client.get(PASSWORD_PAGE).content.decode()
    assert client.get(LOGOUT).status_code == 200  # asks first: a picture's address signs nobody out
    assert is_signed_in(client)
    assert client.post(LOGOUT).status_code == 302
    assert not is_signed_in(client)
    assert done() == [(What.SIGNED_IN, "Ann Lee"), (What.SIGNED_OUT, "Ann Lee")]
    assert not EmailAddress.objects.exists()  # the library keeps no second list of addresses


def test_a_wrong_password_and_an_unknown_address_read_the_same():
    person("Ann Lee")
    person("Closed One", is_active=False)
    pages = [
        sign_in("ann.lee@northshire.example", "not her password"),
        sign_in("nobody@northshire.example", "not her password"),
        sign_in("closed.one@northshire.example", "not her password"),
    ]
    texts = {
        page.content.decode()
        .replace(f'value="{name}@northshire.example"', "")
        .partition("<main")[2]
        for page, name in zip(pages, ("ann.lee", "nobody", "closed.one"), strict=True)
    }
    without_token = {text.split('name="csrfmiddlewaretoken"')[0] for text in texts}
    assert all(NOT_RIGHT in text for text in texts)
    assert len(without_token) == 1
    assert {page.status_code for page in pages} == {200}


def test_the_form_says_what_is_missing_at_the_field_and_on_top():
    text = sign_in("", "").content.decode()
    assert '<a href="#login">Enter your e-mail address</a>' in text
    assert '<a href="#password">Enter your password</a>' in text
    assert 'aria-describedby=" login-wrong"' in text
    assert "<title>Error: Sign in" in text


def test_a_closed_account_does_not_come_in_and_goes_out_at_once():
    ann = person("Ann Lee", analyst=True)
    client = signed_in(ann)
    boss = person("Grace Okafor", administrator=True)
    services.change_account(boss, ann, Person(ann.email, ann.name, analyst=True, is_active=False))

    assert not is_signed_in(client)
    answer = sign_in(ann.email)
    assert answer.status_code == 403
    assert "This account is closed" in answer.content.decode()


def test_nobody_enters_herself():
    for path in ("/accounts/signup/", "/accounts/email/", "/accounts/password/reset/"):
        assert Client().get(path).status_code == 404
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(elsewhere: str):
    ann = person("Ann Lee")
    assert sign_in(ann.email, next=elsewhere)["Location"] == "/"
    assert signed_in(ann).get(LOGIN, {"next": elsewhere})["Location"] == "/"
    assert signed_in(ann).post(LOGOUT, {"next": elsewhere})["Location"] == "/"


def test_one_comes_back_to_the_page_asked_for():
    ann = person("Ann Lee", analyst=True)
    asked = Client().get("/audit/?kind=signed")
    assert asked["Location"] == "/accounts/login/?next=/audit/%3Fkind%3Dsigned"
    page = Client().get(asked["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/audit/?kind=signed">' in page
    assert sign_in(ann.email, next="/audit/?kind=signed")["Location"] == "/audit/?kind=signed"


def test_a_session_ends_after_eight_hours_whatever_was_done_meanwhile():
    client = signed_in(person("Ann Lee"))
    session = client.session
    session[SIGNED_IN_AT] = int(time.time()) - 8 * 60 * 60 + 30
    session.save()
    assert is_signed_in(client)
    session[SIGNED_IN_AT] = int(time.time()) - 8 * 60 * 60 - 1
    session.save()
    assert not is_signed_in(client)


def test_a_session_that_does_not_say_when_it_began_is_none():
    client = signed_in(person("Ann Lee"))
    session = client.session
    del session[SIGNED_IN_AT]
    session.save()
    assert not is_signed_in(client)


def test_the_cookie_cannot_be_read_and_ends_with_the_browser(settings):
    ann = person("Ann Lee")
    client = Client()
    sign_in(ann.email, client=client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["expires"] == ""
    assert not cookie["secure"]
    settings.SESSION_COOKIE_SECURE = True  # as OPENSCORECARD_HTTPS=yes sets it
    again = Client()
    sign_in(ann.email, client=again)
    assert again.cookies["sessionid"]["secure"]


def test_no_browser_keeps_a_page_of_somebody_signed_in():
    ann = person("Ann Lee", analyst=True)
    client = signed_in(ann)
    for path in ("/audit/", PASSWORD_PAGE, "/published/", "/nothing/"):
        assert client.get(path)["Cache-Control"] == "private, no-store"
    assert client.post(LOGOUT)["Cache-Control"] == "private, no-store"
    assert "no-store" in Client().get(LOGIN)["Cache-Control"]


def test_a_form_from_elsewhere_is_refused():
    ann = person("Ann Lee")
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(ann.email, client=strict).status_code == 403
    assert not is_signed_in(strict)


# One's own password


def change(client: Client, old: str, new: str, again: str | None = None):
    said = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post(PASSWORD_PAGE, said)


def test_one_changes_her_password_and_is_signed_out_everywhere_else():
    ann = person("Ann Lee")
    here, elsewhere = signed_in(ann), signed_in(ann)

    answer = change(here, PASSWORD, "quiet river lantern")

    assert answer["Location"] == "/accounts/password/?done=changed"
    assert "Your password is changed" in here.get(answer["Location"]).content.decode()
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert sign_in(ann.email, "quiet river lantern").status_code == 302
    assert (What.ACCOUNT_CHANGED, "Ann Lee") in done()


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "quiet river lantern", None, "The current password is not right."),
        (PASSWORD, "short", None, "at least 12 characters"),
        (PASSWORD, "qwertyuiopas1234", "other words", "the same password"),
        (PASSWORD, "ann.lee@northshire", None, "too similar to the email"),
        (PASSWORD, "qwerty123456", None, "too common"),
        ("", "quiet river lantern", None, "Enter your current password"),
    ],
)
def test_a_password_that_is_no_good_is_not_taken(old, new, again, said):
    ann = person("Ann Lee")
    assert said in change(signed_in(ann), old, new, again).content.decode()
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


def test_without_a_password_of_her_own_there_is_none_to_change():
    ann = Account.objects.create_user("ann@northshire.example", None, name="Ann Lee")
    assert "single sign-on" in signed_in(ann).get(PASSWORD_PAGE).content.decode()


# The link that sets one


def link_for(account: Account) -> str:
    return f"{LINK}?key={services.make_link(None, account)}"


def set_by(client: Client, new: str = "quiet river lantern", again: str | None = None):
    return client.post(LINK, {"password1": new, "password2": again or new})


def test_a_link_sets_a_password_once():
    ann = Account.objects.create_user("ann@northshire.example", None, name="Ann Lee")
    link = link_for(ann)
    client, another = Client(), Client()
    assert client.get(link)["Location"] == LINK  # the secret does not stay in the address
    another.get(link)
    assert "ann@northshire.example" in client.get(LINK).content.decode()

    assert set_by(client)["Location"] == "/accounts/login/?done=set"

    assert sign_in(ann.email, "quiet river lantern").status_code == 302
    assert set_by(another, "somebody else's words").status_code == 410
    assert Client().get(link, follow=True).status_code == 410
    assert sign_in(ann.email, "quiet river lantern").status_code == 302


def test_the_database_does_not_hold_the_link():
    ann = person("Ann Lee")
    secret = services.make_link(None, ann)
    held = PasswordLink.objects.get()
    assert secret not in (held.digest, str(held.__dict__))
    assert not any(secret in one.detail for one in Event.objects.all())


def test_a_link_ends_after_three_days():
    ann = person("Ann Lee")
    link = link_for(ann)
    held = PasswordLink.objects.get()
    left = held.ends_at - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=3) - left < dt.timedelta(minutes=1)
    held.ends_at = dt.datetime.now(dt.UTC)
    held.save()
    assert Client().get(link, follow=True).status_code == 410


def test_a_newer_link_a_changed_address_and_a_closed_account_end_a_link():
    ann, boss = person("Ann Lee"), person("Grace Okafor", administrator=True)
    first, second = link_for(ann), link_for(ann)
    assert Client().get(first, follow=True).status_code == 410
    assert Client().get(second, follow=True).status_code == 200
    services.change_account(boss, ann, Person("ann.may@northshire.example", "Ann May"))
    assert Client().get(second, follow=True).status_code == 410
    third = link_for(ann)
    services.change_account(boss, ann, Person(ann.email, ann.name, is_active=False))
    assert Client().get(third, follow=True).status_code == 410
    with pytest.raises(InputError, match="the account is closed"):
        services.make_link(boss, ann)


def test_a_link_takes_no_weak_password_and_stays_good_then():
    client = Client()
    client.get(link_for(person("Ann Lee")))
    assert "at least 12 characters" in set_by(client, "short").content.decode()
    assert "The two passwords are not the same" in set_by(client, again="x").content.decode()
    assert set_by(client).status_code == 302


def test_a_link_signs_out_whoever_sat_at_that_browser_and_the_account_everywhere():
    ann, tom = person("Ann Lee"), person("Tom Birch")
    of_ann, of_tom = signed_in(ann), signed_in(tom)
    of_tom.get(link_for(ann))
    set_by(of_tom)
    assert not is_signed_in(of_tom)
    assert not is_signed_in(of_ann)


@pytest.mark.parametrize("key", ["", "nonsense", "x" * 5000, "\x00", "é"])
def test_a_made_up_link_is_none(key: str):
    assert Client().get(LINK, {"key": key}, follow=True).status_code == 410
    assert Client().get(LINK).status_code == 410


def test_guessing_the_current_password_is_stopped_after_ten_a_minute():
    client = signed_in(person("Ann Lee"))
    answers = [change(client, f"guess {number}", "quiet river lantern") for number in range(11)]
    assert {answer.status_code for answer in answers[:10]} == {200}
    assert answers[10].status_code == 429
    assert "Wait a minute" in answers[10].content.decode()
