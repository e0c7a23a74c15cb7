"""The names of a publication's files: the same every month, so that a link, a workbook or a report
that was made on them stays good."""

WORKBOOK = "scorecard.xlsx"
FIGURES, FIGURES_PARQUET = "figures.csv", "figures.parquet"
DICTIONARY, COLUMNS = "data-dictionary.csv", "data-dictionary-columns.csv"
TABLE_PDF, PAPER_PDF = "panel-table.pdf", "panel-paper.pdf"
RELEASE = "release.json"
METADATA = "-metadata.json"  # after a CSV file's own name: CSV on the Web asks for that
