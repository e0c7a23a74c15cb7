"""Settings that a measure names: by `when`, in SQL, by the limits of lookups, by `needs`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openscorecard.catalogue.measure_settings import BY_NAME, MeasureSetting
from openscorecard.catalogue.measures_in_month import InMonth, WrittenMeasure
from openscorecard.catalogue.places import KeyPath
from openscorecard.catalogue.written import Mistake, like


def settings_that_are_there(all_: InMonth) -> Iterator[Mistake]:
    """Each setting named exists, with a choice that it has; and some test is left whatever the
    council has chosen."""
    for one in all_.in_use():
        yield from _whens(one)
        yield from _limits(one)
        for name in one.measure.needs:
            if name not in BY_NAME:
                text = f'"needs" names the setting {name}, which does not exist'
                yield one.wrong(f"{text}{like(name, BY_NAME)}", "needs")
        yield from _tests_left(one)


def _whens(one: WrittenMeasure) -> Iterator[Mistake]:
    measure = one.measure
    for key, listed in (("where", measure.where), ("test", measure.test)):
        for index, condition in enumerate(listed):
            yield from _when(one, condition.when, (key, index, "when"))
    for index, lookup in enumerate(measure.lookups):
        yield from _when(one, lookup.when, ("lookup", index, "when"))


def _limits(one: WrittenMeasure) -> Iterator[Mistake]:
    for index, lookup in enumerate(one.measure.lookups):
        for key in ("within_days", "within_working_days"):
            name = getattr(lookup, key)
            if not name or name.isdecimal():
                continue
            setting = BY_NAME.get(name)
            said = f'"{key}" names the setting {name}, which'
            if setting is None:
                text = f"{said} does not exist{like(name, BY_NAME)}"
                yield one.wrong(text, "lookup", index, key)
            elif not isinstance(setting.default, int) or isinstance(setting.default, bool):
                yield one.wrong(f"{said} is no number", "lookup", index, key)


def _tests_left(one: WrittenMeasure) -> Iterator[Mistake]:
    whens = {plain_when(condition.when) for condition in one.measure.test}
    missing = set()
    for name in {when.partition(" = ")[0] for when in whens}:
        if name in BY_NAME:
            missing |= {f"{name} = {choice}" for choice in choices(BY_NAME[name])}
    missing -= whens
    if one.measure.test and missing and not always(whens):
        text = f'no "test" is left when {" or ".join(sorted(missing))}'
        yield one.wrong(f"{text}: all rows would count as met", "test", 0)


def plain_when(when: str) -> str:
    """`a = b` however its spaces are written; "" for none."""
    return " = ".join(part.strip() for part in when.split("="))


def choices(setting: MeasureSetting) -> tuple[str, ...]:
    """What a setting of a few choices can be, as `when` writes it; () for any other setting."""
    found = []
    for word in re.split(r", | or ", setting.says):
        raw: object = {"true": True, "false": False}.get(word, word)
        if word.isdecimal():
            raw = int(word)
        try:
            setting.read(raw)
        except ValueError:
            return ()
        found.append(word)
    return tuple(found)


def always(whens: set[str]) -> bool:
    """Whether one of them holds whatever the council has chosen."""
    if "" in whens:
        return True
    names = {when.partition(" = ")[0] for when in whens}
    return any(
        name in BY_NAME
        and choices(BY_NAME[name])
        and all(f"{name} = {choice}" in whens for choice in choices(BY_NAME[name]))
        for name in names
    )


def _when(one: WrittenMeasure, when: str, path: KeyPath) -> Iterator[Mistake]:
    if not when:
        return
    name, equals, choice = (part.strip() for part in when.partition("="))
    setting = BY_NAME.get(name)
    if not equals or not choice:
        yield one.wrong(f'"when" is "{when}": write it as "setting = choice"', *path)
    elif setting is None:
        text = f'"when" names the setting {name}, which does not exist{like(name, BY_NAME)}'
        yield one.wrong(text, *path)
    elif not choices(setting):
        text = f'"when" needs a setting of a few choices, and {name} is {setting.says}'
        yield one.wrong(text, *path)
    elif choice not in choices(setting):
        text = f'"when" says {name} = {choice}, and {name} is {setting.says}'
        yield one.wrong(f"{text}{like(choice, choices(setting))}", *path)


def wrong_setting(name: str, *, in_list: bool) -> str:
    """What is wrong with `setting.name` in SQL; "" where nothing is."""
    pair = name.removesuffix("_from") if name.endswith("_from") else name.removesuffix("_to")
    setting = BY_NAME.get(name)
    if setting is None and pair != name and pair in BY_NAME and _is_pair(BY_NAME[pair]):
        return ""
    if setting is None:
        known = [one.name for one in BY_NAME.values() if not _is_pair(one)]
        known += [f"{n}{end}" for n in BY_NAME if _is_pair(BY_NAME[n]) for end in ("_from", "_to")]
        return f"names setting.{name}, which does not exist{like(name, known)}"
    if _is_pair(setting):
        return f"names setting.{name}: write setting.{name}_from or setting.{name}_to"
    if isinstance(setting.default, tuple) and not in_list:
        return f"names setting.{name}, a list: write IN (setting.{name})"
    return ""


def _is_pair(setting: MeasureSetting) -> bool:
    default = setting.default
    return isinstance(default, tuple) and len(default) == 2 and isinstance(default[0], int)
