"""What a council decides about how change is judged: the table [signals] of its settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openscorecard.periods import Month

LEAST_POINTS = 7  # below it nothing is judged
SETTLED_POINTS = 12  # below it limits are on trial


@dataclass(frozen=True, slots=True)
class Rebase:
    """A new baseline that a person has dated: from `since` on the limits rest on later months
    alone. `reason` is printed."""

    ref: str
    since: Month
    reason: str


@dataclass(frozen=True, slots=True)
class SignalSettings:
    """`shift` and `trend` are run lengths in points: a shift of 8, not the 7 that others take, for
    beside an average of 24 months 7 gives more than 3% false alarms (decision 5). `screen` leaves
    unusual moving ranges out of the limits of XmR charts. Limits are frozen once `baseline_months`
    points are on record."""

    shift: int = 8
    trend: int = 7
    two_of_three: bool = True
    screen: bool = False
    baseline_months: int = 24
    rebases: tuple[Rebase, ...] = ()

    def of(self, ref: str) -> tuple[Rebase, ...]:
        """The new baselines of one indicator, the earliest first."""
        found = (one for one in self.rebases if one.ref == ref)
        return tuple(sorted(found, key=lambda one: one.since))

    @property
    def words(self) -> str:
        """The rules with their lengths: `outside the limits; 7 rising or falling; ...`."""
        rules = ["outside the limits", f"{self.trend} rising or falling"]
        if self.two_of_three:
            rules.append("2 of 3 near a limit")
        rules.append(f"{self.shift} on one side")
        return ", ".join(rules)


def in_vain(settings: SignalSettings, refs: Iterable[str]) -> tuple[str, ...]:
    """The refs that have a new baseline and that no indicator has."""
    known = set(refs)
    return tuple(dict.fromkeys(one.ref for one in settings.rebases if one.ref not in known))
