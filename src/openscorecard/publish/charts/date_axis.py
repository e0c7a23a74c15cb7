"""Dates along the foot of a chart: days, months or years, as many names as have room."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.svg import element, path

TALL = 42.0
_APART = 60.0  # from one name to the next at least


@dataclass(frozen=True, slots=True)
class DatePlace:
    """Where a date lies: the first at the left of the plot, the last at its right."""

    first: dt.date
    last: dt.date
    frame: Frame

    def at(self, date: dt.date) -> float:
        inset = 22.0 if self.frame.wide else 12.0
        left, right = self.frame.left + inset, self.frame.right - inset
        days = (self.last - self.first).days
        if not days:
            return (left + right) / 2
        return left + (right - left) * ((date - self.first).days / days)


def date_axis(dates: Sequence[dt.date], place: DatePlace, foot: float) -> list[str]:
    """The latest date in bold, then every other that has room; the year below where it changes."""
    days = any(date.day != dates[0].day for date in dates) and not _all_month_ends(dates)
    ticks, name = _ticks(place, days=days)
    latest = _Tick(place.last, _latest_name(place.last, name, days=days))
    parts: list[str] = []
    taken: list[Box] = []
    year_taken: list[Box] = []
    for tick in [latest, *(_Tick(date, name(date)) for date in ticks)]:
        x = place.at(tick.date)
        anchor = "end" if tick is latest and name is _year else "middle"
        x = place.frame.right if anchor == "end" else x
        box = Box.of_text(tick.words, x, foot + 16, 17, anchor)
        if any(box.meets(other) for other in taken):
            continue
        taken.append(box)
        css = "t-b" if tick is latest else "t-s"
        parts.append(_words(tick.words, css, x, foot + 16, anchor))
    for date in [place.last, *_year_starts(ticks)]:
        x = place.at(date)
        box = Box.of_text(f"{date.year}", x, foot + 34, 17)
        if name is not _year and not any(box.meets(other) for other in year_taken):
            year_taken.append(box)
            parts.append(_words(f"{date.year}", "t-s", x, foot + 34))
    marks = (place.at(date) for date in ticks)
    parts += [path([(x, foot), (x, foot + 4)], "g-edge") for x in marks]
    return parts


@dataclass(frozen=True, slots=True)
class _Tick:
    date: dt.date
    words: str


def _all_month_ends(dates: Sequence[dt.date]) -> bool:
    return all(date.day == calendar.monthrange(date.year, date.month)[1] for date in dates)


def _ticks(place: DatePlace, *, days: bool) -> tuple[list[dt.date], Callable[[dt.date], str]]:
    """The finest of the usual steps whose names have room, and how such a date is named."""
    width = place.at(place.last) - place.frame.left
    span = max((place.last - place.first).days, 1)
    if days:
        for step in (1, 2, 7, 14):
            if width * step / span >= _APART:
                return list(_every_days(place, step)), _day
    for months in (1, 3, 6):
        if width * months * 30.4 / span >= _APART:
            return list(_every_months(place, months)), _day if days else _month
    years = next((n for n in (1, 2, 5, 10, 20, 50) if width * n * 365 / span >= _APART), 100)
    return [date for date in _every_months(place, 12) if date.year % years == 0], _year


def _every_days(place: DatePlace, step: int) -> Iterator[dt.date]:
    date = place.last
    while date >= place.first:
        yield date
        date -= dt.timedelta(days=step)


def _every_months(place: DatePlace, step: int) -> Iterator[dt.date]:
    """The first days of months, counted from January; the very first date where it is none."""
    year, month = place.first.year, place.first.month
    while dt.date(year, month, 1) <= place.last:
        date = dt.date(year, month, 1)
        if (month - 1) % step == 0 and date >= place.first:
            yield date
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if year > dt.MAXYEAR:
            return


def _year_starts(ticks: Sequence[dt.date]) -> Iterator[dt.date]:
    seen: set[int] = set()
    for date in sorted(ticks):
        if date.year not in seen:
            seen.add(date.year)
            yield date


def _day(date: dt.date) -> str:
    return f"{date.day} {calendar.month_abbr[date.month]}"


def _month(date: dt.date) -> str:
    return calendar.month_abbr[date.month]


def _year(date: dt.date) -> str:
    return f"{date.year}"


def _latest_name(date: dt.date, name: Callable[[dt.date], str], *, days: bool) -> str:
    """The latest date bears its year itself where no year stands below it."""
    words = _day(date) if days else _month(date)
    return f"{words} {date.year}" if name is _year else words


def _words(text: str, css: str, x: float, y: float, anchor: str = "middle") -> str:
    return element("text", text, class_=css, x=x, y=y, text_anchor=anchor)
