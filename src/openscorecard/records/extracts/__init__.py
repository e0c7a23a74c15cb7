"""Extracts of the case system: standard tables as CSV or Parquet, one file a table.

Takes a folder of them (or one with a folder a council); gives typed tables, the rows that could
not be used, and what was found, counted and sampled; refuses a file that cannot be read for
certain, a table without a column that it needs, and dates of extraction and coverage left unsaid.
"""
