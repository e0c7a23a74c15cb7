"""The independent check of the measures: every computed indicator counted in plain loops.

Takes the rows of a load as lists of dicts, a month and the settings; gives numerator and
denominator for each ref. It shares nothing with the program but `Month`: no query, no calendar.
"""

from collections.abc import Callable

from openscorecard.periods import Month
from plain import assessment, child_protection, early_help, front_door, leaving_care, looked_after
from plain.counted import PER_10000, PERCENT, Counted, Rows, Settings, figure

PLAIN: dict[str, Callable[[Rows, Month, Settings], Counted]] = {
    **front_door.COUNTS,
    **assessment.COUNTS,
    **child_protection.COUNTS,
    **looked_after.COUNTS,
    **leaving_care.COUNTS,
    **early_help.COUNTS,
}

__all__ = ["PERCENT", "PER_10000", "PLAIN", "Counted", "Rows", "Settings", "figure"]
