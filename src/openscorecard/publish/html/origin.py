"""Where figures come from, in few words: the loads behind ours, the origin of other councils'."""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.catalogue.indicator import Kind
from openscorecard.publish.html.words import VINTAGE, counted, sentence
from openscorecard.publish.month_notes import all_figures
from openscorecard.scorecard.page import Comparator, Row, Scorecard, Source, Vintage


@dataclass(frozen=True, slots=True)
class Origin:
    """`words` before a link to the list of sources, whose text is `link`."""

    words: str
    link: str


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """Another council's figure; `where` is its year and edition, `how` its formula."""

    name: str
    printed: str
    where: str
    how: str


def origins(card: Scorecard, row: Row) -> tuple[Origin, ...]:
    """A line for each released page behind the row, and one for all loads that it was counted
    from. None where the page names no sources, as in the published version."""
    figures = [figure for figure in all_figures(row) if figure.load]
    pages = {figure.load for figure in figures if figure.vintage is Vintage.RELEASED}
    records = {figure.load for figure in figures if figure.vintage is not Vintage.RELEASED} - pages
    lines = [
        Origin(_page_words(source), "Its fingerprint")
        for source in card.sources
        if source.load in pages
    ]
    used = [source for source in card.sources if source.load in records]
    if not used:
        return tuple(lines)
    supplied = row.indicator.kind is Kind.SUPPLIED
    opening = "Sent by another team, with" if supplied else "Counted from case records:"
    if len(used) == 1:
        words = f"{opening} load {used[0].load}, {used[0].file}."
        return (*lines, Origin(words, "Its fingerprint"))
    closed = [one.month for one in figures if one.vintage is Vintage.MONTH_CLOSE]
    reach = f", {min(closed).long} to {max(closed).long}" if len(closed) > 1 else ""
    words = f"{opening} {counted(len(used), 'load', 'loads')}{reach}."
    return (*lines, Origin(words, "Their fingerprints"))


def _page_words(source: Source) -> str:
    """A load of a printed page, or a release made here: `Release 2021-05 public version 2: ...`."""
    name = source.load if source.load.startswith("release ") else f"load {source.load}"
    return f"{name[0].upper()}{name[1:]}: {source.file}."


def other_figures(row: Row) -> tuple[OtherFigure, ...]:
    """Those that stand, and those that were left out, with why."""
    return tuple(
        _left_out(item) if is_left_out(item) else _other(item)
        for item in row.comparators
        if item.status == "value" or is_left_out(item)
    )


def is_left_out(item: Comparator) -> bool:
    """Whether there is a figure that does not stand here, and its formula says why."""
    return item.status == "not-available" and item.formula.lower().startswith("left out")


def _left_out(item: Comparator) -> OtherFigure:
    return OtherFigure(item.name, item.printed, "", sentence(item.formula))


def _other(item: Comparator) -> OtherFigure:
    where = ", ".join(part for part in (item.year, item.edition) if part)
    how = sentence(item.formula)
    if where and not item.edition:
        how = f"{how} Edition not stated.".strip()
    if where and not item.year:
        how = f"{how} Year not stated.".strip()
    return OtherFigure(item.name, item.printed, sentence(where), how or "Origin not stated.")


def vintage_words(row: Row) -> str:
    """What the lighter part of the chart's line is; "" where all of it is of one knowledge."""
    told = [one for one in row.history if one.vintage]
    later = [one for one in told if one.vintage is Vintage.NOW_KNOWN]
    firm = [one for one in told if one.vintage is not Vintage.NOW_KNOWN]
    if not all(any(one.value is not None for one in part) for part in (later, firm)):
        return ""
    known = VINTAGE[Vintage.NOW_KNOWN]
    if later[-1].month > firm[0].month:
        return f"The line is lighter where figures are {known}."
    kinds = {one.vintage: VINTAGE[one.vintage] for one in firm if one.vintage}
    then = " or ".join(kinds.values())
    return f"Lighter to {later[-1].month.long}: {known}. From {firm[0].month.long}: {then}."
