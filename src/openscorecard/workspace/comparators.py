"""The comparators that a council states: comparators.csv in its workspace.

    ref,column,value,year,edition,formula
    CP3-QL,eng,78%,2019-20,Characteristics of children in need 2020,as published

`column` is sn, eng or region. A value "Local" says that no comparable measure exists. All mistakes
are reported at once, each with its line.
"""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.written import like
from openscorecard.errors import InputError
from openscorecard.files import MEGABYTE, read_file
from openscorecard.scorecard.observation import StatedComparator
from openscorecard.workspace.folder import Workspace

FILE = "comparators.csv"
HEADER = ("ref", "column", "value", "year", "edition", "formula")
COLUMNS = ("sn", "eng", "region")


def stated_comparators(workspace: Workspace, catalogue: Catalogue) -> tuple[StatedComparator, ...]:
    """The comparators of comparators.csv; none where there is no such file. A ref that the
    catalogue does not have is a mistake like others; one of an indicator off the page is none."""
    path = workspace.root / FILE
    if not path.exists():
        return ()
    content = read_file(
        path,
        most_bytes=MEGABYTE,
        if_larger="keep comparators alone in it",
        if_empty="write the comparators into it, or remove it",
    )
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"it is no CSV in UTF-8 ({error})", where=FILE, todo="save it so"
        ) from error
    if tuple(cell.strip().lower() for cell in rows[0]) != HEADER:
        raise InputError(
            f"its first line has to be {','.join(HEADER)}", where=FILE, todo="mend the first line"
        )
    refs = {one.ref for one in (*catalogue, *catalogue.retired)}
    found: dict[tuple[str, str], StatedComparator] = {}
    mistakes: list[str] = []
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            one = _comparator([cell.strip() for cell in row])
        except ValueError as error:
            mistakes.append(f"line {line}: {error}")
            continue
        if one.ref not in refs:
            mistakes.append(f'line {line}: there is no indicator "{one.ref}"{like(one.ref, refs)}')
        if (one.ref, one.column) in found:
            mistakes.append(f"line {line}: {one.ref} {one.column} stands there twice")
        found[one.ref, one.column] = one
    if mistakes:
        listed = "".join(f"\n  {mistake}" for mistake in mistakes)
        number = "1 line is" if len(mistakes) == 1 else f"{len(mistakes)} lines are"
        raise InputError(f"{number} wrong{listed}", where=FILE,
                         todo="mend the lines named above")  # fmt: skip
    return tuple(found.values())


def _comparator(row: list[str]) -> StatedComparator:
    if len(row) != len(HEADER):
        raise ValueError(f"it has {len(row)} cells, not {len(HEADER)}")
    ref, column, value, year, edition, formula = row
    if not ref or column not in COLUMNS:
        raise ValueError(f"it needs a ref, and a column that is one of {', '.join(COLUMNS)}")
    if value.lower() == "local":
        return StatedComparator(ref, column, None, 0, year, edition, formula)
    text = value.removesuffix("%").replace(",", "").strip()
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{value!r} is no number") from None
    decimals = len(text.partition(".")[2])
    return StatedComparator(ref, column, number, decimals, year, edition, formula)
