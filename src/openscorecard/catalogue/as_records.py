"""The catalogue as records, for JSON and CSV, and as lines to read: one indicator or all."""

from __future__ import annotations

from openscorecard.catalogue import Catalogue, Indicator, Relation
from openscorecard.catalogue.indicator import Definition
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.catalogue.measure_words import Sentence, in_words
from openscorecard.catalogue.published_measures import BY_ID
from openscorecard.catalogue.resolve import BY_DEFAULT, measure_origin, refs_of
from openscorecard.findings import plain

SETTINGS_FILE = "openscorecard.toml"
# What an indicator has several of: in JSON as lists, in a table a line each.
SEVERAL = ("definitions", "targets", "relations", "origin")


def indicator_record(
    catalogue: Catalogue, item: Indicator, settings: MeasureSettings
) -> dict[str, object]:
    """Everything about one indicator, its measures in words as the settings have them."""
    return {
        "ref": item.ref,
        "id": item.id,
        "order": item.order,
        "name": item.name,
        "short_name": item.short_name,
        "section": item.section,
        "outcome": item.outcome,
        "kind": item.kind.value,
        "unit": item.unit.value,
        "decimals": item.decimals,
        "preferred_direction": item.preferred_direction.value,
        "frequency": item.frequency.value,
        "owner": item.owner,
        "reporter": item.reporter,
        "numerator": item.numerator,
        "denominator": item.denominator,
        "people": item.people,
        "protect_complement": item.protect_complement,
        "provisional_months": item.provisional_months,
        "judged_on": None if item.judged_on is None else item.judged_on.value,
        "judged_because": item.judged_because,
        "beside": beside_record(item),
        "definitions": [
            {
                "from": definition.since.iso,
                "words": definition.words,
                "measure": [
                    {
                        "about": one.about,
                        "text": one.text,
                        "from": place_of(catalogue, item, definition, one, settings),
                    }
                    for one in in_words(catalogue, definition, settings)
                ],
            }
            for definition in item.definitions
        ],
        "targets": [
            {
                "from": target.since.iso,
                "value": plain(target.value),
                "tolerance": plain(target.tolerance),
            }
            for target in item.targets
        ],
        "relations": [
            _relation_json(relation)
            for relation in catalogue.relations
            if item.ref in refs_of(relation)
        ],
        "origin": catalogue.origin[item.ref],
    }


def beside_record(item: Indicator) -> dict[str, str] | None:
    """What it stands beside: the keys that are written."""
    one = item.beside
    if one is None:
        return None
    keys = {"measure": one.measure, "how": one.how or "", "differs": one.differs, "none": one.none}
    return {key: str(text) for key, text in keys.items() if text}


def beside_text(item: Indicator) -> str:
    """The same in a sentence, for a table's cell."""
    one = item.beside
    if one is None:
        return "nothing published is named"
    if one.none:
        return f"no measure: {one.none}"
    title = BY_ID[one.measure].title
    return f"{title} ({one.how}){f': {one.differs}' if one.differs else ''}"


def _relation_json(relation: Relation) -> dict[str, object]:
    return {
        "kind": relation.kind.value,
        "whole": relation.whole,
        "members": list(relation.members),
        "leaving": list(relation.leaving),
        "over": list(relation.over),
    }


def catalogue_record(catalogue: Catalogue, settings: MeasureSettings) -> dict[str, object]:
    return {
        "sections": [
            {"id": section.id, "title": section.title, "order": section.order}
            for section in catalogue.sections
        ],
        "indicators": [indicator_record(catalogue, item, settings) for item in catalogue],
        "relations": [_relation_json(relation) for relation in catalogue.relations],
    }


def catalogue_csv(catalogue: Catalogue) -> tuple[list[str], list[list[object]]]:
    """One line an indicator: the single values, and the newest definition in words."""
    header: list[str] = []
    rows: list[list[object]] = []
    for item in catalogue:
        record = indicator_record(catalogue, item, MeasureSettings())
        single = {key: value for key, value in record.items() if key not in SEVERAL}
        single["beside"] = beside_text(item)
        single["definition"] = item.definitions[-1].words
        header = list(single)
        rows.append([cell(value) for value in single.values()])
    return header, rows


def cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def place_of(
    catalogue: Catalogue,
    item: Indicator,
    definition: Definition,
    one: Sentence,
    settings: MeasureSettings,
) -> str:
    """Where a sentence of a measure is written."""
    if one.about == "setting":
        return SETTINGS_FILE if one.part in settings.chosen else BY_DEFAULT
    places = catalogue.origin[measure_origin(item.ref, definition.since)]
    return places.get(one.part, BY_DEFAULT)


def indicator_lines(
    catalogue: Catalogue, item: Indicator, settings: MeasureSettings
) -> list[tuple[str, str, str]]:
    """Key, value and place of everything about one indicator."""
    origin = catalogue.origin[item.ref]
    record = indicator_record(catalogue, item, settings)
    values = {key: str(cell(value)) for key, value in record.items() if key not in SEVERAL}
    values["numerator"] = _named(catalogue, item.numerator)
    values["denominator"] = _named(catalogue, item.denominator)
    values["beside"] = beside_text(item)
    for target in item.targets:
        tolerance = f", give or take {plain(target.tolerance)}" if target.tolerance else ""
        values[f"target from {target.since}"] = f"{plain(target.value)}{tolerance}"
    lines = [(key, value, origin[key]) for key, value in values.items()]
    for definition in item.definitions:
        key = f"definition from {definition.since}"
        lines.append((key, definition.words, origin[key]))
        lines += [
            (f"  {one.about}", one.text, place_of(catalogue, item, definition, one, settings))
            for one in in_words(catalogue, definition, settings)
        ]
    for suspension in settings.suspended:
        if suspension.ref == item.ref:
            until = "" if suspension.until is None else f" to {suspension.until}"
            key = f"suspended from {suspension.since}{until}"
            lines.append((key, suspension.reason, SETTINGS_FILE))
    for number, relation in enumerate(catalogue.relations, start=1):
        if item.ref in refs_of(relation):
            place = catalogue.origin[f"relation {number}"]["kind"]
            lines.append((f"relation: {relation.kind}", _relation_in_words(relation), place))
    return lines


def _named(catalogue: Catalogue, ref: str | None) -> str:
    other = None if ref is None else catalogue.get(ref)
    return "none on the page" if other is None else f"{other.ref}: {other.short_name}"


def _relation_in_words(relation: Relation) -> str:
    members = " + ".join(relation.members)
    over = " + ".join(relation.over) or "the population"
    return {
        "bands": f"{members} = 100% of {relation.whole}",
        "complements": f"{members} = 100%",
        "parts": f"{members} = {relation.whole}",
        "flows": f"{relation.whole} = {relation.whole} a month before + {members}"
        + "".join(f" − {ref}" for ref in relation.leaving),
        "shares": f"{relation.whole} = {members} over {over}",
        "within": f"{members} are some of {relation.whole}",
    }[relation.kind.value]
