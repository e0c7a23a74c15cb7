"""The named settings of the measures: where councils count differently.

Each says what it takes, what it is when nothing is said, and what the choice means, in words that
the page and `scorecard explain` print. A council writes its own under [measures] in its settings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from openscorecard.periods import Month

Value = str | int | bool | tuple[str, ...] | tuple[int, int]


@dataclass(frozen=True, slots=True)
class MeasureSetting:
    """`read` turns what TOML holds into the value, or raises ValueError; `says` ends the sentence
    "it has to be ...". `seen_in` is the table and column whose values a list picks from."""

    name: str
    default: Value
    says: str
    words: str
    read: Callable[[object], Value]
    seen_in: tuple[str, str] | None = None


def _choice(*options: str) -> Callable[[object], Value]:
    def read(raw: object) -> Value:
        if not isinstance(raw, str) or raw not in options:
            raise ValueError
        return raw

    return read


def _days(low: int, high: int) -> Callable[[object], Value]:
    def read(raw: object) -> Value:
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise ValueError
        return raw

    return read


def _one_of_days(*options: int) -> Callable[[object], Value]:
    def read(raw: object) -> Value:
        if not isinstance(raw, int) or isinstance(raw, bool) or raw not in options:
            raise ValueError
        return raw

    return read


def _yes_or_no(raw: object) -> Value:
    if not isinstance(raw, bool):
        raise ValueError
    return raw


def _texts(raw: object) -> Value:
    if not isinstance(raw, list) or not all(isinstance(one, str) and one.strip() for one in raw):
        raise ValueError
    return tuple(one.strip() for one in raw)


def _ages(raw: object) -> Value:
    if not isinstance(raw, str):
        raise ValueError
    low, dash, high = raw.partition("-")
    if not dash or not low.isdecimal() or not high.isdecimal() or not 16 <= int(low) <= int(high):
        raise ValueError
    if int(high) > 25:
        raise ValueError
    return int(low), int(high)


SETTINGS: tuple[MeasureSetting, ...] = (
    MeasureSetting(
        "re_referral_clock",
        "closure-assessment",
        "closure-assessment, closure or referral",
        "Where the twelve months of a re-referral start: at the assessment that ended without "
        "further action, at the closure of the case, or (as the Department for Education counts) "
        "at the referral before. Only the last may stand beside national figures.",
        _choice("closure-assessment", "closure", "referral"),
    ),
    MeasureSetting(
        "assessment_clock",
        "assessment",
        "assessment or referral",
        "Where the working days of an assessment start: on the day the assessment began, or on the "
        "day of its referral.",
        _choice("assessment", "referral"),
    ),
    MeasureSetting(
        "step_up_end_reasons",
        (),
        "a list of texts",
        "The end reasons of early help, in the council's own words, that mean a step up to social "
        "care. While none is named, stepping up cannot be counted.",
        _texts,
        ("ssd_early_help_episodes", "earl_episode_end_reason"),
    ),
    MeasureSetting(
        "step_up_days",
        30,
        "a whole number from 0 to 365",
        "How many days the end of early help may lie before or after the referral that it led to.",
        _days(0, 365),
    ),
    MeasureSetting(
        "missing_types",
        ("M",),
        "a list of texts",
        "Which spells count as missing: M, missing; A, away without leave from a known place.",
        _texts,
    ),
    MeasureSetting(
        "cp_visit_days",
        15,
        "a whole number from 1 to 60",
        "Within how many working days a child on a protection plan must be seen: a local standard.",
        _days(1, 60),
    ),
    MeasureSetting(
        "new_plan_grace",
        False,
        "true or false",
        "Whether a plan that is newer than those days is in time although nobody has visited yet.",
        _yes_or_no,
    ),
    MeasureSetting(
        "cla_visit_days_after_first_year",
        42,
        "42 or 91",
        "How many days may lie between visits to a looked-after child after the first year of a "
        "placement: six weeks, or three months where the placement is meant to last.",
        _one_of_days(42, 91),
    ),
    MeasureSetting(
        "uasc_statuses",
        ("UASC",),
        "a list of texts",
        "The immigration statuses, in the council's own words, of children who came alone to seek "
        "asylum.",
        _texts,
    ),
    MeasureSetting(
        "care_leaver_categories",
        ("Relevant", "Former Relevant", "Qualifying"),
        "a list of texts",
        "The eligibility categories of care leavers with whom the council is still working. A "
        "record without a category counts as one of them.",
        _texts,
    ),
    MeasureSetting(
        "care_leaver_ages",
        (17, 21),
        'two ages such as "17-21"',
        "The ages of care leavers whose accommodation is reported: 17-21, or 19-21 as in the "
        "national headline.",
        _ages,
    ),
)
BY_NAME = {one.name: one for one in SETTINGS}


@dataclass(frozen=True, slots=True)
class Suspension:
    """A figure that the council takes off its page for some months, and why."""

    ref: str
    since: Month
    until: Month | None
    reason: str

    def holds_in(self, month: Month) -> bool:
        return self.since <= month and (self.until is None or month <= self.until)


@dataclass(frozen=True, slots=True)
class MeasureSettings:
    """What a council has chosen; everything else is by default."""

    chosen: dict[str, Value] = field(default_factory=dict)
    suspended: tuple[Suspension, ...] = ()

    def value(self, name: str) -> Value:
        return self.chosen.get(name, BY_NAME[name].default)

    def suspension(self, ref: str, month: Month) -> Suspension | None:
        return next((s for s in self.suspended if s.ref == ref and s.holds_in(month)), None)
