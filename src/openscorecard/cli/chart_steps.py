"""The usual step of a series for `scorecard chart`, and the dates that have no line: gaps.

A line that is missing is no less a gap than an empty value: no moving range and no run may cross
it. Which dates are missing can only be told where the step from line to line is plain.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from openscorecard.cli.chart_file import Reading
from openscorecard.errors import InputError
from openscorecard.working_days import FIRST_YEAR, LAST_YEAR, bank_holidays

MOST = 10_000  # dates without a line; more come of a wrong date
_DAY = dt.timedelta(days=1)
_TOLD = 6  # stretches of missing dates that are named
_LONGEST = 40_000  # days of a daily series: a century
_MONTHS = {1: "month", 3: "quarter", 12: "year"}
_DAYS = {1: "day", 7: "week"}


@dataclass(frozen=True, slots=True)
class Step:
    """From one line to the next: so many months (`ends`: from the last day of one to that of
    another), or so many days. Of a daily series `closed` are the weekdays (Monday 0) on which it
    has never a line, and `holidays` says that it has none on bank holidays either."""

    months: int = 0
    days: int = 0
    ends: bool = False
    closed: frozenset[int] = frozenset()
    holidays: bool = False

    @property
    def noun(self) -> str:
        """`month`, `working day`; "" for a step that has no name."""
        if self.closed == {5, 6}:
            return "working day"
        return _MONTHS.get(self.months, "") if self.months else _DAYS.get(self.days, "")

    @property
    def often(self) -> str:
        """`once a month`, `every 14 days`."""
        if self.noun:
            return f"once a {self.noun}"
        return f"every {self.months} months" if self.months else f"every {self.days} days"


@dataclass(frozen=True, slots=True)
class SteppedSeries:
    """The lines in order, with a gap for each date that has none. `note` says which those are, or
    that nobody can tell; "" where there is nothing to say."""

    readings: tuple[Reading, ...]
    step: Step | None
    note: str = ""


def stepped(readings: Sequence[Reading]) -> SteppedSeries:
    """The series with its missing dates. Under three lines there is no usual step."""
    dates = [one.date for one in readings]
    if len(dates) < 3:
        return SteppedSeries(tuple(readings), None)
    step = usual_step(dates)
    if step is None:
        return SteppedSeries(
            tuple(readings), None, "The dates follow no plain step, so none is taken to be missing."
        )
    filled, stretches, number = list(readings[:1]), [], 0
    for one, other in pairwise(readings):
        missing = _between(one.date, other.date, step)
        number += len(missing)
        if number > MOST:
            raise InputError(
                f"lines come {step.often}, and more than {MOST:,} are missing up to {other.label}",
                where=f"line {other.line}",
                todo="mend the date, or leave out what lies so far off",
            )
        if missing:
            stretches.append(missing)
        filled += [_gap(date, other) for date in missing] + [other]
    return SteppedSeries(tuple(filled), step, _note(stretches, step))


def usual_step(dates: Sequence[dt.date]) -> Step | None:
    """The step that at least three in four take, the dates being in order; None where none does.

    Dates that are all first or last days of months are monthly already where no step is more
    frequent than a month.
    """
    months = [_month(date) for date in dates]
    in_months = [other - one for one, other in pairwise(months)]
    in_days = [(other - one).days for one, other in pairwise(dates)]
    if _one_day_of_month(dates):
        monthly = Counter(in_months)
        ends = _month_ends(dates)
        if (dates[0].day == 1 or ends) and monthly[1] == max(monthly.values()):
            return Step(months=1, ends=ends)
        return _plain(in_months, lambda size: Step(months=size, ends=ends))
    daily = Counter(in_days)
    if daily[1] == max(daily.values()):
        return _daily(dates)
    by_day = _plain(in_days, lambda size: Step(days=size))
    if 0 in in_months or (by_day and daily[by_day.days] >= Counter(in_months).most_common(1)[0][1]):
        return by_day
    return _plain(in_months, lambda size: Step(months=size)) or by_day


def _plain(steps: Sequence[int], made: Callable[[int], Step]) -> Step | None:
    size, times = Counter(steps).most_common(1)[0]
    return made(size) if times * 4 >= len(steps) * 3 else None


def _one_day_of_month(dates: Sequence[dt.date]) -> bool:
    return len({date.day for date in dates}) == 1 or _month_ends(dates)


def _month_ends(dates: Sequence[dt.date]) -> bool:
    return all(date.day == calendar.monthrange(date.year, date.month)[1] for date in dates)


def _daily(dates: Sequence[dt.date]) -> Step | None:
    """A step of one day, of the days on which the series has lines at all."""
    first, last = dates[0], dates[-1]
    if (last - first).days > _LONGEST:
        return None
    span = [first + _DAY * at for at in range((last - first).days + 1)]
    often = Counter(day.weekday() for day in span)
    seen = {date.weekday() for date in dates}
    # One weekend says that there are none; a Wednesday must be wanting three times.
    closed = frozenset(
        day for day, times in often.items() if day not in seen and times >= (1 if day > 4 else 3)
    )
    holidays = False
    if closed >= {5, 6} and first.year >= FIRST_YEAR and last.year <= LAST_YEAR:
        holidays = not set(dates) & set(bank_holidays(first, last))
    step = Step(days=1, closed=closed, holidays=holidays)
    place = {day: at for at, day in enumerate(_open_days(first, last, step))}
    plain = sum(place[other] - place[one] == 1 for one, other in pairwise(dates))
    return step if plain * 4 >= (len(dates) - 1) * 3 else None


def _open_days(first: dt.date, last: dt.date, step: Step) -> list[dt.date]:
    """The days from first to last, both included, on which a daily series has a line."""
    shut = set(bank_holidays(first, last)) if step.holidays else set()
    days = (first + _DAY * at for at in range((last - first).days + 1))
    return [day for day in days if day.weekday() not in step.closed and day not in shut]


def _between(one: dt.date, other: dt.date, step: Step) -> list[dt.date]:
    """The dates without a line between two that have one: as many as steps fit in best."""
    if step.days == 1:
        return [] if other - one == _DAY else _open_days(one, other, step)[1:-1]
    size = step.months or step.days
    wide = _month(other) - _month(one) if step.months else (other - one).days
    missing = range(1, (2 * wide + size) // (2 * size))
    if not step.months:
        return [one + size * at * _DAY for at in missing]
    return [_day_in(_month(one) + size * at, 31 if step.ends else one.day) for at in missing]


def _month(date: dt.date) -> int:
    return date.year * 12 + date.month - 1


def _day_in(month: int, day: int) -> dt.date:
    year, number = month // 12, month % 12 + 1
    return dt.date(year, number, min(day, calendar.monthrange(year, number)[1]))


def _gap(date: dt.date, other: Reading) -> Reading:
    """A date without a line, written as its neighbour is."""
    return Reading(0, date, date.isoformat()[: len(other.label)], None)


def _note(stretches: Sequence[Sequence[dt.date]], step: Step) -> str:
    if not stretches:
        return ""
    told = "; ".join(_stretch_words(one, step) for one in stretches[:_TOLD])
    more = sum(len(one) for one in stretches[_TOLD:])
    rest = f"; and {more:,} more" if more else ""
    gaps = "a gap" if len(stretches) == 1 else "gaps"
    return f"There is no line for {told}{rest}: {gaps}, as lines come {step.often}."


def _stretch_words(dates: Sequence[dt.date], step: Step) -> str:
    """`July and August 2020`, `30 March to 2 April 2021`: no word twice."""
    first, last = dates[0], dates[-1]
    if len(dates) == 1:
        return full_date(last, days=not step.months)
    joint = " and " if len(dates) == 2 else " to "
    begin = full_date(first, days=not step.months)
    if first.year == last.year:
        begin = begin.removesuffix(f" {first.year}")
        if not step.months and first.month == last.month:
            begin = f"{first.day}"
    return begin + joint + full_date(last, days=not step.months)


def full_date(date: dt.date, *, days: bool) -> str:
    """`1 March 2021`; without its day `March 2021`."""
    month = f"{calendar.month_name[date.month]} {date.year}"
    return f"{date.day} {month}" if days else month
