"""What a reader has to know of the figures themselves: one sentence, grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.scorecard.build import PROVISIONAL
from openscorecard.scorecard.comparators_of import LEFT_OUT
from openscorecard.scorecard.families import is_mostly_elsewhere, rests_on_few
from openscorecard.scorecard.matter import Matter, MatterKind
from openscorecard.scorecard.page import FigureStatus, Row
from openscorecard.scorecard.special_causes import is_old
from openscorecard.scorecard.standings import AGAINST

SUSPENDED = "suspended"
CONTRADICTED = "released as "
TOLD = 2  # groups whose rows the note names
NAMED = 3  # so many names a group; the rest are counted

_MISSING = (FigureStatus.NOT_AVAILABLE, FigureStatus.OUTSIDE_COVERAGE)
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of which the same is to be said. `one` and `more` say it of their number in the
    headline, `sentence` before their names."""

    one: str
    more: str
    sentence: str
    rows: tuple[Row, ...]


def data_notes(
    rows: Iterable[Row],
    findings: Sequence[Finding],
    month: Month,
    place: Callable[[Row], tuple[int, int, str]],
) -> tuple[Group, ...]:
    """The groups that have rows, the gravest first: what is wrong, what is missing, what is weak.

    A row stands in the first group that speaks of it, a hidden one in none.
    """
    left = sorted((row for row in rows if row.latest.status is not FigureStatus.HIDDEN), key=place)
    wrong = {one.ref for one in findings if one.severity is Severity.ERROR}
    doubts = {(one.ref, one.column) for one in findings if in_doubt(one)}
    of_comparators = {ref for ref, _ in doubts}
    rules: tuple[tuple[str, str, str, Callable[[Row], bool]], ...] = (
        (
            "percentage does not match its counts",
            "percentages do not match their counts",
            "Released otherwise than the counts give",
            _contradicted,
        ),
        (
            "figure is found wrong",
            "figures are found wrong",
            "Found wrong",
            lambda row: row.indicator.ref in wrong - of_comparators,
        ),
        (
            "count is suspended",
            "counts are suspended",
            "Suspended",
            lambda row: _missing(row) and row.latest.note.startswith(SUSPENDED),
        ),
        (
            "figure is missing",
            "figures are missing",
            f"No figure for {month.long}",
            _missing,
        ),
        (
            "indicator has a comparator in doubt",
            "indicators have a comparator in doubt",
            "A comparator in doubt",
            lambda row: any((row.indicator.ref, key) in doubts for key in _not_published(row)),
        ),
        (
            "figure has changed where its usual range cannot tell",
            "figures have changed where their usual ranges cannot tell",
            "Otherwise than in the months that its limits rest on",
            lambda row: row.verdict is not None and row.verdict.outgrown,
        ),
        (
            "figure is provisional",
            "figures are provisional",
            "Provisional, and of few",
            lambda row: _has(row, PROVISIONAL) and rests_on_few(row) is True,
        ),
        (
            "usual range is out of date",
            "usual ranges are out of date",
            "At another level than their usual range, most months of the year",
            lambda row: is_old(row) or is_mostly_elsewhere(row),
        ),
    )
    groups = []
    for one, more, sentence, speaks_of in rules:
        of_it = tuple(row for row in left if speaks_of(row))
        left = [row for row in left if row not in of_it]
        if of_it:
            groups.append(Group(one, more, sentence, of_it))
    return tuple(groups)


def in_doubt(finding: Finding) -> bool:
    """Whether the finding speaks against a comparator; that a measure is not quite like for like is
    for information, and no doubt."""
    return finding.column in AGAINST and finding.severity is not Severity.INFORMATION


def _not_published(row: Row) -> list[str]:
    """The comparators that the page shows as they were stated or printed: where there is a
    published value, the page shows that. What the page leaves out is no longer in doubt."""
    left_out = {one.key for one in row.comparators if one.formula == LEFT_OUT}
    return [
        key
        for key in AGAINST
        if key not in left_out and (row.beside is None or row.beside.value(key) is None)
    ]


def _missing(row: Row) -> bool:
    return row.latest.status in _MISSING


def _contradicted(row: Row) -> bool:
    return row.latest.note.startswith(CONTRADICTED) and not row.latest.revised


def _has(row: Row, words: str) -> bool:
    return row.latest.value is not None and words in row.latest.note


def as_matter(groups: Sequence[Group]) -> Matter:
    """One matter of all groups: the first two named, the others counted."""
    pieces = [_counted(group) for group in groups]
    headline = " and ".join(pieces[:TOLD])
    sentence = " ".join(_named(group) for group in groups[:TOLD])
    if groups[TOLD:]:
        sentence += f" Also: {'; '.join(pieces[TOLD:])}."
    rows = [row for group in groups for row in group.rows]
    return Matter(
        kind=MatterKind.DATA,
        word="Data note",
        headline=headline[0].upper() + headline[1:],
        sentence=sentence,
        refs=tuple(row.indicator.ref for row in rows),
        rule="what is missing or doubtful",
    )


def _counted(group: Group) -> str:
    return f"{_number(len(group.rows))} {group.one if len(group.rows) == 1 else group.more}"


def _number(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"


def _named(group: Group) -> str:
    """`No figure for June 2021: A; B; C; and two more.`: names hold commas of their own."""
    names = [row.indicator.short_name for row in group.rows]
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], f"and {_number(len(names) - NAMED + 1)} more"]
    return f"{group.sentence}: {'; '.join(names)}."
