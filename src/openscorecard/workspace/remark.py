"""One line of the doctor's."""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.errors import InputError
from openscorecard.findings import Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """What is so, what it stops ("" if nothing), what to do."""

    severity: Severity
    about: str
    found: str
    stops: str
    todo: str

    def as_json(self) -> dict[str, str]:
        return {
            "severity": self.severity.value,
            "about": self.about,
            "found": self.found,
            "stops": self.stops,
            "todo": self.todo,
        }


def broken(about: str, error: InputError, stops: str) -> Remark:
    return Remark(Severity.ERROR, about, f"{error.where}: {error.found}.", stops, error.todo)
