"""What is wrong in data, in a printed page or in a comment: said, never raised.

`error` is kept for what is certainly wrong; `warning` for what a person should look at;
`information` for what is good to know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a cell should hold: a value, a range (either end may be open) or a text.

    Numbers are in the units printed: percentages in points (23, 94.8).
    """

    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    text: str | None = None

    def as_json(self) -> dict[str, float | int | str | None]:
        if self.text is not None:
            return {"text": self.text}
        if self.value is not None:
            return {"value": plain(self.value)}
        return {
            "low": None if self.low is None else plain(self.low),
            "high": None if self.high is None else plain(self.high),
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, in a sentence an analyst would write.

    `ref` and `column` say where on a page (column names as in DESIGN's JSON: `2021-06`,
    `change_month`, ...); `place` says where in a file ("page.csv, row 12"). `one_of` names the rows
    of which one is wrong where nothing tells which: the contradiction is certain, the cell is not.
    """

    rule: str
    severity: Severity
    message: str
    ref: str | None = None
    column: str | None = None
    printed: str | None = None
    expected: Expected | None = None
    place: str | None = None
    one_of: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "ref": self.ref,
            "column": self.column,
            "printed": self.printed,
            "expected": None if self.expected is None else self.expected.as_json(),
            "message": self.message,
            "place": self.place,
        }


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def plain(number: Fraction) -> float | int:
    """The number as JSON carries it: an integer where it is one."""
    return int(number) if number.denominator == 1 else float(number)
