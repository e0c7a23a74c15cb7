"""The minus sign of what is read by eye: `-5 to +5` becomes `−5 to +5`.

A hyphen is shorter than a plus and may end a line. Figures are kept and exchanged with the hyphen
that every program reads (CSV, JSON, workbooks); pages, charts and PDFs set the sign.
"""

from __future__ import annotations

import re

_MINUS = re.compile(r"(?<![^\s(\[→↑↓])-(?=\d)")


def true_minus(text: str) -> str:
    """A hyphen that opens a number, as the minus sign; ranges, dates and words keep theirs.

    >>> true_minus("↓ -34% (-242 to +213), 2020-06, 16-17, CP2-NI")
    '↓ −34% (−242 to +213), 2020-06, 16-17, CP2-NI'
    """
    return _MINUS.sub("\N{MINUS SIGN}", text) if "-" in text else text
