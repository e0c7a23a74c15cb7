"""What is not usual variation this month, and in what order it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from openscorecard.catalogue.indicator import Frequency
from openscorecard.periods import Month
from openscorecard.scorecard.build import PROVISIONAL
from openscorecard.scorecard.families import Families, rests_on_few
from openscorecard.scorecard.matter import Matter, MatterKind
from openscorecard.scorecard.page import FigureStatus, Row
from openscorecard.scorecard.signals.words import UNLIKE
from openscorecard.scorecard.standing_gaps import Gap
from openscorecard.scorecard.verdict import JudgedMonth, Rule, Side, Signal, Verdict
from openscorecard.units import Arrow, Unit

OLD = 12  # a run of more months than this is no news: its owner is asked for a new baseline

_KINDS = {
    Signal.CONCERN: MatterKind.CONCERN,
    Signal.IMPROVEMENT: MatterKind.IMPROVEMENT,
    Signal.NEUTRAL: MatterKind.UNUSUAL,
}
_RULES = {
    Rule.OUTSIDE: "outside its usual range",
    Rule.TREND: "a trend",
    Rule.TWO_OF_THREE: "two of three months near a limit",
    Rule.SHIFT: "a run of months on one side",
}
_ORDINALS = (
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Special:
    """A row with a special cause, the rows of its family that have one too, and what ranks it."""

    row: Row
    siblings: tuple[Row, ...]
    rank: tuple[object, ...]

    @property
    def is_weak(self) -> bool:
        """Whether it comes after all that are not: see `_rank`."""
        return bool(self.rank[0])


def special_causes(
    rows: Iterable[Row], families: Families, place: Callable[[Row], tuple[int, int, str]]
) -> tuple[Special, ...]:
    """The special causes of the report month, the first to be told first, one of a family.

    Ranked: concerns before all others; outside the limits before runs; the newest first (fewest
    months that it has lasted), then the furthest from the centre. Parts of a composition, figures
    that rest on few, months that repeat last year's and low figures that can still rise are weak,
    and come after all others. A run of more than twelve months is left out.
    """
    found = [
        Special(row, (), (*_rank(row, families), place(row)))
        for row in rows
        if is_special(row) and not is_old(row)
    ]
    found.sort(key=lambda one: one.rank)
    groups: list[list[Row]] = []
    for one in found:
        home = next((g for g in groups if _same_story(g[0], one.row, families)), None)
        if home is None:
            groups.append([one.row])
        else:
            home.append(one.row)
    ranks = {one.row.indicator.ref: one.rank for one in found}
    return tuple(_told(group, ranks) for group in groups)


def is_special(row: Row) -> bool:
    return (
        row.verdict is not None and row.verdict.signal.is_special and row.latest.value is not None
    )


def is_old(row: Row) -> bool:
    """Whether the run has lasted more than a year and nobody has dated a new baseline."""
    return is_special(row) and row.verdict is not None and lasted(row.verdict) > OLD


def lasted(verdict: Verdict) -> int:
    """For how many months, the latest among them, what the rule speaks of has held. A run's months
    are the verdict's own; a point outside the limits is looked for in the months before it."""
    if verdict.rule is not Rule.OUTSIDE:
        return len(verdict.months)
    count = 0
    for at in reversed(verdict.chart):
        if at.rule is not Rule.OUTSIDE or at.side is not verdict.side:
            break
        count += 1
    return max(count, 1)


def sigmas(at: JudgedMonth | None) -> float:
    """How far the month lies from the centre, in thirds of the way to its limit; 0 where the chart
    does not tell. A limit that is cut off at 0 or at 100% is no measure: the wider side is."""
    if at is None or at.value is None or at.centre is None or at.upper is None or at.lower is None:
        return 0.0
    reach = max(at.upper - at.centre, at.centre - at.lower)
    return 0.0 if reach <= 0 else round(3 * abs(at.value - at.centre) / reach, 6)


def _rank(row: Row, families: Families) -> tuple[object, ...]:
    verdict = row.verdict
    assert verdict is not None
    may_rise = PROVISIONAL in row.latest.note and verdict.side is Side.BELOW
    weak = rests_on_few(row) is not False or verdict.seasonal or may_rise
    return (
        weak or row.indicator.ref in families.parts,
        verdict.signal is not Signal.CONCERN,
        verdict.rule is not Rule.OUTSIDE,
        lasted(verdict),
        -sigmas(verdict.at(row.latest.month)),
    )


def _same_story(a: Row, b: Row, families: Families) -> bool:
    """One count, as it is, as a share and as a rate; or a share that moves against what it is a
    share of, which alone moves it so."""
    if families.one_count(a.indicator.ref, b.indicator.ref):
        return True
    if not families.one_family(a.indicator.ref, b.indicator.ref):
        return False
    sides = {row.verdict.side for row in (a, b) if row.verdict is not None}
    return sides == {Side.ABOVE, Side.BELOW}


def _told(group: Sequence[Row], ranks: dict[str, tuple[object, ...]]) -> Special:
    """The group as its strongest row ranks it, told by the row that says it best."""
    strongest = group[0]
    lead = next((row for row in group[1:] if _tells_better(row, strongest)), strongest)
    siblings = tuple(row for row in group if row is not lead)
    return Special(lead, siblings, ranks[strongest.indicator.ref])


def _tells_better(row: Row, than: Row) -> bool:
    """A share tells it better than the count in it, which depends on how many there were; a count
    better than its rate, and better than the share that its own move moves. Only where the two have
    the same verdict."""
    assert row.verdict is not None
    assert than.verdict is not None
    if row.verdict.signal is not than.verdict.signal:
        return False
    one, other = row.indicator, than.indicator
    if one.unit is Unit.PERCENT and one.numerator == other.ref:
        return True
    return (other.unit.is_rate and other.numerator == one.ref) or other.denominator == one.ref


def as_matter(special: Special, month: Month, gap: Gap | None = None) -> Matter:
    """The sentence: the figure, its move, why it is not usual, and the gap of its family to other
    councils where there is one."""
    row = special.row
    verdict = row.verdict
    assert verdict is not None
    assert verdict.rule is not None
    kind = _KINDS[verdict.signal]
    # What is judged on its change has the move in its reason.
    moved = "" if verdict.judged_on == "change" else _moved(row, month)
    sentence = f"{_plain(row)} in {month.long}{moved}: {verdict.reason}{_again(row)}."
    if PROVISIONAL in row.latest.note:
        sentence += " The figure is provisional."
    for one in special.siblings:
        if one.indicator.denominator == row.indicator.ref and one.verdict is not None:
            word = one.verdict.word.lower()
            sentence += f" {one.indicator.short_name}: {_plain(one)}, {word}."
    refs = [row.indicator.ref, *(one.indicator.ref for one in special.siblings)]
    if gap is not None:
        other = gap.row.indicator
        named = "" if other.ref == row.indicator.ref else f"{other.short_name}: "
        sentence += f" {named}{gap.standing.sentence}"
        refs += [] if other.ref in refs else [other.ref]
    return Matter(
        kind=kind,
        word={MatterKind.CONCERN: "Concern", MatterKind.IMPROVEMENT: "Improvement"}.get(
            kind, verdict.word
        ),
        headline=f"{row.indicator.short_name}: {_what(verdict)}",
        sentence=sentence,
        refs=tuple(refs),
        rule=_RULES[verdict.rule],
    )


def _again(row: Row) -> str:
    """`, for the third month in a row`; a run says it in its reason."""
    verdict = row.verdict
    assert verdict is not None
    months = lasted(verdict)
    monthly = row.indicator.frequency is Frequency.MONTHLY
    if verdict.rule is not Rule.OUTSIDE or not monthly or not 1 < months <= OLD:
        return ""
    return f", for the {_ORDINALS[months - 2]} month in a row"


def _what(verdict: Verdict) -> str:
    """The finding in a few words. Of a stock, what is judged is how it changed, and is said so."""
    above, months = verdict.side is Side.ABOVE, lasted(verdict)
    if verdict.judged_on == "change" and verdict.word == UNLIKE:
        return "its monthly change is unlike before"
    if verdict.judged_on == "change":
        way = "up" if above else "down"
        run = f"moving {way} more than usual for {months} months"
        return {
            Rule.OUTSIDE: f"moved {way} more than usual",
            Rule.TREND: f"its monthly change going {way} for {months} months",
            Rule.SHIFT: run,
            Rule.TWO_OF_THREE: f"moved {way} more than usual twice in three months",
            None: "",
        }[verdict.rule]
    return {
        Rule.OUTSIDE: f"unusually {'high' if above else 'low'}",
        Rule.TREND: f"{'rising' if above else 'falling'} for {months} months",
        Rule.SHIFT: f"{'above' if above else 'below'} its usual level for {months} months",
        Rule.TWO_OF_THREE: f"near the {'top' if above else 'bottom'} of its usual range",
        None: "",
    }[verdict.rule]


def _moved(row: Row, month: Month) -> str:
    """`, up 279 on May`; nothing where there is no change to tell."""
    change = row.change_month
    if change.status is not FigureStatus.VALUE or change.way is None:
        return ""
    base = change.base.long if change.base.year != month.year else change.base.long.split()[0]
    if change.way is Arrow.LEVEL:
        return f", as in {base}"
    return f", {change.way.value} {change.moved} on {base}"


def _plain(row: Row) -> str:
    return row.latest.printed.removesuffix(" [r]")
