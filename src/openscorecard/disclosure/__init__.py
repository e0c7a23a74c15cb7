"""What the public may see, decided once, before any renderer.

Takes an internal `Scorecard` and the relations between its indicators; gives the public one, with
every small number and every way to work one out hidden, and the questions that its comments still
raise; refuses nothing, and computes no figure.
"""

from openscorecard.disclosure.comments import hidden_in_comments, numbers_in_question
from openscorecard.disclosure.hidden import HiddenNumber, hidden_numbers
from openscorecard.disclosure.protect import protect

__all__ = [
    "HiddenNumber",
    "hidden_in_comments",
    "hidden_numbers",
    "numbers_in_question",
    "protect",
]
