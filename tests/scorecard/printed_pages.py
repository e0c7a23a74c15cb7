"""Printed pages in a few words, for the tests of the check rules.

`page(row("K1", "Number of visits", 138, 173, change_month="-6%"))` reports June 2021, with as many
months before it as the row has values. A value is a number, or a text as a page prints it.
"""

from __future__ import annotations

from fractions import Fraction

from openscorecard.findings import Finding
from openscorecard.periods import Month, months_to
from openscorecard.records.printed.page import Cell, CellStatus, PrintedPage, PrintedRow
from openscorecard.scorecard.checks import check_page
from openscorecard.units import Arrow, Unit

JUNE = Month(2021, 6)
_ARROWS = {"↑": Arrow.UP, "↓": Arrow.DOWN, "→": Arrow.LEVEL}
_NOTHING = {
    "": CellStatus.BLANK,
    "-": CellStatus.DASH,
    "n/a": CellStatus.NOT_AVAILABLE,
    "Local": CellStatus.LOCAL,
}


def cell(printed: str | int | None) -> Cell:
    """The cell that such a text is: `8.5%`, `↑ 15%`, `1,223`, `-`, `n/a`, None for a blank."""
    raw = "" if printed is None else str(printed)
    text, arrow = raw.strip(), None
    if text[:1] in _ARROWS:
        arrow, text = _ARROWS[text[0]], text[1:].strip()
    if text in _NOTHING:
        return Cell(raw, _NOTHING[text], arrow=arrow)
    digits = text.rstrip("%").replace(",", "")
    try:
        number = Fraction(digits)
    except ValueError:
        return Cell(raw, CellStatus.TEXT)
    decimals = len(digits.partition(".")[2])
    return Cell(raw, CellStatus.VALUE, number, decimals, text.endswith("%"), arrow=arrow)


def exact(printed: str, number: Fraction) -> Cell:
    """A workbook's cell: `printed` is what its format shows of `number`."""
    shown = cell(printed)
    return Cell(
        shown.raw, shown.status, number, shown.decimals, shown.percent, True, arrow=shown.arrow
    )


def row(ref: str, name: str, *values: str | int | Cell | None, **more: object) -> PrintedRow:
    """A row of as many months to June 2021 as there are values. A percent sign makes it a row of
    percentages, `per 10,000` in its name one of rates; derived cells are given as texts."""
    months = months_to(JUNE, len(values))
    cells = [value if isinstance(value, Cell) else cell(value) for value in values]
    unit = Unit.PERCENT if any(one.percent for one in cells) else Unit.COUNT
    unit = Unit.PER_10000 if "per 10,000" in name else unit
    for column in ("change_month", "change_year", "average_12m", "maximum_12m"):
        if column in more and not isinstance(more[column], Cell):
            more[column] = cell(more[column])  # type: ignore[arg-type]
    if "commentary" in more:
        more.setdefault("has_commentary_column", True)
    defaults: dict[str, object] = {
        "unit": unit,
        "change_month_base": JUNE.plus(-1),
        "change_year_base": JUNE.plus(-12),
    }
    cells_by_month = dict(zip(months, cells, strict=True))
    return PrintedRow(ref, name, 1, 1, cells_by_month, **(defaults | more))  # type: ignore[arg-type]


def page(*rows: PrintedRow) -> PrintedPage:
    months = sorted({month for one in rows for month in one.values})
    return PrintedPage("page.csv", 1, tuple(months), {}, rows)


def found(*rows: PrintedRow, rule: str | None = None, audience: str = "internal") -> list[Finding]:
    """The findings on a page of these rows: all, or those of one rule."""
    every = check_page(page(*rows), audience=audience)
    return [one for one in every if rule is None or one.rule == rule]


def the_one(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, [one.message for one in findings]
    return findings[0]


def where(findings: list[Finding]) -> list[tuple[str | None, str | None, str]]:
    """Ref, column and severity of each."""
    return [(one.ref, one.column, one.severity.value) for one in findings]


def expected(finding: Finding) -> dict[str, object] | None:
    return None if finding.expected is None else dict(finding.expected.as_json())
