"""What the council's settings say about its page."""

from __future__ import annotations

from dataclasses import replace

from openscorecard.scorecard.build import PageSettings
from openscorecard.scorecard.page import Scorecard
from openscorecard.workspace.folder import Workspace


def page_settings(workspace: Workspace) -> PageSettings:
    settings = workspace.settings
    return PageSettings(
        council=settings.council or "A council without a name",
        title=settings.title,
        months_shown=settings.months_shown,
        arrow_tolerance=settings.arrow_tolerance,
        small_numbers=settings.small_numbers,
        contact=settings.contact,
        population=settings.population,
        signals=settings.signals,
        comparators=(
            ("sn", "SN", "Statistical neighbours"),
            ("eng", "ENG", "England"),
            ("region", settings.region_label, settings.region or "Region"),
        ),
    )


def with_roles(page: Scorecard, workspace: Workspace) -> Scorecard:
    """The page with the council's own words for the roles of owners and reporters."""
    display = workspace.settings.display
    rows = []
    for row in page.rows:
        indicator = row.indicator
        owner, reporter = display(indicator.owner), display(indicator.reporter)
        rows.append(replace(row, indicator=replace(indicator, owner=owner, reporter=reporter)))
    return replace(page, rows=tuple(rows))
