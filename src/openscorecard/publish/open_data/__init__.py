"""Takes a frozen `Scorecard`; gives its figures and a data dictionary as files to reuse.

CSV described by CSV on the Web, and Parquet with types; both hold the same cells.
Refuses nothing of its own: what the page holds can be written, and what it hides is not in it.
"""
