"""The page as JSON (DESIGN, "The command line"): percentages in points, numbers unrounded."""

from __future__ import annotations

from openscorecard.findings import plain
from openscorecard.scorecard.matter_json import (
    matter_as_json,
    standing_as_json,
    usual_move_as_json,
)
from openscorecard.scorecard.page import Change, Comparator, Figure, Row, Scorecard, Summary
from openscorecard.scorecard.verdict_json import chance_as_json, verdict_as_json


def page_as_json(page: Scorecard) -> dict[str, object]:
    return {
        "council": page.council,
        "month": page.month.iso,
        "audience": page.audience,
        "rows": [_row(row) for row in page.rows],
        "sources": [
            {"load": s.load, "file": s.file, "sha256": s.sha256, "note": s.note}
            for s in page.sources
        ],
        "notes": list(page.notes),
        "matters": [matter_as_json(one) for one in page.matters],
        "usual_moves": [usual_move_as_json(one) for one in page.usual_moves],
        "chance": None if page.chance is None else chance_as_json(page.chance),
        "findings": [finding.as_json() for finding in page.findings],
    }


def _row(row: Row) -> dict[str, object]:
    indicator = row.indicator
    printed = {figure.month.iso: figure.printed for figure in row.figures}
    printed |= {
        "change_month": row.change_month.printed,
        "change_year": row.change_year.printed,
        "average_12m": row.average_12m.printed,
        "maximum_12m": row.maximum_12m.printed,
    }
    printed |= {one.key: one.printed for one in row.comparators}
    return {
        "ref": indicator.ref,
        "id": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit.value,
        "decimals": indicator.decimals,
        "owner": indicator.owner,
        "reporter": indicator.reporter,
        "outcome": indicator.outcome,
        "preferred_direction": indicator.preferred_direction.value,
        "values": {figure.month.iso: _figure(figure) for figure in row.figures},
        "printed": printed,
        "change_month": _percent(row.change_month),
        "change_year": _percent(row.change_year),
        "arrow_month": row.change_month.arrow.value if row.change_month.arrow else None,
        "arrow_year": row.change_year.arrow.value if row.change_year.arrow else None,
        "average_12m": _value(row.average_12m),
        "maximum_12m": _value(row.maximum_12m),
        "comparators": {one.key: _comparator(one) for one in row.comparators},
        "verdict": None if row.verdict is None else verdict_as_json(row.verdict),
        "standings": [standing_as_json(one) for one in row.standings],
        "commentary": None if row.comment is None else row.comment.text,
        "notes": list(row.notes),
    }


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "value": None if figure.value is None else plain(figure.value),
        "numerator": None if figure.numerator is None else plain(figure.numerator),
        "denominator": None if figure.denominator is None else plain(figure.denominator),
        "status": figure.status.value,
        "vintage": None if figure.vintage is None else figure.vintage.value,
        "load": figure.load,
        "revised": figure.revised,
        "note": figure.note,
    }


def _percent(change: Change) -> float | int | None:
    return None if change.percent is None else plain(change.percent)


def _value(summary: Summary) -> float | int | None:
    return None if summary.value is None else plain(summary.value)


def _comparator(one: Comparator) -> dict[str, object]:
    return {
        "value": None if one.value is None else plain(one.value),
        "status": one.status,
        "name": one.name,
        "year": one.year,
        "edition": one.edition,
        "formula": one.formula,
    }
