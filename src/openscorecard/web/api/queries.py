"""The lines of a release, read from the files that were published: the API gives no other figure
than they do."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openscorecard.periods import Month
from openscorecard.web.months import kept
from openscorecard.web.releases.places import Edition

FIGURES, DICTIONARY = "figures.csv", "data-dictionary.csv"
COMPARATORS = ("sn", "eng", "region")
Line = dict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines of a release: all, or those of a ref, a section, a month, a measure."""

    ref: str = ""
    section: str = ""
    month: Month | None = None
    measure: str = ""

    def takes(self, line: Line) -> bool:
        return (
            self.ref in ("", line["ref"], line["indicator_id"])
            and self.section in ("", line["section"])
            and self.month in (None, _month(line))
            and self.measure in ("", line["measure"])
        )


def _month(line: Line) -> Month | None:
    return Month.parse(line["month"]) if line["month"] else None


def figures(release: Edition, asked: Asked) -> Iterator[dict[str, object]]:
    """Every measure but comparators, which have an address of their own."""
    for line in _lines(release, FIGURES):
        if line["measure"] not in COMPARATORS and asked.takes(line):
            yield line | {
                "value": _number(line["value"]),
                "revised": {"yes": True, "no": False}.get(line["revised"]),
                "usual_low": _number(line["usual_low"]),
                "usual_high": _number(line["usual_high"]),
            }


def comparators(release: Edition, asked: Asked) -> Iterator[dict[str, object]]:
    for line in _lines(release, FIGURES):
        if line["measure"] in COMPARATORS and asked.takes(line):
            yield line | {
                "value": _number(line["value"]),
                "period": line["comparator_period"],
                "edition": line["comparator_edition"],
                "formula": line["comparator_formula"],
            }


def definitions(release: Edition, ref: str) -> Iterator[dict[str, object]]:
    for line in _lines(release, DICTIONARY):
        if ref in ("", line["ref"], line["indicator_id"]):
            yield line | {"target": _number(line["target"])}


def _lines(release: Edition, name: str) -> tuple[Line, ...]:
    folder = release.folder
    if folder is None:  # moved away since the release was chosen
        return ()
    return kept(("published", release.kept.sha256, name), lambda: _read(folder / name))


def _read(path: Path) -> tuple[Line, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def _number(text: str) -> float | None:
    return float(text) if text else None
