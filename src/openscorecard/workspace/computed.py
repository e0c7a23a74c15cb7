"""The figures of a load, counted once and kept.

    figures/2021-06-records-001.csv            what the load's rows give, month by month
    figures/2021-06-records-001-council-2.csv  of one of its councils, where it holds several
    cache/<hash>.sql                           the compiled query

A load never changes, so its figures change only with the definitions, the settings, the population
and the program; a key made from all of these stands in the first line, and where it differs the
figures are counted anew. Figures stay where rows are taken out: a load whose rows were dropped, or
that a child's rows were taken from, keeps those that it had; what was dropped and would be counted
otherwise today says so in a note. A hash in the first line tells a file that was changed by hand:
nothing in it counts.
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
    path = figures_path(workspace, load, council)
    key = _key(workspace, load, catalogue, supplied, council)
    kept = _kept(path)
    figures: Figures = {}
    if kept is not None and (load.rows_dropped or kept.key == key):
        figures = kept.figures
        if kept.key != key:
            figures = _with_notes(kept, workspace, catalogue)
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
            replace_file(
                path, _bytes(key, _means(workspace, catalogue), _people(workspace), figures)
            )
    return figures if as_counted else _with_suspended(figures, workspace.settings.measures)


def figures_path(workspace: Workspace, load: RecordsLoad, council: int = 1) -> Path:
    """Where the load's figures of that council are kept."""
    of_council = f"-council-{council}" if len(load.councils) > 1 else ""
    return workspace.root / FIGURES / f"{load.id}{of_council}.csv"


def remove_kept(workspace: Workspace, load_id: str) -> None:
    """Takes away the figures that were kept of a load, of all its councils."""
    folder = workspace.root / FIGURES
    paths = [folder / f"{load_id}.csv", *folder.glob(f"{load_id}-council-*.csv")]
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise InputError(
                f"figures of a load that is gone could not be removed ({error.strerror or error})",
                where=f"{FIGURES}/{path.name}",
                todo="remove this file: no page is made from it",
            ) from error


def are_kept(
    workspace: Workspace,
    load: RecordsLoad,
    catalogue: Catalogue,
    months: Iterable[Month],
    supplied: tuple[SuppliedFigure, ...],
    council: int,
) -> bool:
    """Whether the load's figures of all these months are on disk, as they are counted today."""
    kept = _kept(figures_path(workspace, load, council))
    if kept is None or kept.key != _key(workspace, load, catalogue, supplied, council):
        return False
    return set(months) <= {month for _, month in kept.figures}


def _with_notes(kept: _Kept, workspace: Workspace, catalogue: Catalogue) -> Figures:
    """Figures that nothing can count anew: a note on each that today's definitions, settings or
    population might make another."""
    other_means = kept.means != _means(workspace, catalogue)
    other_people = kept.people != _people(workspace)
    found: Figures = {}
    for key, one in kept.figures.items():
        indicator = catalogue.get(one.ref)
        notes = [one.note] if one.note else []
        if other_means:
            notes.append(OTHER_MEANS)
        if other_people and indicator is not None and indicator.unit.is_rate:
            notes.append(OTHER_PEOPLE)
        found[key] = replace(one, note="; ".join(notes))
    return found


OTHER_MEANS = (
    "counted by definitions or settings that have changed since, and not counted anew: the rows "
    "were dropped"
)
OTHER_PEOPLE = "per a population other than the one stated now: the rows were dropped"


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
            plan = plan_for(catalogue, stretch[0], measures, load.tables, engine.rows, load.lacking)
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


def _means(workspace: Workspace, catalogue: Catalogue) -> str:
    """What the council decides figures by, but for the population."""
    means = (
        tuple(_as_counted(one) for one in (*catalogue, *catalogue.retired)),
        catalogue.groups,
        sorted(workspace.settings.measures.chosen.items()),
    )
    return hashlib.sha256(repr(means).encode()).hexdigest()


def _people(workspace: Workspace) -> str:
    """The population that rates are of."""
    return "" if workspace.settings.population is None else str(workspace.settings.population)


def _as_counted(one: Indicator) -> tuple[object, ...]:
    """The indicator without its names, roles and targets, on which no figure rests."""
    definitions = tuple((each.since, each.measure, each.stand_ins) for each in one.definitions)
    return (one.ref, one.kind, one.unit, one.frequency, one.numerator, one.denominator, definitions)


def _bytes(key: str, means: str, people: str, figures: Figures) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for (ref, month), one in sorted(figures.items(), key=lambda item: (item[0][1], item[0][0])):
        numbers = (one.value, one.numerator, one.denominator)
        shown = ["" if number is None else str(number) for number in numbers]
        writer.writerow([ref, month.iso, one.status, *shown, one.note])
    lines = text.getvalue().encode("utf-8")
    made_from = f"key,{key},{means},{people}"
    return f"{made_from},{_digest(made_from, lines)}\r\n".encode() + lines


def _digest(made_from: str, lines: bytes) -> str:
    return hashlib.sha256(f"{made_from}\n".encode() + lines).hexdigest()


@dataclass(frozen=True, slots=True)
class _Kept:
    """`key` is all that the figures were made from; `means` and `people`, what of it the council
    decides."""

    key: str
    means: str
    people: str
    figures: Figures


def _kept(path: Path) -> _Kept | None:
    """What was kept; None where there is nothing, or where it is not as it was written."""
    try:
        first, _, lines = path.read_bytes().partition(b"\r\n")
        made_from, _, digest = first.decode("utf-8").rpartition(",")
        name, key, means, people = made_from.split(",")
        if name != "key" or digest != _digest(made_from, lines):
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
    return _Kept(key, means, people, figures)


def _number(text: str) -> Fraction | None:
    return Fraction(text) if text else None
