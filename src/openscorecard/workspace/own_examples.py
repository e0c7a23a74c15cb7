"""The worked examples of a council's own definitions, counted: each has to come out as worked."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.measure_settings import BY_NAME, MeasureSettings
from openscorecard.engines.duckdb import month_of
from openscorecard.engines.from_rows import engine_over
from openscorecard.errors import InputError
from openscorecard.measures.count import counted_levels, counts_of, plan_for
from openscorecard.measures.examples import Example, own_examples
from openscorecard.measures.figures import Measured, MeasuredFigure
from openscorecard.records.extracts.statement import Coverage
from openscorecard.records.extracts.supplied import SuppliedFigure
from openscorecard.records.standard import TABLES
from openscorecard.workspace.folder import Workspace

_ALWAYS = {one.name: Coverage(dt.date(1980, 1, 1), dt.date(2050, 1, 1)) for one in TABLES}


def refuse_broken_examples(workspace: Workspace, catalogue: Catalogue) -> None:
    """InputError where an example of the council's own does not come out as it was worked."""
    wrong = []
    for example in own_examples(workspace.definitions, catalogue):
        figure = counted_example(example, catalogue, workspace.settings.measures)
        if figure.value != example.expected:
            gives = figure.note or figure.status if figure.value is None else figure.value
            expected = "no figure" if example.expected is None else example.expected
            wrong.append(
                f"{example.place}: the example of {example.ref} gives {gives}, and was worked to "
                f"{expected}"
            )
        elif example.wrong_gives == example.expected:
            wrong.append(
                f"{example.place}: the wrong definition of {example.ref} has to give another "
                "figure than the right one"
            )
    if wrong:
        raise InputError(
            "a worked example does not hold\n  " + "\n  ".join(wrong),
            where="the definitions",
            todo="mend the measure, or the example",
        )


def counted_example(
    example: Example, catalogue: Catalogue, settings: MeasureSettings
) -> MeasuredFigure:
    """The figure of an example's rows, with the settings that it names over the council's."""
    chosen = {
        name: BY_NAME[name].read(value)
        for name, value in example.settings.items()
        if name in BY_NAME
    }
    measures = MeasureSettings({**settings.chosen, **chosen})
    tables = [one.name for one in TABLES if one.name not in example.missing]
    plan = plan_for(catalogue, example.month, measures, tables)
    from openscorecard.measures.queries import query_for_all

    with engine_over([example.rows], (example.month,), example.month) as engine:
        sql = query_for_all(plan, counted_levels(catalogue, plan))
        counts = counts_of(engine.rows, sql, 1, month_of)
    population = None if example.population is None else Fraction(example.population)
    sent = tuple(
        SuppliedFigure(str(row["ref"]), row["month"], row["value"])  # type: ignore[arg-type]
        for row in example.rows.get("supplied_figures", ())
    )
    measured = Measured(catalogue, plan, counts, _ALWAYS, example.month, measures, population, sent)
    indicator = catalogue.get(example.ref)
    assert indicator is not None, "own_examples refuses unknown refs"
    return measured.figure(indicator, example.month)
