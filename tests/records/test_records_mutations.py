"""Pages damaged in every way: a page with findings or one clear error, never a traceback.

OPENSCORECARD_EXAMPLES says how many; 150 of each kind in a usual run.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st
from records_pages import HEADER, ROWS, SEED, as_csv, as_html, as_tabs

from openscorecard.catalogue.load import load_catalogue
from openscorecard.errors import InputError
from openscorecard.records.printed.as_json import page_as_json
from openscorecard.records.printed.page import PrintedPage
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.checks import check_page

CATALOGUE = load_catalogue()
EXAMPLES = int(os.environ.get("OPENSCORECARD_EXAMPLES", "150"))
Lines = list[list[str]]

OTHER = ["Reference", "Measure", "Owner/ Reporter", "Outcome", "Jun-21", "May-21", "England"]
SMALL: Lines = [
    ["A title"], [], HEADER, *ROWS, [], OTHER,
    ["Y1", "Visits", "Avery Moss Corin Dale", "Blair Finch <i>Seen.</i>", "[c]", "85.7% [r]", "-"],
]  # fmt: skip
JUNK = ["", "-", "n/a", "Jun-21", "Ref.", "99999999999999999999", "1,2,3", "↑", "<i>", "</table>",
        '"', '""', '"a\tb', "\t", "\n", "\x00", "\ufeff", "=1+1", "%", "<td colspan=99999>", "&#0;",
        "<!--", "]]>", "2021-06", "12-mnth avg", "Owner/Reporter", "é" * 300, "🔺 5%", "\u202e",
        "Jan-00", "31/02/2021", "-0%", "()", "[x]", "\r", "\x85", "\u2028"]  # fmt: skip
FORMS = {
    "text": (as_tabs, "page.txt"),
    "csv": (as_csv, "page.csv"),
    "semicolons": (lambda lines: as_csv(lines, ";"), "page.csv"),
    "html": (as_html, "page.html"),
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-7", "cp500"]


def seed_lines() -> Lines:
    if not SEED.exists():
        return SMALL
    return [line.split("\t") for line in SEED.read_text(encoding="utf-8").split("\n")][:20]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    lines = [list(line) for line in draw(st.sampled_from([SMALL, seed_lines()]))]
    for _ in range(draw(st.integers(0, 6))):
        lines = draw(st.sampled_from(CHANGES))(draw, lines)
    form, name = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    data = form(lines).encode(draw(st.sampled_from(ENCODINGS)), errors="replace")
    if draw(st.booleans()):
        return name, data
    place = draw(st.sampled_from(range(0, len(data) + 1, max(1, len(data) // 500))))
    kind = draw(st.sampled_from(["cut", "drop", "flip", "insert"]))
    if kind == "cut":
        return name, data[:place]
    if kind == "drop":
        return name, data[:place] + data[place + draw(st.integers(1, 40)) :]
    if kind == "flip":
        return name, data[:place] + bytes([draw(st.integers(0, 255))]) + data[place + 1 :]
    return name, data[:place] + draw(st.binary(max_size=30)) + data[place:]


def _line(draw: st.DrawFn, lines: Lines) -> int:
    return draw(st.integers(0, len(lines) - 1))


def drop_line(draw: st.DrawFn, lines: Lines) -> Lines:
    place = _line(draw, lines)
    return [line for index, line in enumerate(lines) if index != place] or [[""]]


def copy_line(draw: st.DrawFn, lines: Lines) -> Lines:
    place = _line(draw, lines)
    return [*lines[:place], list(lines[_line(draw, lines)]), *lines[place:]]


def swap_lines(draw: st.DrawFn, lines: Lines) -> Lines:
    one, other = _line(draw, lines), _line(draw, lines)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def drop_cell(draw: st.DrawFn, lines: Lines) -> Lines:
    line = lines[_line(draw, lines)]
    if line:
        line.pop(draw(st.integers(0, len(line) - 1)))
    return lines


def copy_cell(draw: st.DrawFn, lines: Lines) -> Lines:
    line = lines[_line(draw, lines)]
    if line:
        place = draw(st.integers(0, len(line) - 1))
        line.insert(place, line[draw(st.integers(0, len(line) - 1))])
    return lines


def swap_cells(draw: st.DrawFn, lines: Lines) -> Lines:
    one, other = lines[_line(draw, lines)], lines[_line(draw, lines)]
    if one and other:
        here, there = draw(st.integers(0, len(one) - 1)), draw(st.integers(0, len(other) - 1))
        one[here], other[there] = other[there], one[here]
    return lines


def junk_cell(draw: st.DrawFn, lines: Lines) -> Lines:
    line = lines[_line(draw, lines)]
    text = draw(st.one_of(st.sampled_from(JUNK), st.text(max_size=20)))
    if line:
        place = draw(st.integers(0, len(line) - 1))
        line[place] = draw(st.sampled_from([text, line[place] + text, text + line[place]]))
    return lines


def drop_column(draw: st.DrawFn, lines: Lines) -> Lines:
    place = draw(st.integers(0, 20))
    return [line[:place] + line[place + 1 :] for line in lines]


CHANGES = [drop_line, copy_line, swap_lines, drop_cell, copy_cell, swap_cells, junk_cell, junk_cell,
           drop_column]  # fmt: skip


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(mutated())
@example(("page.txt", as_tabs(SMALL).encode()))
@example(("page.html", b"<table>"))
@example(("page.csv", b'"'))
def test_a_damaged_page_is_read_and_checked_with_findings_or_refused(
    tmp_path: Path, page: tuple[str, bytes]
) -> None:
    name, data = page
    path = tmp_path / name
    path.write_bytes(data)
    try:
        found = read_page(path)
    except InputError as error:
        event(f"refused: {error.found[:40]}")
        problems = [part for part in (error.found, error.todo) if not part]
        problems += [] if name in error.where else [f"it does not name the file: {error}"]
    else:
        findings = check_page(found, CATALOGUE)
        event("a page with findings" if findings else "a page without findings")
        problems = unsound(found) + [f.rule for f in findings if not f.message or not f.as_json()]
    assert not problems


def unsound(page: PrintedPage) -> list[str]:
    """What a page breaks of the promises that every page keeps, however it was damaged."""
    problems = []
    if list(page.months) != sorted(set(page.months)) or not page.months:
        problems.append("months out of order")
    if not page.rows or len({row.ref for row in page.rows}) != len(page.rows):
        problems.append("no rows, or two of one reference")
    for row in page.rows:
        if not row.ref or not set(row.values) <= set(page.months):
            problems.append(f"{row.ref}: no reference, or a month that the page does not have")
        for cell in row.values.values():
            if (cell.number is not None) != (cell.status.value == "value"):
                problems.append(f"{row.ref}: {cell}")
    if page_as_json(page)["tables"] != page.tables:
        problems.append("JSON")
    return problems


@pytest.mark.parametrize("place", range(0, 40, 3))
def test_no_figure_moves_to_another_month_unseen(tmp_path: Path, place: int) -> None:
    """A cell lost from a row shifts what follows it: that must be said, wherever it happens."""
    row = list(ROWS[place % len(ROWS)])
    del row[place % len(row)]
    others = [line for line in ROWS if line[0] != ROWS[place % len(ROWS)][0]]
    path = tmp_path / "page.txt"
    path.write_text(as_tabs([HEADER, row, *others]), encoding="utf-8")
    page = read_page(path)
    assert any(f.rule in ("row-width", "row-without-ref", "row-realigned") for f in page.findings)
