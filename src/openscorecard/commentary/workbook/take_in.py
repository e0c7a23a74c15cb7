"""The workbook that comes back: what was written in it, matched by ref, never by position.

All of it is taken in or none. A comment that changed in the store since the export and in the
workbook too is a conflict: both texts are kept, and a person decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from openscorecard.commentary.entries import NOTHING, Entry, EntryKind, StoredComments, version_of
from openscorecard.commentary.text import clean_text, first_words
from openscorecard.commentary.workbook import columns as head
from openscorecard.commentary.workbook.opening import SheetLine, lines_of_workbook
from openscorecard.errors import InputError
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


@dataclass(frozen=True, slots=True)
class Written:
    """One row of the workbook, as written. `version` is that of the comment at export, None where
    the workbook has lost it."""

    ref: str
    month: str
    version: str | None
    text: str
    public: str
    place: str
    doubts: tuple[str, ...] = ()

    @property
    def own_version(self) -> str:
        return version_of(self.text, self.public or None)


@dataclass(slots=True)
class _Progress:
    """What has come of the rows so far."""

    stored: StoredComments
    findings: list[Finding] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


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
    the whole workbook. InputError for a file that is no such workbook.
    """
    rows = _rows(lines_of_workbook(path), path)
    reporters = {row.indicator.ref: row.indicator.reporter for row in scorecard.rows}
    wrong = _misplaced(rows, stored, reporters)
    if wrong:
        return TakenIn(stored, tuple(wrong), (), refused=True)
    progress = _Progress(stored)
    for row in _once_each(rows):
        progress.findings += [_formula(row, doubt) for doubt in row.doubts]
        _take_in(row, progress, by or reporters[row.ref] or SOMEBODY, at)
    return TakenIn(progress.stored, tuple(progress.findings), tuple(progress.changed), False)


def _rows(lines: Iterable[SheetLine], path: Path) -> list[Written]:
    """The rows under each header line that has a ref and a box; InputError where none has."""
    found: list[Written] = []
    at: dict[str, int] = {}
    sheet, tables = "", 0
    for line in lines:
        if line.sheet != sheet:
            sheet, at = line.sheet, {}
        names = {clean_text(text): number for number, text in enumerate(line.cells) if text}
        if head.COMMENT in names and (head.OWN_REF in names or head.REF in names):
            at, tables = names, tables + 1
        elif at:
            row = _written(line, at)
            if row is not None:
                found.append(row)
    if not tables:
        raise InputError(
            f"no sheet has the columns {head.REF!r} and {head.COMMENT!r}",
            where=str(path),
            todo="use a workbook made by `scorecard comments export`, its header row kept",
        )
    return found


def _written(line: SheetLine, at: dict[str, int]) -> Written | None:
    def cell(name: str) -> str:
        number = at.get(name, -1)
        return clean_text(line.cells[number]) if 0 <= number < len(line.cells) else ""

    own, shown = cell(head.OWN_REF), cell(head.REF)
    text, public = cell(head.COMMENT), cell(head.PUBLIC)
    if not (own or shown or text or public):
        return None
    boxes = [name for name in (head.COMMENT, head.PUBLIC) if at.get(name, -1) in line.formulas]
    return Written(
        ref=own if own == shown or not shown else f"{own} / {shown}" if own else shown,
        month=cell(head.OWN_MONTH),
        version=cell(head.OWN_VERSION) or None,
        text=text,
        public=public,
        place=f"sheet {line.sheet!r}, row {line.row}",
        doubts=tuple(boxes),
    )


def _misplaced(
    rows: list[Written], stored: StoredComments, reporters: dict[str, str]
) -> list[Finding]:
    """What makes it uncertain where a text belongs."""
    found = []
    seen: dict[str, Written] = {}
    for row in rows:
        nothing_written = not row.text and not row.public
        if not row.ref:
            words = first_words(row.text or row.public)
            found.append(_refusal(row, f"“{words}” stands in a row without a ref."))
        elif row.ref not in reporters:
            if " / " in row.ref:
                message = (
                    f"The row's refs differ ({row.ref}): it seems that some columns were "
                    "sorted and others not."
                )
            else:
                message = f"The page of {stored.month.long} has no indicator {row.ref!r}."
            found.append(_refusal(row, message))
        elif row.month != stored.month.iso and not (nothing_written and not row.month):
            month = row.month or "no month"
            message = f"{row.ref}: the workbook is for {month}, not for {stored.month.iso}."
            found.append(_refusal(row, message))
        elif row.ref in seen and seen[row.ref].own_version != row.own_version:
            message = (
                f"{row.ref} stands in two rows with different texts: “{first_words(row.text)}” "
                f"here, “{first_words(seen[row.ref].text)}” in {seen[row.ref].place}."
            )
            found.append(_refusal(row, message))
        seen.setdefault(row.ref, row)
    return found


def _refusal(row: Written, message: str) -> Finding:
    return Finding(
        "comment-misplaced",
        Severity.ERROR,
        f"{message} Nothing of the workbook was taken in.",
        ref=row.ref if row.ref and " / " not in row.ref else None,
        place=row.place,
    )


def _once_each(rows: list[Written]) -> list[Written]:
    return list({row.ref: row for row in reversed(rows)}.values())[::-1]


def _take_in(row: Written, progress: _Progress, by: str, at: dt.datetime) -> None:
    """One row against what stands: unchanged, a change, a removal or a conflict."""
    stands = progress.stored.version(row.ref)
    if row.own_version in (row.version, stands):
        return
    exported = row.version
    if exported is None:
        exported = _without_version(row, stands, progress)
        if exported is None:
            return
    kind = EntryKind.TEXT if row.text or row.public else EntryKind.REMOVED
    if exported != stands:
        _conflict(row, progress, by, at)
        return
    if kind is EntryKind.REMOVED:
        before = progress.stored.current(row.ref)
        words = first_words(before.text or before.public_text or "") if before else ""
        message = (
            f"{row.ref}: the box came back empty, so the comment “{words}” is no longer shown. "
            "It is kept in the history."
        )
        progress.findings.append(
            Finding("comment-removed", Severity.INFORMATION, message, row.ref, place=row.place)
        )
    entry = Entry(row.ref, kind, by, at, row.text, row.public or None)
    progress.stored = progress.stored.with_entry(entry)
    progress.changed.append(row.ref)


def _without_version(row: Written, stands: str, progress: _Progress) -> str | None:
    """What to take as the version at export where the workbook has lost it.

    With nothing stored nothing can be overwritten, so the text is taken. An empty box says
    nothing. Any other text may have been written without knowing what stands: a conflict.
    """
    if not row.text and not row.public:
        return None
    if stands == NOTHING:
        message = (
            f"{row.ref}: the workbook has lost its hidden columns. The comment was taken in, as "
            "none was stored."
        )
        severity, exported = Severity.WARNING, NOTHING
    else:
        message = (
            f"{row.ref}: the workbook has lost its hidden columns, so it cannot be told whether "
            "the comment was written knowing the one that is stored."
        )
        severity, exported = Severity.WARNING, ""
    progress.findings.append(
        Finding("comment-version-missing", severity, message, row.ref, place=row.place)
    )
    return exported


def _conflict(row: Written, progress: _Progress, by: str, at: dt.datetime) -> None:
    before = progress.stored.current(row.ref)
    kept = first_words(before.text or before.public_text or "") if before else ""
    stored_says = f"“{kept}” stays" if kept else "it stays without a comment"
    sent = f"“{first_words(row.text or row.public)}”" if row.text or row.public else "an empty box"
    message = (
        f"{row.ref}: the comment was changed since this workbook was made, and in the workbook "
        f"too. Both are kept: {stored_says}, and {sent} is beside it. Export again and write the "
        "one to keep, or settle it."
    )
    progress.findings.append(
        Finding("comment-conflict", Severity.ERROR, message, row.ref, place=row.place)
    )
    held = {entry.own_version for entry in progress.stored.conflicts(row.ref)}
    if row.own_version not in held:  # the same workbook taken in twice adds nothing
        entry = Entry(row.ref, EntryKind.CONFLICT, by, at, row.text, row.public or None)
        progress.stored = progress.stored.with_entry(entry)


def _formula(row: Written, box: str) -> Finding:
    message = (
        f"{row.ref}: the box “{box}” holds a formula. Its text was taken, not what it computes."
    )
    return Finding("comment-is-formula", Severity.WARNING, message, row.ref, place=row.place)
