"""The workbook that comes back: what was written in it, matched by ref, never by position.

All of it is taken in or none. A comment that changed in the store since the export and in the
workbook too is a conflict: both texts are kept, and a person decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from openscorecard.commentary.entries import NOTHING, Entry, EntryKind, StoredComments
from openscorecard.commentary.text import first_words
from openscorecard.commentary.workbook.belonging import misplaced, of_this_month, row_finding
from openscorecard.commentary.workbook.opening import lines_of_workbook
from openscorecard.commentary.workbook.written import Written, rows_of
from openscorecard.findings import Finding, Severity
from openscorecard.scorecard.page import Scorecard

SOMEBODY = "not said"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """`stored` is what to save; the comments as they were, where `refused`.

    `changed` are the refs whose comment is another one now.
    """

    stored: StoredComments
    findings: tuple[Finding, ...]
    changed: tuple[str, ...]
    refused: bool


@dataclass(slots=True)
class _Progress:
    """What has come of the rows so far."""

    stored: StoredComments
    findings: list[Finding] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    without_version: list[str] = field(default_factory=list)  # refs taken in all the same

    def say(self, rule: str, severity: Severity, row: Written, message: str) -> None:
        self.findings.append(row_finding(rule, severity, row, message))


def import_comments(
    path: Path,
    stored: StoredComments,
    scorecard: Scorecard,
    *,
    at: dt.datetime,
    by: str | None = None,
) -> TakenIn:
    """Takes in a workbook that `export_comments` made and people wrote in.

    `by` is the role that wrote; without it each indicator's reporter. Rows that cannot be matched
    for certain (a ref that the page does not have, another month, one ref with two texts) refuse
    the whole workbook. InputError for a file that is no such workbook, or is none of this month.
    """
    rows = rows_of(lines_of_workbook(path), path)
    of_this_month(rows, stored.month, path)
    wrong = misplaced(rows, stored.month, scorecard)
    if wrong:
        return TakenIn(stored, tuple(wrong), (), refused=True)
    reporters = {row.indicator.ref: row.indicator.reporter for row in scorecard.rows}
    progress = _Progress(stored)
    for row in _once_each(rows):
        if row.formulas:
            _formula(row, progress)
        else:
            _take_in(row, progress, by or reporters[row.ref] or SOMEBODY, at)
    if progress.without_version:
        progress.findings.append(_lost_columns(progress.without_version, path))
    return TakenIn(progress.stored, tuple(progress.findings), tuple(progress.changed), False)


def _once_each(rows: list[Written]) -> list[Written]:
    """Each ref's row once. Two rows of one ref hold the same text by now; where only one of them
    has kept its version, that one."""
    found: dict[str, Written] = {}
    for row in rows:
        if row.ref not in found or (found[row.ref].version is None and row.version is not None):
            found[row.ref] = row
    return list(found.values())


def _take_in(row: Written, progress: _Progress, by: str, at: dt.datetime) -> None:
    """One row against what stands: unchanged, a change, a removal or a conflict."""
    stands = progress.stored.version(row.ref)
    if row.own_version in (row.version, stands):
        return
    if row.version is None:
        if row.is_empty:  # it says nothing: perhaps the box was never shown what stands
            return
        # With nothing stored nothing can be overwritten. Any other text may have been written
        # without knowing what stands.
        known = stands == NOTHING
        if known:
            progress.without_version.append(row.ref)
    else:
        known = row.version == stands
    if not known:
        _conflict(row, progress, by, at)
        return
    kind = EntryKind.REMOVED if row.is_empty else EntryKind.TEXT
    if kind is EntryKind.REMOVED:
        message = (
            f"The box came back empty, so the comment “{_what_stands(row, progress)}” is no "
            "longer shown. It is kept in the history."
        )
        progress.say("comment-removed", Severity.INFORMATION, row, message)
    entry = Entry(row.ref, kind, by, at, row.text, row.public or None)
    progress.stored = progress.stored.with_entry(entry)
    progress.changed.append(row.ref)


def _what_stands(row: Written, progress: _Progress) -> str:
    before = progress.stored.current(row.ref)
    return first_words(before.text or before.public_text or "") if before else ""


def _lost_columns(refs: list[str], path: Path) -> Finding:
    """Said once, however many rows it concerns."""
    message = (
        "The workbook has lost its hidden columns, so it was matched by its visible refs. These "
        f"comments were taken in, as none was stored: {', '.join(refs)}. See that each is right."
    )
    return Finding("comment-version-missing", Severity.WARNING, message, place=path.name)


def _conflict(row: Written, progress: _Progress, by: str, at: dt.datetime) -> None:
    kept = _what_stands(row, progress)
    stored_says = f"“{kept}” stays" if kept else "it stays without a comment"
    sent = "an empty box" if row.is_empty else f"“{first_words(row.text or row.public)}”"
    how = (
        "Another comment is stored, and the workbook has lost the hidden columns that would tell "
        "whether this one was written knowing it"
        if row.version is None
        else "The comment was changed since this workbook was made, and in the workbook too"
    )
    message = (
        f"{how}. Both are kept: {stored_says}, and {sent} is beside it. Export again and write the "
        "one to keep, or settle it."
    )
    progress.say("comment-conflict", Severity.ERROR, row, message)
    held = {entry.own_version for entry in progress.stored.conflicts(row.ref)}
    if row.own_version not in held:  # the same workbook taken in twice adds nothing
        entry = Entry(row.ref, EntryKind.CONFLICT, by, at, row.text, row.public or None)
        progress.stored = progress.stored.with_entry(entry)


def _formula(row: Written, progress: _Progress) -> None:
    """What a formula shows is not what its cell holds: neither may stand as somebody's words."""
    boxes = " and ".join(f"“{name}”" for name in row.formulas)
    one = len(row.formulas) == 1
    message = (
        f"The {'box' if one else 'boxes'} {boxes} {'holds a formula' if one else 'hold formulas'} "
        "or an error, not words. The comment stays as it was. Write words there, or type an "
        "apostrophe (') before the sign it begins with, and take the workbook in again."
    )
    progress.say("comment-is-formula", Severity.ERROR, row, message)
