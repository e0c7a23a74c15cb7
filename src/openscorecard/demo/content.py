"""What the demonstration council has: read from the data files of this package."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path

from openscorecard.periods import Month, months_to

MONTH = Month(2021, 6)
COUNCIL = "Wexmoor Council"
REGION = "SE region"
MONTHS = months_to(MONTH, 7)
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of the page, each cell as the council printed it: `8571%`, `↓ -23%`, `- n/a`, or ""."""

    table: int
    ref: str
    values: tuple[str, ...]
    change_month: str
    change_year: str
    average_12m: str
    maximum_12m: str
    sn: str
    eng: str
    region: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What the reporter of an indicator says, and what the public reads in its place (None: the
    same)."""

    ref: str
    text: str
    public_text: str | None = None


@dataclass(frozen=True, slots=True)
class Remarks:
    """The comments on one month, and when they were written."""

    month: Month
    written: dt.datetime
    remarks: tuple[Remark, ...]

    def text(self, ref: str) -> str:
        return next((remark.text for remark in self.remarks if remark.ref == ref), "")


def typed_rows() -> tuple[TypedRow, ...]:
    """The page of June 2021, mistakes included, in the order of its seven tables."""
    with (_HERE / "page_2021_06.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            TypedRow(
                table=int(line["table"]),
                ref=line["ref"],
                values=tuple(line[month.iso] for month in MONTHS),
                change_month=line["change_month"],
                change_year=line["change_year"],
                average_12m=line["average_12m"],
                maximum_12m=line["maximum_12m"],
                sn=line["sn"],
                eng=line["eng"],
                region=line["region"],
            )
            for line in csv.DictReader(file)
        )


def settings() -> bytes:
    """The council's openscorecard.toml."""
    return (_HERE / "openscorecard.toml").read_bytes()


def targets() -> bytes:
    """What the council aims at: a file of its own definitions."""
    return (_HERE / "targets.toml").read_bytes()


def remarks(month: Month) -> Remarks:
    """The comments on June 2021, or on May 2021, of which there are a few."""
    name = f"comments_{month.year}_{month.number:02d}.toml"
    table = tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
    return Remarks(
        month=Month.parse(table["month"]),
        written=table["written"],
        remarks=tuple(Remark(**comment) for comment in table["comment"]),
    )
