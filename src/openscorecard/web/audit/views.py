"""The record: who did what when."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from openscorecard.errors import InputError
from openscorecard.periods import Month, day_in_words
from openscorecard.web.access import Can, needs
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit import queries
from openscorecard.web.audit.models import What
from openscorecard.web.audit.queries import KINDS, NOBODY, Asked
from openscorecard.web.audit.record import record

HEADER = ("time", "who", "what", "month", "indicator", "detail")


@needs(Can.READ_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    number = request.GET.get("page", "1")
    page = queries.page_of_record(asked, int(number[:6]) if number[:6].isdecimal() else 1)
    chosen = {
        name: value
        for name, value in (("person", asked.person), ("kind", asked.kind), ("month", asked.month))
        if value
    }
    everybody = Account.objects.order_by("name").values_list("pk", "name")
    values = {
        "page": page,
        "asked": asked,
        "people": [("", "Everybody"), *((str(pk), name) for pk, name in everybody),
                   (NOBODY, "Nobody signed in")],
        "kinds": [("", "Everything"), *sorted(KINDS.items(), key=lambda one: one[1])],
        "months": [("", "Any month"), *((one.iso, one.long) for one in queries.months_of_record())],
        "newer": _link("audit", chosen, page.number - 1) if page.number > 1 else "",
        "older": _link("audit", chosen, page.number + 1) if page.more else "",
        "file": _link("audit_file", chosen, 1),
        "local": timezone.localtime,
        "day_in_words": day_in_words,
    }  # fmt: skip
    return render(request, "audit/record.html", values)


@needs(Can.READ_AUDIT)
def audit_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same lines, all of them, as a file for a spreadsheet."""
    asked = _asked(request)
    assert isinstance(request.user, Account)
    record(request.user, What.DOWNLOADED, detail="the record")
    answer = StreamingHttpResponse(_as_csv(asked), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="record.csv"'
    return answer


class _Written:
    """What csv wants to write to: gives the line back."""

    def write(self, text: str) -> str:
        return text


def _as_csv(asked: Asked) -> Iterator[str]:
    writer = csv.writer(_Written())
    yield "\ufeff" + str(writer.writerow(HEADER))  # so that Excel reads it as UTF-8
    for line in queries.whole_record(asked):
        at = timezone.localtime(line.at).isoformat(sep=" ", timespec="seconds")
        month = line.month.iso if line.month else ""
        cells = (line.who, line.did, month, line.ref, line.detail)
        yield str(writer.writerow([at, *map(_as_text, cells)]))


def _as_text(cell: str) -> str:
    """A spreadsheet would take it for a formula; somebody may have tried to sign in as one."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; a value that there cannot be is left out."""
    person = request.GET.get("person", "")
    known = person == NOBODY or (person.isdecimal() and len(person) <= _DIGITS)
    kind = request.GET.get("kind", "")
    month = request.GET.get("month", "")
    try:
        month = Month.parse(month).iso if month else ""
    except InputError:
        month = ""
    return Asked(person if known else "", kind if kind in KINDS else "", month)


_DIGITS = 18  # of an account's number, as the database can hold it


def _link(name: str, chosen: dict[str, str], number: int) -> str:
    query = chosen | ({"page": str(number)} if number > 1 else {})
    return reverse(name) + (f"?{urlencode(query)}" if query else "")
