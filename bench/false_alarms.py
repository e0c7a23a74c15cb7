"""How often the page would call the latest month unusual although nothing has changed.

Called by bench/run.py. Thousands of series of pure noise, of every kind that the page has, are
judged by the page's own code, rules and baseline; then series that did change. A verdict is counted
as it is first published: on the latest month alone. Seeds are fixed, so the tables come out the
same everywhere. They are Markdown.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import noise
import numpy as np
from noise import Counted, Floats, Noise

from openscorecard.periods import Month
from openscorecard.scorecard.derived import ARROW_TOLERANCE
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.signals.found import Found
from openscorecard.scorecard.signals.judge import charts_of
from openscorecard.scorecard.signals.method import Basis, Method
from openscorecard.scorecard.signals.series import Series
from openscorecard.scorecard.signals.settings import SignalSettings
from openscorecard.scorecard.verdict import Rule, Side

SERIES = 12_000  # 3% of them is 3% give or take 0.16 points
RECORDS = (12, 24, 36, 60)  # months
LASTS = tuple(Month(2020, 6).plus(ahead) for ahead in range(1, 13))  # a record ends in any of them
STEPS = (1, 2, 3)  # standard deviations
AFTER = (1, 3, 6, 12)  # months of a real change
FOUND_BY = f"a step up of so many standard deviations, found by month {' / '.join(map(str, AFTER))}"
SETTINGS = SignalSettings()
NEVER = 10**6
VARIANTS = {
    "shift 7, frozen at 24": SignalSettings(shift=7),
    "shift 8, frozen at 24": SignalSettings(shift=8),
    "shift 9, frozen at 24": SignalSettings(shift=9),
    "shift 7, frozen at 36": SignalSettings(shift=7, baseline_months=36),
    "shift 7, never frozen": SignalSettings(shift=7, baseline_months=NEVER),
    "shift 7, no two of three": SignalSettings(shift=7, two_of_three=False),
    "shift 8, trend 6": SignalSettings(shift=8, trend=6),
}


@dataclass(frozen=True, slots=True)
class Alarms:
    """Of the latest month, percentages of all series. `seasonal` are those that a rule flags and
    that the page calls seasonal instead; they are not in `flagged`."""

    flagged: float
    above: float
    seasonal: float
    by_rule: dict[Rule, float]
    series: int

    @property
    def below(self) -> float:
        return self.flagged - self.above

    @property
    def error(self) -> float:
        """One standard error."""
        return 100 * math.sqrt(self.flagged / 100 * (1 - self.flagged / 100) / self.series)


def main() -> None:
    for table in (false_alarm_table, arrow_table, variant_table, power_table):
        for line in table():
            print(line, flush=True)
        print(flush=True)


def false_alarm_table(settings: SignalSettings = SETTINGS) -> Iterator[str]:
    """Every kind by length of record; at sixty months by rule, and as what the page calls it."""
    yield f"Nothing has changed: % of {SERIES:,} series whose latest month is flagged (aim: 3)"
    yield f"Rules: {settings.words}; limits frozen at {settings.baseline_months} points"
    yield ""
    heads = [f"{record} months" for record in RECORDS]
    ends = ["outside", "trend", "2 of 3", "shift", "seasonal", "better", "worse", "s.e."]
    yield from head("of pure noise", [*heads, *ends])
    for number, kind in enumerate(noise.KINDS):
        found = [alarms(kind, record, settings, number) for record in RECORDS]
        last = found[-1]
        cells = ["not judged" if one is None else f"{one.flagged:.1f}" for one in found]
        assert last is not None
        cells += [f"{last.by_rule[rule]:.1f}" for rule in Rule]
        cells.append(f"{last.seasonal:.1f}")
        sides = (0.0, 0.0) if kind.little else (last.above, last.below)
        cells += [f"{side:.1f}" for side in sides]
        yield row(kind.name, [*cells, f"{last.error:.2f}"])
    yield row("rolling 12-month figure", ["refused"] * len(RECORDS) + [""] * len(ends))
    yield ""
    yield "By rule, as seasonal, and as better or worse (more being better): at 60 months."


def alarms(kind: Noise, record: int, settings: SignalSettings, seed: int) -> Alarms | None:
    """None where so short a record is not judged."""
    random = np.random.default_rng([seed, record])
    rules: Counter[Rule] = Counter()
    flagged = above = seasonal = judged = 0
    for last in LASTS if kind.calendar else LASTS[-1:]:
        months = noise.months_of(kind, last, record)
        made = kind.make(random, SERIES // (12 if kind.calendar else 1), months)
        for one in judge(kind, made, months, settings):
            if not one.can_judge(one.last):
                continue  # the page says so, and flags nothing
            judged += 1
            rule = one.fired(one.last)
            if rule is None:
                continue
            if one.repeats_last_year(one.last):
                seasonal += 1
                continue
            flagged += 1
            rules[rule] += 1
            above += one.side_of(one.last) is Side.ABOVE
    if not judged:
        return None
    part = 100 / SERIES
    by_rule = {rule: part * rules[rule] for rule in Rule}
    return Alarms(part * flagged, part * above, part * seasonal, by_rule, SERIES)


def judge(
    kind: Noise, made: Counted, months: tuple[Month, ...], settings: SignalSettings
) -> list[Found]:
    """The series with their charts, by the code that judges the page."""
    values, sizes = made.values, made.sizes
    if kind.basis is Basis.CHANGE:
        values = np.diff(values, axis=1, prepend=np.nan)
    if kind.basis is Basis.PER_WORKING_DAY:
        values = values / noise.days_of(months)
    same = (1.0,) * len(months), (0.0,) * len(months), (0,) * len(months), ("",)
    no_row = cast(Row, None)  # the charts of a series do not ask whose they are
    each = [None] * len(values) if sizes is None else [tuple(by) for by in sizes.tolist()]
    series = [
        Series(no_row, Method(kind.basis), kind.chart, months, (), tuple(one), by, *same)
        for one, by in zip(values.tolist(), each, strict=True)
    ]
    return charts_of(series, settings)


def arrow_table() -> Iterator[str]:
    """The printed page's habit beside the rules, on the same noise of 24 months."""
    record, tolerance = 24, float(ARROW_TOLERANCE)
    yield f"The same noise read as two figures: % of {SERIES:,} series of {record} months"
    yield ""
    heads = [
        "not as last month",
        "moved over 5%",
        f"arrow ({tolerance:.0f}%)",
        "rules on the level",
    ]
    yield from head("nothing has changed", [*heads, "the page"])
    rolling = Noise("rolling 12-month figure", noise.rolling_year(20))
    for number, kind in enumerate((*noise.KINDS, rolling)):
        if kind.quarterly:
            continue
        random = np.random.default_rng([number, record])
        months = noise.months_of(kind, LASTS[-1], record)
        made = kind.make(random, SERIES, months)
        level = made.values if made.sizes is None else made.values / made.sizes
        plain = Noise(kind.name, kind.make, kind.chart)
        by_rules = [one.fired(one.last) for one in judge(plain, made, months, SETTINGS)]
        cells = [*moves(level, tolerance), 100 * sum(map(bool, by_rules)) / SERIES]
        page = None if kind is rolling else alarms(kind, record, SETTINGS, number)
        ours = "refused" if page is None else f"{page.flagged:.1f}"
        yield row(kind.name, [*(f"{cell:.0f}" for cell in cells[:-1]), f"{cells[-1]:.1f}", ours])


def moves(level: Floats, tolerance: float) -> tuple[float, float, float]:
    """How many latest months are not as the last, moved by over 5%, and get the printed arrow."""
    now, before = level[:, -1], level[:, -2]
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = 100 * np.abs(now / before - 1)  # of 0: infinite, and of 0 on 0 no number
    return (
        100 * float(np.mean(now != before)),
        100 * float(np.mean(percent > 5)),
        100 * float(np.mean(percent >= tolerance)),
    )


def variant_table() -> Iterator[str]:
    """Other rules, weighed: false alarms, and how many real changes they find in time."""
    yield "What other rules would cost, with counts of mean 100: % of series flagged"
    yield "Where nothing has changed; and " + FOUND_BY
    yield ""
    heads = [f"{record} months" for record in RECORDS]
    yield from head("rules", [*heads, *(f"{step} sd after 24" for step in STEPS)])
    for name, settings in VARIANTS.items():
        found = [alarms(noise.STEADY, record, settings, len(RECORDS)) for record in RECORDS]
        cells = [f"{one.flagged:.1f}" for one in found if one is not None]
        yield row(name, [*cells, *(caught(settings, 24, step) for step in STEPS)])


def power_table() -> Iterator[str]:
    """What the page finds of a change that is real."""
    yield "A real change: % of series, " + FOUND_BY
    yield ""
    yield from head("before the step", [f"{step} sd" for step in STEPS])
    for before in (12, 24, 36, 48):
        yield row(f"{before} months", [caught(SETTINGS, before, step) for step in STEPS])
    yield ""
    yield (
        "One sd: 4 of a count of 20, 10 of 100; 11 points of a percentage of 20 at 60%, "
        "5 of one of 60 at 85%, 1 of one of 300 at 95%."
    )


def caught(settings: SignalSettings, before: int, step: int) -> str:
    """Of steady counts that rise by so many standard deviations: how many were flagged as high (or
    rising) in at least one month by then, each month judged as it came."""
    random = np.random.default_rng([before, step])
    series, length = SERIES // 4, before + AFTER[-1]
    months = noise.months_of(noise.STEADY, LASTS[-1], length)
    values = noise.STEADY.make(random, series, months).values
    values[:, before:] += random.poisson(noise.DEVIATION * step, (series, AFTER[-1]))
    seen = np.zeros(series, dtype=bool)
    found = []
    for after in range(1, AFTER[-1] + 1):
        so_far = before + after
        made = Counted(values[:, :so_far])
        seen |= [is_high(one) for one in judge(noise.STEADY, made, months[:so_far], settings)]
        if after in AFTER:
            found.append(f"{100 * seen.mean():.0f}")
    return " / ".join(found)


def is_high(found: Found) -> bool:
    last = found.last
    return found.side_of(last) is Side.ABOVE and not found.repeats_last_year(last)


def head(first: str, names: Sequence[str]) -> Iterator[str]:
    yield row(first, names)
    yield row("---", ["---:"] * len(names))


def row(first: str, cells: Sequence[str]) -> str:
    return f"| {first:28} | " + " | ".join(f"{cell:>9}" for cell in cells) + " |"


if __name__ == "__main__":
    main()
