"""Which release a page is when it is published: the same again, the first, or a correction.

The same page is the same version with the day and the inputs first recorded, so that its files are
the same on any day. A page that reads otherwise is a correction, and a correction has a reason.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import openscorecard
from openscorecard import __version__
from openscorecard.errors import InputError
from openscorecard.scorecard.content_hash import changed_texts, content_hash, text_hashes
from openscorecard.scorecard.corrections import by_row, column_words, is_comment
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.printed_cells import changed_cells, printed_cells
from openscorecard.scorecard.release import ChangedCell, EarlierRelease, Fingerprint, Release
from openscorecard.scorecard.wording import listed
from openscorecard.workspace.releases import RECORD, KeptRelease, last_release
from openscorecard.workspace.withdrawal import withdrawal_of

PAGE = "page.json"
# What writes the media, beside the program itself: a newer one may give other bytes.
_WRITERS = ("brotli", "duckdb", "fonttools", "jinja2", "pikepdf", "typst", "xlsxwriter")
_CODE = (".py", ".html", ".css", ".typ", ".svg", ".toml")
_SHOWN = 3  # changed cells that a refusal names


@dataclass(frozen=True, slots=True)
class Planned:
    """The release that a page is. `recorded` is release.json as it was kept, None where the release
    is new; `inputs` are those recorded, () of a new one."""

    release: Release
    recorded: bytes | None = None
    inputs: tuple[Fingerprint, ...] = ()


@dataclass(frozen=True, slots=True)
class SinceLast:
    """How a page stands to the last release of it. `last` is None where there is none; `same` says
    that it would be that version again; else `changed` are the cells, and `texts` names what else,
    that read otherwise. A page whose last version was withdrawn is never that version again."""

    last: KeptRelease | None = None
    same: bool = False
    changed: tuple[ChangedCell, ...] = ()
    texts: tuple[str, ...] = ()
    made_by: str = ""
    withdrawn: bool = False

    @property
    def needs_reason(self) -> bool:
        return self.last is not None and not self.same


def since_last(page: Scorecard, root: Path) -> SinceLast:
    """The page as it would be released, held against the last release of it."""
    last = last_release(root, page.month, page.audience)
    if last is None:
        return SinceLast()
    kept = _kept_page(last)
    withdrawn = withdrawal_of(last.folder) is not None
    if kept["content"] == content_hash(page, made_by()) and not withdrawn:
        return SinceLast(last, same=True, made_by=kept["made_by"])
    changed = changed_cells(kept["cells"], printed_cells(page), page.audience)
    texts = changed_texts(kept.get("texts", {}), text_hashes(page)) if "texts" in kept else ()
    return SinceLast(last, False, changed, tuple(texts), kept["made_by"], withdrawn)


def plan_release(page: Scorecard, root: Path, on: dt.date | None, reason: str) -> Planned:
    """The release that the page is; `on` is its day if it is a new one (None: today).

    InputError for a correction without a reason, a reason where nothing changed, and a day before
    the month's end or before the version that it replaces.
    """
    reason = " ".join(reason.split())
    since = since_last(page, root)
    last = since.last
    day = on or dt.date.today()
    where = f"the {page.audience} page of {page.month.long}"
    if last is None:
        _refuse_day(day, page, None, where)
        if reason:
            raise InputError(
                "there is a reason for a correction, and nothing that it corrects",
                where=where,
                todo="leave out --reason: this is its first version",
            )
        return Planned(Release(1, day))
    if since.same:
        if reason and reason != last.release.reason:
            raise InputError(
                f"nothing has changed since version {last.release.version} of "
                f"{last.release.on.isoformat()}",
                where=where,
                todo="leave out --reason to write the same version again",
            )
        return _again(last)
    if not reason:
        raise _needs_a_reason(page, last, since)
    _refuse_day(day, page, last, where)
    before = EarlierRelease(last.release.version, last.release.on, last.release.reason)
    earlier = (*last.release.earlier, before)
    return Planned(Release(last.release.version + 1, day, reason, since.changed, earlier))


def _kept_page(last: KeptRelease) -> dict[str, Any]:
    path = last.folder / PAGE
    try:
        kept = json.loads(path.read_bytes())
        if {"content", "cells", "made_by"} <= set(kept):
            return dict(kept)
        raise ValueError("not whole")
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            "the page of a release is not as it was kept",
            where=str(path),
            todo="put the file back from a copy: it says what was published",
        ) from error


def cells_of(kept: KeptRelease) -> dict[str, dict[str, str]]:
    """The cells as that release printed them, by ref and column."""
    return dict(_kept_page(kept)["cells"])


def page_bytes(page: Scorecard) -> bytes:
    """What a later version is held against: the cells as printed, a hash of each text round them,
    and one of the whole page."""
    content = {
        "made_by": made_by(),
        "content": content_hash(page, made_by()),
        "texts": text_hashes(page),
        "cells": printed_cells(page),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def made_by() -> str:
    """The program, to the last letter of what writes its files, and what they are written with."""
    writers = ", ".join(f"{name} {version(name)}" for name in _WRITERS)
    runs_on = f"python {platform.python_version()}, zlib {zlib.ZLIB_RUNTIME_VERSION}"
    return f"OpenScorecard {__version__} {_own_code()} ({writers}, {runs_on})"


@cache
def _own_code() -> str:
    """A hash of the program's own files, but for the web application: it writes no medium."""
    digest = hashlib.sha256()
    root = Path(openscorecard.__file__).parent
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix in _CODE and not name.startswith("web/") and path.is_file():
            digest.update(name.encode("utf-8"))
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def recorded_inputs(recorded: bytes) -> tuple[Fingerprint, ...]:
    """The inputs that a release.json names."""
    return tuple(
        Fingerprint(one["kind"], one["name"], one[key], key != "sha256")
        for one in json.loads(recorded)["inputs"]
        for key in ("sha256", "hmac_sha256")
        if key in one
    )


def _again(last: KeptRelease) -> Planned:
    recorded = (last.folder / RECORD).read_bytes()
    return Planned(last.release, recorded, recorded_inputs(recorded))


def _refuse_day(day: dt.date, page: Scorecard, last: KeptRelease | None, where: str) -> None:
    if day <= page.month.last_day:
        raise InputError(
            f"it would be published on {day.isoformat()}, before the month has ended",
            where=where,
            todo="give a later day with --on, or write a draft with --draft",
        )
    if last is not None and day < last.release.on:
        raise InputError(
            f"version {last.release.version} was published on {last.release.on.isoformat()}, and "
            f"this one would be of {day.isoformat()}",
            where=where,
            todo="give that day or a later one with --on",
        )


def _needs_a_reason(page: Scorecard, last: KeptRelease, held: SinceLast) -> InputError:
    changed, texts = held.changed, held.texts
    since = f"version {last.release.version} of {last.release.on.isoformat()}"
    if changed:
        number = len(changed)
        cells = "1 cell reads" if number == 1 else f"{number:,} cells read"
        found = f"{cells} otherwise than in {since}:\n"
        first = [cell for row in by_row(changed) for cell in row.cells][:_SHOWN]
        found += "\n".join(f"  {_in_words(one, page)}" for one in first)
        if number > _SHOWN:
            found += f"\n  and {number - _SHOWN:,} more"
    elif held.withdrawn:
        found = f"{since} was withdrawn"
    elif held.made_by != made_by():
        found = f"{since} was made by other versions of the program, and its files would differ"
    else:
        found = f"no cell reads otherwise than in {since}, but texts around them do"
    if texts and not changed:
        found += f": {listed(texts)}"
    return InputError(
        found,
        where=f"the {page.audience} page of {page.month.long}",
        todo='say why with --reason "...", which makes it a new version, or write a draft with '
        "--draft",
    )


def _in_words(cell: ChangedCell, page: Scorecard) -> str:
    """The cell by the words of its column's heading."""
    if is_comment(cell):
        return f"{cell.ref}, the comment"
    names = {one.key: one.name for row in page.rows for one in row.comparators}
    column = column_words(cell.column, page.month, names)
    return f"{cell.ref}, {column}: {cell.was or '…'} → {cell.now or '…'}"
