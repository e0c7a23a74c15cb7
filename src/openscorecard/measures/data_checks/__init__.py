"""What in a load's records would mislead the page: contradictions between rows, and gaps.

Takes a function that runs queries over one load, its month, and the council's settings; gives
findings, counted and sampled, each with the figures that it touches and what to do; refuses a load
month that the calendar does not hold. What single cells hold is checked when they are loaded.
"""

from openscorecard.measures.data_checks.check import DataCheck
from openscorecard.measures.data_checks.found import (
    CHECKS,
    DataFinding,
    check_records,
    rows_concerned,
)

__all__ = ["CHECKS", "DataCheck", "DataFinding", "check_records", "rows_concerned"]
