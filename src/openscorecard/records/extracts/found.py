"""What is found in the records: counted by kind, with a few samples that say where.

Ten thousand rows can have the same mistake, and nobody reads ten thousand findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openscorecard.findings import Finding, Severity

MOST_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of thing found in one column or table.

    `rows` counts all of it (0 where it is about no rows); `message` says what it is and what became
    of it; `samples` are at most MOST_SAMPLES of the rows, each with its place.
    """

    rule: str
    severity: Severity
    message: str
    table: str = ""
    column: str = ""
    rows: int = 0
    samples: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "table": self.table or None,
            "column": self.column or None,
            "rows": self.rows,
            "message": self.message,
            "samples": [
                {"place": one.place, "printed": one.printed, "message": one.message}
                for one in self.samples
            ],
        }


def has_errors(found: Iterable[Found]) -> bool:
    return any(one.severity is Severity.ERROR for one in found)


def note(rule: str, message: str, *, table: str = "", column: str = "", rows: int = 0) -> Found:
    """What is good to know."""
    return Found(rule, Severity.INFORMATION, message, table, column, rows)


def rows_of(number: int) -> str:
    """`1 row`, `1,204 rows`."""
    return f"{number:,} row{'' if number == 1 else 's'}"


def listed(names: Iterable[str], most: int = 12) -> str:
    """`a, b and 3 more`."""
    all_names = list(names)
    shown = ", ".join(all_names[:most])
    return shown if len(all_names) <= most else f"{shown} and {len(all_names) - most} more"
