"""Unaccompanied asylum-seeking children: when each arrives and turns 18.

All turn 18 in care. Those in care at the end of May 2020 come of age in given months; those who
arrive afterwards do so after the last load.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from openscorecard.demo.council.days import first_day, last_day, month
from openscorecard.demo.council.earlier import END, FIXED_FROM
from openscorecard.demo.council.targets import ASYLUM_OF_AGE, FIGURES


@dataclass(frozen=True, slots=True)
class Arrival:
    month: int
    of_age: int  # the month in which the child turns 18

    def born(self, rng: Random) -> int:
        """A day of birth that brings the child of age in its month."""
        first, last = first_day(self.of_age - 216), last_day(self.of_age - 216)
        return first + 1 + int(rng.random() * (last - first - 2))


def arrivals(rng: Random) -> list[Arrival]:
    """Every arrival, those before the history begins too, in order."""
    found = []
    for name, count in ASYLUM_OF_AGE.items():
        of_age = month(name)
        for _ in range(count):
            latest = min(of_age - 5, FIXED_FROM - 2)
            found.append(Arrival(latest - int(rng.random() * 9), of_age))
    for number in range(month("2015-06"), month("2019-12")):
        if rng.random() < 0.75:
            of_age = number + 4 + int(rng.random() * 16)
            if of_age < FIXED_FROM:
                found.append(Arrival(number, of_age))
    for place, count in enumerate(FIGURES["asylum_begun"]):
        for _ in range(count):
            number = FIXED_FROM + place
            found.append(Arrival(number, max(number + 6, END + 1) + int(rng.random() * 8)))
    return sorted(found, key=lambda one: (one.month, one.of_age))
