"""What the doctor says of case records: what there is, what is broken, what coverage is missing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.periods import day_in_words
from openscorecard.records.extracts.engine import connect
from openscorecard.records.extracts.found import listed
from openscorecard.records.extracts.statement import has_events
from openscorecard.records.standard import TABLES, table
from openscorecard.workspace.child_map import council_numbers, open_map
from openscorecard.workspace.load import records_folders
from openscorecard.workspace.needed import indicators_of, stopped_by
from openscorecard.workspace.records_load import (
    RecordsLoad,
    all_records_loads,
    check_stored,
    read_records_load,
)
from openscorecard.workspace.remark import Remark, broken

_PAGE_MONTHS = 13  # a page compares its month with the same month of the year before


def look_at_records(loads: Path) -> tuple[tuple[RecordsLoad, ...], list[Remark]]:
    """The sound loads, in their order, and a remark for each that is broken."""
    found: list[RecordsLoad] = []
    remarks: list[Remark] = []
    try:
        all_records_loads(loads)  # ends what a killed command had decided
    except InputError as error:
        if not records_folders(loads):
            remarks.append(broken("loads", error, "loading"))
    for folder in records_folders(loads):
        try:
            load = read_records_load(folder)
            check_stored(folder, load)
            found.append(load)
        except InputError as error:
            stops = "every figure that is counted from it"
            remarks.append(broken(f"load {folder.name}", error, stops))
    remarks += _maps(loads, found)
    return tuple(sorted(found, key=lambda load: load.sequence)), remarks


def _maps(loads: Path, found: list[RecordsLoad]) -> list[Remark]:
    """The children's and councils' numbers, where there are loads that need them."""
    if not found:
        return []
    remarks = []
    connection = connect()
    try:
        open_map(connection, loads, max(load.highest_child for load in found))
    except InputError as error:
        remarks.append(broken("children", error, "loading, and every list of children"))
    finally:
        connection.close()
    try:
        council_numbers(loads)
    except InputError as error:
        remarks.append(broken("councils", error, "loading"))
    return remarks


def records_there_are(records: tuple[RecordsLoad, ...]) -> list[Remark]:
    """One line on what is loaded, and one on months that no load closed."""
    with_rows = [load for load in records if load.tables and not load.rows_dropped]
    if not with_rows:
        return []
    newest = max(with_rows, key=lambda load: (load.month, load.sequence))
    number = f"{len(with_rows)} loads" if len(with_rows) > 1 else "One load"
    found = (
        f"{number} of case records, the newest {newest.id}: read out on "
        f"{day_in_words(newest.extracted)}, {len(newest.tables)} tables, {newest.rows:,} rows."
    )
    todo = f"build its page: `scorecard build {newest.month.iso}`"
    remarks = [Remark(Severity.INFORMATION, "records", found, "", todo)]
    months = {load.month for load in with_rows}
    first = min(months)
    between = [first.plus(step) for step in range(newest.month.minus(first))]
    missing = [month for month in between if month not in months]
    if missing:
        found = f"No records were read out just after {listed(month.short for month in missing)}."
        stops = "figures of these months as they were known at the time"
        todo = "load that month's extract, if one was kept"
        remarks.append(Remark(Severity.INFORMATION, "records", found, stops, todo))
    return remarks


def records_missing(
    records: tuple[RecordsLoad, ...],
    catalogue: Catalogue | None,
    settings: MeasureSettings | None = None,
) -> list[Remark]:
    """Tables and columns that the newest load lacks, and coverage that is too short for a page."""
    with_rows = [load for load in records if load.tables and not load.rows_dropped]
    if not with_rows:
        return []
    newest = max(with_rows, key=lambda load: (load.month, load.sequence))
    needing = indicators_of(catalogue) if catalogue else {}
    remarks = []
    for one in TABLES:
        refs = needing.get(one.name, ())
        if one.name not in newest.tables and refs:
            found = f"{one.name} ({one.about}) is not in {newest.id}."
            stops = f"figures of {listed(refs, 70)}, but where another measure stands in"
            todo = f"put {one.name}.csv or .parquet into the extract"
            remarks.append(Remark(Severity.WARNING, one.name, found, stops, todo))
        if one.name in newest.unusable:
            if newest.tables[one.name]:  # of other councils
                found = f"{one.name} in {newest.id} has no usable row of one of its councils."
            else:
                found = f"No row of {one.name} in {newest.id} could be used: all were set aside."
            stops = f"figures of {listed(refs, 70)}" if refs else "lists and checks"
            todo = f"see loads/{newest.id}/findings.json, and load the table mended"
            remarks.append(Remark(Severity.ERROR, one.name, found, stops, todo))
    if catalogue is not None:
        remarks += _absent_columns(newest, catalogue, settings or MeasureSettings())
    return remarks + _short_coverage(newest)


def _absent_columns(
    load: RecordsLoad, catalogue: Catalogue, settings: MeasureSettings
) -> list[Remark]:
    remarks = []
    for name, columns in load.absent.items():
        for column in columns:
            refs = stopped_by(column, catalogue, load.month, settings, load.tables)
            if refs:
                found = f"{name} has no column {column} in {load.id}."
                stops = f"figures of {listed(refs, 70)}"
                todo = "extract it; where there is nothing to enter, give the column, empty"
                remarks.append(Remark(Severity.WARNING, name, found, stops, todo))
    return remarks


def _short_coverage(load: RecordsLoad) -> list[Remark]:
    year = load.month.plus(1 - _PAGE_MONTHS)
    needed = dt.date(year.year, year.number, 1)
    late: dict[dt.date, list[str]] = {}
    early: dict[dt.date, list[str]] = {}
    for name, coverage in load.coverage.items():
        one = table(name)
        if one is None or not has_events(one):
            continue
        if coverage.first > needed:
            late.setdefault(coverage.first, []).append(name)
        if coverage.last < load.month.last_day:
            early.setdefault(coverage.last, []).append(name)
    remarks = [
        Remark(
            Severity.INFORMATION,
            "coverage",
            f"In {load.id} complete from {day_in_words(first)} only: {listed(names, 30)}.",
            f"figures of months before, and with them the yearly changes to {load.month.short}",
            "if older rows are complete too, say so under [coverage] and load the extract anew",
        )
        for first, names in sorted(late.items())
    ]
    remarks += [
        Remark(
            Severity.WARNING,
            "coverage",
            f"In {load.id} complete to {day_in_words(last)} only: {listed(names, 30)}.",
            f"figures of {load.month.short}",
            "extract these tables again after the end of the month",
        )
        for last, names in sorted(early.items())
    ]
    return remarks
