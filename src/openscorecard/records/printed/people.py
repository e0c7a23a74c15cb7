"""Owner, reporter and outcome: three texts that pages put into one, two or three columns.

One cell with two people in it is split at a line break, or where both parts stand alone elsewhere
in the file. Nothing else tells where one name ends and the next begins, so otherwise the whole
text is the owner's, and a finding says so.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

_TAGS = re.compile(r"</?(?:i|em|b|strong|u|span|font|sup|sub|p)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BEFORE_ITALICS = re.compile(
    r"(?P<before>[^<>]*\S)\s*<(?P<tag>i|em)>(?P<outcome>.*?)(?:</(?P=tag)>\s*)?", re.I | re.S
)
_JOINED = re.compile(r"\s*(?:/|&|;|,|\+|\band\b)\s*|\s+")
_LONGEST_NAME = 60  # a person's or a role's; a sentence is longer
_LONGEST_CELL = 200  # of one or two names
_LONGEST_OUTCOME = 5_000


@dataclass(frozen=True, slots=True)
class PeopleCells:
    """The cells as printed; None where the table has no such column."""

    owner: str | None
    reporter: str | None
    both: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class People:
    """`moved` says that owner or reporter stood before the outcome in its cell (or the outcome
    behind them in theirs); `doubt` names what was not settled: `not-split` or `two-reporters`."""

    owner: str
    reporter: str
    outcome: str
    moved: bool = False
    doubt: str = ""


def settle(rows: Sequence[PeopleCells]) -> list[People]:
    """Owner, reporter and outcome of every row, with all rows of the file in view."""
    slips = [_slip(cells) for cells in rows]
    known, single = _standing_alone(rows, slips)
    settled = []
    for cells, slip in zip(rows, slips, strict=True):
        slip = slip or _slip_by_name(cells, known)
        settled.append(_settle_one(cells, slip, known, single))
    return settled


@dataclass(frozen=True, slots=True)
class _Slip:
    """A cell that held people and outcome: the text before the outcome, and the outcome."""

    before: str
    outcome: str
    column: str  # outcome, reporter or both


def _slip(cells: PeopleCells) -> _Slip | None:
    """People before an outcome in italics, in the outcome's cell or in their own."""
    for column in ("outcome", "reporter", "both"):
        text = getattr(cells, column)
        if not text or "<" not in text or len(text) > _LONGEST_OUTCOME:
            continue
        match = _BEFORE_ITALICS.fullmatch(text.strip())
        if match is None:
            continue
        before, outcome = plain(match["before"]), plain(match["outcome"])
        if not outcome or len(before) > _LONGEST_NAME or before[-1] in ".:;!?":
            continue
        if column == "outcome" or not plain(cells.outcome):
            return _Slip(match["before"].strip(), outcome, column)
    return None


def _slip_by_name(cells: PeopleCells, known: frozenset[str]) -> _Slip | None:
    """A known name before the outcome in its cell, where no reporter stands anywhere else."""
    outcome = plain(cells.outcome)
    if plain(cells.reporter) or (cells.both and len(_split(cells.both, known)) == 2):
        return None
    for name in sorted(known, key=len, reverse=True):
        rest = outcome[len(name) :]
        if outcome.startswith(name) and rest[:1] == " " and rest.strip() and " " in name:
            return _Slip(name, rest.strip(), "outcome")
    return None


def _standing_alone(
    rows: Sequence[PeopleCells], slips: Sequence[_Slip | None]
) -> tuple[frozenset[str], frozenset[str]]:
    """The names that fill a cell, or a line of one, somewhere in the file; and those of them that
    are certainly one person, since the other one stands beside them."""
    known: set[str] = set()
    single: set[str] = set()
    for cells, slip in zip(rows, slips, strict=True):
        moved = slip.column if slip else ""
        for column in ("owner", "reporter", "both"):
            text = getattr(cells, column) or ""
            if column == moved or len(text) > _LONGEST_CELL:
                continue
            names = {plain(text), *_lines(text)}
            known |= names
            if column != "both" or slip:
                single |= names
        if slip:
            known |= {plain(slip.before), *_lines(slip.before)}
            single |= {plain(slip.before)}
    return (
        frozenset(name for name in known if 0 < len(name) <= _LONGEST_NAME),
        frozenset(name for name in single if 0 < len(name) <= _LONGEST_NAME),
    )


def _settle_one(
    cells: PeopleCells, slip: _Slip | None, known: frozenset[str], single: frozenset[str]
) -> People:
    owner, reporter, both = cells.owner or "", cells.reporter or "", cells.both or ""
    outcome = plain(cells.outcome)
    if slip and slip.column == "both":
        both, outcome = slip.before, slip.outcome
    elif slip and (slip.column == "reporter" or not plain(reporter)):
        reporter, outcome = slip.before, slip.outcome
    elif slip and plain(slip.before) == plain(reporter):
        outcome = slip.outcome
    elif slip:
        return People(plain(owner or both), plain(reporter), outcome, doubt="two-reporters")
    moved = slip is not None
    parts = _split(both or owner, known)
    if not plain(reporter) and len(parts) == 2:
        return People(parts[0], parts[1], outcome, moved)
    doubt = ""
    if both and len(parts) == 2 and plain(reporter) != parts[1]:
        doubt = "two-reporters"
    elif both and not plain(reporter) and " " in plain(both) and plain(both) not in single:
        doubt = "not-split"
    return People(plain(both or owner), plain(reporter), outcome, moved, doubt)


def _split(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """Owner and reporter, or the one text that could not be split, or nothing."""
    if len(text) > _LONGEST_CELL:
        return (plain(text),)
    lines = _lines(text)
    whole = plain(text)
    if len(lines) == 2:
        return lines[0], lines[1]
    ways = {
        (whole[: gap.start()], whole[gap.end() :])
        for gap in _JOINED.finditer(whole)
        if whole[: gap.start()] in known and whole[gap.end() :] in known
    }
    if len(ways) == 1:
        return ways.pop()
    return (whole,) if whole else ()


def _lines(text: str) -> list[str]:
    return [line for line in map(plain, _BREAK.sub("\n", text).split("\n")) if line]


def plain(text: str | None) -> str:
    """The text without markup, its entities and spaces made plain.

    >>> plain("<i>Children &amp; families</i>")
    'Children & families'
    """
    if not text:
        return ""
    bare = html.unescape(_TAGS.sub("", _BREAK.sub(" ", text)))
    return " ".join(bare.split())
