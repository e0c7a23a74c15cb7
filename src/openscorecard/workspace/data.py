"""What in the records of a load would mislead the page: the checks, run over that load."""

from __future__ import annotations

from typing import Any

from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.periods import Month, months_to
from openscorecard.workspace.computed import engine_of
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.records_load import RecordsLoad, child_ids
from openscorecard.workspace.vintages import load_for, newest_load, nothing_for, own_council

MONTHS_LOOKED_AT = 36
_EVER = Month(1900, 1)


def load_to_check(month: Month | None, workspace: Workspace) -> RecordsLoad:
    """The load that closes the month, or the newest where none is asked for; InputError where there
    is none whose rows are here."""
    load = newest_load(workspace, _EVER) if month is None else load_for(month, workspace)
    if load is None and month is not None:
        raise nothing_for(month, workspace)
    if load is None:
        raise InputError(
            "no case records have been loaded",
            where=str(workspace.root),
            todo="load an extract with `scorecard load DIR`",
        )
    if load.rows_dropped:
        raise InputError(
            "its rows were dropped, so there is nothing to look at",
            where=load.id,
            todo="load the extract again",
        )
    return load


def findings_in(load: RecordsLoad, workspace: Workspace) -> tuple[RecordsLoad, tuple[Finding, ...]]:
    """The load, and what the checks find in it: counted, sampled, errors first."""
    from openscorecard.measures.data_checks import check_records

    with engine_of(workspace, load, months_to(load.month, MONTHS_LOOKED_AT)) as engine:
        return load, check_records(engine.rows, **_asked(load, workspace))


def rows_found(
    rule: str, load: RecordsLoad, workspace: Workspace
) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
    """Every row that one check finds: the heads, and the lines. InputError for an unknown check."""
    from openscorecard.measures.data_checks import CHECKS, rows_concerned

    if rule not in {one.rule for one in CHECKS}:
        raise InputError(
            f'there is no check "{rule}"', where="--rule", todo="see docs/data-checks.md"
        )
    with engine_of(workspace, load, months_to(load.month, MONTHS_LOOKED_AT)) as engine:
        return rows_concerned(rule, engine.rows, **_asked(load, workspace))


def _asked(load: RecordsLoad, workspace: Workspace) -> dict[str, Any]:
    return {
        "load_month": load.month,
        "council": own_council(workspace, load),
        "child_ids": {number: child.id for number, child in child_ids(workspace).items()},
        "settings": workspace.settings.measures,
        "extracted": load.extracted,
        "coverage": load.coverage,
    }
