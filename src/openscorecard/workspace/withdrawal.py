"""Withdrawing a release: it stays on record, is shown no longer, and its figures do not count.

`withdrawn.json` beside the release's own files says when and why. It is written whole, once, and
never changed: what is right again is a new version, with a reason.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.files import replace_file
from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.workspace.releases import FOLDER, RECORD, release_folder

WITHDRAWN = "withdrawn.json"
_WAIT = 10.0  # seconds for a release that is just being kept


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When a release was withdrawn, and why; `account` is the number of whoever did it, "" where
    it was nobody's of the application."""

    at: dt.datetime
    reason: str
    account: str = ""


def withdraw(
    root: Path,
    month: Month,
    audience: str,
    version: int,
    *,
    reason: str,
    at: dt.datetime,
    account: str = "",
) -> Withdrawal:
    """Withdraws that version. InputError where there is none, it was withdrawn already, or the
    reason is missing."""
    folder = release_folder(root, month, audience, version)
    where = f"version {version} of the {audience} page of {month.long}"
    reason = " ".join(reason.split())
    if not reason:
        raise InputError("the reason is missing", where=where, todo="say why it is withdrawn")
    with locked(root / FOLDER, wait=_WAIT):
        if not (folder / RECORD).is_file():
            raise InputError("it was never released", where=where, todo="see `scorecard releases`")
        before = withdrawal_of(folder)
        if before is not None:
            raise InputError(
                f"it was withdrawn on {before.at.date().isoformat()} already",
                where=where,
                todo="nothing: publish the page again to put a new version in its place",
            )
        made = Withdrawal(at, reason, account)
        content = {"at": at.isoformat(), "reason": reason, "account": account}
        replace_file(
            folder / WITHDRAWN, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
        )
    return made


def withdrawal_of(folder: Path) -> Withdrawal | None:
    """That of the release kept in the folder; None while it stands. InputError where the file is
    not as it was written: whether the release stands cannot be told then."""
    path = folder / WITHDRAWN
    try:
        raw = json.loads(path.read_bytes())
        return Withdrawal(
            dt.datetime.fromisoformat(raw["at"]), str(raw["reason"]), str(raw["account"])
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "it does not say any longer when and why the release was withdrawn",
            where=str(path),
            todo="put the file back from a copy",
        ) from error
