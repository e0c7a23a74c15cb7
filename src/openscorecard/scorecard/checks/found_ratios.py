"""Percentages and rates whose counts stand on the same page, found by names and figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.checks.digits import derived_range
from openscorecard.scorecard.checks.evidence import change_between, ratio_holds
from openscorecard.scorecard.checks.facts import Facts, Rate, Ratio
from openscorecard.scorecard.checks.names import ordered, phrase, same_word, words
from openscorecard.scorecard.checks.population import asked, most_agreed
from openscorecard.statistics.ranges import half_up
from openscorecard.units import Unit

MONTHS_NEEDED = 4  # fewer months than this prove nothing
SURE_OF_ONE_MISS = 6  # months that must agree for one that does not, where names say nothing
MANY, NEAREST = 80, 30  # of more counts than this, only the most alike are tried: n squared pairs
KINDS_NEEDED = 3  # a row that hardly moves agrees with too much by chance


def found_ratios(facts: Facts, known: Collection[str]) -> Iterator[Ratio]:
    """The ratios of the rows that no catalogue knows; each says whether it is `sure`.

    Two counts whose quotient prints as the percentage in nearly all months are taken for its parts.
    That is sure only where names bear it out: a count may stand close to the true denominator
    (conferences that led to a plan, for plans started) and agree by luck. The printed change then
    often tells, since it was worked out from the true parts.
    """
    counts = [row for row in facts.page.rows if row.ref in facts.counted]
    figures = {count.ref: _floats(facts, count) for count in counts}
    for row in facts.page.rows:
        if row.unit is not Unit.PERCENT or row.ref in known:
            continue
        ratio = _by_name(facts, row, counts)
        if ratio is None or ratio.numerator is None:
            by_figures = _best_parts(facts, row, counts, figures)
            if by_figures is not None and (ratio is None or by_figures.sure):
                ratio = by_figures
        if ratio is not None and (ratio.sure or not _change_denies(facts, ratio)):
            yield ratio


Floats = list[float | None]  # one for each month of the page; the search is over many pairs


def _floats(facts: Facts, row: PrintedRow) -> Floats:
    numbers = [row.value(month).number for month in facts.page.months]
    return [None if number is None else float(number) for number in numbers]


def _best_parts(
    facts: Facts,
    row: PrintedRow,
    counts: Sequence[PrintedRow],
    figures: dict[str, Floats],
) -> Ratio | None:
    """The pair of counts that agrees in most months, names deciding a draw."""
    allowed = [facts.range(row.ref, month) for month in facts.page.months]
    shown = [
        (index, float(one.low) - 1e-9, float(one.high) + 1e-9)
        for index, one in enumerate(allowed)
        if one is not None
    ]
    if len({low for _, low, _ in shown}) < KINDS_NEEDED or len(shown) < MONTHS_NEEDED:
        return None
    best: Ratio | None = None
    best_score = (0, 0)
    if len(counts) > MANY:
        counts = sorted(counts, key=lambda one: -likeness(facts, row, one))[:NEAREST]
    for top in counts:
        for bottom in counts:
            if top is bottom:
                continue
            agreed, missed = _months_agreed(shown, figures[top.ref], figures[bottom.ref])
            if agreed < max(MONTHS_NEEDED, best_score[0]):
                continue
            sure = named(row, top, bottom)
            if missed and not sure and agreed < SURE_OF_ONE_MISS:
                continue
            score = (agreed, likeness(facts, row, top) + likeness(facts, row, bottom))
            if score > best_score:
                best, best_score = Ratio(row.ref, top.ref, bottom.ref, sure=sure), score
    return best


def _months_agreed(
    shown: Sequence[tuple[int, float, float]], top: Floats, bottom: Floats
) -> tuple[int, int]:
    """In how many months the quotient prints as the percentage, above 0%, and in how many it does
    not; of the latter one in seven may be, and one in any case."""
    agreed = missed = 0
    may_miss = max(1, len(shown) // 7)
    for month, low, high in shown:
        over, under = top[month], bottom[month]
        if over is None or not under:
            continue
        if low <= 100 * over / under <= high:
            agreed += low > 0  # that none of many is 0% tells nothing
        else:
            missed += 1
            if missed > may_miss:
                return 0, missed
    return agreed, missed


def likeness(facts: Facts, row: PrintedRow, other: PrintedRow) -> int:
    """How much two rows have in common in name and ref."""
    return len(words(row.name) & words(other.name)) + (5 if _one_stem(facts, row, other) else 0)


def _one_stem(facts: Facts, row: PrintedRow, other: PrintedRow) -> bool:
    return facts.stems[row.ref] == facts.stems[other.ref]


def named(row: PrintedRow, top: PrintedRow, bottom: PrintedRow) -> bool:
    """Whether the names say so too: the numerator is called as the percentage is, or named by
    it, and what the denominator counts is named by the percentage. A ref alone proves nothing."""
    mine = words(row.name)
    its = words(top.name)
    called = len(mine & its) * 2 >= len(mine) or (bool(its) and its <= mine)
    subject = next((word for word in ordered(bottom.name) if word not in _UNTELLING), None)
    return called and subject is not None and any(same_word(subject, word) for word in mine)


# Words that open the name of a count without saying what is counted.
_UNTELLING = {"all", "new", "total", "children", "child", "young", "people", "subject", "current"}


def _change_denies(facts: Facts, ratio: Ratio) -> bool:
    """Whether the printed change is not that of these parts, though they make both months'
    percentages: then the percentage was made from others."""
    row = facts.rows[ratio.percentage]
    change, base, now = row.change_month, row.change_month_base, max(row.values)
    printed = derived_range(change)
    if change is None or printed is None or base is None or base not in row.values:
        return False
    if not (ratio_holds(facts, ratio, now) and ratio_holds(facts, ratio, base)):
        return False
    after, before = facts.quotient(ratio, now), facts.quotient(ratio, base)
    shown, first = row.value(now).number, row.value(base).number
    if after is None or before is None or before.low <= 0 or not first or shown is None:
        return False
    rounded = half_up((shown / first - 1) * 100, change.decimals)
    return not printed.meets(change_between(facts, row, after, before)) and rounded != change.number


_SHARE_OF = re.compile(r"\W*(?:percentage|proportion|share|percent|per cent|%) of (.+)", re.I)
_NUMBER_OF = re.compile(r"\W*(?:number|count|total|no\.?) of (.+)", re.I)


def _by_name(facts: Facts, row: PrintedRow, counts: Sequence[PrintedRow]) -> Ratio | None:
    """`Percentage of transfer-ins where ...` is a share of `Number of transfer-ins`, and `Number of
    transfer-ins where ...` its numerator, unless more than one month speaks against it."""
    match = _SHARE_OF.match(row.name)
    if match is None:
        return None
    share_of, tops, wholes = phrase(match[1]), [], []
    for count in counts:
        of = _NUMBER_OF.match(count.name)
        counted = "" if of is None else phrase(of[1])
        if counted == share_of:
            tops.append(count)
        elif counted and share_of.startswith(counted + " "):
            wholes.append(count)
    for whole in sorted(wholes, key=lambda one: -len(one.name)):
        for top in (*tops, None):
            ratio = Ratio(row.ref, None if top is None else top.ref, whole.ref)
            fits = [ratio_holds(facts, ratio, month) for month in row.values]
            if fits.count(False) <= 1 and fits.count(True) > fits.count(False):
                return ratio
    return None


def found_rates(facts: Facts, known: Collection[str]) -> Iterator[Rate]:
    """The counts of the rates that no catalogue knows: by ref, by a name that says the same, or by
    one that says nearly the same where one population bears it out."""
    counts = [row for row in facts.page.rows if row.ref in facts.counted]
    for row in facts.page.rows:
        if not row.unit.is_rate or row.ref in known:
            continue
        candidates = [count for count in counts if _names_rate(facts, row, count)]
        most = max((likeness(facts, row, count) for count in candidates), default=0)
        alike = [count for count in candidates if likeness(facts, row, count) == most]
        if alike:
            best = alike[0]
            if len(alike) > 1:
                best = max(alike, key=lambda count: _agreed(facts, row, count))
            yield Rate(row.ref, best.ref)


def _names_rate(facts: Facts, row: PrintedRow, count: PrintedRow) -> bool:
    mine, its = words(row.name), words(count.name)
    if _one_stem(facts, row, count) or (its and its <= mine):
        return True
    alike = bool(its) and len(mine & its) >= Fraction(7, 10) * len(its)
    return alike and _agreed(facts, row, count) >= MONTHS_NEEDED


def _agreed(facts: Facts, row: PrintedRow, count: PrintedRow) -> int:
    """In how many months one population makes the rate of the count."""
    return len(most_agreed(asked(facts, Rate(row.ref, count.ref))))
