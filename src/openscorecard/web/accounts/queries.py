"""What the pages read of people: accounts, titles that nobody holds, deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from openscorecard.periods import Month
from openscorecard.web.access import Role, roles_of
from openscorecard.web.accounts.lockout import locked_addresses
from openscorecard.web.accounts.models import Account, Deadline, Holding
from openscorecard.web.months import catalogue, months
from openscorecard.working_days import is_working_day

# Working days after a month's end by which its comments and its signatures are due, where the
# administrator states nothing else.
COMMENTS_DUE, SIGNATURES_DUE = 8, 10

Due = tuple[dt.date, dt.date]


def deadlines_of(month: Month) -> Due:
    """By when the comments on the month are due, and the signatures."""
    return deadlines_of_months([month])[month]


def deadlines_of_months(months: Iterable[Month]) -> dict[Month, Due]:
    """The same for several months, in one query."""
    wanted = list(months)
    stated = Deadline.objects.filter(month__in=[month.iso for month in wanted])
    by_month = {one.month: (one.comments_due, one.signatures_due) for one in stated}
    return {month: by_month.get(month.iso) or usual_deadlines(month) for month in wanted}


def usual_deadlines(month: Month) -> Due:
    """The 8th and the 10th working day after the month's last day.

    >>> [str(day) for day in usual_deadlines(Month(2021, 6))]
    ['2021-07-12', '2021-07-14']
    """
    return _working_day_after(month.last_day, COMMENTS_DUE), _working_day_after(
        month.last_day, SIGNATURES_DUE
    )


def _working_day_after(day: dt.date, number: int) -> dt.date:
    while number:
        day += dt.timedelta(days=1)
        number -= is_working_day(day)
    return day


@dataclass(frozen=True, slots=True)
class Person:
    """An account as the list shows it."""

    account: Account
    titles: tuple[str, ...]
    roles: tuple[str, ...]
    locked: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A title of the catalogue: the refs that it reports on and that it owns, and who holds it."""

    name: str
    reports: tuple[str, ...]
    owns: tuple[str, ...]
    holders: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The refs of indicators that nobody reports on, of those that nobody owns, and of those for
    which the catalogue names no title to do so."""

    report: tuple[str, ...]
    own: tuple[str, ...]
    unnamed: tuple[str, ...]


def people() -> tuple[Person, ...]:
    """Everybody who was entered, by name; closed accounts last. Three queries."""
    locked = locked_addresses()
    accounts = Account.objects.prefetch_related("holdings").order_by("-is_active", "name", "pk")
    return tuple(_person(account, locked) for account in accounts)


def person(number: int) -> Person | None:
    account = Account.objects.prefetch_related("holdings").filter(pk=number).first()
    return _person(account, locked_addresses()) if account else None


def _person(account: Account, locked: frozenset[str]) -> Person:
    titles = tuple(sorted(one.title for one in account.holdings.all()))
    account.__dict__["titles"] = frozenset(titles)  # saves `roles_of` a query for each
    roles = roles_of(account) - {Role.PUBLIC}
    return Person(
        account, titles, tuple(role.value for role in Role if role in roles),
        account.email in locked,
    )  # fmt: skip


def titles() -> tuple[Title, ...]:
    """The titles that the catalogue names, those that nobody holds first."""
    reports: dict[str, list[str]] = {}
    owns: dict[str, list[str]] = {}
    for indicator in catalogue():
        for title, of in ((indicator.reporter, reports), (indicator.owner, owns)):
            if title:
                of.setdefault(title, []).append(indicator.ref)
    holders: dict[str, list[Account]] = {}
    held = Holding.objects.filter(account__is_active=True).select_related("account")
    for holding in held.order_by("account__name"):
        holders.setdefault(holding.title, []).append(holding.account)
    found = [
        Title(
            name, tuple(reports.get(name, ())), tuple(owns.get(name, ())),
            tuple(holders.get(name, ())),
        )
        for name in sorted({*reports, *owns})
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda title: bool(title.holders)))


def titles_in_catalogue() -> frozenset[str]:
    named = {title for one in catalogue() for title in (one.reporter, one.owner)}
    return frozenset(named - {""})


def unanswered() -> Unanswered:
    """The indicators for which no active account holds the title that the catalogue names, or
    for which it names none. One query."""
    held = set(
        Holding.objects.filter(account__is_active=True).values_list("title", flat=True).distinct()
    )
    every = tuple(catalogue())
    return Unanswered(
        report=tuple(one.ref for one in every if one.reporter not in held),
        own=tuple(one.ref for one in every if one.owner not in held),
        unnamed=tuple(one.ref for one in every if not (one.reporter and one.owner)),
    )


def months_with_deadlines() -> tuple[tuple[Month, Due, bool], ...]:
    """The month after the newest and those that have a page, newest first: by when its comments
    and signatures are due, and whether that was stated. Two queries."""
    known = months()[:_MONTHS_SHOWN]
    wanted = [known[0].plus(1), *known] if known else []
    stated = set(Deadline.objects.values_list("month", flat=True))
    due = deadlines_of_months(wanted)
    return tuple((month, due[month], month.iso in stated) for month in wanted)


_MONTHS_SHOWN = 24
