"""Lists that are no figures: statistical neighbours, and the councils with their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from openscorecard.comparators.cell import COUNCIL, Area
from openscorecard.comparators.places import wider_area
from openscorecard.comparators.staged import AREAS, NEIGHBOURS, ReadFile
from openscorecard.errors import InputError

Rows = Sequence[Sequence[str]]
NEAREST = 10
NEIGHBOURS_TITLE = "Children's services statistical neighbour benchmarking tool"
AREAS_TITLE = "List of local authorities with the Department's numbers"
_NUMBER, _NAME, _REGION = ("la num", "la number"), ("la name",), ("goreg", "region")
_HEADINGS_WITHIN = 12  # rows


def headings_row(rows: Rows, told_by: Sequence[str]) -> int | None:
    """The index of the first row that holds all these headings."""
    wanted = {name.casefold() for name in told_by}
    for index, row in enumerate(rows[:_HEADINGS_WITHIN]):
        if wanted <= {cell.strip().casefold() for cell in row}:
            return index
    return None


def neighbours_in(rows: Rows, where: str) -> ReadFile | None:
    """The neighbours of each council, nearest first; None for another table. Two lines stand above
    the headings, and councils that are no more below a line of their own."""
    at = headings_row(rows, ("la name", "sn1", f"sn{NEAREST}"))
    if at is None:
        return None
    headings = [cell.strip().casefold() for cell in rows[at]]
    number, name = _place(headings, _NUMBER, where), _place(headings, _NAME, where)
    region = next((headings.index(one) for one in _REGION if one in headings), None)
    places = [_place(headings, (f"sn{count}",), where) for count in range(1, NEAREST + 1)]
    found: dict[str, tuple[str, ...]] = {}
    areas, without = [], 0
    for line, row in enumerate(rows[at + 1 :], start=at + 2):
        dfe = _cell(row, number)
        if not dfe.isdecimal():
            continue
        nearest = [_cell(row, place) for place in places]
        areas.append(_area(dfe, _cell(row, name), _cell(row, region)))
        if all(one in ("", "-") for one in nearest):
            without += 1
            continue
        wrong = next((one for one in nearest if not one.isdecimal()), None)
        if wrong is not None or len(set(nearest)) < NEAREST or dfe in nearest or dfe in found:
            raise InputError(
                f"the neighbours of {_cell(row, name)} are not ten councils ({wrong!r})"
                if wrong is not None
                else f"{_cell(row, name)} stands there twice, or one of its neighbours does, or "
                "it is its own",
                where=f"{where}, row {line}",
                todo="fetch the file anew",
            )
        found[dfe] = tuple(nearest)
    if not found:
        raise InputError("it has the headings and no council", where=where,
                         todo="fetch the file anew: it may be cut short")  # fmt: skip
    skipped = {"of councils without neighbours": without} if without else {}
    return ReadFile(NEIGHBOURS, "neighbours", NEIGHBOURS_TITLE, len(found), areas=tuple(areas),
                    neighbours=found, skipped=skipped)  # fmt: skip


def areas_in_list(rows: Rows, where: str) -> ReadFile | None:
    """The councils of a list of numbers, names and regions; None for another table."""
    at = headings_row(rows, ("la number", "la name", "region"))
    if at is None:
        return None
    headings = [cell.strip().casefold() for cell in rows[at]]
    number, name = headings.index("la number"), headings.index("la name")
    region = headings.index("region")
    areas, wider = [], 0
    for row in rows[at + 1 :]:
        dfe = _cell(row, number)
        if not dfe.isdecimal():
            continue
        if wider_area(dfe) is not None or len(dfe) != 3:
            wider += 1
            continue
        areas.append(_area(dfe, _cell(row, name), _cell(row, region)))
    if not areas:
        raise InputError("it has the headings and no council", where=where,
                         todo="fetch the file anew: it may be cut short")  # fmt: skip
    skipped = {"of England, regions and what is no more": wider} if wider else {}
    return ReadFile(AREAS, "areas", AREAS_TITLE, len(areas), areas=tuple(areas), skipped=skipped)


def _area(dfe: str, name: str, region: str) -> Area:
    known = wider_area(region)
    return Area("", name, COUNCIL, dfe, known.code if known else "", known.name if known else "")


def _place(headings: Sequence[str], names: Sequence[str], where: str) -> int:
    for name in names:
        if name in headings:
            return headings.index(name)
    raise InputError(
        f"the list of neighbours has no column {names[0]!r}",
        where=where,
        todo="give the workbook as it is published",
    )


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""
