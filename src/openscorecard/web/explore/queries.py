"""What the pages of a month show, drawn once for each state of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.urls import reverse
from markupsafe import Markup

from openscorecard import run
from openscorecard.catalogue.indicator import Indicator
from openscorecard.commentary.signoff import OWNER, Action, Progress, State
from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.measures.data_checks import DataFinding
from openscorecard.periods import Month, day_in_words
from openscorecard.publish.downloads import DOWNLOADS
from openscorecard.publish.file_names import FIGURES, WORKBOOK
from openscorecard.publish.html import site
from openscorecard.publish.html.indicator_view import indicator_view
from openscorecard.publish.html.row_view import RowView, row_view
from openscorecard.web import months
from openscorecard.web.access import AnyAccount, Can, may, roles_of
from openscorecard.web.accounts.models import Account
from openscorecard.web.explore import history
from openscorecard.web.explore.bodies import Body, drawn, environment, slot
from openscorecard.web.explore.filters import Choice, Filter, choices, traits
from openscorecard.web.releases.places import editions
from openscorecard.workspace.releases import kept_releases
from openscorecard.workspace.withdrawal import withdrawal_of

# The files of a draft that may be taken away; a release has them all.
DRAFT_FILES = tuple(one for one in DOWNLOADS if one.file in (WORKBOOK, FIGURES))

STATE_WORDS: dict[State, str] = {
    State.DUE: "Comment due",
    State.WRITTEN: "Comment written",
    State.RETURNED: "Comment returned",
    State.SIGNED: "Comment signed",
    State.REOPENED: "Reopened: a figure changed",
    State.CONFLICT: "Two texts: choose one",
}
STATE_WASH: dict[State, str] = {
    State.RETURNED: "waits",
    State.REOPENED: "waits",
    State.CONFLICT: "bad",
    State.SIGNED: "good",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """How far the month's work has come: the strip over the page."""

    month: Month
    others: tuple[Month, ...]
    before: Month | None
    after: Month | None
    rows: int
    states: Counter[State]
    noted: int
    found: tuple[DataFinding, ...]

    @property
    def comments_in(self) -> int:
        return self.rows - self.states[State.DUE]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows of a month as they stand, drawn, and what the first page says of all of them."""

    views: tuple[RowView, ...]
    markup: Mapping[str, Markup]
    values: Mapping[str, object]
    traits: Mapping[str, Filter]


def drawn_rows(month: Month) -> Drawn:
    seen, states = months.seen(month), months.progress(month)

    def work_out() -> Drawn:
        page, shared = seen.page, site.shared_months(seen.page)
        views = [row_view(page, row, shared) for row in page.rows]
        values = site.index_values(page, views, shared)
        macro = environment().get_template("explore/row.html").module
        markup = {}
        for view in views:
            ref, state = view.row.indicator.ref, states[view.row.indicator.ref].state
            markup[ref] = macro.row(  # type: ignore[attr-defined]
                view,
                values["any_comment"],
                page.month.long,
                said=STATE_WORDS[state],
                wash=STATE_WASH.get(state, ""),
                gap=slot(view.row.indicator.id),
            )
        touched = [
            ref
            for one in records_findings(month)
            if one.severity is not Severity.INFORMATION
            for ref in one.refs
        ]
        known = traits(page, {ref: one.state for ref, one in states.items()}, touched)
        return Drawn(tuple(views), markup, values, known)

    return months.kept(("drawn rows", seen.stamp), work_out)


def month_body(month: Month, wanted: Filter) -> Body:
    """The month's page, of the rows that the filter keeps."""
    seen = months.seen(month)

    def work_out() -> Body:
        page, rows = seen.page, drawn_rows(month)
        values = dict(rows.values)
        left = [view for view in rows.views if wanted.keeps(rows.traits[view.row.indicator.ref])]
        if wanted:
            values["sections"] = site.sections_of(page, left)
        return drawn(
            "explore/month.html",
            **site.shared_values(page, DRAFT_FILES),
            **values,
            up="",
            drawn=rows.markup,
            desk=desk(month),
            wanted=wanted,
            choices=_choices(month, wanted),
            left=len(left),
        )

    return months.kept_page(("month", seen.stamp, wanted), work_out)


def _choices(month: Month, wanted: Filter) -> tuple[Choice, ...]:
    return choices(months.seen(month).page, drawn_rows(month).traits.values(), wanted)


def desk(month: Month) -> Desk:
    """How far the work on the month has come."""
    known = months.months()
    rows = drawn_rows(month)
    return Desk(
        month=month,
        others=known,
        before=max((one for one in known if one < month), default=None),
        after=min((one for one in known if one > month), default=None),
        rows=len(rows.views),
        states=Counter(one.state for one in months.progress(month).values()),
        noted=sum(one.finding == "with" for one in rows.traits.values()),
        found=records_findings(month),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest release of the month that was not withdrawn; `here` says that its pages can be
    read in the application."""

    version: int
    on: str
    audience: str
    here: bool


def released(month: Month) -> Standing | None:
    """What stands published of the month, the public version before the internal one."""

    def work_out() -> Standing | None:
        here = {
            one.kept.audience
            for one in editions()
            if one.kept.month == month and one.withdrawal is None and one.folder is not None
        }
        found = [
            one
            for one in kept_releases(months.root())
            if one.month == month and withdrawal_of(one.folder) is None
        ]
        newest = max(found, key=lambda one: (one.audience == "public", one.release.version),
                     default=None)  # fmt: skip
        if newest is None:
            return None
        on = day_in_words(newest.release.on)
        return Standing(newest.release.version, on, newest.audience, newest.audience in here)

    return months.kept(("standing release", month, months.stamp()), work_out)


def records_findings(month: Month) -> tuple[DataFinding, ...]:
    """What in the records would mislead the page; none where its figures come from print."""

    def work_out() -> tuple[DataFinding, ...]:
        try:
            found = run.data_findings(month, months.workspace())[1]
        except InputError:  # no load of records closes the month
            return ()
        return tuple(one for one in found if isinstance(one, DataFinding))

    return months.kept(("records findings", month, months.stamp()), work_out)


def table_body(month: Month) -> Body:
    """The classic table, to print on A3."""
    seen = months.seen(month)

    def work_out() -> Body:
        shared = site.shared_values(seen.page, DRAFT_FILES)
        return drawn("table.html", **shared, **site.table_values(seen.page), up="")

    return months.kept_page(("table", seen.stamp), work_out)


def about_body(month: Month) -> Body:
    seen = months.seen(month)

    def work_out() -> Body:
        views = list(drawn_rows(month).views)
        shared = site.shared_values(seen.page, DRAFT_FILES)
        return drawn("about.html", **shared, **site.about_values(seen.page, views), up="")

    return months.kept_page(("about", seen.stamp), work_out)


def indicator_body(month: Month, indicator: Indicator) -> Body:
    """An indicator's page: as published, and its comments through time. What takes long to count
    has addresses of its own."""
    seen = months.seen(month)
    written = months.comments_stamp(month, history.MONTHS)

    def work_out() -> Body:
        row = months.row_of(seen.page, indicator)
        return drawn(
            "explore/indicator.html",
            **site.shared_values(seen.page, DRAFT_FILES),
            up="../",
            page=indicator_view(seen.page, seen.page.rows.index(row)),
            progress=months.progress(month)[indicator.ref],
            state_words=STATE_WORDS,
            state_wash=STATE_WASH,
            told=history.of_month(month, indicator.ref),
            earlier=history.of_earlier(month, indicator.ref),
            in_records=[one for one in records_findings(month) if indicator.ref in one.refs],
            counted=indicator.kind.value != "supplied",
        )

    return months.kept_page(("indicator", seen.stamp, written, indicator.ref), work_out)


def actions(account: AnyAccount, month: Month) -> Mapping[str, Markup]:
    """What this person may do about each comment now, by the indicator's id: for the slots. Worked
    out once for those who hold the same titles."""
    if not isinstance(account, Account) or not account.titles:
        return {}
    mine = account
    key = ("actions", months.seen(month).stamp, account.titles, roles_of(account))
    return months.kept_page(
        key,
        lambda: {
            one.id: found for one in months.catalogue() if (found := action(mine, month, one))
        },
    )


def action(account: AnyAccount, month: Month, indicator: Indicator) -> Markup:
    """The same for one indicator; "" where there is nothing that she may do."""
    if not isinstance(account, Account):
        return Markup()
    progress = months.progress(month).get(indicator.ref)
    if progress is None or not account.titles & {indicator.reporter, indicator.owner}:
        return Markup()
    return Markup(" ").join(_links(account, month, indicator, progress))


_LINK = Markup('<a href="{}">{}<span class="vh"> {}</span></a>')


def _links(
    account: Account, month: Month, indicator: Indicator, progress: Progress
) -> list[Markup]:  # fmt: skip
    links = []
    if may(account, Can.WRITE, indicator):
        said = "Write" if progress.comment is None else "Change"
        href = reverse("write", args=[month, indicator.id])
        links.append(_LINK.format(href, said, f"the comment on {indicator.short_name}"))
    if may(account, Can.SIGN, indicator) and progress.allows(Action.SIGN, OWNER):
        href = f"{reverse('signoff', args=[month])}#row-{indicator.id}"
        links.append(_LINK.format(href, "Sign", f"the comment on {indicator.short_name}"))
    return links


def draft_file(month: Month, name: str) -> bytes:
    """One of the DRAFT_FILES of the month's internal page."""
    seen = months.seen(month)

    def work_out() -> bytes:
        if name == WORKBOOK:
            from openscorecard.publish.workbook.write import workbook_bytes

            return workbook_bytes(seen.page)
        from openscorecard.publish.open_data.figures import write_figures

        with TemporaryDirectory() as folder:
            write_figures(seen.page, Path(folder))
            return (Path(folder) / name).read_bytes()

    return months.kept_page(("file", name, seen.stamp), work_out)
