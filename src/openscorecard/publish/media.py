"""The media of a publication: a visible list. Each writes its files into one folder.

File names are the same every month, so that a workbook or a report that was made on them can be
refreshed. A medium takes the frozen page and the folder; none reads another's files unless it
stands after it in the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openscorecard.publish.html.site import write_site
from openscorecard.publish.tidy_csv import write_tidy_csv
from openscorecard.publish.workbook import write_workbook
from openscorecard.scorecard.page import Scorecard

WORKBOOK, FIGURES = "scorecard.xlsx", "figures.csv"


@dataclass(frozen=True, slots=True)
class Medium:
    """`name` is for people; `write` writes the files."""

    name: str
    write: Callable[[Scorecard, Path], object]


MEDIA = (
    Medium("HTML", write_site),
    Medium("XLSX", lambda page, folder: write_workbook(page, folder / WORKBOOK)),
    Medium("CSV", lambda page, folder: write_tidy_csv(page, folder / FIGURES)),
)
