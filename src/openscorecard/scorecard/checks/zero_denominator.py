"""A percentage of nothing.

Example. No child was transferred in, and yet "percentage of transfer-ins placed on a plan" prints
100%: 0 of 0 is no percentage. The cell should hold a dash or [z], never 0% nor 100%.
"""

from __future__ import annotations

from collections.abc import Iterator

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.scorecard.checks.facts import Facts, Wrong

RULE = "percentage-of-nothing"


def percentages_of_nothing(facts: Facts) -> Iterator[Wrong]:
    for ratio in facts.ratios:
        row, whole = facts.rows[ratio.percentage], facts.rows[ratio.denominator]
        for month, cell in row.values.items():
            if cell.number is None or whole.value(month).number != 0:
                continue
            if ratio.numerator and facts.rows[ratio.numerator].value(month).number:
                continue  # some of none: the count is wrong, and parts.py says so
            finding = Finding(
                RULE,
                Severity.ERROR,
                f"{month.short} prints {cell.raw.strip()}, but {whole.ref} counts 0 in that month: "
                "there is nothing to take a percentage of, so no value should stand here.",
                row.ref,
                month.iso,
                cell.raw,
                Expected(text="no value"),
            )
            yield Wrong(row.ref, month, None, finding)
