"""The files of a publication that people take away: a visible list, in the order of the page.

Names never change from month to month, so that a link or a workbook that reads one stays good.
"""

from __future__ import annotations

from dataclasses import dataclass

TABLE_PDF, PAPER_PDF = "panel-table.pdf", "panel-paper.pdf"


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
    Download(
        "scorecard.xlsx", "Workbook (XLSX)", "All of the page, a table on each sheet.", short=True
    ),
    Download(
        "figures.csv",
        "Figures (CSV)",
        "A line for each indicator, month and measure, for any program.",
        short=True,
    ),
    Download(
        "figures.csv-metadata.json",
        "Description of the figures (JSON)",
        "What each column of the CSV holds, as CSV on the Web.",
    ),
    Download("figures.parquet", "Figures (Parquet)", "The same lines with types, for analysis."),
    Download(
        "data-dictionary.csv", "Data dictionary (CSV)", "What each indicator and column means."
    ),
    Download(
        "release.json",
        "Release (JSON)",
        "The version, and the size and SHA-256 fingerprint of every file of it.",
    ),
)
