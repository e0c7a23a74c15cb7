"""OpenScorecard: a children's services scorecard that can be trusted.

Takes a council's case records or its printed page; gives the month's page as one frozen value,
checked, explained and published; refuses to show a figure that it cannot stand behind.
"""

__version__ = "0.1.0"
