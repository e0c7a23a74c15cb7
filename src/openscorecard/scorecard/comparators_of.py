"""The page's comparators: what is published first, else what the council states, else what a
released page printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.comparators.beside import BesideValue
from openscorecard.comparators.of_its_kind import Stated
from openscorecard.periods import Month
from openscorecard.scorecard.observation import Observations, ReleasedCell, StatedComparator
from openscorecard.scorecard.page import Comparator
from openscorecard.scorecard.wording import figure_text

Columns = tuple[tuple[str, str, str], ...]  # (key, label, name), as PageSettings has them
_TOLD = ("value", "local")
LEFT_OUT = "left out: what was stated is not of its measure’s kind"
AS_PRINTED = "as printed on the released page; its origin is not traced"


def comparators_of(
    indicator: Indicator,
    month: Month,
    seen: Observations,
    columns: Columns,
    of_another_kind: Collection[tuple[str, str]] = (),
) -> tuple[Comparator, ...]:
    """One a column. A published value goes before a stated one, and that before a printed one: a
    printed page does not say where its comparators come from. The newest page that has one serves
    until a newer one does.

    `of_another_kind` are (ref, column) of those that were found to be of another kind than the
    indicator: they are left out, for a reader cannot but compare with what stands beside a figure.
    """
    beside = seen.beside.get(indicator.ref)
    found = []
    for key, label, name in columns:
        published = None if beside is None else beside.value(key)
        stated = seen.stated.get((indicator.ref, key))
        if published is not None:
            found.append(_published(published, label, name, indicator))
        elif (indicator.ref, key) in of_another_kind:
            found.append(Comparator(key, label, name, "not-available", "[x]", formula=LEFT_OUT))
        elif stated is not None:
            found.append(_stated(stated, label, name, indicator))
        else:
            found.append(_printed(indicator, month, seen, (key, label, name)))
    return tuple(found)


def stated_numbers(
    catalogue: Catalogue, month: Month, seen: Observations, columns: Columns
) -> Iterator[Stated]:
    """Every comparator that was stated or printed by hand, to be held against what is published."""
    for indicator in catalogue:
        for key, label, _ in columns:
            stated = seen.stated.get((indicator.ref, key))
            cell = None if stated is not None else _newest(indicator, month, seen, key)
            if stated is not None and stated.number is not None:
                text = figure_text(stated.number, indicator.unit, stated.decimals)
                yield Stated(indicator.ref, key, label, stated.number, stated.decimals, text)
            elif cell is not None and cell.number is not None:
                text = figure_text(cell.number, indicator.unit, cell.decimals)
                yield Stated(indicator.ref, key, label, cell.number, cell.decimals, text)


def _published(one: BesideValue, label: str, name: str, indicator: Indicator) -> Comparator:
    text = figure_text(one.value, indicator.unit, indicator.decimals)
    edition = f"{one.source}, edition {one.edition}" if one.edition else one.source
    return Comparator(one.key, label, name, "value", text, one.value, one.year, edition,
                      one.formula)  # fmt: skip


def _stated(one: StatedComparator, label: str, name: str, indicator: Indicator) -> Comparator:
    if one.number is None:
        return Comparator(one.column, label, name, "local", "Local", None, one.year, one.edition,
                          one.formula)  # fmt: skip
    text = figure_text(one.number, indicator.unit, one.decimals)
    return Comparator(one.column, label, name, "value", text, one.number, one.year, one.edition,
                      one.formula)  # fmt: skip


def _printed(
    indicator: Indicator, month: Month, seen: Observations, column: tuple[str, str, str]
) -> Comparator:
    key, label, name = column
    cell = _newest(indicator, month, seen, key)
    if cell is None:
        return Comparator(key, label, name, "not-available", "[x]")
    if cell.status == "local":
        return Comparator(key, label, name, "local", "Local")
    assert cell.number is not None
    text = figure_text(cell.number, indicator.unit, cell.decimals)
    return Comparator(key, label, name, "value", text, cell.number, formula=AS_PRINTED)


def _newest(
    indicator: Indicator, month: Month, seen: Observations, key: str
) -> ReleasedCell | None:
    """The comparator of the newest page, to the month, that has one."""
    cells = [
        cell
        for (ref, at, column), cell in seen.cells.items()
        if ref == indicator.ref and column == key and at <= month and cell.status in _TOLD
    ]
    return max(cells, key=lambda item: item.month, default=None)
