"""The figures released before, out of all loads, and as observations for the page.

A later load wins, cell by cell; `in_order` says which is later. A blank cell says nothing and a
cell set aside says what cannot be true: neither puts out a figure that an earlier load gave. What
was put out is kept: that is how a page knows that a figure was revised.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.periods import Month
from openscorecard.scorecard.observation import Observation, Observations, ReleasedCell
from openscorecard.scorecard.page import FigureStatus, Source, Vintage
from openscorecard.statistics.ranges import half_up
from openscorecard.units import Unit
from openscorecard.workspace.figures import SET_ASIDE, VALUE, LoadedCell
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import Load, cells_of, page_loads

# What says nothing about a figure (a blank, a "see note"), and what says only that a number is
# wrong; all else speaks.
_SAYS_LITTLE = ("blank", "text", SET_ASIDE)


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """A loaded cell, the load that it came in, and the place of that load in the order in which
    loads count."""

    cell: LoadedCell
    load: Load
    order: int = 0

    @property
    def number(self) -> Fraction | None:
        """The figure, in printed units; None where it is set aside or there is none."""
        return None if self.cell.status == SET_ASIDE else self.cell.number

    def prints_as(self, other: ReleasedFigure) -> bool:
        """Whether both are one figure, printed to other digits perhaps: 16% and 16.3%."""
        here, there = self.cell, other.cell
        if here.number is None or there.number is None:
            return here.number is there.number
        digits = min(here.decimals, there.decimals)
        return half_up(here.number, digits) == half_up(there.number, digits)


@dataclass(frozen=True, slots=True)
class ReleasedFigures:
    """What stands, by (ref, month): `values`; by (ref, report month, column): `derived`; and what
    stood before, oldest first: `earlier`. `loads` are all loads in the order in which they came."""

    values: dict[tuple[str, Month], ReleasedFigure] = field(default_factory=dict)
    derived: dict[tuple[str, Month, str], ReleasedFigure] = field(default_factory=dict)
    earlier: dict[tuple[str, Month], tuple[ReleasedFigure, ...]] = field(default_factory=dict)
    loads: tuple[Load, ...] = ()

    def revised(self, ref: str, month: Month) -> ReleasedFigure | None:
        """The figure that was released before, where the one that stands differs from it in
        the digits that both print; None where nothing was revised. A number that was set
        aside here was released all the same: people have read it."""
        now = self.values.get((ref, month))
        if now is None:
            return None
        for before in reversed(self.earlier.get((ref, month), ())):
            if before.cell.number is not None:
                return None if now.prints_as(before) else before
        return None

    def filled(self, ref: str, month: Month) -> bool:
        """Whether an earlier page left blank what stands now."""
        before = self.earlier.get((ref, month), ())
        return bool(before) and all(one.cell.number is None for one in before)


def in_order(loads: Iterable[Load]) -> tuple[Load, ...]:
    """The loads in the order in which they count, from those in which they came.

    The page of a month counts after the pages of the months before, whenever it was loaded: an old
    page that is loaded late must not put out what newer pages say. A load with a reason, or a
    second one of the same month, is a correction and counts after all that was there before it.
    """
    placed: list[tuple[Month, int, Load]] = []
    for came, load in enumerate(loads):
        seen = [other for _, _, other in placed]
        correction = bool(load.reason) or any(other.month == load.month for other in seen)
        newest = max([load.month, *(month for month, _, _ in placed)])
        placed.append((newest if correction else load.month, came, load))
    return tuple(load for _, _, load in sorted(placed, key=lambda item: item[:2]))


def released(workspace: Workspace, until: Month | None = None) -> ReleasedFigures:
    """The released figures of the workspace: of all loads, or of the pages that report `until` or
    a month before it."""
    values: dict[tuple[str, Month], ReleasedFigure] = {}
    derived: dict[tuple[str, Month, str], ReleasedFigure] = {}
    earlier: dict[tuple[str, Month], tuple[ReleasedFigure, ...]] = {}
    loads = tuple(
        load
        for load in in_order(page_loads(workspace.loads))
        if until is None or load.month <= until
    )
    for order, load in enumerate(loads):
        for cell in cells_of(workspace.loads / load.id, load):
            new = ReleasedFigure(cell, load, order)
            if cell.column != VALUE:
                place = (cell.ref, cell.month, cell.column)
                if _wins(new, derived.get(place)):
                    derived[place] = new
                continue
            key = (cell.ref, cell.month)
            old = values.get(key)
            winner, loser = (new, old) if _wins(new, old) else (old, new)
            assert winner is not None
            values[key] = winner
            if loser is not None:
                earlier[key] = (*earlier.get(key, ()), loser)
    return ReleasedFigures(values, derived, earlier, loads)


def _wins(new: ReleasedFigure, old: ReleasedFigure | None) -> bool:
    return old is None or _weight(new) >= _weight(old)


def _weight(figure: ReleasedFigure) -> int:
    status = figure.cell.status
    return _SAYS_LITTLE.index(status) if status in _SAYS_LITTLE else len(_SAYS_LITTLE)


def observations(figures: ReleasedFigures, catalogue: Catalogue) -> Observations:
    """The released figures as the page is made from them; rows that no definition knows are left
    out. A count is exact; a percentage or rate is what its digits allow, unless a workbook held
    more of it than it showed."""
    found: list[Observation] = []
    for (ref, month), figure in figures.values.items():
        indicator = catalogue.get(ref)
        if indicator is None:
            continue
        seen = _observation(figure, indicator.unit, figures.revised(ref, month))
        found.append(replace(seen, filled=figures.filled(ref, month)))
    cells = [
        ReleasedCell(
            ref=ref,
            month=month,
            column=column,
            raw=figure.cell.raw,
            status=figure.cell.status,
            number=figure.number,
            decimals=figure.cell.decimals,
            arrow=figure.cell.arrow,
            load=figure.load.id,
            order=figure.order,
        )
        for (ref, month, column), figure in figures.derived.items()
    ]
    return Observations.of(found, cells)


def _observation(figure: ReleasedFigure, unit: Unit, before: ReleasedFigure | None) -> Observation:
    cell = figure.cell
    exact = cell.exact or (unit is Unit.COUNT and cell.decimals == 0)
    note = cell.note
    if before is not None:
        note = f"released as {before.cell.raw.strip()} before"
        note = f"{note}. {figure.load.reason}" if figure.load.reason else note
    return Observation(
        ref=cell.ref,
        month=cell.month,
        status=FigureStatus.VALUE if figure.number is not None else FigureStatus.NOT_AVAILABLE,
        value=figure.number,
        decimals=None if exact or figure.number is None else cell.decimals,
        digits=cell.decimals if cell.exact and figure.number is not None else None,
        vintage=Vintage.RELEASED,
        load=figure.load.id,
        order=figure.order,
        released_before=None if before is None else before.cell.number,
        note=note,
    )


def sources(figures: ReleasedFigures) -> tuple[Source, ...]:
    """The loads that a page made from these figures rests on, in the order in which they came."""
    used = {figure.load.id for figure in (*figures.values.values(), *figures.derived.values())}
    return tuple(
        Source(load.id, load.file, load.sha256, load.reason)
        for load in figures.loads
        if load.id in used
    )
