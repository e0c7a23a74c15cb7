"""What is wrong in a page that a council's own catalogue is held against.

Reading finds what could not be placed, the rules on a page find what contradicts itself; here come
rows that no definition knows, and rows printed in another unit than the definition's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction

from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.findings import Finding, Severity
from openscorecard.records.printed.page import BLANK, Cell, PrintedPage, PrintedRow
from openscorecard.units import Unit

UNIT_RULE, REF_RULE = "unit-not-as-defined", "ref-not-in-catalogue"
_VALUED = ("average_12m", "maximum_12m", "sn", "eng", "region")  # in the unit of the row
_CHANGES = ("change_month", "change_year")


@dataclass(frozen=True, slots=True)
class PageFindings:
    """`unknown_refs` are the rows that no definition knows. `not_taken` maps (ref, column), a month
    `2021-06` or a column's name, of every figure that cannot be true to the sentence that says so.
    """

    findings: tuple[Finding, ...]
    unknown_refs: tuple[str, ...]
    not_taken: dict[tuple[str, str], str]


def find_in_page(
    page: PrintedPage, catalogue: Catalogue, *, audience: str = "public"
) -> PageFindings:
    """Everything that is wrong in the page, the worst first.

    A row in another unit than the definition's is kept from the other rules: what 50% of a count
    contradicts says nothing about the rows beside it.
    """
    from openscorecard.scorecard.checks import check_page

    unknown = _unknown_refs(page, catalogue)
    units: list[Finding] = []
    not_taken: dict[tuple[str, str], str] = {}
    for row in page.rows:
        indicator = catalogue.get(row.ref)
        found = None if indicator is None else _unit_not_as_defined(page, row, indicator)
        if found is not None:
            finding, columns = found
            units.append(finding)
            not_taken |= {(row.ref, column): finding.message for column in columns}
    mistaken = {finding.ref for finding in units}
    rows = tuple(_without_figures(row) if row.ref in mistaken else row for row in page.rows)
    checked = [
        finding
        for finding in check_page(replace(page, rows=rows), catalogue, audience=audience)
        if not (finding.ref in mistaken and finding.rule in _SAID_ALREADY)
    ]
    findings = tuple(dict.fromkeys((*units, *unknown, *checked)))
    order = list(Severity)
    findings = tuple(sorted(findings, key=lambda one: order.index(one.severity)))
    for finding in findings:
        if finding.one_of:
            continue  # to set one of two aside by guess would take the right one half the time
        if finding.severity is Severity.ERROR and finding.ref and finding.column:
            not_taken.setdefault((finding.ref, finding.column), finding.message)
    return PageFindings(findings, tuple(one.ref for one in unknown if one.ref), not_taken)


# What reading a page says of units, where the definition settles the matter.
_SAID_ALREADY = ("fractions-for-percentages", "mixed-units")


def _unit_not_as_defined(
    page: PrintedPage, row: PrintedRow, indicator: Indicator
) -> tuple[Finding, list[str]] | None:
    """The finding on a row that is certainly in another unit, and the columns that are.

    Certain is a percent sign on what is no percentage (a 0 is the same with it and without), and a
    percentage whose months are all 1 or less, some of them fractions, without a sign on any.
    """
    months = {month.iso: cell for month, cell in row.values.items() if cell.number is not None}
    beside = {name: getattr(row, name) for name in _VALUED}
    beside = {name: cell for name, cell in beside.items() if cell is not None and cell.has_number}
    if indicator.unit is Unit.PERCENT:
        if not _are_fractions(months.values()):
            return None
        columns = [*months, *(name for name, cell in beside.items() if _is_fraction(cell))]
        message = _fractions_message(row, months)
    else:
        signed = {column: cell for column, cell in months.items() if cell.percent}
        if not any(cell.number for cell in signed.values()):
            return None
        columns = [*signed, *(name for name, cell in beside.items() if cell.percent)]
        message = _signs_message(row, indicator, signed)
    finding = Finding(
        rule=UNIT_RULE,
        severity=Severity.ERROR,
        message=message,
        ref=row.ref,
        printed=months[columns[0]].raw,
        place=f"{page.file}, line {row.line}",
    )
    return finding, columns


def _are_fractions(cells: Iterable[Cell]) -> bool:
    numbers = [cell.number for cell in cells if cell.number is not None and not cell.percent]
    whole = all(number.denominator == 1 for number in numbers)
    signs = any(cell.percent for cell in cells)
    return not signs and not whole and all(abs(number) <= 1 for number in numbers)


def _is_fraction(cell: Cell) -> bool:
    return not cell.percent and abs(cell.number or Fraction(0)) <= 1


def _signs_message(row: PrintedRow, indicator: Indicator, signed: dict[str, Cell]) -> str:
    defined = "a count" if indicator.unit is Unit.COUNT else "a rate"
    return (
        f"{row.ref} is defined as {defined} ({indicator.short_name}), and the page prints it as a "
        f"percentage ({_some(signed)}); loading sets these figures aside. Load a page that prints "
        f"{defined}; if the row is another indicator, give it that one's ref."
    )


def _fractions_message(row: PrintedRow, months: dict[str, Cell]) -> str:
    example = next(cell for cell in months.values() if cell.number and cell.number.denominator > 1)
    points = Fraction(example.number or 0) * 100
    as_points = f"{float(points):g}%"
    return (
        f"{row.ref} is defined as a percentage, and the page prints fractions without a percent "
        f"sign ({_some(months)}); loading sets these figures aside. Load a page that prints "
        f"{example.raw} as {as_points}, or, if {example.raw}% is meant, with the sign."
    )


def _some(cells: dict[str, Cell]) -> str:
    raw = list(dict.fromkeys(cell.raw for cell in cells.values()))
    return ", ".join(raw[:3]) + (" and others" if len(raw) > 3 else "")


def _without_figures(row: PrintedRow) -> PrintedRow:
    empty: dict[str, None] = dict.fromkeys((*_VALUED, *_CHANGES))
    return replace(row, values=dict.fromkeys(row.values, BLANK), **empty)  # type: ignore[arg-type]


def _unknown_refs(page: PrintedPage, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Rows whose ref no definition knows: kept in the load, shown on no page."""
    refs = [indicator.ref for indicator in catalogue]
    names = {indicator.name: indicator.ref for indicator in catalogue}
    findings = []
    for row in page.rows:
        if catalogue.get(row.ref) is not None:
            continue
        close = get_close_matches(row.ref, refs, n=3, cutoff=0.75)
        close += [names[name] for name in get_close_matches(row.name, names, n=1, cutoff=0.9)]
        like = ", ".join(dict.fromkeys(close))
        findings.append(
            Finding(
                rule=REF_RULE,
                severity=Severity.WARNING,
                message=f"No indicator of the catalogue has the ref {row.ref!r}"
                + (f" (near it: {like})" if like else "")
                + ". Its figures are kept, but no page shows them until it is defined.",
                ref=row.ref,
                place=f"{page.file}, line {row.line}",
            )
        )
    return tuple(findings)
