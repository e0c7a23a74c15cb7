"""Counted figures as the page is made from them, and the loads that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.measures.figures import Status
from openscorecard.periods import Month
from openscorecard.scorecard.observation import Observation, Observations
from openscorecard.scorecard.page import FigureStatus, Source, Vintage
from openscorecard.units import Unit
from openscorecard.workspace.load import sha256_of
from openscorecard.workspace.records_load import RecordsLoad
from openscorecard.workspace.vintages import Counted

_STATUS = {
    Status.VALUE: FigureStatus.VALUE,
    Status.NOTHING_TO_COUNT: FigureStatus.NOT_APPLICABLE,
    Status.OUTSIDE_COVERAGE: FigureStatus.OUTSIDE_COVERAGE,
    Status.NOT_COMPUTABLE: FigureStatus.NOT_AVAILABLE,
    Status.SUSPENDED: FigureStatus.NOT_AVAILABLE,
    Status.NOT_SUPPLIED: FigureStatus.NOT_AVAILABLE,
}


def observation_of(one: Counted, unit: Unit) -> Observation:
    """A counted figure as the page is made from it."""
    figure = one.figure
    of_parts = unit is not Unit.COUNT
    return Observation(
        ref=figure.ref,
        month=figure.month,
        status=_STATUS[figure.status],
        value=figure.value,
        numerator=figure.numerator if of_parts else None,
        denominator=figure.denominator if of_parts else None,
        vintage=one.vintage,
        load=one.load.id,
        note=figure.note,
    )


def with_records(
    seen: Observations,
    from_records: Mapping[tuple[str, Month], Counted],
    catalogue: Catalogue,
    *,
    over: bool = False,
) -> tuple[Observations, tuple[Source, ...]]:
    """The observations with what records give where nothing was released (`over`: everywhere, and
    nothing that a released page had worked out stands), and the loads that were used."""
    figures = dict(seen.figures)
    loads: dict[str, RecordsLoad] = {}
    for key, one in from_records.items():
        before = figures.get(key)
        if before is not None and not over and _stands(before):
            continue
        indicator = catalogue.get(one.figure.ref)
        assert indicator is not None
        figures[key] = observation_of(one, indicator.unit)
        loads[one.load.id] = one.load
    used = sorted(loads.values(), key=lambda one: (one.extracted, one.sequence))
    cells = seen.cells
    if over:
        cells = {key: cell for key, cell in cells.items() if cell.column in _COMPARATORS}
    return replace(seen, figures=figures, cells=cells), tuple(source_of(load) for load in used)


def _stands(before: Observation) -> bool:
    """Whether a page said it: a figure, that there was nothing to count, or that a figure published
    before is withdrawn."""
    withdrawn = before.vintage is Vintage.RELEASED and before.released_before is not None
    return before.value is not None or withdrawn or before.status is FigureStatus.NOT_APPLICABLE


_COMPARATORS = ("sn", "eng", "region")


FIRST_PAGE = (
    "This is the council’s first page: no month was published or closed before it, so every figure "
    "is as now known."
)


def as_first_page(seen: Observations, load: RecordsLoad) -> Observations | None:
    """The observations of a council's first page, all as now known; None where it is not the
    first: a figure was released, or an earlier load closed its month."""
    with_figure = [one for one in seen.figures.values() if one.value is not None]
    if any(one.load != load.id for one in with_figure):
        return None
    return replace(
        seen,
        figures={key: replace(one, vintage=Vintage.NOW_KNOWN) for key, one in seen.figures.items()},
    )


def source_of(load: RecordsLoad) -> Source:
    """The load as the page names it: its files counted, their hashes hashed together."""
    hashes = "".join(f"{one.name}:{one.sha256}\n" for one in load.files)
    number = len(load.files)
    files = f"{number} file{'' if number == 1 else 's'} of {load.extracted.isoformat()}"
    return Source(load.id, files, sha256_of(hashes.encode("utf-8")), load.reason)
