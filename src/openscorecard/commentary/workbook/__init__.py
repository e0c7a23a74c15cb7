"""The commentary workbook: out to the people who write, and back in.

Takes the page and the comments so far; gives a workbook with a box for each indicator, and later
what was written in it; refuses a workbook of which it cannot say what belongs where.
"""

from openscorecard.commentary.workbook.export import export_comments
from openscorecard.commentary.workbook.take_in import TakenIn, import_comments

__all__ = ["TakenIn", "export_comments", "import_comments"]
