"""figures.csv and its metadata: one line an indicator, month and measure."""

from __future__ import annotations

from pathlib import Path

from openscorecard.publish.file_names import FIGURES as FIGURES_CSV
from openscorecard.publish.open_data.columns import FIGURES
from openscorecard.publish.open_data.csvw import Link, Table, write_table
from openscorecard.publish.open_data.dictionary import INDICATORS_TABLE
from openscorecard.publish.tidy_csv import figure_lines
from openscorecard.scorecard.page import Scorecard

FIGURES_TABLE = Table(
    file=FIGURES_CSV,
    title="figures",
    about="The figures of the page, one line an indicator, month and measure: the number, and what "
    "the page prints.",
    columns=FIGURES,
    key=("ref", "month", "measure"),
    codes=(
        ("[c]", "hidden to protect children: a small number, or a way to work one out"),
        ("[r]", "after a figure: revised since it was first released"),
        ("[x]", "not available"),
        ("[z]", "does not apply: there was nothing to count"),
    ),
    link=Link("ref", INDICATORS_TABLE),
)


def write_figures(card: Scorecard, folder: Path) -> None:
    write_table(card, FIGURES_TABLE, figure_lines(card), folder)
