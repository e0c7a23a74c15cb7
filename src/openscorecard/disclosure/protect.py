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
    they are made from are shown.

    Comments pass through as they are: `hidden_in_comments` looks for what they must not say.
    Protecting a protected page changes nothing.
    """
    limit = scorecard.small_numbers if limit is None else limit
    if limit < 0:
        raise ValueError(f"the limit of small numbers must not be below 0: {limit}")
    page = replace(scorecard, audience="public", findings=(), sources=(), small_numbers=limit)
    while True:  # again on what is left: the public knows less than we do, and may suspect more
        grid = grid_of(page, relations)
        hidden = _hidden(grid, relations, limit)
        protected = without(page, grid, hidden, relations, limit)
        if protected == page:
            return as_printed(page, grid) if limit or hidden else page
        page = protected


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
