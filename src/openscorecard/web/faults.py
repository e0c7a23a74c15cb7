"""Errors as pages: what was found, where, what to do; a fault of ours with a number to quote."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openscorecard.errors import InputError

_log = logging.getLogger("openscorecard.web")


class Faults:
    """Gives an InputError of any view as a page that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, InputError):
            return _page(request, 409, "This cannot be shown", str(error.found), error.todo)
        return None


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    found = "Your account has no role that may see this page."
    return _page(request, 403, "You may not see this", found,
                 "Ask whoever keeps the accounts, if you need to.")  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return _page(request, 404, "There is no such page", "The address leads to nothing.",
                 "Check it, or begin at the start page.")  # fmt: skip


def our_fault(request: HttpRequest) -> HttpResponse:
    number = secrets.token_hex(4)
    _log.error("fault %s at %s", number, request.path, exc_info=True)
    return _page(request, 500, "Something went wrong on our side",
                 f"What you sent is not lost if it was saved. The fault has the number {number}.",
                 "Try again; if it stays, give that number to whoever runs this.")  # fmt: skip


def _page(request: HttpRequest, status: int, title: str, found: str, todo: str) -> HttpResponse:
    values = {"title": title, "found": found, "todo": todo}
    return render(request, "fault.html", values, status=status)
