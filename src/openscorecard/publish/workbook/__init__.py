"""The page as a workbook that anyone can read and compute with.

Takes a `Scorecard`; gives an .xlsx by the Government Analysis Function's checklist for accessible
spreadsheets: cover, contents, notes, then one marked-up table a sheet; refuses to compute anything.
"""

from openscorecard.publish.workbook.write import workbook_bytes, write_workbook

__all__ = ["workbook_bytes", "write_workbook"]
