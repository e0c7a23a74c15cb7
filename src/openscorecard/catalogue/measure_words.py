"""A measure in words: what is counted, on which conditions, by which settings.

Takes a definition of the catalogue and the settings of a council; gives sentences, each with the
name under which the catalogue's `origin` says where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openscorecard.catalogue.indicator import Catalogue, Definition
from openscorecard.catalogue.measure import Condition, Lookup, Measure
from openscorecard.catalogue.measure_choices import plain_when
from openscorecard.catalogue.measure_settings import SETTINGS, MeasureSettings, Value
from openscorecard.catalogue.sql_text import read_sql
from openscorecard.records.standard import table


@dataclass(frozen=True, slots=True)
class Sentence:
    """`about` is counts, only if, met if, over, looks up, stand-in or setting; `part` the part of
    the measure that it stands for ("where 1"), or the name of a setting."""

    about: str
    text: str
    part: str


def in_words(
    catalogue: Catalogue, definition: Definition, settings: MeasureSettings
) -> tuple[Sentence, ...]:
    """The measure of the definition, as the settings have it; () where it has none."""
    measure = definition.measure
    if measure is None:
        return ()
    found = list(_measure(catalogue, measure, settings))
    measures = [measure]
    for number, one in enumerate(definition.stand_ins, start=1):
        part = f"stand-in {number}"
        text = f"Where a load has no {one.without}: {one.words}."
        found.append(Sentence("stand-in", text, part))
        for sentence in _measure(catalogue, one.measure, settings):
            found.append(Sentence(sentence.about, sentence.text, f"{part} {sentence.part}"))
        measures.append(one.measure)
    names = _settings_of(catalogue, measures)
    for setting in SETTINGS:
        if setting.name in names:
            value = shown(settings.value(setting.name))
            found.append(Sentence("setting", f"{setting.name}: {value}. {setting.words}",
                                  setting.name))  # fmt: skip
    return tuple(found)


def shown(value: Value) -> str:
    """The value of a setting, for people."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], int):
        return f"{value[0]} to {value[1]}"
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or "none"
    return str(value)


def _measure(
    catalogue: Catalogue, measure: Measure, settings: MeasureSettings
) -> Iterator[Sentence]:
    if measure.sum_of:
        titles = _listed([_named(catalogue, title) for title in measure.sum_of])
        yield Sentence("counts", f"The sum of {titles}.", "sum_of")
    elif measure.any_of:
        titles = _listed([_named(catalogue, title) for title in measure.any_of])
        yield Sentence("counts", f"Children of any of these, each once: {titles}.", "any_of")
    elif measure.of:
        yield Sentence("counts", _what(catalogue, measure), "of")
    if measure.denominator:
        yield Sentence("over", f"{_named(catalogue, measure.denominator)}.", "denominator")
    for one in measure.lookups:
        if _holds(one.when, settings):
            yield Sentence("looks up", _looked_up(catalogue, one), f"lookup {one.name}")
    for about, part, conditions in (
        ("only if", "where", measure.where),
        ("met if", "test", measure.test),
    ):
        for number, condition in enumerate(conditions, start=1):
            if _holds(condition.when, settings):
                yield Sentence(about, _sentence(condition.words), f"{part} {number}")


def _what(catalogue: Catalogue, measure: Measure) -> str:
    standard = table(measure.of)
    if standard is None:
        said = {
            "": "What is counted in",
            "rows": "The rows of",
            "children": "The children of",
        }.get(measure.counts, f"The different {measure.counts} of")
        return f"{said} {_named(catalogue, measure.of)}."
    said = {"": "Rows", "rows": "Rows", "children": "Children, each once, by rows"}.get(
        measure.counts, f"Each different {measure.counts} once, by rows"
    )
    if measure.in_month:
        when = f"with {measure.in_month} in the month"
    elif measure.open:
        when = f"open on the last day of the month ({measure.open[0]} to {measure.open[1]})"
    elif measure.touches:
        when = f"open on a day of the month ({measure.touches[0]} to {measure.touches[1]})"
    elif measure.as_at_load:
        when = "as they are on the day of the load: for the load's own month alone"
    else:
        when = "of all times"
    return f"{said} of {measure.of} ({standard.about}), {when}."


def _looked_up(catalogue: Catalogue, one: Lookup) -> str:
    where = one.of if table(one.of) is not None else _named(catalogue, one.of)
    back = f"; it may lie {one.looks_back} months before the month" if one.looks_back else ""
    return f"{one.name}: {one.words} (from {where}{back})."


def _named(catalogue: Catalogue, title: str) -> str:
    """A ref with its short name; a group by its own words."""
    group = catalogue.group(title)
    if group is not None:
        return f"“{group.words.rstrip('.')}” ({title})"
    item = catalogue.get(title)
    return title if item is None else f"{title} ({item.short_name})"


def _listed(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")


def _holds(when: str, settings: MeasureSettings) -> bool:
    if not when:
        return True
    name, _, choice = plain_when(when).partition(" = ")
    return shown(settings.value(name)) == choice


def _settings_of(catalogue: Catalogue, measures: list[Measure]) -> set[str]:
    """Every setting that some of these measures ask for, by whatever way."""
    found: set[str] = set()
    seen: set[str] = set()
    left = list(measures)
    while left:
        measure = left.pop()
        found |= _settings_named(measure)
        conditions = (*measure.where, *measure.test)
        titles = [measure.of, *measure.any_of, *measure.sum_of, measure.denominator]
        titles += [one.of for one in measure.lookups]
        titles += [one.among or one.not_among for one in conditions]
        for title in titles:
            if title and title not in seen:
                seen.add(title)
                left += _measures_of(catalogue, title)
    return found


def _measures_of(catalogue: Catalogue, title: str) -> list[Measure]:
    group, item = catalogue.group(title), catalogue.get(title)
    if group is not None:
        return [group.measure, *(one.measure for one in group.stand_ins)]
    newest = None if item is None else item.definitions[-1]
    if newest is None or newest.measure is None:
        return []
    return [newest.measure, *(one.measure for one in newest.stand_ins)]


def _settings_named(measure: Measure) -> set[str]:
    listed: tuple[Condition | Lookup, ...] = (*measure.where, *measure.test, *measure.lookups)
    found = {plain_when(one.when).partition(" = ")[0] for one in listed if one.when}
    found |= set(measure.needs)
    texts = [one.sql for one in (*measure.where, *measure.test)] + [measure.due]
    for one in measure.lookups:
        texts += [one.match, one.where]
        found |= {one.within_days, one.within_working_days}
    for text in filter(None, texts):
        for name, _ in read_sql(text).settings:
            found |= {name, name.removesuffix("_from"), name.removesuffix("_to")}
    return found
