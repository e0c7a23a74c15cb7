"""The rules on a printed page.

Takes a `PrintedPage` and the catalogue in force, if any; gives findings, worst first; refuses to
call an error what rounding, late records or another council's habits may explain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.findings import Finding, Severity
from openscorecard.records.printed.page import PrintedPage
from openscorecard.scorecard.checks.arrows import arrows_against_percentages
from openscorecard.scorecard.checks.as_above import pointers_to_nowhere
from openscorecard.scorecard.checks.averages import impossible_averages
from openscorecard.scorecard.checks.bands import unexplained_sums
from openscorecard.scorecard.checks.base_year import disagreeing_changes_on_the_year
from openscorecard.scorecard.checks.changes import (
    changes_from_blank,
    changes_not_computed,
    contradicted_changes,
)
from openscorecard.scorecard.checks.changes_behind import (
    changes_against_parts,
    changes_of_wrong_values,
)
from openscorecard.scorecard.checks.comments import (
    comments_about_other_months,
    headings_of_other_months,
    later_months,
    missing_comments,
)
from openscorecard.scorecard.checks.facts import Facts
from openscorecard.scorecard.checks.flows import stocks_against_flows
from openscorecard.scorecard.checks.maxima import wrong_maxima
from openscorecard.scorecard.checks.parts import doubtful_percentages, drawn_percentages
from openscorecard.scorecard.checks.rates import doubtful_rates, drawn_rates
from openscorecard.scorecard.checks.relations import gather
from openscorecard.scorecard.checks.repeated_text import repeated_texts
from openscorecard.scorecard.checks.small_numbers import small_numbers
from openscorecard.scorecard.checks.unit_slip import doubtful_units
from openscorecard.scorecard.checks.values import with_wrong_values

# In the order in which an analyst would read them. The rules on values run before (values.py).
RULES: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    doubtful_units,
    drawn_percentages,
    doubtful_percentages,
    unexplained_sums,
    drawn_rates,
    doubtful_rates,
    contradicted_changes,
    changes_of_wrong_values,
    changes_against_parts,
    changes_from_blank,
    changes_not_computed,
    disagreeing_changes_on_the_year,
    arrows_against_percentages,
    wrong_maxima,
    impossible_averages,
    stocks_against_flows,
    later_months,
    headings_of_other_months,
    missing_comments,
    pointers_to_nowhere,
    comments_about_other_months,
    repeated_texts,
    small_numbers,
)
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}


def check_page(
    page: PrintedPage, catalogue: Catalogue | None = None, *, audience: str = "public"
) -> tuple[Finding, ...]:
    """Everything that is wrong in a page: what reading it found, then what the rules found.

    Sorted by severity, then by the page's rows. `audience` is who will read the page; small numbers
    are a finding on a public one only.
    """
    facts = with_wrong_values(gather(page, catalogue, audience))
    found = [*page.findings, *(wrong.finding for wrong in facts.wrong.values())]
    for rule in RULES:
        found += rule(facts)
    rows = {row.ref: index for index, row in enumerate(page.rows)}
    return tuple(sorted(found, key=lambda f: (_ORDER[f.severity], rows.get(f.ref or "", -1))))
