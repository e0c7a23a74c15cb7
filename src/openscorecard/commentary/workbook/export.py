"""The workbook that goes out: the figures that matter, last month's comment, a box to write in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openscorecard.commentary.attach import comment_for
from openscorecard.commentary.entries import StoredComments
from openscorecard.commentary.workbook import columns as head
from openscorecard.commentary.workbook.destination import check_destination
from openscorecard.commentary.workbook.sheet_names import NOBODY, sheet_names
from openscorecard.errors import InputError
from openscorecard.files import replace_file
from openscorecard.scorecard.page import Change, FigureStatus, Row, Scorecard
from openscorecard.spreadsheets import (
    FONT,
    SIZE,
    Format,
    Workbook,
    Worksheet,
    finished,
    new_workbook,
    put_text,
    row_height,
)
from openscorecard.units import Arrow, Unit

INK, INK_2, EDGE, HAIRLINE, BAND = "#10212b", "#47565f", "#6f7f88", "#d3dbdf", "#eef2f4"
MARK = "NOT SHOWN TO THE PUBLIC"
TALL_BOX = 104.0  # points: seven lines to write in
HEADER_ROW = 5


@dataclass(frozen=True, slots=True)
class Line:
    """What the sheet says about one indicator."""

    ref: str
    name: str
    latest: str
    beside: str
    before: str
    comment: str
    public: str
    version: str


def export_comments(
    scorecard: Scorecard,
    stored: StoredComments,
    path: Path,
    reporter: str | None = None,
    *,
    earlier: Sequence[StoredComments] = (),
    public: Scorecard | None = None,
) -> None:
    """Writes the workbook: a sheet for each reporter, or that of one `reporter` alone.

    InputError where the page has no such reporter; where `path` is no place for a workbook, or
    holds something already that is not stored. `earlier` are the comments of the months before;
    `public` is the page as the public may see it: what that hides is marked beside the boxes.
    """
    sheets = _by_reporter(scorecard, reporter)
    check_destination(path, (stored, *earlier))
    book, memory = new_workbook(
        title=f"{head.TITLE} {scorecard.month.long}, {scorecard.council}",
        subject="Commentary on the monthly scorecard",
        author=scorecard.council,
        month=scorecard.month,
    )
    names = sheet_names(_by_reporter(scorecard, None))
    title = _format(book, bold=True, font_size=16)
    for role, rows in sheets.items():
        lines = [_line(row, stored, earlier, public) for row in rows]
        sheet = book.add_worksheet(names[role])
        put_text(sheet, 0, 0, f"{head.TITLE} {scorecard.month.long}: {role}", title)
        _draw(book, sheet, scorecard, lines)
    replace_file(path, finished(book, memory, [title]))


def _by_reporter(scorecard: Scorecard, reporter: str | None) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in scorecard.rows:
        found.setdefault(row.indicator.reporter or NOBODY, []).append(row)
    if reporter is None:
        return found
    if reporter not in found:
        raise InputError(
            f"no indicator is reported by {reporter!r}",
            where="--reporter",
            todo=f"choose one of: {'; '.join(found)}",
        )
    return {reporter: found[reporter]}


def _line(
    row: Row,
    stored: StoredComments,
    earlier: Sequence[StoredComments],
    public: Scorecard | None,
) -> Line:
    ref = row.indicator.ref
    now = stored.current(ref)
    return Line(
        ref=ref,
        name=row.indicator.name,
        latest=row.latest.printed,
        beside="\n".join(filter(None, [_not_for_the_public(public, ref), _beside(row)])),
        before=_before(row, stored, earlier),
        comment=now.text if now else "",
        public=(now.public_text or "") if now else "",
        version=stored.version(ref),
    )


def _not_for_the_public(public: Scorecard | None, ref: str) -> str:
    """What the public page hides of the row, so that she knows where other words are needed."""
    row = public.row(ref) if public else None
    if row is None:
        return ""
    if row.latest.status is FigureStatus.HIDDEN:
        return f"{MARK}: this month's figure"
    statuses = [item.status for item in row.figures]
    statuses += [item.status for item in (row.change_month, row.change_year)]
    statuses += [item.status for item in (row.average_12m, row.maximum_12m)]
    if FigureStatus.HIDDEN in statuses:
        return f"{MARK}: some of the figures"
    return ""


def _beside(row: Row) -> str:
    """The figures that this month's stands beside, a line each."""
    others = [f"{item.label} {item.printed}" for item in row.comparators if item.status == "value"]
    preferred = row.indicator.preferred_direction.value
    lines = [
        _moved(row, row.change_month),
        _moved(row, row.change_year),
        f"12-month average {row.average_12m.printed}",
        f"12-month highest {row.maximum_12m.printed}",
        ", ".join(others) or "No comparable measure",
        "No preferred direction" if preferred == "none" else f"Preferred direction: {preferred}",
    ]
    unit = {Unit.PER_10000: "A rate per 10,000", Unit.PER_100000: "A rate per 100,000"}
    return "\n".join([*lines, unit.get(row.indicator.unit, "")]).strip()


def _moved(row: Row, change: Change) -> str:
    """`Up 279 on May 2021 (1,801)`; from a released page perhaps `Up 48% on June 2020`."""
    at_hand = [figure for figure in (*row.history, *row.figures) if figure.month == change.base]
    base = f" ({at_hand[-1].printed})" if at_hand else ""
    if change.way is not None and change.moved:
        moved = "No change" if change.way is Arrow.LEVEL else f"{change.way.value} {change.moved}"
        return f"{moved[:1].upper()}{moved[1:]} on {change.base.long}{base}"
    if change.percent is not None:
        way = "Up" if change.percent > 0 else "Down"
        size = change.printed.removeprefix("-")
        # A move too small for its digits: `Up 0%` would read as a mistake.
        moved = f"{way} {size}" if size.strip("0.%") else f"{size} change"
        return f"{moved} on {change.base.long}{base}"
    return f"Change on {change.base.long}: {change.printed}"


def _before(row: Row, stored: StoredComments, earlier: Sequence[StoredComments]) -> str:
    """The newest earlier comment; and what else came in this month, if that is not settled."""
    ref = row.indicator.ref
    told = [comment_for(item, ref, "internal") for item in earlier if item.month < stored.month]
    known = [item for item in (*told, *row.earlier_comments) if item is not None]
    newest = max(known, key=lambda item: item.month, default=None)
    parts = [f"{newest.month.long}: {newest.text}"] if newest else []
    for entry in stored.conflicts(ref):
        public = f" Public wording: {entry.public_text}" if entry.public_text else ""
        parts.append(f"NOT SETTLED. {entry.by} also sent for this month: {entry.text}{public}")
    return "\n\n".join(parts)


def _instructions(scorecard: Scorecard) -> tuple[str, ...]:
    counts = scorecard.small_counts
    not_there = (
        f" Do so where a row says {MARK}, and give no count of {counts}: people might recognise a "
        "child."
    )
    return (
        "1. Write in the boxes: what it means for children, why, and what you are doing. Sixty "
        "words are plenty. A month that moved as it usually does needs no more than that said.",
        "2. The public reads the same text, unless you put other words in the second box."
        + (not_there if counts else ""),
        "3. Save the file and send it back. All cells but the boxes are locked; rows and columns "
        "may stand in any order.",
    )


def _draw(book: Workbook, sheet: Worksheet, scorecard: Scorecard, lines: list[Line]) -> None:
    month = scorecard.month
    headers = {
        head.REF: 11.0,
        head.NAME: 24.0,
        month.long: 11.0,
        "Compared with": 29.0,
        "Written before": 28.0,
        head.COMMENT: 46.0,
        head.PUBLIC: 30.0,
        head.OWN_REF: 12.0,
        head.OWN_MONTH: 12.0,
        head.OWN_VERSION: 16.0,
    }
    _set_up(sheet, list(headers.values()), hidden_from=7)
    sheet.set_row(0, 27)
    for number, words in enumerate(_instructions(scorecard), start=1):
        put_text(sheet, number, 0, words, _format(book))
        sheet.set_row(number, 16)
    sheet.set_row(4, 8)
    # A band, so that the headers do not run into the first row, which has no room above its text.
    header = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": BAND}
    first, others = _format(book, **header), _format(book, indent=1, **header)
    for number, text in enumerate(headers):
        put_text(sheet, HEADER_ROW, number, text, others if number else first)
    sheet.set_row(HEADER_ROW, 26)
    styles = _styles(book)
    for number, line in enumerate(lines, start=HEADER_ROW + 1):
        cells = (
            line.ref, line.name, line.latest, line.beside, line.before, line.comment, line.public,
            line.ref, month.iso, line.version,
        )  # fmt: skip
        for column, (text, style) in enumerate(zip(cells, styles, strict=True)):
            put_text(sheet, number, column, text, style, where=f"the comment on {line.ref}")
        shown = list(zip(cells, headers.values(), strict=True))[:7]
        # Two lines more than a box's own text, so that there is room to go on writing.
        grown = [(f"{text}\n\n" if at > 4 and text else text) for at, (text, _) in enumerate(shown)]
        room = [width - 1.5 for _, width in shown]
        sheet.set_row(number, row_height(zip(grown, room, strict=True), least=TALL_BOX))
    sheet.ignore_errors({"number_stored_as_text": f"A1:J{HEADER_ROW + 1 + len(lines)}"})
    sheet.set_selection(HEADER_ROW + 1, 5, HEADER_ROW + 1, 5)


def _styles(book: Workbook) -> list[Format]:
    """A format a column. The boxes are unlocked, and hold text whatever is typed into them."""
    below = {"text_wrap": True, "bottom": 1, "bottom_color": HAIRLINE}
    ref = _format(book, bold=True, **below)
    plain = _format(book, indent=1, **below)
    quiet = _format(book, indent=1, font_color=INK_2, **below)
    latest = _format(book, indent=1, bold=True, font_size=15, **below)
    box = _format(
        book, indent=1, text_wrap=True, border=1, border_color=EDGE, locked=False, num_format="@"
    )
    hidden = _format(book, num_format="@")
    return [ref, plain, latest, plain, quiet, box, box, hidden, hidden, hidden]


def _format(book: Workbook, **properties: object) -> Format:
    plain = {"font_color": INK, "valign": "top", "font_name": FONT, "font_size": SIZE}
    return book.add_format({**plain, "align": "left", **properties})


def _set_up(sheet: Worksheet, widths: list[float], *, hidden_from: int) -> None:
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width, None, {"hidden": number >= hidden_from})
    sheet.hide_gridlines(2)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_footer("&L&A&RPage &P of &N")
