"""The names of the sheets: each reporter's role, as far as Excel takes it."""

from __future__ import annotations

import re
from collections.abc import Iterable

NOBODY = "No reporter"
LONGEST = 31  # characters that Excel takes


def sheet_names(roles: Iterable[str]) -> dict[str, str]:
    """A name for each role: without []:*?/\\, at most 31 characters, told apart from the others.

    Where one of `Service Manager, Looked After Children` and its like is too long, all that begin
    alike lose their beginning: names of one kind look alike.

    >>> roles = ["Manager, Assessment", "Manager, Looked After Children", "Head of Service"]
    >>> list(sheet_names(roles).values())
    ['Manager, Assessment', 'Manager, Looked After Children', 'Head of Service']
    >>> list(sheet_names([*roles, "Manager, Children on Protection Plans"]).values())
    ['Assessment', 'Looked After Children', 'Head of Service', 'Children on Protection Plans']
    """
    plain = {role: _plain(role) for role in roles}
    too_long = {
        name.partition(", ")[0] for name in plain.values() if len(name) > LONGEST and ", " in name
    }
    names: dict[str, str] = {}
    for role, name in plain.items():
        beginning, _, rest = name.partition(", ")
        names[role] = _not_taken(rest if rest and beginning in too_long else name, names.values())
    return names


def _plain(role: str) -> str:
    return " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", role).split()).strip("'") or NOBODY


def _not_taken(wanted: str, taken: Iterable[str]) -> str:
    used = {name.lower() for name in taken}
    if wanted.lower() == "history":  # Excel keeps that name for itself
        wanted = "History of"
    name, number = wanted[:LONGEST].strip(), 2
    while name.lower() in used:
        ending = f" ({number})"
        name, number = wanted[: LONGEST - len(ending)].strip() + ending, number + 1
    return name
