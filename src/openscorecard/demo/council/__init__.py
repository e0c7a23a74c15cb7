"""The case records of the demonstration council: invented children, month by month.

Takes nothing; gives the council's records as they were known on any day, and the thirteen extracts
of June 2020 to June 2021 that such a council would send; refuses a folder that holds something.
"""

from openscorecard.demo.council.extract import LOADS, Load, extracts, records

__all__ = ["LOADS", "Load", "extracts", "records"]
