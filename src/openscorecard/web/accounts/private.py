"""What somebody who is signed in sees stays hers: on a shared computer nothing is left of it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

SIGNED_IN_AT = "signed_in_at"
_CLOCKS_DIFFER = 60  # seconds


@receiver(user_logged_in)
def note_the_hour(request: HttpRequest, **kwargs: Any) -> None:
    del kwargs
    request.session[SIGNED_IN_AT] = int(time.time())
    request.session.clear_expired()  # nothing else would ever drop them


class PrivatePages:
    """Ends a session eight hours after signing in, whatever was done meanwhile; and lets no
    browser keep a page of it, so that the back button shows none after signing out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        if signed_in and not -_CLOCKS_DIFFER < _age(request) < settings.SESSION_COOKIE_AGE:
            logout(request)
        response = self.get_response(request)
        if signed_in or request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response


def _age(request: HttpRequest) -> float:
    """In seconds since signing in; without end where the session does not say when that was."""
    began = request.session.get(SIGNED_IN_AT)
    return time.time() - began if isinstance(began, int) else math.inf
