"""In which cells a newly kept file differs from one that was there, of the years that both have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from openscorecard.comparators.kept_figures import KeptFigures, lines_of_year
from openscorecard.comparators.manifest import Entry, newest_first
from openscorecard.comparators.symbols import SHORT, Status
from openscorecard.comparators.values import exact
from openscorecard.statistics.ranges import printed

MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Differs:
    """`older` is the file that was there; `cells` of it have another figure in the new one, of
    which some are told; `lacking` are not in the new one at all; `counts` is whether the new one is
    used from now on for the years that both have."""

    older: Entry
    cells: int
    told: tuple[str, ...]
    lacking: int
    counts: bool


def differences(
    new: Entry, had: Sequence[Entry], figures_of: Callable[[Entry], KeptFigures]
) -> tuple[Differs, ...]:
    """One for each file of the same source that was used until now for a year that the new one has
    too, the newest first. `figures_of` opens a file's figures."""
    same = [one for one in newest_first(had) if one.prefix == new.prefix and one.series]
    order = newest_first([*had, new])
    taken: set[tuple[str, int]] = set()
    found = []
    for older in same:
        shared: list[tuple[str, int]] = []
        for series, years in new.series.items():
            both = set(years) & set(older.series.get(series, ()))
            shared += [(series, year) for year in sorted(both) if (series, year) not in taken]
        if not shared:
            continue
        taken |= set(shared)
        cells, lacking = 0, 0
        told: list[str] = []
        for words in _between(figures_of(new), figures_of(older), shared):
            if not words:
                lacking += 1
                continue
            cells += 1
            if len(told) < MOST_TOLD:
                told.append(words)
        counts = order.index(new) < order.index(older)
        found.append(Differs(older, cells, tuple(told), lacking, counts))
    return tuple(found)


def _between(
    new: KeptFigures, older: KeptFigures, shared: Sequence[tuple[str, int]]
) -> Iterator[str]:
    """Each cell of `older` that the new file has otherwise, in words; "" for one that it lacks."""
    for series, year in shared:
        here = lines_of_year(new.text(series), year)
        there = lines_of_year(older.text(series), year)
        if here == there:
            continue
        cells: dict[str, tuple[str, str]] = {}
        for line in here:
            _, code, dfe, name, _, _, value, status = line.split("\t")
            cells |= {key: (value, status) for key in (code, dfe, name.casefold()) if key}
        for line in there:
            _, code, dfe, name, _, _, value, status = line.split("\t")
            keys = [key for key in (code, dfe, name.casefold()) if key in cells]
            if not keys:
                yield ""
                continue
            now = cells[keys[0]]
            if _said(*now) != _said(value, status):
                yield (
                    f"{series.partition(':')[2]}, {name}, {year}: "
                    f"{_said(value, status)} there, {_said(*now)} here"
                )


def _said(value: str, status: str) -> str:
    if not value:
        return SHORT[Status(status)]
    return printed(exact(value), len(value.partition(".")[2].rstrip("0")))
