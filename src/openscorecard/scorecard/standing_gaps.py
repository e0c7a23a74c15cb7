"""The gaps to England that a year shows and chance does not explain.

Those on the side that is not preferred, and, where neither side is, those that are neither better
nor worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from openscorecard.periods import Month
from openscorecard.scorecard.families import Families, is_mostly_elsewhere
from openscorecard.scorecard.matter import Matter, MatterKind, Standing
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.standings import ABOVE
from openscorecard.scorecard.verdict import Signal

_AGAINST = ("eng", "sn")  # England, or the neighbours where nothing is published for England


@dataclass(frozen=True, slots=True)
class Gap:
    row: Row
    standing: Standing


def standing_gaps(
    rows: Iterable[Row], place: Callable[[Row], tuple[int, int, str]]
) -> tuple[Gap, ...]:
    """The gaps outside the 99.8% limits on the side that is not preferred, the widest first: how
    many times as far from theirs as the limit lies."""
    return _widest_first(rows, place, Signal.CONCERN)


def neutral_gaps(
    rows: Iterable[Row], families: Families, place: Callable[[Row], tuple[int, int, str]]
) -> tuple[Gap, ...]:
    """The same of rows without a preferred direction. A part of a composition has none: the parts
    of one whole lie apart together."""
    alone = (row for row in rows if row.indicator.ref not in families.parts)
    return _widest_first(alone, place, Signal.NEUTRAL)


def _widest_first(
    rows: Iterable[Row], place: Callable[[Row], tuple[int, int, str]], signal: Signal
) -> tuple[Gap, ...]:
    found = [
        Gap(row, against)
        for row in rows
        if (against := _england(row)) is not None and against.signal is signal
    ]
    return tuple(sorted(found, key=lambda gap: (-how_wide(gap.standing), place(gap.row))))


def not_told(gaps: Iterable[Gap], told: Iterable[str], families: Families) -> tuple[Gap, ...]:
    """The gaps of families that nothing is told of yet, one of a family."""
    taken = list(told)
    chosen = []
    for gap in gaps:
        ref = gap.row.indicator.ref
        if ref not in taken and not any(families.one_family(ref, other) for other in taken):
            chosen.append(gap)
            taken.append(ref)
    return tuple(chosen)


def of_family(gaps: Iterable[Gap], told: Sequence[str], families: Families) -> Gap | None:
    """The widest gap of the rows that are told of, or of their families."""
    for gap in gaps:
        ref = gap.row.indicator.ref
        if ref in told or any(families.one_family(ref, other) for other in told):
            return gap
    return None


def _england(row: Row) -> Standing | None:
    by_key = {one.against: one for one in row.standings}
    return next((by_key[key] for key in _AGAINST if key in by_key), None)


def how_wide(one: Standing) -> float:
    """How many times as far from theirs as the 99.8% limit of that side lies."""
    theirs = float(one.theirs)
    limit = one.high_998 if one.place == ABOVE else one.low_998
    if limit == theirs:
        return float("inf")
    return round((float(one.ours) - theirs) / (limit - theirs), 6)


def as_matter(gap: Gap, month: Month) -> Matter:
    """The standing in a sentence; and that the month itself is usual, where it is. Of a day there
    is no more to say: the month is the day."""
    row, standing = gap.row, gap.standing
    headline = f"{row.indicator.short_name}: {standing.place} {standing.name}"
    sentence = standing.sentence
    if standing.is_day:
        headline += f" on {standing.period}"
    else:
        headline += " over the year"
        if row.verdict is not None and row.verdict.signal is Signal.NONE:
            name = month.long.split()[0]
            own = f"{name}’s own {row.latest.printed.removesuffix(' [r]')}"
            if is_mostly_elsewhere(row):
                months = row.verdict.flagged_12
                sentence += f" {own} is a usual one, but {months} of the last 12 months were not."
            else:
                headline += f", though {name} is usual for it"
                sentence += f" {own} is usual variation."
    return Matter(
        kind=MatterKind.GAP,
        word="Standing gap",
        headline=headline,
        sentence=sentence,
        refs=(row.indicator.ref,),
        rule=f"further from {standing.name} than chance explains",
    )
