"""What is published, set beside the workspace's own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.comparators.derive import Where, all_beside, lookup, where
from openscorecard.comparators.of_its_kind import comparator_findings
from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.scorecard.comparators_of import stated_numbers
from openscorecard.scorecard.observation import Observations
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.page_settings import page_settings
from openscorecard.workspace.settings import FILE

if TYPE_CHECKING:
    from openscorecard.comparators.published import Published


def with_published(
    seen: Observations, catalogue: Catalogue, month: Month, workspace: Workspace
) -> tuple[Observations, tuple[Finding, ...]]:
    """The observations with what stands beside each indicator, and what is wrong with comparators
    that were stated or printed by hand; both as they were where nothing published is loaded."""
    from openscorecard.workspace.published import published_of

    published = published_of(workspace)
    if published is None:
        return seen, ()
    settings = workspace.settings
    area = area_of(published, workspace, settings.code, month)
    cells = lookup(catalogue, published, area, month)
    besides = all_beside(catalogue, cells, area, month)
    stated = stated_numbers(catalogue, month, seen, page_settings(workspace).comparators)
    found = comparator_findings(catalogue, besides, stated, cells, area)
    return replace(seen, beside=besides), found


def area_of(
    published: Published, workspace: Workspace | None, la: str, at: Month | int | None
) -> Where:
    """The council, its region and its neighbours: of the workspace's own as its settings say, of
    another council as the files do. InputError for neighbours that no file names."""
    settings = None if workspace is None else workspace.settings
    if settings is None:
        return where(published, la, at=at)
    own = published.council(settings.code) if settings.code else None
    asked = published.council(la) if la else None
    if asked is not None and (own is None or own.dfe != asked.dfe or own.code != asked.code):
        return where(published, la, at=at)
    _refuse_unknown(published, settings.neighbours, str(workspace.root / FILE) if workspace else "")
    return where(published, la, settings.region, settings.neighbours, at)


def _refuse_unknown(published: Published, neighbours: Sequence[str], file: str) -> None:
    unknown = [one for one in neighbours if published.council(one) is None]
    if unknown:
        raise InputError(
            f"no published file names {', '.join(unknown)}, of the council's neighbours",
            where=file,
            todo="write neighbours by their codes, three digits or names as published, or leave "
            "the list out: the newest published one serves then",
        )
