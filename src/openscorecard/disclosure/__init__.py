"""What the public may see, decided once, before any renderer.

Takes an internal `Scorecard` and the relations between its indicators; gives the public one, with
every small number and every way to work one out hidden; refuses nothing, and computes no figure.
"""

from openscorecard.disclosure.numbers import HiddenNumber, hidden_numbers
from openscorecard.disclosure.protect import protect

__all__ = ["HiddenNumber", "hidden_numbers", "protect"]
