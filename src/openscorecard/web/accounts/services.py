"""What an administrator does about people and deadlines: each step whole, and in the record."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from axes.utils import reset
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from openscorecard.errors import InputError
from openscorecard.periods import Month, day_in_words
from openscorecard.web.accounts.models import Account, Deadline, Holding, PasswordLink
from openscorecard.web.audit.models import What
from openscorecard.web.audit.record import record

LINK_DAYS = 3
GIVEN_ROLES = ("panel_member", "analyst", "administrator")  # the others follow from titles


@dataclass(frozen=True, slots=True)
class Person:
    """What is entered of somebody."""

    email: str
    name: str
    panel_member: bool = False
    analyst: bool = False
    administrator: bool = False
    is_active: bool = True


@transaction.atomic
def make_account(by: Account | None, person: Person, titles: Iterable[str] = ()) -> Account:
    """Enters somebody, without a password: she sets her own by a link, or has single sign-on.

    `by` is None for a command. InputError where the address is none, or is entered already.
    """
    email, name = _checked(person)
    account = Account.objects.create_user(
        email, None, name=name, is_active=person.is_active,
        **{role: getattr(person, role) for role in GIVEN_ROLES},
    )  # fmt: skip
    said = ", ".join(_roles_in_words(person)) or "no role of her own"
    _say(by, account, f"entered, {said}")
    hold_titles(by, account, titles)
    return account


class StaleError(InputError):
    """What was shown is no longer what stands."""


def version_of(account: Account, titles: Iterable[str]) -> str:
    """A short fingerprint of all that the form about somebody holds."""
    roles = [getattr(account, role) for role in GIVEN_ROLES]
    held = json.dumps([account.email, account.name, account.is_active, roles, sorted(titles)])
    return hashlib.sha256(held.encode()).hexdigest()[:12]


@transaction.atomic
def change_as_seen(
    by: Account | None, account: Account, person: Person, titles: Iterable[str], seen: str
) -> None:
    """Makes account and titles what the form says, where they are as its page showed them: `seen`
    is the version of then, and StaleError follows where it is another by now. A form that lay open
    must not open a closed account again.
    """
    now = Account.objects.select_for_update().get(pk=account.pk)
    if version_of(now, now.titles) != seen:
        raise StaleError(
            "somebody changed this account since you opened the page",
            where=now.name,
            todo="look at it as it stands now, and change it there",
        )
    change_account(by, now, person)
    hold_titles(by, now, titles)


@transaction.atomic
def change_account(by: Account | None, account: Account, person: Person) -> None:
    """Makes the account what `person` says. A changed address ends the link to set a password.

    InputError where that would leave nobody who may enter people, and as for `make_account`.
    """
    others = _other_administrators(account)
    if not others and not (person.administrator and person.is_active):
        raise InputError(
            "this is the last account that may enter people",
            where=account.name,
            todo="give somebody else the administrator's role first",
        )
    email, name = _checked(person, account)
    said = []
    if email != account.email:
        said.append(f"address {account.email} to {email}")
        # What the sign-in library may have kept of the old address must not open the account.
        EmailAddress.objects.filter(user=account).delete()
        PasswordLink.objects.filter(account=account).delete()
    if name != account.name:
        said.append(f"name {account.name} to {name}")
    for role in GIVEN_ROLES:
        if getattr(account, role) != getattr(person, role):
            gone = "" if getattr(person, role) else "no longer "
            said.append(f"{gone}{_in_words(role)}")
    if account.is_active != person.is_active:
        said.append("opened again" if person.is_active else "closed")
        PasswordLink.objects.filter(account=account).delete()
    if not said:
        return
    account.email, account.name, account.is_active = email, name, person.is_active
    for role in GIVEN_ROLES:
        setattr(account, role, getattr(person, role))
    account.save()
    _say(by, account, "; ".join(said))


@transaction.atomic
def hold_titles(by: Account | None, account: Account, titles: Iterable[str]) -> None:
    """Says which titles of the catalogue somebody holds: these and no others."""
    wanted = {title.strip() for title in titles if title.strip()}
    held = set(account.holdings.values_list("title", flat=True))
    if wanted == held:
        return
    account.holdings.filter(title__in=held - wanted).delete()
    Holding.objects.bulk_create(
        Holding(account=account, title=title) for title in sorted(wanted - held)
    )
    account.__dict__.pop("titles", None)  # what this object remembers of before
    said = [f"holds {title}" for title in sorted(wanted - held)]
    said += [f"no longer holds {title}" for title in sorted(held - wanted)]
    _say(by, account, "; ".join(said))


@transaction.atomic
def set_deadline(
    by: Account | None, month: Month, comments_due: dt.date, signatures_due: dt.date
) -> Deadline:
    """States by when the comments on a month are due and the signatures. InputError where either
    lies in or before the month, or the signatures before the comments."""
    if comments_due <= month.last_day or signatures_due < comments_due:
        early = comments_due <= month.last_day
        raise InputError(
            "the comments are due before the month has ended"
            if early
            else "the signatures are due before the comments",
            where=month.long,
            todo=f"choose a day after {day_in_words(month.last_day)}"
            if early
            else "choose the same day or a later one",
        )
    deadline, _ = Deadline.objects.update_or_create(
        month=month.iso,
        defaults={"comments_due": comments_due, "signatures_due": signatures_due},
    )
    said = f"comments {day_in_words(comments_due)}, signatures {day_in_words(signatures_due)}"
    record(by, What.DEADLINE_CHANGED, month=month, detail=said, who=_COMMAND)
    return deadline


@transaction.atomic
def make_link(by: Account | None, account: Account) -> str:
    """The secret of a new link by which somebody sets her password; a link made before is void.

    It is good once and for three days, and stands nowhere else: whoever asked for it hands it over.
    """
    if not account.is_active:
        raise InputError(
            "the account is closed", where=account.name, todo="open it again before you make a link"
        )
    secret = secrets.token_urlsafe(32)
    PasswordLink.objects.update_or_create(
        account=account,
        defaults={
            "digest": _digest(secret),
            "ends_at": timezone.now() + dt.timedelta(days=LINK_DAYS),
        },
    )
    _say(by, account, "a link to set a password was made")
    return secret


def account_of_link(secret: str) -> Account | None:
    """Whose link this is; None where it was used, has ended or never was."""
    link = (
        PasswordLink.objects.select_related("account")
        .filter(digest=_digest(secret), ends_at__gt=timezone.now(), account__is_active=True)
        .first()
    )
    return link.account if link else None


@transaction.atomic
def set_password(secret: str, password: str) -> Account:
    """Sets the password of whoever the link was made for, and ends the link, her other sessions
    and a lock. InputError where the link is good no more."""
    found = PasswordLink.objects.select_for_update().filter(digest=_digest(secret)).first()
    account = account_of_link(secret) if found else None
    if account is None:
        raise InputError(
            "this link was used already, or is older than three days",
            where="the link to set a password",
            todo="ask whoever keeps the accounts for a new one",
        )
    account.set_password(password)
    account.save(update_fields=["password"])
    PasswordLink.objects.filter(account=account).delete()
    reset(username=account.email)
    record(account, What.ACCOUNT_CHANGED, detail="set a password by a link")
    return account


def unlock(by: Account, account: Account) -> None:
    """Lets somebody try again at once who was locked out by wrong passwords."""
    reset(username=account.email)
    _say(by, account, "unlocked")


def make_first_administrator(email: str, name: str) -> tuple[Account, str]:
    """Enters an administrator from the command line; gives the account and the secret of a link to
    set its password. An account that is there already gets the role and a new link."""
    person = Person(email=email, name=name, administrator=True)
    account = Account.objects.filter(email=email.strip().lower()).first()
    if account is None:
        account = make_account(None, person)
    else:
        change_account(
            None,
            account,
            Person(account.email, account.name, account.panel_member, account.analyst, True, True),
        )
    return account, make_link(None, account)


_COMMAND = "a command"


def _say(by: Account | None, about: Account, detail: str) -> None:
    record(by, What.ACCOUNT_CHANGED, detail=f"{about.email}: {detail}", who=_COMMAND)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()


def _checked(person: Person, account: Account | None = None) -> tuple[str, str]:
    email, name = person.email.strip().lower(), " ".join(person.name.split())
    try:
        validate_email(email)
    except ValidationError as error:
        raise InputError(
            f"{person.email!r} is no e-mail address",
            where="the e-mail address",
            todo="write it as name@council.gov.uk",
        ) from error
    if not name:
        raise InputError("there is no name", where=email, todo="enter the person's name")
    others = Account.objects.filter(email=email)
    if account is not None:
        others = others.exclude(pk=account.pk)
    if others.exists():
        raise InputError(
            f"{email} is entered already",
            where="the e-mail address",
            todo="change that account, or enter another address",
        )
    return email, name


def _other_administrators(account: Account) -> list[Account]:
    """Locked until the change is written: two administrators cannot remove each other at once."""
    active = Account.objects.select_for_update().filter(administrator=True, is_active=True)
    found = list(active)
    if account.pk not in [one.pk for one in found]:
        return found or [account]  # her change takes no administrator away
    return [one for one in found if one.pk != account.pk]


def _in_words(role: str) -> str:
    return role.replace("_", " ")


def _roles_in_words(person: Person) -> list[str]:
    return [_in_words(role) for role in GIVEN_ROLES if getattr(person, role)]
