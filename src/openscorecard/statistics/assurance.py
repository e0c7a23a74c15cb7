"""Whether a process meets its target by itself."""

from __future__ import annotations

import math
from typing import Literal, TypeAlias

Standing: TypeAlias = Literal["meets", "hit-or-miss", "misses"]


def assurance(
    target: float | None, lower: float | None, upper: float | None, better: int
) -> Standing | None:
    """The target against the latest limits, all in one unit; `better` +1 up, -1 down, 0 neither.

    The whole usual range better than the target: it consistently meets it; the whole range worse:
    it consistently misses it; a target within the limits, or on one, is hit or missed by chance
    (the assurance icons of "Making Data Count", strict as in NHSRplotthedots). None without a
    target, a direction or limits.

    >>> assurance(80, 83, 95, +1), assurance(80, 70, 95, +1), assurance(80, 83, 95, -1)
    ('meets', 'hit-or-miss', 'misses')
    """
    if target is None or lower is None or upper is None or not better:
        return None
    if any(math.isnan(number) for number in (target, lower, upper)):
        return None
    if lower <= target <= upper:
        return "hit-or-miss"
    return "meets" if (target < lower) == (better > 0) else "misses"
