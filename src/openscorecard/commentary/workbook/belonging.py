"""Where the rows of a workbook belong: which indicator, which month. Where that is not certain
nothing is taken in: a comment beside the wrong figure is worse than none."""

from __future__ import annotations

from pathlib import Path

from openscorecard.commentary.text import as_argument, clean_text, first_words
from openscorecard.commentary.workbook.written import Written
from openscorecard.errors import InputError
from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.scorecard.page import Scorecard


def row_finding(rule: str, severity: Severity, row: Written, message: str) -> Finding:
    """A finding on a row, which says where the row stands: `Sheet 'Care', row 9: ...`."""
    ref = row.ref if row.ref and " / " not in row.ref else None
    place = f"{row.place[:1].upper()}{row.place[1:]}"
    return Finding(rule, severity, f"{place}: {message}", ref=ref, place=row.place)


def of_this_month(rows: list[Written], month: Month, path: Path) -> None:
    """InputError, said once, where no row is of this month: the workbook is another month's, or
    has lost whatever said which."""
    months = {row.month for row in rows}
    if not rows or month.iso in months:
        return
    if months == {""}:
        raise InputError(
            "the workbook has lost its hidden columns, and nothing else in it names its month",
            where=str(path),
            todo=f"write a new one with `scorecard comments export {month.iso} NEW.xlsx`, paste "
            "the texts into its boxes and take that in; nothing was taken in from this one",
        )
    named = ", ".join(sorted(months - {""}))
    other = named if len(months) == 1 else "MONTH"
    raise InputError(
        f"the workbook is for {named}, not for {month.iso}",
        where=str(path),
        todo=f"take it in with `scorecard comments import {other} {as_argument(str(path))}`; "
        "nothing was taken in",
    )


def misplaced(rows: list[Written], month: Month, scorecard: Scorecard) -> list[Finding]:
    """What makes it uncertain where a text belongs, a finding for each such row."""
    names = {row.indicator.ref: row.indicator.name for row in scorecard.rows}
    found = []
    seen: dict[str, Written] = {}
    for row in rows:
        said = _doubt(row, month, names) or _other_text(row, seen)
        if said:
            found.append(row_finding("comment-misplaced", Severity.ERROR, row, said))
        seen.setdefault(row.ref, row)
    return found


def _doubt(row: Written, month: Month, names: dict[str, str]) -> str:
    """Why the row cannot be matched for certain; empty where it can."""
    if not row.ref:
        return f"“{first_words(row.text or row.public)}” stands in a row without a ref."
    if " / " in row.ref:
        return (
            f"The row's refs differ ({row.ref}): it seems that some columns were sorted and "
            "others not."
        )
    if row.ref not in names:
        return f"The page of {month.long} has no indicator {row.ref!r}."
    if row.month != month.iso and not row.is_untouched:
        return f"The row is for {row.month or 'no month'}, not for {month.iso}."
    # Only where hidden columns are lost: the council may reword a name after the export.
    if row.version is None and row.name and clean_text(names[row.ref]) != row.name:
        return (
            f"The name in the row, “{first_words(row.name)}”, is not that of {row.ref}: it seems "
            "that some columns were sorted and others not."
        )
    return ""


def _other_text(row: Written, seen: dict[str, Written]) -> str:
    before = seen.get(row.ref)
    if before is None or before.own_version == row.own_version:
        return ""
    return (
        f"{row.ref} stands in two rows with different texts: “{first_words(row.text)}” here, "
        f"“{first_words(before.text)}” in {before.place}."
    )
