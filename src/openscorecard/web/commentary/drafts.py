"""Drafts: what was typed and not sent. None takes another's place, and none goes unread.

A page of the browser saves under its own number. Where two pages came to the same number (a tab
opened twice), the one that did not know the other's text gets a number of its own.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace

from django.core import signing
from django.db import IntegrityError, transaction

from openscorecard.catalogue.indicator import Indicator
from openscorecard.commentary.entries import version_of
from openscorecard.commentary.text import clean_text
from openscorecard.periods import Month
from openscorecard.spreadsheets import without_controls
from openscorecard.web.accounts.models import Account
from openscorecard.web.commentary.models import Draft

_PAGE = re.compile(r"[0-9a-f]{8,40}")
_SALT = "openscorecard.commentary.writer"
_WRITER_FOR = 30 * 24 * 60 * 60  # seconds that a page may lie open


@dataclass(frozen=True, slots=True)
class Writing:
    """What a page sends: the two texts, what stood when it began (`base`), its number, and the
    version of its text that was saved last (`was`, "" for none)."""

    text: str
    public_text: str = ""
    base: str = ""
    page: str = ""
    was: str = ""

    @property
    def version(self) -> str:
        return version_of(self.text, self.public_text)

    @property
    def is_empty(self) -> bool:
        return not clean_text(self.text) and not clean_text(self.public_text)


def writing_of(posted: dict[str, str]) -> Writing:
    """From a form's fields; line ends are made one kind, control characters dropped."""
    page = posted.get("page", "")
    return Writing(
        without_controls(posted.get("text", "")),
        without_controls(posted.get("public_text", "")),
        posted.get("base", "")[:12],
        page if _PAGE.fullmatch(page) else new_page(),
        posted.get("was", "")[:12],
    )


def new_page() -> str:
    return secrets.token_hex(8)


def drafts_of(account: Account, month: Month, ref: str = "") -> list[Draft]:
    """What this person has not sent yet, the newest first; all of the month, or about one ref."""
    found = Draft.objects.filter(account=account, month=month.iso).order_by("-saved_at", "-pk")
    if ref:
        found = found.filter(ref=ref)
    return [one for one in found if clean_text(one.text) or clean_text(one.public_text)]


def version(draft: Draft) -> str:
    return version_of(draft.text, draft.public_text)


def save_draft(account: Account, month: Month, ref: str, writing: Writing) -> Draft | None:
    """Keeps it; None where there is nothing to keep. The draft's page is another than the
    writing's where that number holds a text by now that this page has not seen."""
    for _ in range(3):
        try:
            with transaction.atomic():
                return _save(account, month, ref, writing)
        except IntegrityError:  # the same number at the same moment
            writing = replace(writing, page=new_page(), was="")
    raise RuntimeError("a number of its own could not be found for a page")


def _save(account: Account, month: Month, ref: str, writing: Writing) -> Draft | None:
    mine = Draft.objects.filter(account=account, month=month.iso, ref=ref, page=writing.page)
    draft = mine.select_for_update().first()
    if draft is not None and version(draft) not in (writing.was, writing.version):
        draft, writing = None, replace(writing, page=new_page(), was="")
    if draft is None:
        if writing.is_empty:
            return None
        draft = Draft(account=account, month=month.iso, ref=ref, page=writing.page)
    draft.base, draft.text, draft.public_text = writing.base, writing.text, writing.public_text
    draft.save()
    return draft


def drop_sent(account: Account, month: Month, ref: str, writing: Writing) -> None:
    """Drops what was sent: the draft of its page, where the sent text holds all of it, and any
    other that is the same to the letter."""
    text, public = clean_text(writing.text), clean_text(writing.public_text)
    for draft in Draft.objects.filter(account=account, month=month.iso, ref=ref):
        known = version(draft) in (writing.was, writing.version)
        held = clean_text(draft.text) in text and clean_text(draft.public_text) in public
        own = draft.page == writing.page and (known or held)
        if own or version(draft) == writing.version:
            draft.delete()


def drop_draft(account: Account, month: Month, ref: str, number: int) -> None:
    """The person says that she does not want it."""
    Draft.objects.filter(account=account, month=month.iso, ref=ref, pk=number).delete()


def writer_token(account: Account, month: Month, indicator: Indicator) -> str:
    """Says who opened a page, so that its text can be kept for her when the session has ended."""
    return signing.dumps([account.pk, month.iso, indicator.id], salt=_SALT)


def writer_from(token: str, month: Month, ident: str) -> int | None:
    """The number of the account that opened the page; None for a token that is not its own."""
    try:
        number, of_month, of_ident = signing.loads(token, salt=_SALT, max_age=_WRITER_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(number) if (of_month, of_ident) == (month.iso, ident) else None
