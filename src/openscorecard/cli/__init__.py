"""The command line, `scorecard`.

Takes arguments; gives tables, JSON or CSV and an exit code; refuses with a message that says what
was found, where, and what to do. It composes nothing itself: see run.py.
"""

from openscorecard.cli.main import main

__all__ = ["main"]
