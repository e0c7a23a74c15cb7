"""The rules on values, in the order in which they build on each other.

A value that is certainly wrong is remembered with what it must have been, so that the rules on
derived cells can tell a cell that is wrong in itself from one that was infected by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from openscorecard.scorecard.checks.bands import bands_that_do_not_sum
from openscorecard.scorecard.checks.contradicted_counts import contradicted_counts
from openscorecard.scorecard.checks.facts import Facts, Wrong
from openscorecard.scorecard.checks.parts import contradicted_percentages
from openscorecard.scorecard.checks.population import populations
from openscorecard.scorecard.checks.rates import contradicted_rates
from openscorecard.scorecard.checks.unit_slip import wrong_units
from openscorecard.scorecard.checks.zero_denominator import percentages_of_nothing

VALUE_RULES: tuple[Callable[[Facts], Iterator[Wrong]], ...] = (
    wrong_units,
    percentages_of_nothing,
    contradicted_counts,
    contradicted_percentages,
    bands_that_do_not_sum,
    contradicted_rates,
)


def with_wrong_values(facts: Facts) -> Facts:
    """The facts, with every value that cannot stand; each cell is found wrong once."""
    for rule in VALUE_RULES:
        wrong = dict(facts.wrong)
        for item in rule(facts):
            wrong.setdefault((item.ref, item.month), item)
        facts = replace(facts, wrong=wrong)
    return replace(facts, people=populations(facts))
