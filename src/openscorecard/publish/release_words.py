"""What pages, workbook and PDFs say of a release, so that all say the same.

A draft has no day and no version: nothing here names a date for one.
"""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.periods import day_in_words
from openscorecard.scorecard.corrections import (
    by_row,
    column_words,
    is_comment,
    is_hidden,
    is_shown,
)
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.printed_cells import STANDING, VERDICT
from openscorecard.scorecard.release import ChangedCell
from openscorecard.scorecard.wording import listed

DRAFT = "DRAFT"
DRAFT_REST = "Not published. Figures and comments may still change."
DRAFT_LINE = f"{DRAFT}. {DRAFT_REST}"
NOT_SHOWN = "not shown"  # what stood there may not be told to the public any more
NOTHING = "nothing"  # a cell that was, or is, empty
REVISED = "[r] revised: another figure was published before"

CORRECTED, FOLLOWS, CHANGED = "corrected", "follows", "changed"


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A changed cell as it is read: `column` in words, `was` and `now` never empty. `part` says
    whether its figure was corrected, or it follows from one of its row that was, or neither."""

    ref: str
    name: str
    column: str
    was: str
    now: str
    part: str


def is_draft(card: Scorecard) -> bool:
    return card.release is None


def published_line(card: Scorecard) -> str:
    """`Version 1, published 23 July 2021.`, `Version 2, corrected 30 July 2021.`; of an internal
    page `released`; of a draft that it is one."""
    release = card.release
    if release is None:
        return DRAFT_LINE
    was = "published" if card.audience == "public" else "released"
    what = was if release.version == 1 else "corrected"
    return f"Version {release.version}, {what} {day_in_words(release.on)}."


def correction_line(card: Scorecard) -> str:
    """Why there is a later version and how much it changes: `A late referral was counted. 2 figures
    corrected; 5 cells follow from them.`; "" for a first version and a draft."""
    release = card.release
    if release is None or release.version == 1:
        return ""
    return " ".join(filter(None, (as_sentence(release.reason), changed_count(card))))


def changed_count(card: Scorecard) -> str:
    """`2 figures corrected; 5 cells follow from them. 1 comment changed.`; "" for a first version
    and a draft."""
    release = card.release
    if release is None or release.version == 1:
        return ""
    rows = by_row(release.changed)
    figures, follow = sum(row.figures for row in rows), sum(len(row.follows) for row in rows)
    said = []
    if figures:
        after = "from it" if figures == 1 else "from them"
        then = f"; {_counted(follow, 'cell')} {'follows' if follow == 1 else 'follow'} {after}"
        said.append(f"{_counted(figures, 'figure')} corrected{then if follow else ''}.")
    said += _of_the_rest([cell for row in rows for cell in row.rest])
    return " ".join(said) or "No figure, signal or comment changed."


def _of_the_rest(cells: list[ChangedCell]) -> list[str]:
    """Sentences on what neither is a corrected figure nor follows from one."""
    hidden = [cell for cell in cells if is_hidden(cell)]
    shown = [cell for cell in cells if is_shown(cell)]
    comments = [cell for cell in cells if is_comment(cell)]
    signals = [cell for cell in cells if cell.column == VERDICT]
    told = (*hidden, *shown, *comments, *signals)
    others = [cell for cell in cells if cell not in told]
    counts = ((signals, "signal"), (others, "other cell"), (comments, "comment"))
    said = [_counted(len(found), thing) for found, thing in counts if found]
    sentences = [f"{listed(said)} changed."] if said else []
    if hidden:
        sentences.append(f"{_counted(len(hidden), 'number')} hidden that was shown before.")
    if shown:
        sentences.append(f"{_counted(len(shown), 'number')} shown that was hidden before.")
    return sentences


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def release_line(card: Scorecard) -> str:
    """Both in one: `Version 2, corrected 30 July 2021. A late referral was counted. 3 cells
    changed.`"""
    return " ".join(filter(None, (published_line(card), correction_line(card))))


def changed_groups(card: Scorecard) -> tuple[tuple[ChangedLine, ...], ...]:
    """What this version prints otherwise than the one before, an indicator at a time: those with a
    corrected figure first, what follows from it beneath; () where nothing."""
    if card.release is None:
        return ()
    names = {row.indicator.ref: row.indicator.short_name for row in card.rows}
    heads = {one.key: one.name for row in card.rows for one in row.comparators}
    groups = []
    for row in by_row(card.release.changed):
        parts = ((CORRECTED, row.corrected), (FOLLOWS, row.follows), (CHANGED, row.rest))
        lines = []
        for part, cells in parts:
            for cell in cells:
                column = column_words(cell.column, card.month, heads)
                was, now = was_and_now(cell)
                name = names.get(cell.ref, cell.ref)
                lines.append(ChangedLine(cell.ref, name, column, was, now, part))
        groups.append(tuple(lines))
    return tuple(groups)


def changed_lines(card: Scorecard) -> tuple[ChangedLine, ...]:
    """The same without the groups, in their order."""
    return tuple(line for group in changed_groups(card) for line in group)


def was_and_now(cell: ChangedCell) -> tuple[str, str]:
    """What stood and stands in a changed cell, never empty. Of a sentence it says what became of
    it, and what it reads now: twice the same words hide the difference."""
    if is_comment(cell):
        return _of_a_comment(cell)
    if cell.column == VERDICT:
        return _of_a_signal(cell)
    if cell.column.startswith(STANDING) and cell.was and cell.now:
        return "another sentence", f"the sentence now reads: {as_sentence(cell.now)}"
    not_shown = cell.withheld or is_hidden(cell)
    return cell.was or (NOT_SHOWN if not_shown else NOTHING), cell.now or NOTHING


def _of_a_comment(cell: ChangedCell) -> tuple[str, str]:
    """The comment itself stands on the page."""
    if not cell.now:
        return cell.was or "a comment", "comment withdrawn"
    if not cell.was and not cell.withheld:
        return NOTHING, "comment added"
    return cell.was or "another comment", "comment rewritten"


def _of_a_signal(cell: ChangedCell) -> tuple[str, str]:
    before, _, _ = cell.was.partition(": ")
    word, _, sentence = cell.now.partition(": ")
    was = before or (NOT_SHOWN if cell.withheld else NOTHING)
    if not word or word != before:
        return was, word or NOTHING
    return was, f"{word}; the sentence now reads: {as_sentence(sentence)}"


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
