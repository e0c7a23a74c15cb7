"""The definitions in force: found by word, section, kind and owner; and one in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from openscorecard import run
from openscorecard.catalogue.as_records import catalogue_record, indicator_lines, indicator_record
from openscorecard.catalogue.indicator import Indicator, Kind, Section
from openscorecard.measures.examples import Example, examples, own_examples
from openscorecard.periods import Month
from openscorecard.publish.html.words import BETTER, FREQUENCY, UNIT
from openscorecard.scorecard.wording import figure_text
from openscorecard.web import months
from openscorecard.web.explore.bodies import Body, drawn

KINDS: dict[Kind, str] = {
    Kind.FLOW: "Events in the month",
    Kind.STOCK: "At the month’s end",
    Kind.OVERLAP: "At any time in the month",
    Kind.AS_OF: "Known at the month’s end",
    Kind.RATIO: "A percentage of another",
    Kind.RATE: "A rate for the population",
    Kind.SUPPLIED: "Sent by another team",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; "" for all."""

    q: str = ""
    section: str = ""
    kind: str = ""
    owner: str = ""

    def __bool__(self) -> bool:
        return bool(self.q.strip() or self.section or self.kind or self.owner)

    def keeps(self, item: Indicator) -> bool:
        words = [item.ref, item.name, item.short_name, item.owner, item.reporter, item.outcome]
        words += [one.words for one in item.definitions]
        text = " ".join(words).lower()
        return (
            self.section in ("", item.section)
            and self.kind in ("", item.kind.value)
            and self.owner in ("", item.owner)
            and all(word in text for word in self.q.lower().split())
        )


def asked_for(query: Mapping[str, str]) -> Asked:
    return Asked(**{name: query.get(name, "")[:200] for name in ("q", "section", "kind", "owner")})


@dataclass(frozen=True, slots=True)
class Listed:
    """The list: sections with what was found in each, and the choices of the form."""

    sections: tuple[tuple[Section, tuple[Indicator, ...]], ...]
    found: int
    of: int
    choices: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]


def listed(asked: Asked) -> Listed:
    catalogue = months.catalogue()
    sections = tuple(
        (section, found)
        for section in catalogue.sections
        if (found := tuple(filter(asked.keeps, catalogue.of_section(section.id))))
    )
    kinds = {one.kind for one in catalogue}
    owners = sorted({one.owner for one in catalogue if one.owner})
    choices = (
        ("section", "Section", tuple((one.id, one.title) for one in catalogue.sections)),
        ("kind", "Kind", tuple((one.value, said) for one, said in KINDS.items() if one in kinds)),
        ("owner", "Owner", tuple((one, one) for one in owners)),
    )  # fmt: skip
    number = sum(len(items) for _, items in sections)
    return Listed(sections, number, len(catalogue.indicators), choices)


def whole_catalogue() -> dict[str, object]:
    """As `scorecard indicators --format json` prints it."""
    return catalogue_record(months.catalogue(), months.workspace().settings.measures)


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """The rows of one table in an example, of the columns that hold anything."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """An example as it is read: the rows, the figure that they give, and the tempting other."""

    month: str
    figure: str
    wrong: str
    wrong_gives: str
    tables: tuple[ExampleTable, ...]


def definition_body(item: Indicator) -> Body:
    """One definition in full."""

    def work_out() -> Body:
        catalogue, workspace = months.catalogue(), months.workspace()
        settings = workspace.settings.measures
        newest = months.months()
        return drawn(
            "catalogue/definition.html",
            item=item,
            record=indicator_record(catalogue, item, settings),
            lines=indicator_lines(catalogue, item, settings),
            section=next(one for one in catalogue.sections if one.id == item.section),
            facts=_facts(item),
            parts=[catalogue.get(ref) for ref in (item.numerator, item.denominator) if ref],
            targets=_targets(item),
            worked=_worked(item),
            sql=run.sql(item.ref, workspace),
            newest=newest[0] if newest else None,
        )  # fmt: skip

    return months.kept_page(("definition", item.id, months.stamp()), work_out)


def _facts(item: Indicator) -> list[tuple[str, str]]:
    facts = [
        ("Unit", UNIT[item.unit]),
        ("Kind", KINDS[item.kind]),
        ("How often", FREQUENCY[item.frequency]),
        ("Better", BETTER[item.preferred_direction]),
        ("Owner", item.owner),
        ("Reporter", item.reporter),
        ("Outcome", item.outcome),
        ("Judged", item.judged_because),
    ]
    return [(name, said) for name, said in facts if said]


def _targets(item: Indicator) -> list[tuple[Month, str, str]]:
    """Since when, how much, and give or take what: newest first."""
    return [
        (one.since, _figure(item, one.value), _figure(item, one.tolerance) if one.tolerance else "")
        for one in reversed(item.targets)
    ]


def _figure(item: Indicator, value: Fraction) -> str:
    return figure_text(value, item.unit, item.decimals)


def _worked(item: Indicator) -> tuple[Worked, ...]:
    """The council's own example; ours where the definition in force is ours."""
    catalogue = months.catalogue()
    folder = months.workspace().definitions
    own = [one for one in own_examples(folder, catalogue) if one.ref == item.ref]
    if own:
        return tuple(_example(item, one) for one in own)
    origin = catalogue.origin[item.ref]
    newest = f"definition from {item.definitions[-1].since}"
    if "/" in origin.get(newest, ""):  # written in the council's own folder
        return ()
    return tuple(_example(item, one) for one in examples() if one.ref == item.ref)


def _example(item: Indicator, one: Example) -> Worked:
    tables = []
    for name, rows in one.rows.items():
        columns = tuple(
            key for key in (rows[0] if rows else ()) if any(row[key] is not None for row in rows)
        )
        if columns:
            cells = tuple(
                tuple("" if row[key] is None else str(row[key]) for key in columns) for row in rows
            )
            tables.append(ExampleTable(name, columns, cells))
    return Worked(
        month=one.month.long,
        figure="no figure" if one.expected is None else _figure(item, one.expected),
        wrong=one.wrong,
        wrong_gives="no figure" if one.wrong_gives is None else _figure(item, one.wrong_gives),
        tables=tuple(tables),
    )
