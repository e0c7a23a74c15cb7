"""Puts signing in and out into the record, as they happen."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from django.contrib.auth import signals as auth_signals
from django.dispatch import receiver
from django.http import HttpRequest

from openscorecard.web.accounts.lockout import address_tried, came_from
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import What
from openscorecard.web.audit.record import record


@receiver(account_signals.user_logged_in)
def signed_in(user: Account, sociallogin: Any = None, **kwargs: Any) -> None:
    del kwargs
    record(user, What.SIGNED_IN, detail="by single sign-on" if sociallogin else "by password")


@receiver(auth_signals.user_logged_out)
def signed_out(user: Account | None, **kwargs: Any) -> None:
    del kwargs
    if user is not None:
        record(user, What.SIGNED_OUT)


@receiver(auth_signals.user_login_failed)
def sign_in_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """One that was counted. While somebody is locked out nothing is counted, or written, so that
    nobody can fill the record from outside."""
    del kwargs
    if request is None or getattr(request, "axes_failures_since_start", None) is None:
        return
    tried = address_tried(request, credentials)
    place = f"from {came_from(request)}"
    record(None, What.SIGN_IN_FAILED, who=tried, detail=place)
    if getattr(request, "axes_locked_out", False):
        record(None, What.LOCKED_OUT, who=tried, detail=f"{place}, after too many wrong passwords")


@receiver(account_signals.password_changed)
def password_changed(user: Account, **kwargs: Any) -> None:
    del kwargs
    record(user, What.ACCOUNT_CHANGED, detail="changed her own password")
