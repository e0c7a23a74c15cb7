"""The record of what people did. Comments and signatures record themselves in the workspace's
comments, with the account's number; everything else is a line here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class What(models.TextChoices):
    SIGNED_IN = "signed-in", "signed in"
    SIGNED_OUT = "signed-out", "signed out"
    SIGN_IN_FAILED = "sign-in-failed", "failed to sign in"
    LOCKED_OUT = "locked-out", "was locked out"
    CHILDREN_SEEN = "children-seen", "looked at child-level rows"
    COMMENT_WRITTEN = "comment-written", "wrote a comment"
    SIGNED = "signed", "signed"
    RETURNED = "returned", "returned a comment"
    UNSIGNED = "unsigned", "took a signature back"
    LOADED = "loaded", "loaded files"
    LOAD_FORGOTTEN = "load-forgotten", "dropped a load's rows"
    RELEASED = "released", "released a page"
    WITHDRAWN = "withdrawn", "withdrew a release"
    ACCOUNT_CHANGED = "account-changed", "changed an account"
    DEADLINE_CHANGED = "deadline-changed", "changed a deadline"
    DOWNLOADED = "downloaded", "downloaded internal files"


class Lines(models.QuerySet["Event"]):
    """Lines of the record, which are only ever added."""

    def update(self, **kwargs: Any) -> int:
        del kwargs
        raise TypeError("a line of the record is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("a line of the record is never dropped")


class Event(models.Model):
    """One thing that somebody did. `detail` names no child."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="events"
    )
    who = models.CharField(max_length=254)  # the name as it was then
    what = models.CharField(max_length=30, choices=What.choices, db_index=True)
    month = models.CharField(max_length=7, blank=True)
    ref = models.CharField(max_length=60, blank=True)
    detail = models.TextField(blank=True)

    objects = Lines.as_manager()

    class Meta:
        ordering = ("-at", "-id")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a line of the record is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        del args, kwargs
        raise TypeError("a line of the record is never dropped")
