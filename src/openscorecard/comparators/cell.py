"""One published figure, and the area that it is of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from openscorecard.comparators.symbols import MEANING, Status

NATIONAL, REGION, COUNCIL = "national", "region", "council"  # levels


@dataclass(frozen=True, slots=True)
class Cell:
    """One area's figure in one year. `code` is the area's nine-character code; where no loaded
    file says it, the Department's three digits, else the name. `value` is in the table's own unit,
    percentages in points; None where `status` is not `value`. `period` is the year as the file
    writes it (`2019-20`), `year` the one that it ends in, `newest` the last one of the series
    in the file."""

    code: str
    name: str
    level: str
    year: int
    value: Fraction | None
    status: Status
    edition: str
    source_file: str
    period: str = ""
    newest: int = 0

    @property
    def edition_words(self) -> str:
        """The edition as a page says it: where nobody named one, the newest year of the series,
        without the file's name. LAIT's newest year is not that of each publication in it."""
        named = self.edition.removesuffix(f" ({self.source_file})")
        return str(self.newest) if self.newest and named != self.edition else named

    @property
    def meaning(self) -> str:
        """What the cell's symbol says, in words."""
        return MEANING[self.status]


@dataclass(frozen=True, slots=True)
class Area:
    """England, a region or a council. `dfe` are the Department's three digits, "" if not known;
    `region_code` and `region` are those that the files give it (of a London council Inner or Outer
    London); `years` are those in which loaded figures name it by this code."""

    code: str
    name: str
    level: str
    dfe: str = ""
    region_code: str = ""
    region: str = ""
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureNote:
    """What LAIT's dictionary says of a measure. `polarity` is `high` or `low` where one of them is
    better, else ""; `year_type` such as `Financial Year`; `decimals` None where it says none."""

    measure: str
    title: str
    polarity: str
    year_type: str
    decimals: int | None
    description: str = ""
