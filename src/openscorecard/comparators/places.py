"""England and its regions by every name and number, and councils by code, number or name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from openscorecard.comparators.cell import COUNCIL, NATIONAL, REGION, Area

ENGLAND_CODE = "E92000001"

# code, the Department's number, name, other names. London is published whole and in two halves.
REGIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("E12000001", "980", "North East", ()),
    ("E12000002", "981", "North West", ()),
    ("E12000003", "982", "Yorkshire and The Humber", ()),
    ("E12000004", "983", "East Midlands", ()),
    ("E12000005", "984", "West Midlands", ()),
    ("E12000006", "985", "East of England", ("East",)),
    ("E12000007", "986", "London", ()),
    ("E13000001", "987", "Inner London", ("London (Inner)",)),
    ("E13000002", "988", "Outer London", ("London (Outer)",)),
    ("E12000008", "989", "South East", ()),
    ("E12000009", "990", "South West", ()),
)
ENGLAND = Area(ENGLAND_CODE, "England", NATIONAL, "970")

# Words that one file has in a council's name and another has not.
_DROPPED = re.compile(r"\b(city of|county of|county|council|borough|royal|the|of|upon)\b")


def plain_name(name: str) -> str:
    """A council's name as the files differ least about it.

    >>> plain_name("Bristol, City of"), plain_name("St. Helens"), plain_name("County Durham")
    ('bristol', 'sthelens', 'durham')
    """
    text = name.casefold().replace("&", " and ")
    short = re.sub(r"[^a-z]", "", _DROPPED.sub(" ", text))
    return short or re.sub(r"[^a-z]", "", text)


def _region_names() -> dict[str, Area]:
    found: dict[str, Area] = {}
    for code, dfe, name, others in REGIONS:
        area = Area(code, name, REGION, dfe)
        for key in (code, dfe, name, *others):
            found[key.casefold()] = area
    for key in (ENGLAND.code, ENGLAND.dfe, ENGLAND.name):
        found[key.casefold()] = ENGLAND
    return found


_REGION_NAMES = _region_names()


def wider_area(key: str) -> Area | None:
    """England or a region, by code, the Department's number or name; None for all else."""
    return _REGION_NAMES.get(key.strip().casefold())


@dataclass(slots=True)
class Areas:
    """The councils that loaded files name, gathered by `add`.

    `by_code` holds those with a nine-character code. Of those that a file gives a number or a name
    only, `by_dfe` has the number, the name and the region.
    """

    by_code: dict[str, Area] = field(default_factory=dict)
    by_dfe: dict[str, Area] = field(default_factory=dict)
    _codes: dict[str, list[str]] = field(default_factory=dict)  # by the Department's number
    _names: dict[str, str] = field(default_factory=dict)  # plain name: code, or number
    _wholes: dict[str, str] = field(default_factory=dict)  # the name in full, likewise

    @classmethod
    def of(cls, areas: Iterable[Area]) -> Areas:
        """Those of the later files go before those of the earlier."""
        made = cls()
        for area in areas:
            made._add(area)
        for area in made.by_code.values():
            if area.dfe:
                made._codes.setdefault(area.dfe, []).append(area.code)
        for codes in made._codes.values():
            codes.sort(key=lambda code: (made.by_code[code].years or (0,))[-1])
        known = sorted(made.by_code.values(), key=lambda one: (one.years or (0,))[-1])
        for area in (*made.by_dfe.values(), *known):  # the newest comes last, and stands
            key = made.code_of(area.dfe) if area.dfe else area.code
            made._names[plain_name(area.name)] = key
            made._wholes[area.name.casefold()] = key
        return made

    def _add(self, area: Area) -> None:
        if area.level != COUNCIL:
            return
        if not area.code:
            if area.dfe:
                self.by_dfe[area.dfe] = area
            return
        had = self.by_code.get(area.code)
        if had is not None:
            area = Area(
                area.code,
                area.name,
                area.level,
                area.dfe or had.dfe,
                area.region_code or had.region_code,
                area.region or had.region,
                area.years if area.years == had.years else _both(area.years, had.years),
            )
        self.by_code[area.code] = area

    def code_of(self, dfe: str, year: int | None = None) -> str:
        """The code that a number had in the year, else its newest; the number where none is
        known."""
        codes = self._codes.get(dfe)
        if not codes:
            return dfe
        for code in codes if year is not None else ():
            if year in self.by_code[code].years:
                return code
        return codes[-1]

    def codes_with(self, code: str) -> tuple[str, ...]:
        """The code, and others that the same council has had."""
        area = self.by_code.get(code)
        dfe = area.dfe if area else code
        return tuple(dict.fromkeys((code, *reversed(self._codes.get(dfe, [])), dfe)))

    def council(self, key: str) -> Area | None:
        """By code, the Department's number, or name."""
        key = key.strip()
        if key.upper() in self.by_code:
            return self.by_code[key.upper()]
        if key.isdecimal():
            return self.by_code.get(self.code_of(key)) or self._by_number(key)
        found = self._wholes.get(key.casefold()) or self._names.get(plain_name(key))
        if found is None:
            return None
        return self.by_code.get(found) or self._by_number(found)

    def _by_number(self, dfe: str) -> Area | None:
        area = self.by_dfe.get(dfe)
        return replace(area, code=dfe) if area else None

    def in_year(self, year: int) -> tuple[Area, ...]:
        """Each council once, though files may give it an old code and a new one."""
        found = [
            area
            for area in self.by_code.values()
            if year in area.years and (not area.dfe or self.code_of(area.dfe, year) == area.code)
        ]
        if not self.by_code:  # files without codes alone: then by the Department's numbers
            numbers = [area for area in self.by_dfe.values() if year in area.years]
            found = [replace(area, code=area.dfe) for area in numbers]
        return tuple(sorted(found, key=lambda area: area.name))


def _both(years: tuple[int, ...], others: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({*years, *others}))
