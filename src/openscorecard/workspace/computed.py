"""The figures of a load, counted once and kept.

    figures/2021-06-records-001.csv     what the load's rows give, month by month
    cache/<hash>.sql                    the compiled query

A load never changes, so its figures change only with the definitions, the settings, the population
and the program; a key made from all of these stands in the first line, and where it differs the
figures are counted anew. Figures stay where rows are taken out: a load whose rows were dropped, or
that a child's rows were taken from, keeps those that it had. A hash in the first line tells a file
that was changed by hand: nothing in it counts.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from openscorecard import __version__
from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.engines.duckdb import Engine, month_of
from openscorecard.errors import InputError
from openscorecard.files import replace_file
from openscorecard.measures.count import (
    compiled,
    counted_levels,
    counts_of,
    plan_for,
    source_hash,
    stretches,
)
from openscorecard.measures.figures import Measured, MeasuredFigure, Status
from openscorecard.periods import Month
from openscorecard.records.extracts.supplied import SuppliedFigure
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.records_load import RecordsLoad, check_stored, table_paths

FIGURES, CACHE = "figures", "cache"
HEADER = ("ref", "month", "status", "value", "numerator", "denominator", "note")

Figures = dict[tuple[str, Month], MeasuredFigure]
Tell = Callable[[str], None]


def nobody(_: str) -> None:
    """Hears nothing of what is being done."""


def figures_of(
    workspace: Workspace,
    load: RecordsLoad,
    catalogue: Catalogue,
    months: Iterable[Month],
    supplied: tuple[SuppliedFigure, ...],
    council: int = 1,
    *,
    as_counted: bool = False,
    tell: Tell = nobody,
) -> Figures:
    """The load's figures in (at least) these months; what was counted before is not counted again.

    `as_counted` gives suspended figures too. Where the load's rows were dropped there are the
    figures that were kept, and no others; InputError where none were.
    """
    wanted = set(months)
    path = figures_path(workspace, load)
    key = _key(workspace, load, catalogue, supplied, council)
    kept = _kept(path)
    figures: Figures = {}
    if kept is not None and (load.rows_dropped or kept.key == key):
        figures = kept.figures
    elif load.rows_dropped:
        raise InputError(
            "its rows were dropped, and its figures are not here as they were kept",
            where=load.id,
            todo=f"put back {FIGURES}/{path.name} from a copy, or load the extract again",
        )
    missing = wanted - {month for _, month in figures}
    if missing and not load.rows_dropped:
        tell(f"counting the figures of {load.id}")
        figures = figures | count_load(workspace, load, catalogue, missing, supplied, council)
        with contextlib.suppress(InputError):  # where nothing can be kept, it is counted each time
            replace_file(path, _bytes(key, figures))
    return figures if as_counted else _with_suspended(figures, workspace.settings.measures)


def figures_path(workspace: Workspace, load: RecordsLoad) -> Path:
    """Where the figures of the load are kept."""
    return workspace.root / FIGURES / f"{load.id}.csv"


def _with_suspended(figures: Figures, settings: MeasureSettings) -> Figures:
    """What the council has taken off its page has no figure, and says why."""
    if not settings.suspended:
        return figures
    found = dict(figures)
    for ref, month in figures:
        suspension = settings.suspension(ref, month)
        if suspension is not None:
            reason = f"suspended: {suspension.reason}"
            found[ref, month] = MeasuredFigure(ref, month, Status.SUSPENDED, note=reason)
    return found


def count_load(
    workspace: Workspace,
    load: RecordsLoad,
    catalogue: Catalogue,
    months: Iterable[Month],
    supplied: tuple[SuppliedFigure, ...],
    council: int = 1,
) -> Figures:
    """The load's figures, counted from its rows; suspended ones too."""
    settings = workspace.settings
    measures = replace(settings.measures, suspended=())
    figures: Figures = {}
    with engine_of(workspace, load, months) as engine:
        for stretch in stretches(catalogue, months):
            plan = plan_for(catalogue, stretch[0], measures, load.tables, engine.rows)
            names = counted_levels(catalogue, plan)
            sql = compiled(plan, names, workspace.root / CACHE) if names else ""
            counts = counts_of(engine.rows, sql, council, month_of) if names else {}
            measured = Measured(
                catalogue,
                plan,
                counts,
                load.coverage,
                load.month,
                measures,
                settings.population,
                supplied,
            )
            figures |= {(one.ref, one.month): one for one in measured.figures(stretch)}
    return figures


def engine_of(workspace: Workspace, load: RecordsLoad, months: Iterable[Month]) -> Engine:
    """An engine over the load's tables; to be used with `with`. InputError where a file of the
    load is no longer what was loaded."""
    check_stored(workspace.loads / load.id, load)
    paths = table_paths(workspace.loads, load)
    return Engine(paths, months, load.month, load.councils or (1,))


def _key(
    workspace: Workspace,
    load: RecordsLoad,
    catalogue: Catalogue,
    supplied: tuple[SuppliedFigure, ...],
    council: int,
) -> str:
    """What the figures are made from. The load stands there by what was read into it: taking a
    child's rows out changes its files here, and no figure."""
    settings = workspace.settings
    made_from = (
        __version__,
        source_hash(),
        tuple(_as_counted(one) for one in (*catalogue, *catalogue.retired)),
        catalogue.groups,
        sorted(settings.measures.chosen.items()),
        settings.population,
        load.extracted,
        sorted((one.council, one.table, one.sha256) for one in load.files),
        sorted(load.coverage.items()),
        supplied,
        council,
    )
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


def _as_counted(one: Indicator) -> tuple[object, ...]:
    """The indicator without its names, roles and targets, on which no figure rests."""
    definitions = tuple((each.since, each.measure, each.stand_ins) for each in one.definitions)
    return (one.ref, one.kind, one.unit, one.frequency, one.numerator, one.denominator, definitions)


def _bytes(key: str, figures: Figures) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for (ref, month), one in sorted(figures.items(), key=lambda item: (item[0][1], item[0][0])):
        numbers = (one.value, one.numerator, one.denominator)
        shown = ["" if number is None else str(number) for number in numbers]
        writer.writerow([ref, month.iso, one.status, *shown, one.note])
    lines = text.getvalue().encode("utf-8")
    return f"key,{key},{hashlib.sha256(lines).hexdigest()}\r\n".encode() + lines


@dataclass(frozen=True, slots=True)
class _Kept:
    key: str
    figures: Figures


def _kept(path: Path) -> _Kept | None:
    """What was kept; None where there is nothing, or where it is not as it was written."""
    try:
        first, _, lines = path.read_bytes().partition(b"\r\n")
        name, key, digest = first.decode("utf-8").split(",")
        if name != "key" or digest != hashlib.sha256(lines).hexdigest():
            return None
        rows = list(csv.reader(io.StringIO(lines.decode("utf-8"), newline="")))
        if tuple(rows[0]) != HEADER:
            return None
        figures: Figures = {}
        for ref, month_text, status, value, numerator, denominator, note in rows[1:]:
            month = Month.parse(month_text)
            figures[ref, month] = MeasuredFigure(
                ref,
                month,
                Status(status),
                _number(value),
                _number(numerator),
                _number(denominator),
                note,
            )
    except (OSError, ValueError, IndexError, csv.Error, InputError):
        return None
    return _Kept(key, figures)


def _number(text: str) -> Fraction | None:
    return Fraction(text) if text else None
