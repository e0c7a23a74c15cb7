"""The standard tables: the Standard Safeguarding Dataset (SSD), and a few of our own beside it.

Takes nothing; gives every table, column, type, code set and key that the measures may name;
refuses, when asked, a table or column that is not among them.
"""

from openscorecard.records.standard.codes import CODE_SETS
from openscorecard.records.standard.table import Column, Table, Type
from openscorecard.records.standard.tables import SSD_VERSION, TABLES, table

__all__ = ["CODE_SETS", "SSD_VERSION", "TABLES", "Column", "Table", "Type", "table"]
