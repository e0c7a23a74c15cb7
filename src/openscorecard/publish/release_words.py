"""What pages, workbook and PDFs say of a release, so that all say the same.

A draft has no day and no version: nothing here names a date for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openscorecard.periods import Month, day_in_words
from openscorecard.scorecard.page import Scorecard

DRAFT = "DRAFT"
DRAFT_REST = "Not published. Figures and comments may still change."
DRAFT_LINE = f"{DRAFT}. {DRAFT_REST}"
NOT_SHOWN = "not shown"  # what stood there may not be told to the public any more
NOTHING = "nothing"  # a cell that was, or is, empty
REVISED = "[r] revised: another figure was published before"

COLUMNS = {
    "change_month": "% change from last month",
    "change_year": "% change from the same month last year",
    "average_12m": "12-month average",
    "maximum_12m": "12-month maximum",
    "sn": "Statistical neighbours",
    "eng": "England",
    "region": "Region",
    "verdict": "Signal",
    "commentary": "Commentary",
}
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A changed cell as it is read: `column` in words, `was` and `now` never empty."""

    ref: str
    name: str
    column: str
    was: str
    now: str


def is_draft(card: Scorecard) -> bool:
    return card.release is None


def published_line(card: Scorecard) -> str:
    """`Published 23 July 2021.`, `Version 2, corrected 30 July 2021.`; of an internal page
    `Released`; of a draft that it is one."""
    release = card.release
    if release is None:
        return DRAFT_LINE
    if release.version > 1:
        return f"Version {release.version}, corrected {day_in_words(release.on)}."
    return f"{'Published' if card.audience == 'public' else 'Released'} {day_in_words(release.on)}."


def correction_line(card: Scorecard) -> str:
    """Why there is a later version and how much it changes: `A late referral was counted. 3 figures
    changed.`; "" for a first version and a draft."""
    release = card.release
    if release is None or release.version == 1:
        return ""
    return " ".join(filter(None, (as_sentence(release.reason), changed_count(card))))


def changed_count(card: Scorecard) -> str:
    """`3 figures and 1 comment changed.`; "" for a first version and a draft."""
    release = card.release
    if release is None or release.version == 1:
        return ""
    columns = [cell.column for cell in release.changed]
    comments, signals = columns.count("commentary"), columns.count("verdict")
    numbers = (
        (len(columns) - comments - signals, "figure"),
        (signals, "signal"),
        (comments, "comment"),
    )
    said = [f"{one:,} {thing}{'' if one == 1 else 's'}" for one, thing in numbers if one]
    if not said:
        return "No figure, signal or comment changed."
    *first, last = said
    return f"{', '.join(first)} and {last} changed." if first else f"{last} changed."


def release_line(card: Scorecard) -> str:
    """Both in one: `Version 2, corrected 30 July 2021. A late referral was counted. 3 cells
    changed.`"""
    return " ".join(filter(None, (published_line(card), correction_line(card))))


def column_words(column: str, card: Scorecard | None = None) -> str:
    """`2021-06` is `June 2021`, `average_12m` is `12-month average`. With a page, comparators have
    the names that it uses."""
    if _MONTH.fullmatch(column):
        return Month.parse(column).long
    if card is not None:
        for row in card.rows:
            for one in row.comparators:
                if one.key == column:
                    return one.name
    return COLUMNS.get(column, column)


def changed_lines(card: Scorecard) -> tuple[ChangedLine, ...]:
    """What this version prints otherwise than the one before, in its order; () where nothing."""
    if card.release is None:
        return ()
    names = {row.indicator.ref: row.indicator.short_name for row in card.rows}
    no_longer_told = NOT_SHOWN if card.audience == "public" else NOTHING
    return tuple(
        ChangedLine(
            ref=cell.ref,
            name=names.get(cell.ref, cell.ref),
            column=column_words(cell.column, card),
            was=cell.was or no_longer_told,
            now=cell.now or NOTHING,
        )
        for cell in card.release.changed
    )


def earlier_lines(card: Scorecard) -> tuple[str, ...]:
    """The versions that this one replaces, newest first: `Version 1, 23 July 2021`, `Version 2, 30
    July 2021: A late referral was counted.`"""
    if card.release is None:
        return ()
    lines = []
    for one in sorted(card.release.earlier, key=lambda one: one.version, reverse=True):
        line = f"Version {one.version}, {day_in_words(one.on)}"
        lines.append(f"{line}: {as_sentence(one.reason)}" if one.reason else line)
    return tuple(lines)


def as_sentence(text: str) -> str:
    """With a capital and a full stop; "" stays ""."""
    plain = text.strip()
    return plain and plain[0].upper() + plain[1:] + ("" if plain[-1] in ".!?" else ".")


def has_revised(card: Scorecard) -> bool:
    """Whether a figure of the page bears [r], so that its readers need the code's meaning."""
    return any(figure.revised for row in card.rows for figure in (*row.figures, *row.history))
