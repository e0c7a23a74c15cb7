"""[r] on the public page: where a public release printed another figure, and nowhere else.

Takes the protected page, whose marks know what either audience was given; gives it with the marks
that the public's own releases explain: a figure that only the council's own people have seen
otherwise was never revised to anybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from openscorecard.disclosure.derived import REVISED
from openscorecard.scorecard.page import Figure, FigureStatus, Row, Scorecard
from openscorecard.scorecard.printed_cells import HIDDEN_FIGURE
from openscorecard.workspace.releases import kept_releases
from openscorecard.workspace.releasing import cells_of

MARK = " [r]"
_Printed = Mapping[tuple[str, str], frozenset[str]]  # ref and month: what stood there


def marked_for_public(page: Scorecard, root: Path) -> Scorecard:
    """The page with the marks that public releases explain. A figure of a loaded page that was
    revised keeps its own: such a page was published."""
    if not any(_by_a_release(one) for row in page.rows for one in row.on_record):
        return page
    printed = _printed(root, page)
    return replace(page, rows=tuple(_row(row, printed) for row in page.rows))


def _printed(root: Path, page: Scorecard) -> _Printed:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for kept in kept_releases(root):
        if kept.audience != "public" or kept.month > page.month:
            continue
        for ref, cells in cells_of(kept).items():
            for column, text in cells.items():
                plain = text.removesuffix(MARK)
                if plain != HIDDEN_FIGURE:
                    found[ref, column] = found.get((ref, column), frozenset()) | {plain}
    return found


def _row(row: Row, printed: _Printed) -> Row:
    shown = tuple(_figure(row, one, printed) for one in row.figures)
    repeated = {
        _repeated(before): _repeated(now)
        for before, now in zip(row.figures, shown, strict=True)
        if now.note != before.note
    }
    notes = (repeated.get(note, note) for note in row.notes)
    return replace(
        row,
        figures=shown,
        history=tuple(_figure(row, one, printed) for one in row.history),
        on_record=tuple(_figure(row, one, printed) for one in row.on_record),
        notes=tuple(note for note in notes if note),
    )


def _repeated(figure: Figure) -> str:
    """A figure's note as its row repeats it; "" where it has none."""
    return f"{figure.month.long}: {figure.note.rstrip('.')}." if figure.note else ""


def _figure(row: Row, figure: Figure, printed: _Printed) -> Figure:
    if not _by_a_release(figure):
        return figure
    plain = figure.printed.removesuffix(MARK)
    others = printed.get((row.indicator.ref, figure.month.iso), frozenset()) - {plain}
    if others:
        return figure
    note = figure.note.replace(REVISED, "").rstrip("; ")
    return replace(figure, printed=plain, revised=False, note=note)


def _by_a_release(figure: Figure) -> bool:
    return figure.revised and figure.status is not FigureStatus.HIDDEN and REVISED in figure.note
