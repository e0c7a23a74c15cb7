"""The one composer: how a month's page comes about, from the records to the page as it may be seen.

Reads like the method. What each step does is written in its own package. Comments are brought in by
the steps that need them: they bring the writers of workbooks, and a build needs none of those. How
a page is released is in publishing.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from openscorecard.catalogue.find import find_indicator
from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.load import load_catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.measures.count import plan_for
from openscorecard.periods import Month, months_to
from openscorecard.records.standard import TABLES
from openscorecard.scorecard.build import RECORD_MONTHS, scorecard
from openscorecard.scorecard.page import Scorecard
from openscorecard.workspace.beside import with_published
from openscorecard.workspace.comparators import stated_comparators
from openscorecard.workspace.computed import Tell, nobody
from openscorecard.workspace.data import findings_in, load_to_check, rows_found
from openscorecard.workspace.first_verdicts import with_first
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import page_loads
from openscorecard.workspace.measures_table import check_suspended
from openscorecard.workspace.on_the_page import FIRST_PAGE, as_first_page, with_records
from openscorecard.workspace.own_examples import refuse_broken_examples
from openscorecard.workspace.page_settings import page_settings, with_roles
from openscorecard.workspace.public_marks import marked_for_public
from openscorecard.workspace.records_load import RecordsLoad, all_records_loads
from openscorecard.workspace.release_figures import with_releases, with_revised
from openscorecard.workspace.released import observations, released, sources
from openscorecard.workspace.revisions import Revision, revisions_of
from openscorecard.workspace.settings import FILE
from openscorecard.workspace.signals_table import check_rebased
from openscorecard.workspace.vintages import (
    closing_loads,
    counted,
    figures_of_load,
    kept_of_load,
    load_for,
    newest_load,
    nothing_for,
    own_council,
    own_loads,
    poorer_loads,
)
from openscorecard.workspace.working import Working, sql_of, working_of
from openscorecard.workspace.working_rows import Line, lines_of

if TYPE_CHECKING:
    from openscorecard.commentary.store import StoredComments

FIRST_MONTH = Month(1900, 1)  # before all records


def catalogue_of(workspace: Workspace) -> Catalogue:
    """The definitions in force: ours, with the council's own over them."""
    return load_catalogue(workspace.definitions)


def build(
    month: Month,
    workspace: Workspace,
    load_id: str = "",
    *,
    as_now_known: bool = False,
    tell: Tell = nobody,
) -> Scorecard:
    """The month's page for the council's own people: every figure, no comments yet.

    A figure that an earlier month's page released stands. Else it is counted from case records:
    those of the load that closed its month, else those that the report month rests on. `load_id`
    names that load; `as_now_known` takes everything from the newest. `tell` hears what is
    being counted.
    """
    catalogue = catalogue_of(workspace)
    refuse_broken_examples(workspace, catalogue)
    where = str(workspace.root / FILE)
    refs = [one.ref for one in (*catalogue, *catalogue.retired)]
    check_suspended(workspace.settings.measures, refs, where)
    check_rebased(workspace.settings.signals, refs, where)
    figures = released(workspace, until=month)
    load = load_for(month, workspace, load_id)
    if as_now_known and not load_id:
        load = newest_load(workspace, after=month)
        if load is None:
            raise nothing_for(month, workspace)
    if load is None and not any(one.month == month for one in figures.loads):
        raise nothing_for(month, workspace)
    seen = observations(figures, catalogue)
    seen, of_releases = with_releases(seen, catalogue, workspace.root, month)
    used = (*sources(figures), *of_releases)
    notes: tuple[str, ...] = ()
    if load is not None:
        months = months_to(month, RECORD_MONTHS)
        from_records = counted(
            workspace, catalogue, month, months, load, as_now_known=as_now_known, tell=tell
        )
        seen, of_records = with_records(seen, from_records, catalogue, over=as_now_known)
        used += of_records
        first = None if as_now_known else as_first_page(seen, load)
        if first is not None:
            seen, notes = first, (FIRST_PAGE,)
    if not as_now_known:
        seen = with_revised(seen, catalogue, workspace.root, month)
    stated = stated_comparators(workspace, catalogue)
    seen = replace(seen, stated={(one.ref, one.column): one for one in stated})
    seen, found = with_published(seen, catalogue, month, workspace)
    settings = page_settings(workspace)
    page = scorecard(catalogue, month, seen, settings, sources=used, findings=found)
    page = with_roles(replace(page, notes=notes), workspace)
    return with_first(page, workspace.root)


def keep_figures(workspace: Workspace, load_id: str = "", tell: Tell = nobody) -> None:
    """Counts the figures of a load, or of all of the council's own, so that they stay when its rows
    go. InputError where they cannot be counted, or are not on disk as they are counted today."""
    catalogue = catalogue_of(workspace)
    loads = own_loads(workspace)
    if load_id:
        for load in all_records_loads(workspace.loads):
            if load.id == load_id and load.tables:
                own_council(workspace, load)  # says whose records they are
    for load in loads:
        if load.rows_dropped or not load.tables or load_id not in ("", load.id):
            continue
        months = months_to(load.month, RECORD_MONTHS)
        figures_of_load(workspace, catalogue, load, months, loads, tell=tell)
        if not kept_of_load(workspace, catalogue, load, months, loads):
            raise InputError(
                "its figures could not be kept",
                where=load.id,
                todo="make room on the disk, or see that you may write to the workspace",
            )


def poorer(page: Scorecard, workspace: Workspace) -> tuple[str, ...]:
    """What to say of loads that close a month of the page and lack tables that another has."""
    return poorer_loads(own_loads(workspace), page.months)


def load_behind(month: Month, workspace: Workspace, load_id: str = "") -> RecordsLoad:
    """The load of case records that figures of the month are counted from: the one named, else the
    one that closed the month, else the newest. InputError where there is none."""
    load = load_for(month, workspace, load_id) or newest_load(workspace, after=month)
    if load is None:
        raise nothing_for(month, workspace)
    return load


def explain(ref: str, month: Month, workspace: Workspace, load_id: str = "") -> Working:
    """How a figure came about: in words, as a query, as counts at each condition."""
    load = load_behind(month, workspace, load_id)
    return working_of(workspace, catalogue_of(workspace), ref, month, load)


def rows_behind(
    ref: str, month: Month, workspace: Workspace, wanted: str = "all", load_id: str = ""
) -> tuple[Line, ...]:
    """The children or rows behind a figure: all, those met or those not met."""
    load = load_behind(month, workspace, load_id)
    return lines_of(workspace, catalogue_of(workspace), ref, month, load, wanted)


def sql(ref: str, workspace: Workspace | None, dialect: str = "duckdb") -> str:
    """The query of an indicator by the newest definitions, for a workspace's settings and tables,
    or for ours and every table where there is no workspace."""
    catalogue = load_catalogue() if workspace is None else catalogue_of(workspace)
    load = None if workspace is None else newest_load(workspace, after=FIRST_MONTH)
    tables = [one.name for one in TABLES] if load is None else list(load.tables)
    settings = MeasureSettings() if workspace is None else workspace.settings.measures
    indicator = find_indicator(catalogue, ref)
    newest = max((one.since for one in indicator.definitions), default=FIRST_MONTH)
    plan = plan_for(catalogue, newest, settings, tables)
    return sql_of(plan, indicator, newest, dialect)


def revisions(
    ref: str, workspace: Workspace, tell: Tell = nobody, *, with_rows: bool = True
) -> tuple[Revision, ...]:
    """Month by month: the figure as first published and as now known, and what moved it, unless
    that is not asked for: it takes long."""
    return revisions_of(workspace, catalogue_of(workspace), ref, tell=tell, with_rows=with_rows)


def data_findings(
    month: Month | None, workspace: Workspace
) -> tuple[RecordsLoad, tuple[Finding, ...]]:
    """What in the records would mislead the page: the load that closes the month (None: the newest
    load), and what was found in it."""
    return findings_in(load_to_check(month, workspace), workspace)


def data_rows(
    rule: str, month: Month | None, workspace: Workspace
) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
    """Every row that one check of the records finds: the heads, and the lines."""
    return rows_found(rule, load_to_check(month, workspace), workspace)


def page(
    month: Month, workspace: Workspace, audience: str = "internal", tell: Tell = nobody
) -> Scorecard:
    """The month's page with its comments, as `internal` or `public` may see it."""
    from openscorecard.commentary.attach import attach

    whole = build(month, workspace, tell=tell)
    seen = whole if audience == "internal" else public_view(whole, workspace)
    return attach(seen, *comments_of(month, workspace))


def public_view(whole: Scorecard, workspace: Workspace) -> Scorecard:
    """What the public may see of a page, decided before any renderer."""
    from openscorecard.disclosure import protect

    protected = protect(whole, catalogue_of(workspace).relations)
    return with_first(marked_for_public(protected, workspace.root), workspace.root)


def unsettled_numbers(month: Month, workspace: Workspace) -> tuple[Finding, ...]:
    """Numbers in public comments that equal a hidden one and that nobody has looked at."""
    whole = build(month, workspace)
    return open_questions(whole, public_view(whole, workspace), workspace)


def open_questions(
    whole: Scorecard, public: Scorecard, workspace: Workspace
) -> tuple[Finding, ...]:
    """The same, of pages at hand."""
    from openscorecard.disclosure import hidden_in_comments

    relations = catalogue_of(workspace).relations
    return hidden_in_comments(whole, public, *comments_of(whole.month, workspace), relations)


def settle(
    month: Month, ref: str, workspace: Workspace, *, by: str, because: str, at: dt.datetime
) -> tuple[str, ...]:
    """Keeps that somebody answers for the comment on `ref`, and for which of its numbers: those
    that equal a hidden one now, on any page that shows the comment. Gives these."""
    from openscorecard.commentary.store import read_comments, write_comments
    from openscorecard.disclosure import numbers_in_question

    stored = read_comments(workspace.root, month)
    shown_on = {month.plus(later) for later in range(EARLIER_COMMENTS + 1)}
    numbers: dict[str, None] = {}
    relations = catalogue_of(workspace).relations
    with_a_page = {load.month for load in page_loads(workspace.loads)}
    with_a_page |= set(closing_loads(all_records_loads(workspace.loads)))
    for at_month in sorted(shown_on & with_a_page):
        whole = build(at_month, workspace)
        public = public_view(whole, workspace)
        numbers |= dict.fromkeys(numbers_in_question(whole, public, stored, ref, relations))
    settled = stored.settled(ref, by=by, because=because, at=at, numbers=numbers)
    write_comments(workspace.root, settled)
    return tuple(numbers)


EARLIER_COMMENTS = 3  # months of comments that an indicator's page looks back on


def comments_of(
    month: Month, workspace: Workspace
) -> tuple[StoredComments, tuple[StoredComments, ...]]:
    """The comments on a month's figures, and those of the months before, newest first."""
    from openscorecard.commentary.store import read_comments, read_earlier

    root = workspace.root
    return read_comments(root, month), read_earlier(root, month, EARLIER_COMMENTS)
