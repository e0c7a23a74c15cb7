"""Work that takes longer than a page, done by the worker one job at a time."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Kind(models.TextChoices):
    LOAD = "load", "loading files"
    RELEASE = "release", "releasing"


class JobState(models.TextChoices):
    WAITING = "waiting", "waiting"
    RUNNING = "running", "under way"
    DONE = "done", "done"
    REFUSED = "refused", "could not be done"  # the user can mend it
    FAILED = "failed", "failed"  # our fault, or it was stopped


class Job(models.Model):
    """One piece of work. `asked` is what was asked for, `said` its progress line by line, `outcome`
    what came of it (an InputError's parts, findings, the release), all as JSON."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.WAITING)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    asked = models.JSONField(default=dict)
    said = models.JSONField(default=list)
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
