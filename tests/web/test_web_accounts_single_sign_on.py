"""Single sign-on by OpenID Connect, the whole way, against a provider in a process of its own."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from oidc_provider import CLIENT, SECRET
from web_people import PASSWORD, person, signed_in

from openscorecard.web.accounts.adapters import vouched_address
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import Event, What

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("council")]
START = "/accounts/oidc/council/login/"
ANN = {"sub": "17", "email": "Ann.Lee@northshire.example", "email_verified": True, "name": "A Lee"}


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("oidc_provider.py"))],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def provider(running: str, settings) -> str:
    """The provider's address; the application uses it."""
    app = {
        "provider_id": "council",
        "name": "the council's account",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": running},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    return running


def next_is(provider: str, claims: dict[str, object], wrong: str = "") -> None:
    body = json.dumps({"claims": claims, "wrong": wrong}).encode()
    with urllib.request.urlopen(f"{provider}/next", body, timeout=10):
        pass


def by_the_provider(client: Client, provider: str, **asked: str):
    """Goes there and back, as a browser would; what the application then answers."""
    there = client.get(START, asked)
    assert there.status_code == 302, there.content
    assert there["Location"].startswith(f"{provider}/authorize?")
    return client.get(back_from(there["Location"]))


def back_from(address: str) -> str:
    """Where the provider sends the browser."""

    there = urlsplit(address)
    connection = http.client.HTTPConnection(there.netloc, timeout=10)
    connection.request("GET", f"{there.path}?{there.query}")
    answer = connection.getresponse()
    assert answer.status == 302, answer.read()
    back = urlsplit(answer.headers["Location"])
    connection.close()
    return f"{back.path}?{back.query}"


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_entered_comes_in_by_an_address_that_the_provider_vouches_for(provider):
    ann = person("Ann Lee", analyst=True)
    next_is(provider, ANN)
    client = Client()

    answer = by_the_provider(client, provider, next="/audit/")

    assert (answer.status_code, answer["Location"]) == (302, "/audit/")
    assert client.session["_auth_user_id"] == str(ann.pk)
    assert list(Event.objects.values_list("what", "who", "detail")) == [
        (What.SIGNED_IN, "Ann Lee", "by single sign-on")
    ]
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)  # and may sign in by it as before
    assert ann.name == "Ann Lee"
    # Nothing of the provider is kept, so nothing of it can open the account later.
    for model in (SocialAccount, SocialToken, EmailAddress):
        assert not model.objects.exists()


def test_one_comes_in_again_and_again(provider):
    person("Ann Lee")
    next_is(provider, ANN)
    for _ in range(2):
        client = Client()
        by_the_provider(client, provider)
        assert is_signed_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        ANN | {"email_verified": False},
        ANN | {"email_verified": "false"},
        {name: ANN[name] for name in ("sub", "email")},  # says nothing of it
        ANN | {"email": "nobody@northshire.example"},
        ANN | {"email": ""},
        ANN | {"email": None},
        {"sub": "17"},
    ],
)
def test_others_do_not_come_in_and_no_account_is_made(provider, claims):
    person("Ann Lee")
    next_is(provider, claims)
    client = Client()

    answer = by_the_provider(client, provider)

    assert answer.status_code == 403
    assert "nobody entered your address here" in answer.content.decode()
    assert not is_signed_in(client)
    assert Account.objects.count() == 1
    assert Event.objects.get().what == What.SIGN_IN_FAILED


def test_a_closed_account_does_not_come_in(provider):
    person("Ann Lee", is_active=False)
    next_is(provider, ANN)
    client = Client()
    assert by_the_provider(client, provider).status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "wrong",
    ["another key", "another issuer", "another audience", "too old", "unsigned", "cancelled"],
)
def test_a_token_that_is_not_the_provider_s_for_us_and_for_now_opens_nothing(provider, wrong):
    person("Ann Lee")
    next_is(provider, ANN, wrong)
    client = Client()

    answer = by_the_provider(client, provider)

    assert answer.status_code == 403
    assert "did not say who you are" in answer.content.decode()
    assert not is_signed_in(client)


def test_both_answers_of_the_provider_have_to_be_about_the_same_person(provider):
    person("Ann Lee")
    next_is(provider, ANN, "another subject")
    client = Client()
    assert by_the_provider(client, provider).status_code == 403
    assert not is_signed_in(client)


def test_an_answer_is_good_once_and_only_in_the_browser_that_asked(provider):
    person("Ann Lee")
    next_is(provider, ANN)
    client, another = Client(), Client()
    back = back_from(client.get(START)["Location"])
    assert another.get(back).status_code == 403  # somebody else's link: no state of this browser
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403
    assert not is_signed_in(another)


@pytest.mark.usefixtures("provider")
def test_the_way_there_asks_for_a_code_with_a_challenge_and_no_more_than_the_address():
    asked = parse_qs(urlsplit(Client().get(START)["Location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["redirect_uri"] == ["http://testserver/accounts/oidc/council/callback/"]


def test_nobody_is_sent_elsewhere(provider):
    person("Ann Lee")
    next_is(provider, ANN)
    assert by_the_provider(Client(), provider, next="https://evil.example/")["Location"] == "/"


def test_nobody_ties_a_provider_s_account_to_one_here(provider):
    """The library's other uses of the same address."""
    ann = person("Ann Lee")
    next_is(provider, ANN | {"email": "other@northshire.example"})
    for process in ("connect", "redirect"):
        client = signed_in(ann)
        assert by_the_provider(client, provider, process=process).status_code == 403
    assert not SocialAccount.objects.exists()


def test_another_who_signs_in_at_the_same_browser_takes_the_place_of_the_first(provider):
    tom, ann = person("Tom Birch"), person("Ann Lee")
    next_is(provider, ANN)
    client = signed_in(tom)
    by_the_provider(client, provider)
    assert client.session["_auth_user_id"] == str(ann.pk)


@pytest.mark.usefixtures("provider")
def test_a_provider_that_is_away_is_said_so_and_the_log_says_why(settings, caplog):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = Client().get(START)
    assert answer.status_code == 403
    assert "did not say who you are" in answer.content.decode()
    assert "Connection refused" not in answer.content.decode()
    assert any("single sign-on failed: ConnectionError" in line for line in caplog.messages)


def test_without_single_sign_on_there_are_no_such_pages():
    assert Client().get(START).status_code == 404
    assert Client().get("/accounts/oidc/council/callback/").status_code == 404
    assert "Or with a password" not in Client().get("/accounts/login/").content.decode()


def test_a_provider_that_never_says_verified_is_believed_for_the_council_s_own_domain(settings):
    silent = {"sub": "17", "email": "Ann.Lee@Northshire.example"}
    assert vouched_address(silent, silent) is None
    settings.OIDC_DOMAINS = ("northshire.example",)
    assert vouched_address(silent, silent) == "ann.lee@northshire.example"
    assert vouched_address(silent, {}) == "ann.lee@northshire.example"
    assert vouched_address(silent | {"email_verified": False}, {}) is None
    assert vouched_address(silent | {"email": "ann@evil.example"}, {}) is None
    assert vouched_address(silent | {"email": "ann@x.northshire.example"}, {}) is None
    assert vouched_address({}, silent) is None  # an identity token there has to be
