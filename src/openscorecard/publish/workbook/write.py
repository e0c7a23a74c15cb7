"""The workbook as a whole: cover, contents, notes, then the tables."""

from __future__ import annotations

from pathlib import Path

from openscorecard.files import replace_file
from openscorecard.publish.release_words import DRAFT, earlier_lines, is_draft, release_line
from openscorecard.publish.workbook.figures import what_cells_hold
from openscorecard.publish.workbook.notes import numbered_notes, shorthand
from openscorecard.publish.workbook.sheets import all_tables
from openscorecard.publish.workbook.table import (
    Cell,
    Column,
    Styles,
    TableSheet,
    draw_lines,
    draw_table,
    text,
)
from openscorecard.scorecard.page import Scorecard
from openscorecard.spreadsheets import finished, new_workbook


def write_workbook(scorecard: Scorecard, path: Path) -> None:
    """Writes the page as an .xlsx; the same page gives the same bytes."""
    replace_file(path, workbook_bytes(scorecard))


def workbook_bytes(scorecard: Scorecard) -> bytes:
    title = f"{_head(scorecard)}, {scorecard.council}"
    book, memory = new_workbook(
        title=title,
        subject="Monthly indicators of children's services",
        author=scorecard.council,
        month=scorecard.month,
    )
    styles = Styles(book)
    tables = all_tables(scorecard, numbered_notes(scorecard))
    draw_lines(book, styles, "Cover", _head(scorecard), _cover(scorecard, tables))
    for table in (_contents(tables), *tables):
        draw_table(book, styles, table)
    return finished(book, memory, styles.headings)


def _head(scorecard: Scorecard) -> str:
    head = f"{scorecard.title}, {scorecard.month.long}"
    return f"{DRAFT}: {head}" if is_draft(scorecard) else head


def _contents(tables: tuple[TableSheet, ...]) -> TableSheet:
    rows = [(text("Cover"), text("What this workbook is, and how to read it"))]
    rows += [(text(table.name), text(table.about)) for table in tables]
    return TableSheet(
        name="Contents",
        title="Contents",
        lines=("This worksheet holds one table: the sheets of this workbook, with links to them.",),
        columns=(Column("Sheet", 24), Column("What it holds", 80)),
        rows=tuple((Cell(name.printed, link=name.printed), about) for name, about in rows),
    )


def _cover(scorecard: Scorecard, tables: tuple[TableSheet, ...]) -> list[tuple[str, bool]]:
    """(line, whether it is a heading). The day of a release is part of it; a draft has none: the
    same page gives the same bytes, whenever it is written."""
    texts = [cell.printed for table in tables for row in table.rows for cell in row]
    marks = list(shorthand(texts))
    if any(table.name == "Notes" for table in tables):
        marks.append("[note 1] and so on: see the Notes sheet")
    return [
        *_about(scorecard),
        *_what_is_hidden(scorecard),
        *([("Shorthand", True)] if marks else []),
        *((mark, False) for mark in marks),
        ("How to read the figures", True),
        (
            f"{what_cells_hold(scorecard)} A percentage is stored as a fraction: 23% is 0.23.",
            False,
        ),
        (
            "A change is given from the month before and from the same month last year, worked "
            "out from unrounded figures.",
            False,
        ),
        (
            "Figures move from month to month by chance. A move alone is no proof of better or "
            "worse; and a usual level can still be the wrong level.",
            False,
        ),
    ]


def _about(scorecard: Scorecard) -> list[tuple[str, bool]]:
    count = len(scorecard.rows)
    first, last = scorecard.months[0].long, scorecard.months[-1].long
    edition = {"internal": "Internal edition, not for publication", "public": "Public edition"}
    contact = [(f"Contact: {scorecard.contact}", False)] if scorecard.contact else []
    return [
        (f"Council: {scorecard.council}", False),
        *contact,
        (f"Month reported: {scorecard.month.long}", False),
        (f"Period shown: {first} to {last}", False),
        (f"Edition: {edition[scorecard.audience]}", False),
        (f"Release: {release_line(scorecard)}", False),
        *((f"Replaces: {line}", False) for line in earlier_lines(scorecard)),
        (
            f"{count} indicators of children's services, with changes, 12-month averages and "
            "maxima, figures of other councils and the commentary of the people responsible.",
            False,
        ),
    ]


def _what_is_hidden(scorecard: Scorecard) -> list[tuple[str, bool]]:
    if scorecard.audience == "internal":
        return [
            ("Not for publication", True),
            (
                "This is the internal edition. It shows small numbers from which a child might be "
                "recognised. Publish the public edition instead.",
                False,
            ),
        ]
    if scorecard.small_counts:
        return [
            ("What is hidden, and why", True),
            (
                f"Counts of {scorecard.small_counts} are hidden, and so is every figure from which "
                "they could be worked out, so that no child can be recognised. Such a cell shows "
                "[c]. A 0 is a true zero.",
                False,
            ),
        ]
    return [
        ("Nothing is hidden", True),
        ("The council has set that small counts are not hidden. A 0 is a true zero.", False),
    ]
