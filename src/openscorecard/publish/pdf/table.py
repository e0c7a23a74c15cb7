"""The classic table for the panel, A3 landscape: every figure of the page and every comment whole.

Takes a `Scorecard`; gives `panel-table.pdf`. What the template gets is printed texts alone.
A row never splits over two pages; see table_comments.py for what that means for long comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openscorecard.publish.html.row_view import ChangeView, change_view, changes_of
from openscorecard.publish.html.signal_view import signal_view
from openscorecard.publish.pdf.breaks import breakable
from openscorecard.publish.pdf.compile import compiled
from openscorecard.publish.pdf.table_comments import is_longer, row_comment, whole_comment
from openscorecard.publish.pdf.tags import with_row_headers
from openscorecard.publish.release_words import (
    FOLLOWS,
    ChangedLine,
    changed_lines,
    correction_line,
    earlier_lines,
    published_line,
)
from openscorecard.publish.workbook.figures import DIRECTIONS, comparator_names
from openscorecard.publish.workbook.notes import Note, numbered_notes, shorthand, words_in_cells
from openscorecard.scorecard.page import Change, FigureStatus, Row, Scorecard
from openscorecard.scorecard.verdict import Signal
from openscorecard.statistics.ranges import printed

HEADING_CELLS = 2  # of a row: the reference and the name
MOST_CORRECTIONS = 12  # changed cells that the first page lists
_SHORT = 60  # characters of what was or is printed: a comment is longer
_SHAPE = {Signal.CONCERN: "diamond", Signal.IMPROVEMENT: "circle", Signal.NEUTRAL: "square"}

Roles = tuple[str, str]
Printed = dict[str, Any]


def write_table_pdf(scorecard: Scorecard, path: Path) -> None:
    """Writes the page as one tagged A3 document; the same page gives the same bytes."""
    path.write_bytes(table_pdf(scorecard))


def table_pdf(scorecard: Scorecard) -> bytes:
    return with_row_headers(compiled("table.typ", table_data(scorecard)), HEADING_CELLS)


def table_data(scorecard: Scorecard) -> Printed:
    """What the document prints, as texts."""
    notes = numbered_notes(scorecard, of_comments=False)
    month = scorecard.month
    return {
        "title": f"{scorecard.title}, {month.long}",
        "council": scorecard.council,
        "month": month.long,
        "audience": _audience(scorecard),
        "release": published_line(scorecard),
        "correction": correction_line(scorecard),
        "legend": _legend(scorecard),
        "months": [item.short for item in scorecard.months],
        "month_before": month.plus(-1).short,
        "year_before": month.plus(-12).short,
        "comparators": list(_labels(scorecard).values()),
        "sections": _sections(scorecard, notes),
        "corrections": _corrections(scorecard),
        "longer": [whole_comment(row) for row in scorecard.rows if is_longer(row.comment)],
        "notes": [_note(note) for note in notes],
    }


def _audience(scorecard: Scorecard) -> str:
    if scorecard.audience == "public":
        return "Public"
    return "Internal: holds small numbers, not for publication"


def _legend(scorecard: Scorecard) -> list[str]:
    """What the marks mean that stand in the table; of others nobody need read."""
    tolerance = printed(scorecard.arrow_tolerance)
    names = comparator_names(scorecard)
    others = "; ".join(f"{label}: {name}" for label, name in names.items())
    texts = [text for row in scorecard.rows for text in _printed_in(row)]
    codes, words = "; ".join(shorthand(texts)), ". ".join(words_in_cells(texts))
    return [
        *(f"{told}." for told in (codes, words) if told),
        f"Changes: the plain move (percentages in points, pts), then the % change with its arrow: "
        f"↑ up by {tolerance}% or more, ↓ down by {tolerance}% or more, → between.",
        *([f"{others}."] if others else []),
    ]


def _printed_in(row: Row) -> list[str]:
    return [
        *(one.printed for one in row.figures),
        *(one.printed for one in changes_of(row)),
        row.average_12m.printed,
        row.maximum_12m.printed,
        *(one.printed for one in row.comparators),
    ]


def _labels(scorecard: Scorecard) -> dict[str, str]:
    """The comparators' keys and column heads, in the order of the page."""
    return {item.key: item.label for row in scorecard.rows for item in row.comparators}


def _sections(scorecard: Scorecard, notes: tuple[Note, ...]) -> list[Printed]:
    found = []
    keys = tuple(_labels(scorecard))
    for section in scorecard.sections:
        rows = scorecard.of_section(section.id)
        if not rows:
            continue
        usual = Counter(map(_roles, rows)).most_common(1)[0][0]
        found.append(
            {
                "title": section.title,
                "roles": _roles_words(usual, ("", "")),
                "but": any(_roles(row) != usual for row in rows),
                "rows": [_row(scorecard, row, keys, notes, usual) for row in rows],
            }
        )
    return found


def _roles(row: Row) -> Roles:
    return row.indicator.owner, row.indicator.reporter


def _roles_words(roles: Roles, usual: Roles) -> str:
    """`Owner: X. Reporter: Y.`, without what is as usual in the section."""
    told = zip(("Owner", "Reporter"), roles, usual, strict=True)
    return " ".join(f"{name}: {role}." for name, role, known in told if role and role != known)


def _row(
    scorecard: Scorecard, row: Row, keys: tuple[str, ...], notes: tuple[Note, ...], usual: Roles
) -> Printed:
    by_key = {item.key: item for item in row.comparators}
    signal = signal_view(row)
    shape = "" if signal.shape is None or row.verdict is None else _SHAPE[row.verdict.signal]
    why = f": {signal.why}" if signal.why else ""
    return {
        "ref": breakable(row.indicator.ref, 9),
        "name": breakable(row.indicator.name, 20),
        "roles": breakable(_roles_words(_roles(row), usual), 20),
        "notes": " ".join(
            _unbroken(note.mark) for note in notes if row.indicator.ref in note.about
        ),
        "figures": [item.printed for item in row.figures],
        "shape": shape,
        "changes": [_change(change, scorecard) for change in changes_of(row)],
        "direction": DIRECTIONS[row.indicator.preferred_direction].lower(),
        "average": row.average_12m.printed,
        "maximum": row.maximum_12m.printed,
        "others": [by_key[key].printed if key in by_key else "" for key in keys],
        "signal": breakable(f"{signal.word}{why}", 12),
        "strong": bool(shape),
        "comment": row_comment(row, scorecard.month),
    }


def _unbroken(mark: str) -> str:
    return mark.replace(" ", "\N{NO-BREAK SPACE}")


def _change(change: Change, scorecard: Scorecard) -> list[str]:
    """`down 20` and `-23% ↓`; one line where only one is known."""
    view = change_view(change, scorecard.month)
    classic = " ".join(part for part in (view.classic, view.classic_glyph) if part)
    moved = _moved(view)
    codes = change.status is not FigureStatus.VALUE
    return [classic] if codes or not moved else [moved, classic]


def _moved(view: ChangeView) -> str:
    if not view.way:
        return ""
    return view.way if view.level else f"{view.way} {view.moved}"


def _corrections(scorecard: Scorecard) -> Printed:
    """What a later version prints otherwise than the one before: the first of it without what only
    follows, and, where there is more, the whole list for the last page; no lines for a first
    version and a draft."""
    changed = changed_lines(scorecard)
    told = [one for one in changed if one.part != FOLLOWS][:MOST_CORRECTIONS]
    is_all = len(told) == len(changed)
    return {
        "lines": _correction_lines(told),
        "all": [] if is_all else _correction_lines(changed),
        "count": "" if is_all else f"All {len(changed):,} changed cells",
        "earlier": [f"Replaces: {line}" for line in earlier_lines(scorecard)],
    }


def _correction_lines(changed: Iterable[ChangedLine]) -> list[Printed]:
    return [{"ref": one.ref, "text": breakable(_correction(one), 40)} for one in changed]


def _correction(one: ChangedLine) -> str:
    """`June 2021: was 2,080, now 2,081`; of a text of more than a few words that it changed."""
    if max(len(one.was), len(one.now)) > _SHORT:
        return f"{one.name}: {one.column} changed"
    return f"{one.name}, {one.column}: was {one.was}, now {one.now}"


def _note(note: Note) -> Printed:
    return {"mark": note.mark, "text": breakable(note.text, 60), "about": note.places}
