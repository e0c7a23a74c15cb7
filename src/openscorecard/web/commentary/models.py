"""What somebody has typed and not sent yet. A comment that was sent is in the workspace."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """The unsent text of one person about one indicator in one month, of one open page.

    `page` is the number that the browser's page made for itself: two tabs write two drafts, and
    neither takes the other's place. `base` is the version of the comment that stood when the page
    was opened.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    month = models.CharField(max_length=7)
    ref = models.CharField(max_length=60)
    page = models.CharField(max_length=40)
    base = models.CharField(max_length=12)
    text = models.TextField()
    public_text = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "month", "ref", "page"], name="one_draft_a_page"
            ),
        )
