"""Which rows of the month are asked for: by what a row is, never by what it says of a child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields

from openscorecard.commentary.signoff import State
from openscorecard.findings import Severity
from openscorecard.publish.charts.glance import Glance, glance_of
from openscorecard.publish.html.row_view import has_data_note
from openscorecard.scorecard.page import Row, Scorecard

WITH, WITHOUT = "with", "without"
# A row without a figure is not judged either, as in the published page's own filter.
VERDICTS: dict[Glance, str] = {
    Glance.CONCERN: "concern",
    Glance.IMPROVEMENT: "improvement",
    Glance.UNUSUAL: "unusual",
    Glance.USUAL: "usual",
    Glance.NOT_JUDGED: "not-judged",
    Glance.HIDDEN: "not-judged",
    Glance.MISSING: "not-judged",
}
WORDS: dict[str, dict[str, str]] = {
    "verdict": {
        "concern": "Concern",
        "improvement": "Improvement",
        "unusual": "Unusual",
        "usual": "Usual variation",
        "not-judged": "Not judged",
    },
    "finding": {WITH: "With a data note or finding", WITHOUT: "Without"},
    "comment": {
        State.DUE: "Due",
        State.WRITTEN: "Written, not signed",
        State.RETURNED: "Returned",
        State.SIGNED: "Signed",
        State.REOPENED: "Reopened",
        State.CONFLICT: "Two texts to choose from",
    },
}
LABELS = {
    "section": "Section",
    "owner": "Owner",
    "verdict": "Signal",
    "finding": "Data",
    "comment": "Comment",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody chose; "" for all. The same five words of a row say what it is."""

    section: str = ""
    owner: str = ""
    verdict: str = ""
    finding: str = ""
    comment: str = ""

    def __bool__(self) -> bool:
        return any(astuple(self))

    def keeps(self, row: Filter) -> bool:
        return all(
            asked in ("", has) for asked, has in zip(astuple(self), astuple(row), strict=True)
        )


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    words: str
    rows: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One select of the form, with how many rows each option has."""

    name: str
    label: str
    chosen: str
    options: tuple[Option, ...]


def asked_for(query: Mapping[str, str], rows: Iterable[Filter]) -> Filter:
    """The filter that an address asks for. What no row of the page has is taken for "all", so that
    an old address shows something; two that no row has together are left as they are."""
    every = tuple(rows)
    known = {
        one.name: {getattr(row, one.name) for row in every}
        | set(WORDS.get(one.name, {}))
        for one in fields(Filter)
    }  # fmt: skip
    asked = {name: query.get(name, "") for name in known}
    return Filter(**{name: value for name, value in asked.items() if value in known[name]})


def traits(
    page: Scorecard, states: Mapping[str, State], touched: Iterable[str] = ()
) -> dict[str, Filter]:
    """What each row is, by ref; `touched` are the refs that findings in the records speak of."""
    found = {one.ref for one in page.findings if one.severity is not Severity.INFORMATION}
    found.update(touched)
    return {row.indicator.ref: _trait(row, found, states) for row in page.rows}


def _trait(row: Row, found: set[str | None], states: Mapping[str, State]) -> Filter:
    ref = row.indicator.ref
    return Filter(
        section=row.indicator.section,
        owner=row.indicator.owner,
        verdict=VERDICTS[glance_of(row)],
        finding=WITH if has_data_note(row) or ref in found else WITHOUT,
        comment=states[ref].value,
    )


def choices(page: Scorecard, rows: Iterable[Filter], chosen: Filter) -> tuple[Choice, ...]:
    """The selects; an option that no row has is left out, unless it is the one chosen."""
    every = tuple(rows)
    words = {**WORDS, "section": {one.id: one.title for one in page.sections}}
    made = []
    for name, label in LABELS.items():
        values = [getattr(row, name) for row in every]
        now = getattr(chosen, name)
        said = words.get(name) or {value: value for value in sorted(set(values)) if value}
        options = tuple(
            Option(value, text, values.count(value))
            for value, text in said.items()
            if value in values or value == now
        )
        if len(options) > 1 or now:
            made.append(Choice(name, label, now, options))
    return tuple(made)
