"""Invented councils whose pages hold no mistake, for the property tests of the check rules.

A council has 25 months of figures that agree with each other: ratios with their counts, rates of
one population (or of a new edition from some month on), bands, complements, stocks that move by
their flows. Its page shows the newest 3 to 13 of them, rounded as pages round, and every derived
cell is worked out from the unrounded figures of all months, shown or not.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hypothesis import strategies as st

from openscorecard.periods import Month, months_to
from openscorecard.records.printed.page import Cell, CellStatus, PrintedPage, PrintedRow
from openscorecard.statistics.ranges import half_up
from openscorecard.units import Arrow, Unit

HISTORY = 25
NOVEMBER = Month(2023, 11)
Figures = dict[Month, Fraction | None]


@dataclass(frozen=True)
class Style:
    """How a council prints."""

    months: int = 7
    tolerance: Fraction = Fraction(10)
    percent_decimals: int = 0
    rate_decimals: int = 0
    average_decimals: int = 0
    commas: bool = False
    points: bool = False  # changes of percentages in points
    to_even: bool = False  # rounds halves to even
    exact: bool = False  # a workbook that holds the unrounded numbers
    new_edition: int | None = None  # how many months before the newest a new population came in
    named: bool = True  # names tell what belongs together
    report: Month = NOVEMBER
    comments: str = "all"  # all, some, none
    small_changes: bool = True  # changes of small counts are printed too
    one_in: int = 6  # so often a row is missing its newest months


@dataclass
class Line:
    """One indicator with all its months, unrounded."""

    ref: str
    name: str
    unit: Unit
    figures: Figures
    decimals: int = 0
    kind: str = "count"
    outcome: str = ""
    commentary: str = ""


@dataclass
class Council:
    style: Style
    rng: random.Random
    lines: list[Line] = field(default_factory=list)
    links: list[set[str]] = field(default_factory=list)
    ratios: list[tuple[str, str, str]] = field(default_factory=list)
    rates: list[tuple[str, str]] = field(default_factory=list)
    bands: list[list[str]] = field(default_factory=list)
    sections: int = 0

    @property
    def months(self) -> tuple[Month, ...]:
        return months_to(self.style.report, HISTORY)

    def line(self, ref: str) -> Line:
        return next(line for line in self.lines if line.ref == ref)


@dataclass(frozen=True, repr=False)
class CleanPage:
    page: PrintedPage
    council: Council
    seed: int = 0

    def __repr__(self) -> str:
        return f"build({self.council.style}, random.Random({self.seed}))"

    def related(self, ref: str) -> set[str]:
        """The rows that share a relation with this one, itself among them."""
        return {ref}.union(*(group for group in self.council.links if ref in group))


_THINGS = [
    "requests for support",
    "strategy meetings",
    "home visits",
    "health reviews",
    "return interviews",
    "family group meetings",
    "school moves",
    "placement breakdowns",
    "dental checks",
    "care proceedings",
    "private arrangements",
    "complaints",
    "case audits",
    "short breaks",
    "mediation offers",
    "hostel nights",
]
_DOINGS = [
    "completed on time",
    "that led to further action",
    "with the child present",
    "recorded within a day",
    "that were a repeat within a year",
    "agreed by a manager",
]
_OUTCOMES = [
    "Families get the right help early.",
    "Children are safe, and their plans do not drift.",
    "Young people are ready for adult life.",
]
_REMARKS = [
    "The figure is much as it was, and within what we expect of {thing}.",
    "A team has been short of staff; cover for {thing} is in place.",
    "We looked at every case of {thing} and found no pattern.",
    "Up on {before}, after two quiet months for {thing}.",
    "{now}: the {thing} rose with the end of term, as each year.",
    "No change to report for {thing} since {before}.",
]


def build(style: Style, rng: random.Random) -> CleanPage:
    council = Council(style, rng)
    things = rng.sample(_THINGS, 9)
    makers = [_counts, _ratio, _ratio, _small_ratio, _rates, _bands, _complement, _stock, _other]
    chosen = rng.sample(makers, rng.randint(4, len(makers)))
    for maker, thing in zip(chosen, things, strict=False):
        council.sections += 1
        maker(council, thing)
    _blanks(council)
    _texts(council, things)
    return CleanPage(_printed(council), council)


def _add(
    council: Council, name: str, unit: Unit, figures: Figures, kind: str, mark: str = ""
) -> str:
    number = len(council.lines) + 1
    styles = (f"K{number:02d}{mark}", f"{council.sections}.{number}{mark}", f"KPI {number}{mark}")
    ref = styles[_habit(council) % 3]
    decimals = {
        Unit.PERCENT: council.style.percent_decimals,
        Unit.COUNT: 0,
    }.get(unit, council.style.rate_decimals)
    outcome = _OUTCOMES[council.sections % 3]
    council.lines.append(Line(ref, name, unit, figures, decimals, kind, outcome))
    return ref


def _habit(council: Council) -> int:
    """Which of the ways to write a ref this council has."""
    return council.style.months + council.style.report.number


def _walk(council: Council, level: float, noise: float = 0.15) -> Figures:
    """Counts around a level that drifts."""
    rng, figures = council.rng, {}
    for month in council.months:
        level = max(0.0, level * rng.uniform(0.93, 1.075))
        figures[month] = Fraction(max(0, round(rng.gauss(level, max(0.7, level * noise)))))
    return figures


def _level(council: Council) -> float:
    return council.rng.choice([2, 8, 30, 90, 300, 1200])


def _counts(council: Council, thing: str) -> None:
    for words in ("", " of children under five", " reported by schools"):
        name = f"Number of {thing}{words}" if council.style.named else f"{thing}{words}"
        _add(council, name, Unit.COUNT, _walk(council, _level(council)), "count")


def _share_of(council: Council, whole: Figures, share: float) -> Figures:
    """So many of each month's count, as chance has it."""
    rng, figures = council.rng, {}
    for month, number in whole.items():
        assert number is not None
        share = min(0.99, max(0.01, share + rng.uniform(-0.05, 0.05)))
        part = sum(rng.random() < share for _ in range(int(number)))
        figures[month] = Fraction(part)
    return figures


def _percent(top: Figures, bottom: Figures) -> Figures:
    found: Figures = {}
    for month, under in bottom.items():
        over = top[month]
        found[month] = None if not under or over is None else 100 * over / under
    return found


def _ratio(council: Council, thing: str, level: float | None = None) -> None:
    rng, style = council.rng, council.style
    doing = rng.choice(_DOINGS)
    whole = _walk(council, level or rng.choice([30, 90, 300, 1200]))
    part = _share_of(council, whole, rng.uniform(0.05, 0.95))
    shown = rng.choice(["both", "both", "whole", "none"])
    named = style.named
    refs = []
    if shown != "none":
        refs.append(_add(council, f"Number of {thing}", Unit.COUNT, whole, "count"))
    if shown == "both":
        name = f"Number of {thing} {doing}" if named else f"{doing.capitalize()}, number"
        refs.append(_add(council, name, Unit.COUNT, part, "part"))
    name = f"Percentage of {thing} {doing}" if named else f"{doing.capitalize()} (%)"
    ref = _add(council, name, Unit.PERCENT, _percent(part, whole), "percent", " (%)")
    council.links.append({*refs, ref})
    if shown == "both":
        council.ratios.append((ref, refs[1], refs[0]))


def _small_ratio(council: Council, thing: str) -> None:
    _ratio(council, thing, level=council.rng.choice([0.8, 2, 5, 12]))


def _people(council: Council) -> Figures:
    rng, style = council.rng, council.style
    people = Fraction(rng.randint(15_000, 300_000))
    later = people * Fraction(rng.randint(985, 1015), 1000)
    first = None if style.new_edition is None else style.report.plus(-style.new_edition)
    return {month: later if first and month >= first else people for month in council.months}


def _rates(council: Council, thing: str) -> None:
    """Rates of one population, and now and then one of another (other ages)."""
    rng, people = council.rng, _people(council)
    for index in range(rng.randint(1, 4)):
        of = people
        if index == 2:
            of = {month: Fraction(int(n * Fraction(45, 100))) for month, n in people.items() if n}
        words = ("", " by police", " of young people aged 10 to 17", " out of hours")[index]
        count = _walk(
            council, float(people[council.style.report] or 0) / rng.choice([150, 600, 3000])
        )
        rates: Figures = {
            month: 10_000 * number / (of[month] or 1)
            for month, number in count.items()
            if number is not None
        }
        one = _add(council, f"Number of {thing}{words}", Unit.COUNT, count, "count")
        name = f"Number of {thing}{words}, rate per 10,000"
        other = _add(council, name, Unit.PER_10000, rates, "rate")
        council.links.append({one, other})
        council.rates.append((other, one))


def _bands(council: Council, thing: str) -> None:
    rng = council.rng
    whole = _walk(council, rng.choice([40, 300]))
    left, parts = dict(whole), []
    for share in (0.15, 0.35, 0.35, 0.6):
        part = _share_of(council, left, share)
        left = {month: (left[month] or 0) - (part[month] or 0) for month in left}
        parts.append(part)
    parts.append(left)
    words = ("within 5 days", "within 6-10 days", "within 11-20 days", "within 21-30 days")
    refs = []
    for part, band in zip(parts, (*words, "over 30 days"), strict=True):
        name = f"Percentage of {thing} closed {band}"
        refs.append(_add(council, name, Unit.PERCENT, _percent(part, whole), "band"))
    one = _add(council, f"Number of {thing} closed", Unit.COUNT, whole, "count")
    in_time: Figures = {month: (whole[month] or 0) - (left[month] or 0) for month in whole}
    name = f"Percentage of {thing} closed in 30 working days"
    other = _add(council, name, Unit.PERCENT, _percent(in_time, whole), "percent")
    council.links.append({*refs, one, other})
    council.bands.append(refs)


def _complement(council: Council, thing: str) -> None:
    whole = _walk(council, council.rng.choice([30, 90, 300]))
    part = _share_of(council, whole, council.rng.uniform(0.1, 0.9))
    rest: Figures = {month: (whole[month] or 0) - (part[month] or 0) for month in whole}
    one = _add(
        council,
        f"Percentage of {thing} held on time",
        Unit.PERCENT,
        _percent(part, whole),
        "complement",
    )
    other = _add(
        council,
        f"Percentage of {thing} held late",
        Unit.PERCENT,
        _percent(rest, whole),
        "complement",
    )
    council.links.append({one, other})


def _stock(council: Council, thing: str) -> None:
    rng = council.rng
    level = rng.choice([20, 100, 500])
    joined, left = _walk(council, level / 10), _walk(council, level / 10)
    stock: Figures = {}
    now = Fraction(level)
    for month in council.months:
        left[month] = min(left[month] or Fraction(0), now)
        now = now + (joined[month] or 0) - (left[month] or 0)
        stock[month] = now
    refs = [
        _add(council, f"Number of {thing} open at end of period", Unit.COUNT, stock, "count"),
        _add(council, f"Number of new {thing} open", Unit.COUNT, joined, "count"),
        _add(council, f"Number of ceasing {thing} open", Unit.COUNT, left, "count"),
    ]
    part = _share_of(council, stock, 0.5)
    share = _percent(part, stock)
    name = f"Percentage of {thing} open at end of period seen this month"
    refs.append(_add(council, name, Unit.PERCENT, share, "percent"))
    council.links.append(set(refs))


def _other(council: Council, thing: str) -> None:
    """A row each of what is measured, what comes by the quarter, and what may pass 100%."""
    rng = council.rng
    days: Figures = {m: Fraction(rng.randint(1500, 2600), 100) for m in council.months}
    _add(council, f"Average days from request to {thing}", Unit.COUNT, days, "measured")
    quarters: Figures = {
        m: Fraction(rng.randint(20, 60)) if m.number % 3 == 0 else None for m in council.months
    }
    _add(council, f"Families with {thing}, per quarter", Unit.COUNT, quarters, "quarterly")
    spent: Figures = {m: Fraction(rng.randint(800, 1300), 10) for m in council.months}
    _add(council, f"Spend on {thing} against budget", Unit.PERCENT, spent, "over")


def _blanks(council: Council) -> None:
    """Rows whose newest months are not in yet, and one that has no figure at all."""
    rng = council.rng
    alone = [line for line in council.lines if line.kind == "count"]
    linked = set().union(*council.links) if council.links else set()
    for line in alone:
        if line.ref not in linked and rng.randrange(council.style.one_in) == 0:
            for month in council.months[-rng.choice([1, 2, HISTORY]) :]:
                line.figures[month] = None


def _texts(council: Council, things: Iterable[str]) -> None:
    rng, style = council.rng, council.style
    before, now = style.report.plus(-1), style.report
    words = list(things)
    earlier = ""
    for index, line in enumerate(council.lines):
        thing = next((one for one in words if one in line.name), "these")
        if style.comments == "none" or (style.comments == "some" and rng.random() < 0.7):
            earlier = ""
            continue
        remark = rng.choice(_REMARKS).format(
            thing=f"{thing} ({line.ref})", before=before.short, now=f"In {now.long}"
        )
        pointer = rng.choice(["As above", "See above.", "See commentary above."])
        same = line.kind == "rate" and council.lines[index - 1].commentary == earlier
        line.commentary = earlier if same and earlier else remark
        if earlier and index and rng.random() < 0.15:
            line.commentary = pointer
        else:
            earlier = line.commentary


def rounded(style: Style, number: Fraction, decimals: int) -> Fraction:
    if style.to_even:
        return Fraction(round(number * 10**decimals), 10**decimals)
    return half_up(number, decimals)


def shown(
    style: Style, number: Fraction | None, unit: Unit, decimals: int, arrow: Arrow | None = None
) -> Cell:
    if number is None:
        return Cell("-", CellStatus.DASH)
    value = rounded(style, number, decimals)
    text = f"{float(value):,.{decimals}f}" if style.commas else f"{float(value):.{decimals}f}"
    raw = f"{arrow.glyph} " if arrow else ""
    raw += text + unit.suffix
    held = value
    if style.exact:  # as a workbook holds it: a double, of a hundredth for a percentage
        scale = 100 if unit is Unit.PERCENT else 1
        held = Fraction(repr(float(number / scale))) * scale
    percent = unit is Unit.PERCENT
    return Cell(raw, CellStatus.VALUE, held, decimals, percent, held != value, arrow)


def arrow_for(style: Style, change: Fraction) -> Arrow:
    if change >= style.tolerance:
        return Arrow.UP
    return Arrow.DOWN if change <= -style.tolerance else Arrow.LEVEL


def change_of(style: Style, line: Line, now: Month, base: Month) -> Fraction | None:
    after, before = line.figures[now], line.figures[base]
    if after is None or before is None:
        return None
    if style.points and line.unit is Unit.PERCENT:
        return after - before
    if before == 0:
        return None
    if not style.small_changes and line.unit is Unit.COUNT and before < 10:
        return None
    return (after / before - 1) * 100


def change_cell(style: Style, line: Line, now: Month, base: Month) -> Cell:
    change = change_of(style, line, now, base)
    if change is None:
        return Cell("n/a", CellStatus.NOT_AVAILABLE)
    return shown(style, change, Unit.PERCENT, 0, arrow_for(style, change))


def average_of(council: Council, line: Line) -> Fraction | None:
    held = [n for m in months_to(council.style.report, 12) if (n := line.figures[m]) is not None]
    return sum(held, Fraction(0)) / len(held) if held else None


def maximum_of(council: Council, line: Line) -> Fraction | None:
    held = [n for m in months_to(council.style.report, 12) if (n := line.figures[m]) is not None]
    return max(held) if held else None


def _printed(council: Council) -> PrintedPage:
    style = council.style
    months = council.months[-style.months :]
    rows = tuple(
        _row(council, line, months, number) for number, line in enumerate(council.lines, 2)
    )
    return PrintedPage("invented.csv", 1, months, {}, rows)


def _row(council: Council, line: Line, months: tuple[Month, ...], number: int) -> PrintedRow:
    style = council.style
    now, base, year = style.report, style.report.plus(-1), style.report.plus(-12)
    decimals = style.average_decimals if line.unit is Unit.COUNT else line.decimals
    return PrintedRow(
        line.ref,
        line.name,
        1,
        number,
        {m: shown(style, line.figures[m], line.unit, line.decimals) for m in months},
        outcome=line.outcome,
        commentary=line.commentary,
        unit=line.unit,
        change_month=change_cell(style, line, now, base),
        change_year=change_cell(style, line, now, year),
        average_12m=shown(style, average_of(council, line), line.unit, decimals),
        maximum_12m=shown(style, maximum_of(council, line), line.unit, line.decimals),
        change_month_base=base,
        change_year_base=year,
        comment_month=now,
        has_commentary_column=True,
    )


@st.composite
def styles(draw: st.DrawFn) -> Style:
    """Every habit of printing that the rules must bear with."""
    points = draw(st.booleans())
    return Style(
        months=draw(st.integers(3, 13)),
        tolerance=draw(st.sampled_from([Fraction(n) for n in (10, 5, 2, 6, 12, 25)])),
        percent_decimals=draw(st.integers(0, 1)),
        rate_decimals=draw(st.integers(0, 1)),
        average_decimals=draw(st.integers(0, 1)),
        commas=draw(st.booleans()),
        points=points,
        to_even=draw(st.booleans()),
        exact=draw(st.integers(0, 3)) == 0,
        new_edition=draw(st.none() | st.integers(0, 14)),
        named=draw(st.booleans()),
        report=Month(2023, draw(st.integers(1, 12))),
        comments=draw(st.sampled_from(["all", "some", "none"])),
        small_changes=draw(st.booleans()),
    )


@st.composite
def clean_pages(draw: st.DrawFn) -> CleanPage:
    style, seed = draw(styles()), draw(st.integers(0, 2**32))
    return replace(build(style, random.Random(seed)), seed=seed)
