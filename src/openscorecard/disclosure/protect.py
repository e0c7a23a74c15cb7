"""The public view of a page: the rules in order, until nothing more needs hiding."""

from __future__ import annotations

from dataclasses import replace

from openscorecard.catalogue.indicator import Relation
from openscorecard.disclosure import arithmetic
from openscorecard.disclosure.derived import without
from openscorecard.disclosure.grid import Cell, Grid, grid_of
from openscorecard.disclosure.small import small_counts, small_shares
from openscorecard.scorecard.page import FigureStatus, Scorecard


def protect(
    scorecard: Scorecard, relations: tuple[Relation, ...], *, limit: int | None = None
) -> Scorecard:
    """What the public may see of `scorecard`: the same page with audience "public".

    Counts of 1 to `limit` (by default the page's own `small_numbers`), what would give them back
    by simple arithmetic, and everything made from either, have status HIDDEN, `[c]` in print, no
    number, and one reason, the same for all: a reader cannot tell a small count from a figure that
    guards one. Findings, sources and load ids are the council's own business and are left out. A
    limit of 0 hides nothing.

    Comments pass through as they are: `hidden_in_comments` looks for what they must not say.
    Protecting a protected page changes nothing.
    """
    limit = scorecard.small_numbers if limit is None else limit
    if limit < 0:
        raise ValueError(f"the limit of small numbers must not be below 0: {limit}")
    page = replace(scorecard, audience="public", findings=(), sources=(), small_numbers=limit)
    while True:  # again on what is left: the public knows less than we do, and may suspect more
        grid = grid_of(page)
        protected = without(page, grid, _hidden(grid, relations, limit), relations, limit)
        if protected == page:
            return page
        page = protected


def _hidden(grid: Grid, relations: tuple[Relation, ...], limit: int) -> frozenset[Cell]:
    hidden = frozenset(
        cell for cell, figure in grid.figures.items() if figure.status is FigureStatus.HIDDEN
    )
    hidden |= small_counts(grid, limit) | small_shares(grid, limit)
    while True:
        more = hidden | arithmetic.shares(grid, hidden)
        more |= arithmetic.relations(grid, more, limit, relations)
        if more == hidden:
            return hidden
        hidden = more
