"""What stands beside each indicator, as JSON and as a line of CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openscorecard.findings import plain

if TYPE_CHECKING:
    from openscorecard.catalogue.indicator import Indicator
    from openscorecard.comparators.beside import Beside, BesideValue, PublishedFigure
    from openscorecard.comparators.derive import Where

KEYS = ("sn", "eng", "region")
HEADER = (
    "ref", "measure", "how", "year", "period",
    *(f"{key}{part}" for key in KEYS for part in ("", "_formula", "_source", "_edition")),
    "own", "rank", "of", "quartile", "differs", "none", "rank_by", "own_formula",
    *(f"{key}_status" for key in ("own", *KEYS)),
)  # fmt: skip


def as_json(
    wanted: tuple[Indicator, ...], besides: dict[str, Beside], area: Where, year: int | None
) -> dict[str, object]:
    newest = max((one.year for one in besides.values()), default=None)
    return {
        "la": area.la or None,
        "year": newest if year is None else year,
        "rows": [_row_json(one, besides.get(one.ref)) for one in wanted],
    }


def _row_json(indicator: Indicator, beside: Beside | None) -> dict[str, object]:
    says = indicator.beside
    row: dict[str, object] = {"ref": indicator.ref}
    row |= {key: None if beside is None else _value_json(beside.value(key)) for key in KEYS}
    row |= {"rank": None, "rank_by": None, "quartile": None, "own": None, "of": None}
    row |= {f"{key}_status": None for key in ("own", *KEYS)}
    if beside is not None:
        row |= {
            "rank": beside.rank,
            "rank_by": None if beside.rank is None else beside.rank_by,
            "quartile": beside.quartile,
            "own": _own_json(beside.own),
            "of": beside.of,
            "unit": indicator.unit.value,
            "measure": beside.measure,
            "how": beside.how,
            "year": beside.year,
            "period": beside.period,
            "differs": beside.differs,
        } | {f"{key}_status": beside.status(key) or None for key in ("own", *KEYS)}
    if says is not None and says.none:
        row["none"] = says.none
    return row


def _value_json(value: BesideValue | None) -> dict[str, object] | None:
    if value is None:
        return None
    return {
        "value": plain(value.value),
        "formula": value.formula,
        "source": value.source,
        "edition": value.full_edition or value.edition,
    }


def _own_json(own: PublishedFigure | None) -> dict[str, object] | None:
    if own is None:
        return None
    return {
        "value": plain(own.value),
        "name": own.name,
        "formula": own.formula,
        "numerator": None if own.numerator is None else plain(own.numerator),
        "denominator": None if own.denominator is None else plain(own.denominator),
    }


def csv_line(indicator: Indicator, beside: Beside | None) -> list[object]:
    says = indicator.beside
    none = "" if says is None else says.none
    if beside is None:
        after = len(HEADER) - HEADER.index("none") - 1
        return [indicator.ref, *[""] * (HEADER.index("none") - 1), none, *[""] * after]
    line: list[object] = [indicator.ref, beside.measure, beside.how, beside.year, beside.period]
    for key in KEYS:
        value = beside.value(key)
        line += (
            [""] * 4
            if value is None
            else [
                plain(value.value),
                value.formula,
                value.source,
                value.full_edition or value.edition,
            ]
        )
    own = "" if beside.own is None else plain(beside.own.value)
    line += [own, beside.rank or "", beside.of, beside.quartile or "", beside.differs, none]
    line += [
        "" if beside.rank is None else beside.rank_by,
        "" if beside.own is None else beside.own.formula,
    ]
    line += [beside.status(key) for key in ("own", *KEYS)]
    return line
