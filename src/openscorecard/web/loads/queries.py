"""Reads of this area: what is loaded, what each load gives, and how jobs stand."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from openscorecard.errors import InputError
from openscorecard.periods import Month, day_in_words
from openscorecard.web.loads.models import Job, Kind
from openscorecard.web.loads.recognise import computable
from openscorecard.web.months import catalogue, kept, root, stamp, workspace
from openscorecard.workspace.load import Load, page_loads
from openscorecard.workspace.records_doctor import records_missing
from openscorecard.workspace.records_load import FINDINGS, RecordsLoad, all_records_loads
from openscorecard.workspace.remark import Remark
from openscorecard.workspace.vintages import closing_loads, own_loads, poorer_loads

SHOWN_JOBS = 5
_SEVERITIES = ("error", "warning", "information")
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A load in the list. `closes` says whether it is the one that its month is counted from."""

    id: str
    sequence: int
    month: Month
    kind: str
    source: str
    loaded_at: str
    holds: str
    set_aside: int
    closes: bool
    reason: str = ""
    rows_dropped: str = ""

    @property
    def records(self) -> bool:
        return "-records-" in self.id


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table of a load: rows kept and set aside, and the days between which it is complete."""

    name: str
    rows: int
    set_aside: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One kind of thing found in a load; no value of any row."""

    severity: str
    message: str
    rows: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadSeen:
    """A load of case records, as its own page shows it."""

    line: LoadLine
    extracted: str
    tables: tuple[TableLine, ...]
    found: tuple[FoundLine, ...]
    remarks: tuple[Remark, ...]
    poorer: tuple[str, ...]
    can_count: int
    of_all: int
    unknown_refs: tuple[str, ...] = ()


def load_lines() -> tuple[LoadLine, ...]:
    """Every load, the newest first."""

    def work_out() -> tuple[LoadLine, ...]:
        place = workspace().loads
        own = own_loads(workspace())
        closing = {load.id for load in closing_loads(own).values()}
        lines = [_of_page(load) for load in page_loads(place)]
        lines += [_of_records(load, load.id in closing) for load in all_records_loads(place)]
        return tuple(sorted(lines, key=lambda one: one.sequence, reverse=True))

    return kept(("load lines", stamp()), work_out)


def load_seen(load_id: str) -> LoadSeen | None:
    """A load by its id; None where there is none."""
    line = next((one for one in load_lines() if one.id == load_id), None)
    if line is None:
        return None
    return kept(("load", load_id, stamp()), lambda: _seen(line))


def recent_jobs() -> list[Job]:
    """The newest jobs, of both kinds."""
    return list(Job.objects.select_related("account")[:SHOWN_JOBS])


def last_line(job: Job) -> str:
    """What the job said last."""
    return str(job.said[-1]) if job.said else ""


def findings_of(job: Job) -> list[FoundLine]:
    """What was found in printed pages that the job loaded."""
    found: list[dict[str, Any]] = job.outcome.get("findings", []) if job.kind == Kind.LOAD else []
    return [
        FoundLine(
            one["severity"],
            f"{one['ref']}: {one['message']}" if one["ref"] else one["message"],
            0,
            (one["place"],) if one["place"] else (),
        )
        for one in found
    ]


def loads_of(job: Job) -> list[LoadSeen]:
    """The loads that a job made, as far as they are still here."""
    ids = job.outcome.get("loads", ()) if job.kind == Kind.LOAD else ()
    return [found for found in (load_seen(str(one)) for one in ids) if found is not None]


def _seen(line: LoadLine) -> LoadSeen:
    place = workspace().loads
    load = next((one for one in all_records_loads(place) if one.id == line.id), None)
    if load is None:
        page = next(one for one in page_loads(place) if one.id == line.id)
        return LoadSeen(line, "", (), (), (), (), 0, 0, page.unknown_refs)
    settings = workspace().settings.measures
    can, of_all = computable(catalogue(), load.month, settings, list(load.tables), load.lacking)
    remarks = () if load.rows_dropped else tuple(records_missing((load,), catalogue(), settings))
    tables = tuple(
        TableLine(
            name,
            counts.kept,
            counts.set_aside,
            day_in_words(load.coverage[name].first),
            day_in_words(load.coverage[name].last),
        )
        for name, counts in load.counts.items()
    )
    poorer = poorer_loads(own_loads(workspace()), [load.month]) if line.closes else ()
    read_out = day_in_words(load.extracted)
    return LoadSeen(line, read_out, tables, _found(load), remarks, poorer, can, of_all)


def _found(load: RecordsLoad) -> tuple[FoundLine, ...]:
    try:
        raw = json.loads((root() / "loads" / load.id / FINDINGS).read_bytes())
        lines = [
            FoundLine(
                one["severity"],
                one["message"],
                int(one["rows"]),
                tuple(str(sample["place"]) for sample in one["samples"][:_MOST_PLACES]),
            )
            for one in raw["found"]
            if one["rule"] != "table-absent"  # said by `remarks`, with what it stops
        ]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise InputError(
            "its findings cannot be read",
            where=f"loads/{load.id}/{FINDINGS}",
            todo="put the folder back from a copy",
        ) from error
    return tuple(sorted(lines, key=lambda one: _SEVERITIES.index(one.severity)))


def _of_page(load: Load) -> LoadLine:
    return LoadLine(
        load.id,
        load.sequence,
        load.month,
        "Printed page",
        load.file,
        _day(load.loaded_at),
        _count(load.indicators, "indicator"),
        load.set_aside,
        closes=False,
        reason=load.reason,
    )


def _of_records(load: RecordsLoad, closes: bool) -> LoadLine:
    parts = []
    if load.tables:
        parts.append(f"{_count(load.rows, 'row')} in {_count(len(load.tables), 'table')}")
    if load.supplied:
        parts.append(_count(load.supplied, "supplied figure"))
    return LoadLine(
        load.id,
        load.sequence,
        load.month,
        "Case records" if load.tables else "Supplied figures",
        load.source,
        _day(load.loaded_at),
        ", ".join(parts),
        load.set_aside,
        closes,
        load.reason,
        _day(load.rows_dropped),
    )


def _day(stamp: str) -> str:
    return day_in_words(dt.date.fromisoformat(stamp[:10])) if stamp else ""


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
