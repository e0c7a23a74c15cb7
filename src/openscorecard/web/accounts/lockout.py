"""Wrong passwords: how many are too many, and what somebody reads then.

Five for one account from one place lock that pair for a quarter of an hour. So that nobody tries
one password on every account, or one account from many places, fifty from one place lock the place
and fifty for one account lock the account.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def address_tried(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The e-mail address that somebody signs in with, in one spelling."""
    said = credentials or {}
    tried = said.get("email") or said.get(settings.AXES_USERNAME_FORM_FIELD)
    if not tried and request is not None:
        tried = request.POST.get(settings.AXES_USERNAME_FORM_FIELD)
    return str(tried or "").strip().lower()[:254]


def came_from(request: HttpRequest) -> str | None:
    """The network address of whoever asks. Behind the proxy it is the last that the proxy names:
    those before it are what the visitor says of himself."""
    if settings.HTTPS:
        named = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if named:
            return str(named)
    found = request.META.get("REMOTE_ADDR")
    return str(found) if found else None


class Lockout(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts as the library does, and beyond that by place and by account alone."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        of_both = int(super().get_failures(request, credentials))
        if of_both < settings.AXES_FAILURE_LIMIT and self._too_many(request, credentials):
            return int(settings.AXES_FAILURE_LIMIT)
        return of_both

    def _too_many(self, request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        place, account = came_from(request), address_tried(request, credentials)
        counted = recent.aggregate(
            place=Sum("failures_since_start", filter=Q(ip_address=place)),
            account=Sum("failures_since_start", filter=Q(username=account)),
        )
        return any((number or 0) >= settings.AXES_FAILURES_OF_ONE for number in counted.values())


def locked_addresses() -> frozenset[str]:
    """The e-mail addresses that cannot sign in at this moment, from one place or from any."""
    since = timezone.now() - dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
    of_pair: Counter[tuple[str, str]] = Counter()
    of_account: Counter[str] = Counter()
    for attempt in AccessAttempt.objects.filter(attempt_time__gte=since):
        of_pair[attempt.username, attempt.ip_address] += attempt.failures_since_start
        of_account[attempt.username] += attempt.failures_since_start
    locked = {who for (who, _), wrong in of_pair.items() if wrong >= settings.AXES_FAILURE_LIMIT}
    locked |= {who for who, wrong in of_account.items() if wrong >= settings.AXES_FAILURES_OF_ONE}
    return frozenset(locked)


def locked_out(request: HttpRequest, credentials: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    del credentials, args, kwargs
    values = {
        "title": "Signing in is locked for a while",
        "found": "There were too many wrong passwords.",
        "todo": "Try again in 15 minutes, or ask whoever keeps the accounts to unlock yours.",
    }
    return render(request, "fault.html", values, status=429)
