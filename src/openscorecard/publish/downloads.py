"""The files of a publication that people take away: a visible list, in the order of the page.

Names never change from month to month, so that a link or a workbook that reads one stays good.
"""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.publish.file_names import (
    COLUMNS,
    DICTIONARY,
    FIGURES,
    FIGURES_PARQUET,
    METADATA,
    PAPER_PDF,
    RELEASE,
    TABLE_PDF,
    WORKBOOK,
)


@dataclass(frozen=True, slots=True)
class Download:
    """`label` names it in a link; `what` says in a sentence what it is for. `short` ones stand on
    the first page too."""

    file: str
    label: str
    what: str
    short: bool = False


DOWNLOADS = (
    Download(TABLE_PDF, "Table (PDF, A3)", "The classic table, to print.", short=True),
    Download(
        PAPER_PDF,
        "Paper (PDF, A4)",
        "What matters, then an indicator at a time with its chart, to print and read.",
        short=True,
    ),
    Download(WORKBOOK, "Workbook (XLSX)", "All of the page, a table on each sheet.", short=True),
    Download(
        FIGURES,
        "Figures (CSV)",
        "A line for each indicator, month and measure, for any program.",
        short=True,
    ),
    Download(
        f"{FIGURES}{METADATA}",
        "Description of the figures (JSON)",
        "What each column of the CSV holds, as CSV on the Web.",
    ),
    Download(FIGURES_PARQUET, "Figures (Parquet)", "The same lines with types, for analysis."),
    Download(DICTIONARY, "Data dictionary (CSV)", "What each indicator means."),
    Download(COLUMNS, "Dictionary of columns (CSV)", "What each column of these files holds."),
    Download(
        RELEASE,
        "Release (JSON)",
        "The version, and the size and SHA-256 fingerprint of every file of it.",
    ),
)
