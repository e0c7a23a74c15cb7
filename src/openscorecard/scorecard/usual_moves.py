"""The big moves that are usual variation: what a reader of arrows would take for news."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from openscorecard.scorecard.families import Families, is_mostly_elsewhere, rests_on_few
from openscorecard.scorecard.matter import UsualMove
from openscorecard.scorecard.page import Change, FigureStatus, Row
from openscorecard.scorecard.verdict import JudgedMonth, Signal
from openscorecard.units import Arrow, Unit

MOST = 4
LEAST_POINTS = 5  # a percentage has to move so far to look big


def usual_moves(
    rows: Iterable[Row], families: Families, place: Callable[[Row], tuple[int, int, str]]
) -> tuple[UsualMove, ...]:
    """At most four moves on the month that an arrow marks and the verdict does not, from a month
    that was usual itself: the way back from an unusual month is no usual variation. Nor is a move
    of a row of which most months of the year were unusual: its range is not that of today.

    The biggest first, as a share of the width of the usual range: the same measure for counts,
    percentages and rates. One of a family, and a count rather than its rate. Counts and shares that
    rest on few are left out: there nearly every move is big. `place` is the row's place on the
    page, for ties.
    """
    rows = tuple(rows)
    special = [one.indicator.ref for one in rows if one.verdict and one.verdict.signal.is_special]
    found = [
        (share, row)
        for row in rows
        if (share := _share_of_range(row)) is not None
        and not any(families.one_count(row.indicator.ref, ref) for ref in special)
    ]
    found.sort(key=lambda item: (-item[0], place(item[1])))
    by_ref = {row.indicator.ref: row for _, row in found}
    chosen: list[Row] = []
    for _, big in found:
        row = _its_count(big, by_ref)
        ref = row.indicator.ref
        kin = (families.one_family(ref, other.indicator.ref) for other in chosen)
        if len(chosen) < MOST and row not in chosen and not any(kin):
            chosen.append(row)
    return tuple(_move(row) for row in chosen)


def _its_count(row: Row, big: dict[str, Row]) -> Row:
    """Of a rate, the count behind it, where that is a big usual move too: the same move, in
    children."""
    if row.indicator.unit.is_rate:
        return big.get(row.indicator.numerator or "", row)
    return row


def _share_of_range(row: Row) -> float | None:
    """How much of the usual range the move crossed; None where it is no big move that is usual."""
    verdict, change = row.verdict, row.change_month
    if verdict is None or verdict.signal is not Signal.NONE or verdict.usual is None:
        return None
    if not _looks_big(row, change) or _before(row) is None or rests_on_few(row) is not False:
        return None
    if _was_unusual(verdict.at(change.base)) or is_mostly_elsewhere(row):
        return None
    drawn = verdict.at(row.latest.month)
    if drawn is None or drawn.lower is None or drawn.upper is None or drawn.upper <= drawn.lower:
        return None
    return round(abs(float(change.difference or 0)) / (drawn.upper - drawn.lower), 6)


def _was_unusual(before: JudgedMonth | None) -> bool:
    """Whether the month was flagged, or lies outside its own limits."""
    if before is None:
        return False
    if before.signal.is_special or before.rule is not None:
        return True
    if before.value is None or before.lower is None or before.upper is None:
        return False
    return not before.lower <= before.value <= before.upper


def _looks_big(row: Row, change: Change) -> bool:
    if row.latest.value is None or change.status is not FigureStatus.VALUE:
        return False
    if change.arrow in (None, Arrow.LEVEL) or change.way in (None, Arrow.LEVEL):
        return False
    if row.indicator.unit is Unit.PERCENT:
        return abs(change.difference or Fraction(0)) >= LEAST_POINTS
    return True


def _before(row: Row) -> str | None:
    """Last month's figure as printed."""
    return next(
        (
            figure.printed.removesuffix(" [r]")
            for figure in row.history
            if figure.month == row.change_month.base and figure.value is not None
        ),
        None,
    )


def _move(row: Row) -> UsualMove:
    assert row.verdict is not None
    assert row.verdict.usual is not None
    assert row.change_month.way is not None
    low, high = row.verdict.usual
    now, before = row.latest.printed.removesuffix(" [r]"), _before(row)
    usual = f"Usual range {low} to {high}."
    if row.verdict.judged_on == "change":  # the range travels with last month's figure
        usual = f"After {before}, {low} to {high} is usual."
    return UsualMove(
        ref=row.indicator.ref,
        way=row.change_month.way.value,
        moved=row.change_month.moved,
        sentence=f"{row.indicator.short_name}: to {now} from {before}. {usual}",
    )
