"""The media of a publication: a visible list. Each writes its files into one folder.

File names are the same every month, so that a workbook or a report that was made on them can be
refreshed. A medium takes the frozen page and the folder; none reads another's files unless it
stands after it in the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openscorecard.publish.file_names import PAPER_PDF, TABLE_PDF, WORKBOOK
from openscorecard.publish.html.site import write_site
from openscorecard.publish.open_data.dictionary import write_dictionary
from openscorecard.publish.open_data.figures import write_figures
from openscorecard.publish.open_data.parquet import write_parquet
from openscorecard.publish.pdf.paper import write_paper_pdf
from openscorecard.publish.pdf.table import write_table_pdf
from openscorecard.publish.workbook import write_workbook
from openscorecard.scorecard.page import Scorecard


@dataclass(frozen=True, slots=True)
class Medium:
    """`name` is for people; `write` writes the files."""

    name: str
    write: Callable[[Scorecard, Path], object]


MEDIA = (
    Medium("HTML", write_site),
    Medium("XLSX", lambda page, folder: write_workbook(page, folder / WORKBOOK)),
    Medium("CSV", write_figures),
    Medium("Parquet", write_parquet),
    Medium("dictionary", write_dictionary),
    Medium("PDF", lambda page, folder: write_table_pdf(page, folder / TABLE_PDF)),
    Medium("PDF paper", lambda page, folder: write_paper_pdf(page, folder / PAPER_PDF)),
)
