"""The public view of a page: the rules in order, until nothing more needs hiding."""

from __future__ import annotations

from dataclasses import replace

from openscorecard.catalogue.indicator import Relation
from openscorecard.disclosure import arithmetic
from openscorecard.disclosure.derived import without
from openscorecard.disclosure.grid import Cell, Grid, grid_of
from openscorecard.disclosure.narrow import narrow_sums
from openscorecard.disclosure.rounding import as_printed
from openscorecard.disclosure.small import small_counts, small_shares
from openscorecard.scorecard.page import Figure, FigureStatus, Scorecard


def protect(
    scorecard: Scorecard, relations: tuple[Relation, ...], *, limit: int | None = None
) -> Scorecard:
    """What the public may see of `scorecard`: the same page with audience "public".

    Counts of 1 to `limit` (by default the page's own `small_numbers`), what would give them back
    by simple arithmetic, and everything made from either, have status HIDDEN, `[c]` in print, no
    number, and one reason, the same for all: a reader cannot tell a small count from a figure that
    guards one. Findings, sources and load ids are the council's own business and are left out. A
    limit of 0 hides nothing. Numbers have the digits that the page prints, unless the counts that
    they are made from are shown. Verdicts are made anew from what is left, and from nothing else:
    limits that rested on a hidden month would give it back.

    Comments pass through as they are: `hidden_in_comments` looks for what they must not say.
    Protecting a protected page changes nothing.
    """
    limit = scorecard.small_numbers if limit is None else limit
    if limit < 0:
        raise ValueError(f"the limit of small numbers must not be below 0: {limit}")
    page = _without_judgements(replace(scorecard, small_numbers=limit))
    while True:  # again on what is left: the public knows less than we do, and may suspect more
        grid = grid_of(page, relations)
        hidden = _hidden(grid, relations, limit)
        protected = without(page, grid, hidden, relations, limit)
        if protected == page:
            shown = as_printed(page, grid) if limit or hidden else page
            return _judged_anew(scorecard, shown, relations)
        page = protected


def _without_judgements(page: Scorecard) -> Scorecard:
    """The page without what was made from all of it: that is made again, or not at all."""
    rows = tuple(replace(row, verdict=None, standings=()) for row in page.rows)
    return replace(
        page,
        audience="public",
        rows=rows,
        findings=(),
        sources=(),
        matters=(),
        usual_moves=(),
        chance=None,
    )


def _judged_anew(whole: Scorecard, shown: Scorecard, relations: tuple[Relation, ...]) -> Scorecard:
    """The public's page with verdicts, standings and sentences of its own, where the whole page had
    any. A comparator that the council's own findings speak against does not stand here either."""
    if all(row.verdict is None for row in whole.rows):
        return shown
    from openscorecard.scorecard.matters import with_matters  # both bring numpy
    from openscorecard.scorecard.signals.judge import with_verdicts

    findings = whole.findings if whole.audience != "public" else None
    return with_matters(with_verdicts(shown, relations), relations, findings)


def _hidden(grid: Grid, relations: tuple[Relation, ...], limit: int) -> frozenset[Cell]:
    hidden = frozenset(cell for cell, figure in grid.figures.items() if _is_hidden(figure))
    hidden |= small_counts(grid, limit) | small_shares(grid, limit)
    while True:
        more = hidden | arithmetic.shares(grid, hidden)
        more |= arithmetic.relations(grid, more, limit, relations)
        if more == hidden:
            more |= narrow_sums(grid, hidden, limit)
        if more == hidden:
            return hidden
        hidden = more


def _is_hidden(figure: Figure) -> bool:
    return figure.status is FigureStatus.HIDDEN
