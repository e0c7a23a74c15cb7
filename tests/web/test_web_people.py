"""People: entered, changed and closed by an administrator; titles that nobody holds; deadlines."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from web_people import ASSESSMENT, SAFEGUARDING, person, signed_in

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.web.access import Role, roles_of
from openscorecard.web.accounts import queries, services
from openscorecard.web.accounts.models import Account, Deadline
from openscorecard.web.accounts.services import Person
from openscorecard.web.audit.models import Event, What

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("council")]
JUNE = Month(2021, 6)


@pytest.fixture
def grace() -> Account:
    return person("Grace Okafor", administrator=True)


@pytest.fixture
def boss(grace: Account) -> Client:
    return signed_in(grace)


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def details() -> list[str]:
    return list(Event.objects.order_by("id").values_list("detail", flat=True))


# Entering and changing


def test_an_administrator_enters_somebody_with_titles(boss: Client):
    said = {
        "name": " Ann  Lee ", "email": "Ann.Lee@Northshire.example", "analyst": "yes",
        "titles": [SAFEGUARDING, ASSESSMENT],
    }  # fmt: skip
    answer = boss.post("/people/new/", said)

    ann = Account.objects.get(email="ann.lee@northshire.example")
    assert answer["Location"] == f"/people/{ann.pk}/?done=entered"
    assert "Entered." in text(boss, answer["Location"])
    assert (ann.name, ann.titles) == ("Ann Lee", {SAFEGUARDING, ASSESSMENT})
    assert roles_of(ann) == {Role.PUBLIC, Role.ANALYST, Role.REPORTER}
    assert not ann.has_usable_password()
    assert details() == [
        "ann.lee@northshire.example: entered, analyst",
        f"ann.lee@northshire.example: holds {ASSESSMENT}; holds {SAFEGUARDING}",
    ]
    assert {one.who for one in Event.objects.all()} == {"Grace Okafor"}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": "", "email": "a@b.example"}, '<a href="#name">Enter the person&#39;s name</a>'),
        ({"name": "Ann", "email": ""}, '<a href="#email">Enter the e-mail address</a>'),
        ({"name": "Ann", "email": "ann"}, "Write the e-mail address as name@council.gov.uk"),
        ({"name": "Ann", "email": "Grace.Okafor@northshire.example"}, "is entered already"),
        ({"name": "Ann", "email": "a@b.example", "titles": ["King"]}, "Choose titles from the"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(boss: Client, said, wrong):
    answer = boss.post("/people/new/", said)
    assert wrong in answer.content.decode()
    assert f'value="{said["name"]}"' in answer.content.decode()  # what was typed is still there
    assert Account.objects.count() == 1
    assert not Event.objects.exists()


def change(boss: Client, account: Account, said: dict[str, object]):
    """Sends the form as the page shows it now, with what is said in it."""
    now = Account.objects.get(pk=account.pk)
    seen = services.version_of(now, now.titles)
    return boss.post(f"/people/{account.pk}/", said | {"seen": seen})


def test_an_administrator_changes_somebody(boss: Client):
    ann = person("Ann Lee", SAFEGUARDING, analyst=True)
    EmailAddress.objects.create(user=ann, email=ann.email)
    said = {"name": "Ann May", "email": "ann.may@northshire.example", "titles": [ASSESSMENT]}
    assert change(boss, ann, said)["Location"] == f"/people/{ann.pk}/?done=changed"

    ann = Account.objects.get(pk=ann.pk)
    assert (ann.name, ann.email, ann.analyst) == ("Ann May", "ann.may@northshire.example", False)
    assert ann.titles == {ASSESSMENT}
    assert not EmailAddress.objects.exists()  # the old address opens nothing
    assert details() == [
        "ann.may@northshire.example: address ann.lee@northshire.example to"
        " ann.may@northshire.example; name Ann Lee to Ann May; no longer analyst",
        f"ann.may@northshire.example: holds {ASSESSMENT}; no longer holds {SAFEGUARDING}",
    ]


def test_saving_without_a_change_writes_nothing(boss: Client):
    ann = person("Ann Lee", SAFEGUARDING)
    said = {"name": ann.name, "email": ann.email, "titles": [SAFEGUARDING]}
    change(boss, ann, said)
    assert not Event.objects.exists()


def test_a_title_that_the_catalogue_names_no_more_stays_until_taken_away(boss: Client):
    ann = person("Ann Lee", "Head of Coal")
    assert "Head of Coal (not in the catalogue)" in text(boss, f"/people/{ann.pk}/")
    said = {"name": ann.name, "email": ann.email, "titles": ["Head of Coal", ASSESSMENT]}
    change(boss, ann, said)
    assert Account.objects.get(pk=ann.pk).titles == {"Head of Coal", ASSESSMENT}


def test_closing_and_opening_again(boss: Client):
    ann = person("Ann Lee", SAFEGUARDING)
    said = {"name": ann.name, "email": ann.email, "titles": [SAFEGUARDING]}
    change(boss, ann, said | {"closed": "yes"})
    assert roles_of(Account.objects.get(pk=ann.pk)) == {Role.PUBLIC}
    assert "Closed" in text(boss, "/people/")
    change(boss, ann, said)
    assert Role.REPORTER in roles_of(Account.objects.get(pk=ann.pk))
    assert details() == [f"{ann.email}: closed", f"{ann.email}: opened again"]


@pytest.mark.parametrize("away", [{"administrator": ""}, {"administrator": "yes", "closed": "yes"}])
def test_the_last_administrator_stays(boss: Client, grace: Account, away):
    person("Not Any More", administrator=True, is_active=False)
    said = {"name": grace.name, "email": grace.email} | away
    answer = change(boss, grace, said)
    assert "This is the last account that may enter people" in answer.content.decode()
    grace.refresh_from_db()
    assert grace.administrator
    assert grace.is_active
    person("Ann Lee", administrator=True)
    assert change(boss, grace, said).status_code == 302


def test_a_form_that_lay_open_does_not_open_a_closed_account_again(boss: Client):
    ann = person("Ann Lee", SAFEGUARDING)
    opened = {"name": ann.name, "email": ann.email, "titles": [SAFEGUARDING]}
    opened |= {"seen": services.version_of(ann, ann.titles)}
    change(boss, ann, opened | {"closed": "yes"})
    answer = boss.post(f"/people/{ann.pk}/", opened | {"name": "Ann May"}, follow=True)
    assert "Not saved: somebody changed this account" in answer.content.decode()
    ann.refresh_from_db()
    assert (ann.name, ann.is_active) == ("Ann Lee", False)
    assert boss.post(f"/people/{ann.pk}/", {"name": "Ann May", "email": ann.email})["Location"] == (
        f"/people/{ann.pk}/?done=stale"
    )


@pytest.mark.postgres  # SQLite lets one write at a time, and the tests' one refuses the second
@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_take_each_other_s_role_at_once(grace: Account):
    ann = person("Ann Lee", administrator=True)
    both = threading.Barrier(2)

    def demote(by: Account, whom: Account) -> bool:
        both.wait()
        try:
            services.change_account(by, whom, Person(whom.email, whom.name))
        except InputError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor() as pool:
        done = list(pool.map(demote, (grace, ann), (ann, grace)))

    assert sorted(done) == [False, True]
    assert Account.objects.filter(administrator=True).count() == 1


def test_the_link_is_shown_once_to_hand_over(boss: Client):
    ann = person("Ann Lee")
    answer = boss.post(f"/people/{ann.pk}/link/")
    first, second = text(boss, answer["Location"]), text(boss, answer["Location"])
    address = "http://testserver/accounts/password/link/?key="
    assert address in first
    assert address not in second
    assert "for Ann Lee" not in first
    assert boss.get(f"/people/{ann.pk}/link/").status_code == 405


def test_whoever_is_not_there_is_not_found(boss: Client):
    for path in ("/people/999/", "/people/99999999999999999999/"):
        assert boss.get(path).status_code == 404
    assert boss.post("/people/999/link/").status_code == 404


# Titles


def test_titles_that_nobody_holds_stand_first_and_a_closed_account_holds_none(boss: Client):
    person("Ann Lee", ASSESSMENT)
    person("Gone", SAFEGUARDING, is_active=False)
    titles = queries.titles()
    unheld = [title.name for title in titles if not title.holders]
    assert SAFEGUARDING in unheld
    assert [title.name for title in titles[-1:]] == [ASSESSMENT]
    assert [one.name for one in titles[-1].holders] == ["Ann Lee"]
    nobody = queries.unanswered()
    assert "CP6B" in nobody.report
    assert "M1" not in nobody.report
    assert "M1" in nobody.own
    assert f"Nobody reports on {len(nobody.report)} indicators" in text(boss, "/people/")
    assert text(boss, "/people/titles/").count("Nobody</span>") == len(unheld)


def test_where_everybody_answers_there_is_no_warning(boss: Client):
    person("Every Body", *queries.titles_in_catalogue())
    assert "Nobody" not in text(boss, "/people/")
    assert "Nobody" not in text(boss, "/people/titles/")


# Deadlines


def test_deadlines_are_working_days_after_the_month():
    # July 2021 begins on a Thursday: 1, 2, 5 to 9 July are seven working days; the 8th is Monday
    # 12 July, the 10th Wednesday 14 July.
    assert queries.deadlines_of(JUNE) == (dt.date(2021, 7, 12), dt.date(2021, 7, 14))
    # After December come New Year's Day (Friday 1 January 2021) and a weekend: the first working
    # day is Monday 4 January, the 8th Wednesday 13, the 10th Friday 15.
    assert queries.deadlines_of(Month(2020, 12)) == (dt.date(2021, 1, 13), dt.date(2021, 1, 15))
    # April 2021 ends on a Friday, and Monday 3 May is a holiday: the 8th is Thursday 13 May.
    assert queries.deadlines_of(Month(2021, 4))[0] == dt.date(2021, 5, 13)


def test_an_administrator_states_a_deadline(boss: Client):
    said = {"comments_day": "9", "comments_month": "7", "comments_year": "2021",
            "signatures_day": "13", "signatures_month": "7", "signatures_year": "2021"}  # fmt: skip
    answer = boss.post("/people/deadlines/2021-06/", said)
    assert answer["Location"] == "/people/deadlines/?done=2021-06"
    assert "The deadlines of June 2021 are changed." in text(boss, answer["Location"])
    assert "Stated" in text(boss, "/people/deadlines/")
    assert queries.deadlines_of(JUNE) == (dt.date(2021, 7, 9), dt.date(2021, 7, 13))
    event = Event.objects.get()
    assert (event.what, event.month) == (What.DEADLINE_CHANGED, "2021-06")
    assert event.detail == "comments 9 July 2021, signatures 13 July 2021"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"comments_day": "31", "comments_month": "2"}, "is no day of the calendar"),
        ({"comments_day": "x"}, "is no day of the calendar"),
        ({"comments_year": "21"}, "is no day of the calendar"),
        ({"comments_month": "6"}, "The comments have to be due after 30 June 2021"),
        ({"signatures_day": "1"}, "The signatures cannot be due before the comments"),
        (
            {"comments_day": "", "comments_month": "", "comments_year": ""},
            "Enter the day by which the comments are due",
        ),
    ],
)
def test_a_day_that_cannot_be_is_said_so(boss: Client, change, wrong):
    said = {"comments_day": "9", "comments_month": "7", "comments_year": "2021",
            "signatures_day": "13", "signatures_month": "7", "signatures_year": "2021"}  # fmt: skip
    answer = boss.post("/people/deadlines/2021-06/", said | change)
    assert wrong in answer.content.decode()
    assert not Deadline.objects.exists()


def test_the_service_refuses_the_same(grace: Account):
    with pytest.raises(InputError, match="before the month has ended"):
        services.set_deadline(grace, JUNE, dt.date(2021, 6, 30), dt.date(2021, 7, 13))
    with pytest.raises(InputError, match="before the comments"):
        services.set_deadline(grace, JUNE, dt.date(2021, 7, 9), dt.date(2021, 7, 8))


# The first administrator, and how much is asked of the database


def test_the_first_administrator_is_entered_by_a_command_and_sets_her_password():
    account, secret = services.make_first_administrator("Grace@northshire.example", "Grace Okafor")
    assert account.email == "grace@northshire.example"
    assert roles_of(account) == {Role.PUBLIC, Role.ADMINISTRATOR}
    assert services.set_password(secret, "quiet river lantern") == account
    assert {one.who for one in Event.objects.all()} == {"a command", "Grace Okafor"}


def test_an_account_that_is_there_becomes_administrator_and_keeps_what_it_had():
    ann = person("Ann Lee", SAFEGUARDING, analyst=True, is_active=False)
    account, _ = services.make_first_administrator(ann.email, "another name")
    assert account == ann
    again = Account.objects.get(pk=ann.pk)
    assert (again.name, again.analyst, again.administrator, again.is_active) == (
        "Ann Lee", True, True, True,
    )  # fmt: skip
    assert again.titles == {SAFEGUARDING}


def test_the_pages_ask_little_of_the_database(boss: Client, django_assert_num_queries):
    """Session, account and her titles make three; the number of people adds none."""
    ann = person("Ann Lee", SAFEGUARDING)
    for number in range(30):
        person(f"Person {number}", SAFEGUARDING, ASSESSMENT)
    for path, most in (
        ("/people/", 7), ("/people/titles/", 5), ("/people/deadlines/", 5),
        (f"/people/{ann.pk}/", 6),
    ):  # fmt: skip
        with django_assert_num_queries(most):
            boss.get(path)
