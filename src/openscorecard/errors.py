"""Everything that OpenScorecard raises on purpose.

    OpenScorecardError
    ├── InputError      something the user can mend: exit code 2, nothing changed
    └── InternalError   our fault: exit code 3

A wrong figure in somebody's data is not an error: it is a `Finding` (see findings.py).
"""

from __future__ import annotations


class OpenScorecardError(Exception):
    """The root; never raised itself."""


class InputError(OpenScorecardError):
    """What was found, where, and what to do about it.

    >>> print(InputError("the month 2021-06 stands in two columns", where="page.csv, row 3",
    ...                  todo="remove one of them"))
    page.csv, row 3: the month 2021-06 stands in two columns
    What to do: remove one of them.
    """

    def __init__(self, found: str, *, where: str, todo: str) -> None:
        super().__init__(found, where, todo)
        self.found = found.rstrip(".")
        self.where = where
        self.todo = todo.rstrip(".")

    def __str__(self) -> str:
        return f"{self.where}: {self.found}\nWhat to do: {self.todo}."


class InternalError(OpenScorecardError):
    """A promise of our own code was broken: please report it."""
