"""The table [measures] of the settings: how this council counts where councils differ.

Takes the table as TOML holds it; gives the settings of the measures; every mistake goes to `wrong`
with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from openscorecard.catalogue.measure_settings import (
    BY_NAME,
    SETTINGS,
    MeasureSettings,
    Suspension,
    Value,
)
from openscorecard.catalogue.places import KeyPath
from openscorecard.catalogue.written import like
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.records.standard.codes import CODE_SETS

Wrong = Callable[[KeyPath, str], None]

SUSPENDED = "suspended"
SUSPENSION_KEYS = ("ref", "from", "to", "reason")


def read_measures(content: dict[str, Any], wrong: Wrong) -> MeasureSettings:
    """The settings of the measures; those that are not sound are left out, and told."""
    chosen: dict[str, Value] = {}
    suspended: tuple[Suspension, ...] = ()
    names = [one.name for one in SETTINGS]
    for name, raw in content.items():
        place = ("measures", name)
        if name == SUSPENDED:
            suspended = _suspended(raw, wrong)
        elif name not in BY_NAME:
            wrong(place, f'unknown key "{name}" in [measures]{like(name, [*names, SUSPENDED])}')
        else:
            setting = BY_NAME[name]
            try:
                value = setting.read(raw)
            except ValueError:
                wrong(place, f'"{name}" has to be {setting.says}, and is {shown(raw)}')
                continue
            if value == () and setting.default:  # it would count nobody, and print a 0
                wrong(place, f'"{name}" names nothing: leave it out for what it is by default')
            chosen[name] = _by_codes(name, value, wrong)
    return MeasureSettings(chosen, suspended)


# Settings that list codes of a column, by its code set: a slip would count nobody, and print a 0.
CODED = {"missing_types": "missing_type", "care_leaver_categories": "cl_eligibility"}


def _by_codes(name: str, value: Value, wrong: Wrong) -> Value:
    """The value as the records have it: codes in their own spelling, and each once."""
    if name not in CODED or not isinstance(value, tuple):
        return value
    codes = {code.casefold(): code for code in CODE_SETS[CODED[name]]}
    found: dict[str, None] = {}
    for text in map(str, value):
        code = codes.get(" ".join(text.casefold().split()))
        if code is None:
            known = ", ".join(codes.values())
            wrong(("measures", name),
                  f'"{name}" names {shown(text)}, which no record can hold: {known}')  # fmt: skip
            continue
        found[code] = None
    return tuple(found)


def check_suspended(settings: MeasureSettings, refs: Collection[str], where: str) -> None:
    """InputError where a figure is suspended that no indicator has."""
    in_vain = suspended_in_vain(settings, refs)
    if in_vain:
        raise InputError(
            f"[[measures.suspended]] names what is no indicator ({', '.join(in_vain)})",
            where=where,
            todo="write the ref as `scorecard indicators` has it, or take the table out",
        )


def suspended_in_vain(settings: MeasureSettings, refs: Collection[str]) -> tuple[str, ...]:
    """The refs that are suspended and that no indicator has: a slip would leave the figure on the
    page. `refs` are those of the catalogue in force."""
    names = dict.fromkeys(one.ref for one in settings.suspended)
    return tuple(f'"{name}"{like(name, refs)}' for name in names if name not in refs)


def _suspended(raw: object, wrong: Wrong) -> tuple[Suspension, ...]:
    at: KeyPath = ("measures", SUSPENDED)
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        wrong(at, '"suspended" has to be a list of tables: write [[measures.suspended]]')
        return ()
    found: list[Suspension] = []
    for index, table in enumerate(raw):
        one = _suspension(table, (*at, index), wrong)
        if one is None:
            continue
        twice = next((other for other in found if _overlap(one, other)), None)
        if twice is not None:
            wrong((*at, index), f"{one.ref} is suspended twice in some months")
        found.append(one)
    return tuple(found)


def _suspension(table: dict[str, object], at: KeyPath, wrong: Wrong) -> Suspension | None:
    sound = True

    def told(key: str, what: str) -> None:
        nonlocal sound
        sound = False
        wrong((*at, key), what)

    for key in table:
        if key not in SUSPENSION_KEYS:
            told(key, f'unknown key "{key}" in [[measures.suspended]]{like(key, SUSPENSION_KEYS)}')
    texts = {}
    for key in ("ref", "reason"):
        raw = table.get(key, "")
        texts[key] = " ".join(raw.split()) if isinstance(raw, str) else ""
        if key not in table:
            told(key, f'[[measures.suspended]] lacks "{key}"')
        elif not texts[key] or len(texts[key]) > 200:
            told(key, f'"{key}" has to be a text of at most 200 characters, and is {shown(raw)}')
    since = _month(table, "from", told)
    until = _month(table, "to", told) if "to" in table else None
    if since is not None and until is not None and until < since:
        told("to", f'"to" is {until}, before "from", which is {since}')
    if not sound or since is None:
        return None
    return Suspension(texts["ref"], since, until, texts["reason"])


def _month(table: dict[str, object], key: str, told: Callable[[str, str], None]) -> Month | None:
    raw = table.get(key)
    if key not in table:
        told(key, f'[[measures.suspended]] lacks "{key}"')
        return None
    try:
        if isinstance(raw, str):
            return Month.parse(raw)
    except InputError:
        pass
    told(key, f'"{key}" has to be a month such as "2021-05", and is {shown(raw)}')
    return None


def _overlap(one: Suspension, other: Suspension) -> bool:
    return one.ref == other.ref and (other.holds_in(one.since) or one.holds_in(other.since))


def shown(raw: object) -> str:
    """A value as a mistake names it."""
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, str):
        return f'"{raw[:60]}"'
    return "a table" if isinstance(raw, dict) else "a list" if isinstance(raw, list) else str(raw)
