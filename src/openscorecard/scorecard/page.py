"""The `Scorecard`: one month's page, medium-neutral and frozen.

Every number stands here twice: unrounded, and as it is printed. Renderers print; none computes.
What may not be shown (hidden from the public, not available, does not apply) has no number at all,
a shorthand in `printed`, and the reason in `note`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from openscorecard.catalogue.indicator import Indicator, Section
from openscorecard.comparators.beside import Beside
from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.scorecard.matter import Chance, Matter, Standing, UsualMove
from openscorecard.scorecard.release import Release
from openscorecard.scorecard.signals.settings import SignalSettings
from openscorecard.scorecard.verdict import Verdict
from openscorecard.units import Arrow

WRITTEN_BEFORE = "Written before this figure was corrected."


class FigureStatus(StrEnum):
    """VALUE is the only one with a number."""

    VALUE = "value"
    NOT_AVAILABLE = "not-available"  # [x] no figure was supplied
    NOT_APPLICABLE = "not-applicable"  # [z] nothing to count: a percentage of no children
    HIDDEN = "hidden"  # [c] a small number of children, or a way to work one out
    OUTSIDE_COVERAGE = "outside-coverage"  # [x] the records do not reach that month

    @property
    def shorthand(self) -> str:
        return {
            FigureStatus.VALUE: "",
            FigureStatus.NOT_AVAILABLE: "[x]",
            FigureStatus.NOT_APPLICABLE: "[z]",
            FigureStatus.HIDDEN: "[c]",
            FigureStatus.OUTSIDE_COVERAGE: "[x]",
        }[self]


class Vintage(StrEnum):
    """Which knowledge a figure rests on (DESIGN decision 3)."""

    RELEASED = "released"
    MONTH_CLOSE = "month-close"
    NOW_KNOWN = "now-known"


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator in one month. `printed` is what a cell shows: `2,080`, `16%`, `[x]`.

    `numerator` and `denominator` where they are known. `revised` marks a figure that differs from
    what was released before; its printed form then ends in ` [r]`. `decimals` is None for an exact
    `value`; else no more of it is known than what it was released with, of so many decimals.
    """

    month: Month
    status: FigureStatus
    printed: str
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    vintage: Vintage | None = None
    load: str | None = None
    revised: bool = False
    note: str = ""
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The move from `base` to the report month.

    `percent` is unrounded, in points; `printed` is the classic column's `7%` or `n/a`.
    `difference` is the plain move (children, or percentage points) and `moved` its printed form
    without sign: `279`, `8 pts`; `way` is up, down or level by sign of the move alone.
    `arrow` is the classic arrow with the tolerance in it; None where there is no change to show.
    `as_printed` says that the figure was taken from a released page because the rounded figures at
    hand do not determine it.
    """

    base: Month
    status: FigureStatus
    printed: str
    percent: Fraction | None = None
    arrow: Arrow | None = None
    difference: Fraction | None = None
    moved: str = ""
    way: Arrow | None = None
    as_printed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The 12-month average or maximum. `months` is how many months it rests on (None: as printed
    on a released page, whose months are not all at hand)."""

    status: FigureStatus
    printed: str
    value: Fraction | None = None
    months: int | None = None
    as_printed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparator:
    """One figure to set beside ours. `name` is "England"; `label` the column's head, "ENG".

    `status` is `value`, or `local` where no comparable measure exists, or `not-available`.
    """

    key: str  # sn, eng, region
    label: str
    name: str
    status: str
    printed: str
    value: Fraction | None = None
    year: str = ""
    edition: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What the responsible person says; `by` is a role. `headline` is its first sentence and
    `rest` what follows. `month` is the month that it was written about. `corrected_since` are the
    numbers that it quotes and that its indicator's cells said when it was written: each as it was
    printed then, and as the cell stands now."""

    text: str
    headline: str
    rest: str
    by: str
    month: Month
    corrected_since: tuple[tuple[str, str], ...] = ()

    @property
    def remark(self) -> str:
        """What every medium prints beneath it; "" for most."""
        return WRITTEN_BEFORE if self.corrected_since else ""


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator's line. `figures` are the months shown, oldest first; `history` is up to
    thirty-six months for the chart (the shown ones included). `chart_text` describes the chart in
    words from the same numbers. `notes` are the data notes, each a sentence. `on_record` are up to
    sixty months, which the verdict rests on; `beside` and `standings` are what is published beside
    it and where the council stands to that."""

    indicator: Indicator
    figures: tuple[Figure, ...]
    history: tuple[Figure, ...]
    change_month: Change
    change_year: Change
    average_12m: Summary
    maximum_12m: Summary
    comparators: tuple[Comparator, ...]
    chart_text: str
    comment: Comment | None = None
    earlier_comments: tuple[Comment, ...] = ()
    notes: tuple[str, ...] = ()
    on_record: tuple[Figure, ...] = ()
    verdict: Verdict | None = None
    beside: Beside | None = None
    standings: tuple[Standing, ...] = ()

    @property
    def latest(self) -> Figure:
        return self.figures[-1]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the page's figures came from: a load, its file and the file's SHA-256."""

    load: str
    file: str
    sha256: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The page. `audience` is internal or public; `months` are those shown, oldest first.

    Counts of 1 to `small_numbers` are hidden from the public; 0 hides nothing. `contact` is whom to
    ask for the page in another form, "" where the council has not said. `population` is the number
    of children aged 0-17 that its rates are worked out from, which everybody may know. By
    `signal_settings` its verdicts are made. `release` is None for a draft.
    """

    council: str
    title: str
    month: Month
    months: tuple[Month, ...]
    audience: str
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]
    arrow_tolerance: Fraction
    sources: tuple[Source, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    small_numbers: int = 5
    contact: str = ""
    population: Fraction | None = None
    matters: tuple[Matter, ...] = ()
    usual_moves: tuple[UsualMove, ...] = ()
    chance: Chance | None = None
    signal_settings: SignalSettings = field(default_factory=SignalSettings)
    release: Release | None = None

    @property
    def small_counts(self) -> str:
        """The counts that are hidden from the public, in words: `1 to 5`; "" where none is."""
        return f"1 to {self.small_numbers}" if self.small_numbers > 1 else "1" * self.small_numbers

    def of_section(self, section: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.indicator.section == section)

    def row(self, ref: str) -> Row | None:
        return next((row for row in self.rows if row.indicator.ref == ref), None)
