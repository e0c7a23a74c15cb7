"""The one composer: how a month's page comes about, from the workspace to the published files.

Reads like the method. What each step does is written in its own package.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.load import load_catalogue
from openscorecard.commentary.attach import attach
from openscorecard.commentary.store import (
    StoredComments,
    read_comments,
    read_earlier,
    write_comments,
)
from openscorecard.disclosure import hidden_in_comments, numbers_in_question, protect
from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.publish.files import write_publication
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.page import Scorecard
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import all_loads
from openscorecard.workspace.released import observations, released, sources


def catalogue_of(workspace: Workspace) -> Catalogue:
    """The definitions in force: ours, with the council's own over them."""
    return load_catalogue(workspace.definitions)


def build(month: Month, workspace: Workspace) -> Scorecard:
    """The month's page for the council's own people: every figure, no comments yet."""
    catalogue = catalogue_of(workspace)
    figures = released(workspace, until=month)
    if not any(load.month == month for load in figures.loads):
        raise InputError(
            f"no page of {month.long} has been loaded",
            where=str(workspace.root),
            todo="load it with `scorecard load PAGE`; `scorecard loads` lists what is there",
        )
    page = scorecard(
        catalogue,
        month,
        observations(figures, catalogue),
        page_settings(workspace),
        sources=sources(figures),
    )
    return with_roles(page, workspace)


def page(month: Month, workspace: Workspace, audience: str = "internal") -> Scorecard:
    """The month's page with its comments, as `internal` or `public` may see it."""
    whole = build(month, workspace)
    seen = whole if audience == "internal" else public_view(whole, workspace)
    return attach(seen, *comments_of(month, workspace))


def public_view(whole: Scorecard, workspace: Workspace) -> Scorecard:
    """What the public may see of a page, decided before any renderer."""
    return protect(whole, catalogue_of(workspace).relations)


def unsettled_numbers(month: Month, workspace: Workspace) -> tuple[Finding, ...]:
    """Numbers in public comments that equal a hidden one and that nobody has looked at."""
    whole = build(month, workspace)
    public, relations = public_view(whole, workspace), catalogue_of(workspace).relations
    return hidden_in_comments(whole, public, *comments_of(month, workspace), relations)


def settle(
    month: Month, ref: str, workspace: Workspace, *, by: str, because: str, at: dt.datetime
) -> tuple[str, ...]:
    """Keeps that somebody answers for the comment on `ref`, and for which of its numbers: those
    that equal a hidden one now, on any page that shows the comment. Gives these."""
    stored = read_comments(workspace.root, month)
    shown_on = {month.plus(later) for later in range(EARLIER_COMMENTS + 1)}
    numbers: dict[str, None] = {}
    relations = catalogue_of(workspace).relations
    for at_month in sorted(shown_on & {load.month for load in all_loads(workspace.loads)}):
        whole = build(at_month, workspace)
        public = public_view(whole, workspace)
        numbers |= dict.fromkeys(numbers_in_question(whole, public, stored, ref, relations))
    settled = stored.settled(ref, by=by, because=because, at=at, numbers=numbers)
    write_comments(workspace.root, settled)
    return tuple(numbers)


def publish(month: Month, workspace: Workspace, audience: str, to: Path) -> tuple[Path, ...]:
    """Writes the page in all media to a folder: all of it or nothing.

    A public page with a number in a comment that may be a hidden one is not written: a person has
    to settle it first.
    """
    if not workspace.settings.council:
        raise InputError(
            "the council has no name",
            where=str(workspace.root / "openscorecard.toml"),
            todo='write name = "..." under [council]: a published page says whose it is',
        )
    if audience == "public":
        open_questions = unsettled_numbers(month, workspace)
        if open_questions:
            raise InputError(
                "a number in a comment may give away a hidden one:\n"
                + "\n".join(f"  {finding.ref}: {finding.message}" for finding in open_questions),
                where=f"the comments of {month.long}",
                todo="change the public text, or say why the number may stand with "
                "`scorecard comments settle`",
            )
    return write_publication(page(month, workspace, audience), to)


EARLIER_COMMENTS = 3  # months of comments that an indicator's page looks back on


def comments_of(
    month: Month, workspace: Workspace
) -> tuple[StoredComments, tuple[StoredComments, ...]]:
    """The comments on a month's figures, and those of the months before, newest first."""
    root = workspace.root
    return read_comments(root, month), read_earlier(root, month, EARLIER_COMMENTS)


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
