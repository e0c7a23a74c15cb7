"""Workbooks as people handle them: sent out, written in, sorted, robbed of columns."""

from __future__ import annotations

import openpyxl
from comment_pages import NOW, page

from openscorecard.commentary.workbook import import_comments

HEADER = 6
COMMENT, PUBLIC = "Your comment", "Public wording, if different"
HIDDEN = ("openscorecard ref", "openscorecard month", "openscorecard version")


def columns(sheet):
    return {cell.value: cell.column for cell in sheet[HEADER] if cell.value}


def line_of(sheet, ref):
    return next(cell.row for cell in sheet["A"] if cell.value == ref)


def write_into(path, **texts):
    """What a service manager does: `M1="..."`, `M1_public="..."`; None empties the box."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for name, text in texts.items():
            ref, _, public = name.partition("_")
            if ref in [cell.value for cell in sheet["A"]]:
                column = columns(sheet)[PUBLIC if public else COMMENT]
                cell = sheet.cell(line_of(sheet, ref), column)
                cell.value = text
                if isinstance(text, str) and text.startswith("="):
                    cell.data_type = "s"  # as Excel does in a cell that is formatted as text
    book.save(path)


def taken(path, comments, **more):
    return import_comments(path, comments, page(), at=NOW, **more)


def rules(result):
    return [(finding.rule, finding.severity, finding.ref) for finding in result.findings]
