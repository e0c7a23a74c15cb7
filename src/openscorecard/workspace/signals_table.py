"""The table [signals] of the settings: how this council judges change.

Takes the table as TOML holds it; gives the settings of the charts and the new baselines; every
mistake goes to `wrong` with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from openscorecard.catalogue.places import KeyPath
from openscorecard.catalogue.written import like
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.signals.settings import Rebase, SignalSettings, in_vain
from openscorecard.workspace.measures_table import Wrong, shown

REBASE = "rebase"
REBASE_KEYS = ("ref", "from", "reason")
LONGEST_REASON = 200  # characters


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table; `says` ends the sentence "it has to be ..."."""

    name: str
    read: Callable[[object], Any]
    says: str


def _whole(low: int, high: int) -> Callable[[object], int]:
    def read(raw: object) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise ValueError
        return raw

    return read


def _yes_or_no(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError
    return raw


SETTINGS: tuple[Setting, ...] = (
    Setting("shift", _whole(5, 12), "a whole number from 5 to 12"),
    Setting("trend", _whole(5, 12), "a whole number from 5 to 12"),
    Setting("two_of_three", _yes_or_no, "true or false"),
    Setting("screen", _yes_or_no, "true or false"),
    Setting("baseline_months", _whole(12, 36), "a whole number from 12 to 36"),
)
_BY_NAME = {one.name: one for one in SETTINGS}


def read_signals(content: dict[str, Any], wrong: Wrong) -> SignalSettings:
    """How change is judged; what is not sound is left out, and told."""
    chosen: dict[str, Any] = {}
    for name, raw in content.items():
        place = ("signals", name)
        if name == REBASE:
            chosen["rebases"] = _rebases(raw, wrong)
        elif name not in _BY_NAME:
            wrong(place, f'unknown key "{name}" in [signals]{like(name, [*_BY_NAME, REBASE])}')
        else:
            try:
                chosen[name] = _BY_NAME[name].read(raw)
            except ValueError:
                says = _BY_NAME[name].says
                wrong(place, f'"{name}" has to be {says}, and is {shown(raw)}')
    return SignalSettings(**chosen)


def check_rebased(settings: SignalSettings, refs: Collection[str], where: str) -> None:
    """InputError where a new baseline is dated that no indicator has."""
    unknown = in_vain(settings, refs)
    if unknown:
        named = ", ".join(f'"{ref}"{like(ref, refs)}' for ref in unknown)
        raise InputError(
            f"[[signals.rebase]] names what is no indicator ({named})",
            where=where,
            todo="write the ref as `scorecard indicators` has it, or take the table out",
        )


def _rebases(raw: object, wrong: Wrong) -> tuple[Rebase, ...]:
    at: KeyPath = ("signals", REBASE)
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        wrong(at, '"rebase" has to be a list of tables: write [[signals.rebase]]')
        return ()
    found: list[Rebase] = []
    for index, table in enumerate(raw):
        one = _rebase(table, (*at, index), wrong)
        if one is None:
            continue
        if any((other.ref, other.since) == (one.ref, one.since) for other in found):
            wrong((*at, index), f"{one.ref} has two new baselines from {one.since}")
        found.append(one)
    return tuple(found)


def _rebase(table: dict[str, object], at: KeyPath, wrong: Wrong) -> Rebase | None:
    sound = True

    def told(key: str, what: str) -> None:
        nonlocal sound
        sound = False
        wrong((*at, key), what)

    for key in table:
        if key not in REBASE_KEYS:
            told(key, f'unknown key "{key}" in [[signals.rebase]]{like(key, REBASE_KEYS)}')
    for key in REBASE_KEYS:
        if key not in table:
            told(key, f'[[signals.rebase]] lacks "{key}"')
    ref, reason = (_text(table, key, told) for key in ("ref", "reason"))
    since = _month(table, told)
    return Rebase(ref, since, reason) if sound and since is not None else None


def _text(table: dict[str, object], key: str, told: Callable[[str, str], None]) -> str:
    raw = table.get(key)
    text = " ".join(raw.split()) if isinstance(raw, str) else ""
    if key in table and not (0 < len(text) <= LONGEST_REASON and text.strip(". ")):
        most = f"a text of at most {LONGEST_REASON} characters"
        told(key, f'"{key}" has to be {most}, and is {shown(raw)}')
    return text


def _month(table: dict[str, object], told: Callable[[str, str], None]) -> Month | None:
    raw = table.get("from")
    if "from" not in table:
        return None
    try:
        if isinstance(raw, str):
            return Month.parse(raw)
    except InputError:
        pass
    told("from", f'"from" has to be a month such as "2021-01", and is {shown(raw)}')
    return None
