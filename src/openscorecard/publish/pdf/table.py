"""The classic table for the panel, A3 landscape: every figure of the page and every comment whole.

Takes a `Scorecard`; gives `panel-table.pdf`. What the template gets is printed texts alone.
A row never splits over two pages, so a comment that is longer than a row can bear is begun in its
row and stands whole under "Longer comments".
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from openscorecard.publish.html.row_view import ChangeView, change_view, changes_of, comment_view
from openscorecard.publish.html.signal_view import signal_view
from openscorecard.publish.pdf.breaks import breakable
from openscorecard.publish.pdf.compile import compiled
from openscorecard.publish.pdf.tags import with_row_headers
from openscorecard.publish.release_words import correction_line, published_line
from openscorecard.publish.workbook.figures import DIRECTIONS, comparator_names
from openscorecard.publish.workbook.notes import Note, numbered_notes, shorthand
from openscorecard.scorecard.page import Change, Comment, FigureStatus, Row, Scorecard
from openscorecard.scorecard.verdict import Signal
from openscorecard.statistics.ranges import printed

LONGEST = 1500  # characters of a comment in its row: about a third of a page
BEGUN = 700  # how much of a longer one stands there
_LINE = 55  # what a line of the column holds: a paragraph costs one more
_SHAPE = {Signal.CONCERN: "diamond", Signal.IMPROVEMENT: "circle", Signal.NEUTRAL: "square"}

Roles = tuple[str, str]
Printed = dict[str, Any]


def write_table_pdf(scorecard: Scorecard, path: Path) -> None:
    """Writes the page as one tagged A3 document; the same page gives the same bytes."""
    path.write_bytes(table_pdf(scorecard))


def table_pdf(scorecard: Scorecard) -> bytes:
    return with_row_headers(compiled("table.typ", table_data(scorecard)))


def table_data(scorecard: Scorecard) -> Printed:
    """What the document prints, as texts."""
    notes = numbered_notes(scorecard)
    month = scorecard.month
    return {
        "title": f"{scorecard.title}, {month.long}",
        "council": scorecard.council,
        "month": month.long,
        "audience": _audience(scorecard),
        "release": _release(scorecard),
        "correction": correction_line(scorecard),
        "legend": _legend(scorecard),
        "months": [item.short for item in scorecard.months],
        "month_before": month.plus(-1).short,
        "year_before": month.plus(-12).short,
        "comparators": list(_labels(scorecard).values()),
        "sections": _sections(scorecard, notes),
        "longer": [_whole(row) for row in scorecard.rows if is_longer(row.comment)],
        "notes": [_note(note) for note in notes],
    }


def _audience(scorecard: Scorecard) -> str:
    if scorecard.audience == "public":
        return "Public"
    return "Internal: holds small numbers, not for publication"


def _release(scorecard: Scorecard) -> str:
    """The line that all media have; a first version's number stands on paper too."""
    line = published_line(scorecard)
    release = scorecard.release
    return f"Version 1. {line}" if release is not None and release.version == 1 else line


def _legend(scorecard: Scorecard) -> list[str]:
    tolerance = printed(scorecard.arrow_tolerance)
    names = comparator_names(scorecard)
    others = "; ".join(f"{label}: {name}" for label, name in names.items())
    return [
        "; ".join(shorthand(scorecard)) + ".",
        "n/a: no % change can be given. Local: no comparable measure exists.",
        f"Changes: the plain move (percentages in points, pts), then the % change with its arrow: "
        f"↑ up by {tolerance}% or more, ↓ down by {tolerance}% or more, → between.",
        *([f"{others}."] if others else []),
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
        "name": breakable(row.indicator.name, 24),
        "roles": breakable(_roles_words(_roles(row), usual), 24),
        "notes": " ".join(note.mark for note in notes if row.indicator.ref in note.about),
        "figures": [item.printed for item in row.figures],
        "shape": shape,
        "changes": [_change(change, scorecard) for change in changes_of(row)],
        "direction": DIRECTIONS[row.indicator.preferred_direction].lower(),
        "average": row.average_12m.printed,
        "maximum": row.maximum_12m.printed,
        "others": [by_key[key].printed if key in by_key else "" for key in keys],
        "signal": breakable(f"{signal.word}{why}", 16),
        "strong": bool(shape),
        "comment": _comment(scorecard, row),
    }


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


def is_longer(comment: Comment | None) -> bool:
    """Whether a comment is more than its row can bear."""
    if comment is None:
        return False
    return len(comment.text) + _LINE * comment.text.count("\n") > LONGEST


def _comment(scorecard: Scorecard, row: Row) -> Printed:
    comment = comment_view(row.comment, scorecard.month)
    if comment is None or row.comment is None:
        return {"before": "", "paragraphs": [], "whole": ""}
    longer = is_longer(row.comment)
    text = _begun(row.comment.text) if longer else row.comment.text
    before = f"About {comment.stale}." if comment.stale else ""
    if comment.by and comment.by != row.indicator.reporter:
        before = f"{before} By: {comment.by}.".strip()
    return {
        "before": breakable(before, 30),
        "paragraphs": _paragraphs(text),
        "whole": _anchor(row) if longer else "",
    }


def _begun(text: str) -> str:
    """The beginning of a longer comment, up to a whole word. Each break of a line costs one line
    of the row, so what is many short lines is begun as running text."""
    flat = " ".join(text.split())[:BEGUN]
    return f"{flat.rpartition(' ')[0] or flat} …"


def _whole(row: Row) -> Printed:
    comment = row.comment
    assert comment is not None
    return {
        "anchor": _anchor(row),
        "ref": row.indicator.ref,
        "name": row.indicator.name,
        "paragraphs": _paragraphs(comment.text),
    }


def _anchor(row: Row) -> str:
    return f"comment-{row.indicator.id}"


def _paragraphs(text: str) -> list[str]:
    return [breakable(line.strip(), 30) for line in text.splitlines() if line.strip()]


def _note(note: Note) -> Printed:
    return {"mark": note.mark, "text": breakable(note.text, 60), "about": note.places}
