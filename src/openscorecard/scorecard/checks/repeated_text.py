"""Text that stands on another row too.

Example. An indicator on early help bears the outcome of the row above, on exploitation: copied and
never changed. A rate and its count may share their text; that is said only for comments, and as
information.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from openscorecard.findings import Finding, Severity
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.checks.as_above import is_pointer
from openscorecard.scorecard.checks.facts import Facts

RULE = "text-repeated"
SHORT = 30  # letters; shorter texts ("No change this month.") may well be meant twice
TELLING = 2  # so many words in common with a row's name show that a text is about it
_STEM = 6  # letters of a word that say what it is about: "foster" of foster, fostering, fostered
# Stems too common on such pages to say what a text is about.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "number percen childr child servic period month during where their with that have were "
        "which within from this year time young people family famili adult",
    )
)


def repeated_texts(facts: Facts) -> Iterator[Finding]:
    yield from _repeated(facts, "outcome", lambda row: row.outcome)
    yield from _repeated(facts, "commentary", lambda row: row.commentary)


def _repeated(facts: Facts, column: str, text: Callable[[PrintedRow], str]) -> Iterator[Finding]:
    bearers: dict[str, list[PrintedRow]] = {}
    for row in facts.page.rows:
        key = _key(text(row))
        if len(key) >= SHORT and not is_pointer(text(row)):
            bearers.setdefault(key, []).append(row)
    for rows in bearers.values():
        if column == "outcome" and len(rows) > 2:
            continue  # the outcome of a whole service
        for row in rows[1:]:
            finding = _finding(facts, column, text(row), rows[0], row)
            if finding is not None:
                yield finding


def _key(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _finding(
    facts: Facts, column: str, text: str, earlier: PrintedRow, row: PrintedRow
) -> Finding | None:
    related = facts.related(row.ref, earlier.ref)
    if related and column == "outcome":
        return None  # a rate and its count serve the same outcome
    word = "outcome" if column == "outcome" else "comment"
    mine, its = len(_about(row, text)), len(_about(earlier, text))
    if not related and max(mine, its) >= TELLING and min(mine, its) == 0:
        owner, copy = (earlier, row) if its else (row, earlier)
        return Finding(
            RULE,
            Severity.WARNING,
            f"The {word} is that of {owner.ref} too, and shares words with what {owner.ref} "
            "counts, none with what this row counts: it may have been copied.",
            copy.ref,
            column,
            text,
        )
    if column == "outcome":
        return None  # an outcome shared by rows of one service is no fault
    return Finding(
        RULE,
        Severity.INFORMATION,
        f"The comment is word for word that of {earlier.ref}.",
        row.ref,
        column,
        text,
    )


def _about(row: PrintedRow, text: str) -> frozenset[str]:
    """The word stems that a text shares with the row's name."""
    return _stems(row.name) & _stems(text)


def _stems(text: str) -> frozenset[str]:
    found = [word[:_STEM] for word in re.findall(r"[a-z]{4,}", text.lower())]
    return frozenset(word for word in found if word not in _EMPTY)
