"""Every indicator's worked example, counted by its query; and every condition matters in one.

Examples of one month, with the same settings and tables, are the councils of one engine: a query
costs the same for one as for fifty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from counted_by_query import ALWAYS, counts_by_set, settings_of, tables_without

from openscorecard.catalogue import load_catalogue
from openscorecard.engines.from_rows import engine_over
from openscorecard.measures.count import counted_levels
from openscorecard.measures.examples import Example, examples
from openscorecard.measures.figures import Count, Measured
from openscorecard.measures.resolve import Level, Plan, resolve
from openscorecard.periods import Month
from openscorecard.records.extracts.supplied import SuppliedFigure

CATALOGUE = load_catalogue()
EXAMPLES = examples()


def alike(example: Example) -> tuple[object, ...]:
    """What examples have to share to be counted together."""
    return (example.month, repr(sorted(example.settings.items())), tuple(sorted(example.missing)))


@dataclass
class Together:
    """Examples counted in one engine; by their levels, which may be put otherwise."""

    examples: list[Example]

    def __post_init__(self) -> None:
        first = self.examples[0]
        self.month, self.settings = first.month, settings_of(first.settings)
        self.plan = resolve(CATALOGUE, self.month, self.settings, tables_without(first.missing))
        rows = [one.rows for one in self.examples]
        self.engine = engine_over(rows, (self.month,), self.month)

    def values(self, change: Level | None = None, refs: Collection[str] = ()) -> list[object]:
        """The figure of each example's own ref; with one level put in place of the one of its
        name, and then of these refs alone."""
        plan = self.plan
        if change is not None:
            plan = Plan({**plan.levels, change.name: change}, plan.of, plan.missing)
        names = counted_levels(CATALOGUE, plan)
        if refs:
            wanted = set(refs) | {part for ref in refs for part in parts_of(ref)}
            names = tuple(plan.of[title] for title in sorted(wanted) if title in plan.of)
        counts = counts_by_set(self.engine, plan, names)
        return [
            self._value(example, plan, counts.get(number, {}))
            for number, example in enumerate(self.examples, start=1)
            if not refs or example.ref in refs
        ]

    def _value(
        self, example: Example, plan: Plan, counts: dict[tuple[str, Month], Count]
    ) -> Fraction | None:
        population = None if example.population is None else Fraction(example.population)
        measured = Measured(
            CATALOGUE,
            plan,
            counts,
            ALWAYS,
            self.month,
            self.settings,
            population,
            supplied_of(example),
        )
        indicator = CATALOGUE.get(example.ref)
        assert indicator is not None
        return measured.figure(indicator, self.month).value


def parts_of(ref: str) -> list[str]:
    """The refs and groups that a figure is made from."""
    indicator = CATALOGUE.get(ref)
    assert indicator is not None
    measure = indicator.definitions[0].measure
    found = [indicator.numerator, indicator.denominator]
    if measure is not None:
        found += [measure.denominator, *measure.sum_of]
    return [one for one in found if one]


def rests_on(name: str, plan: Plan) -> set[str]:
    """The names of all levels that a level rests on, itself among them."""
    level = plan.levels[name]
    others = [*level.any_of, *(one.among or one.not_among for one in (*level.where, *level.test))]
    others += [one.of for one in level.lookups]
    found = {name}
    for other in [level.source, *others]:
        there = other if other in plan.levels else plan.of.get(other)
        if there is not None:
            found |= rests_on(there, plan)
    return found


def supplied_of(example: Example) -> tuple[SuppliedFigure, ...]:
    rows = example.rows.get("supplied_figures", ())
    return tuple(SuppliedFigure(row["ref"], row["month"], row["value"]) for row in rows)  # type: ignore[arg-type]


def groups() -> dict[tuple[object, ...], list[Example]]:
    found: dict[tuple[object, ...], list[Example]] = {}
    for example in EXAMPLES:
        found.setdefault(alike(example), []).append(example)
    return found


@pytest.fixture(scope="module")
def counted() -> Iterator[list[Together]]:
    found = [Together(group) for group in groups().values()]
    yield found
    for one in found:
        one.engine.connection.close()


def test_worked_examples_come_out_as_worked(counted: list[Together]) -> None:
    wrong = {}
    for together in counted:
        for example, value in zip(together.examples, together.values(), strict=True):
            if value != example.expected:
                wrong[str(example.place)] = (example.ref, value, example.expected)
    assert wrong == {}


def test_every_indicator_has_an_example() -> None:
    refs = {one.ref for one in EXAMPLES}
    assert [one.ref for one in CATALOGUE if one.ref not in refs] == []


def weakened(level: Level) -> Iterator[tuple[str, Level]]:
    """The level with one of its conditions left out, in all ways."""
    for index, condition in enumerate(level.where):
        rest = level.where[:index] + level.where[index + 1 :]
        yield f"{level.title}: {condition.words}", replace(level, where=rest)
    for index, condition in enumerate(level.test):
        always = replace(condition, sql="1 = 1", among="", not_among="")
        rest = (*level.test[:index], always, *level.test[index + 1 :])
        yield f"{level.title}: test: {condition.words}", replace(level, test=rest)
    for index, lookup in enumerate(level.lookups):
        for part in ("match", *(["where"] if lookup.where else [])):
            for number, shorter in enumerate(without_one(getattr(lookup, part))):
                lookups = list(level.lookups)
                lookups[index] = replace(lookup, **{part: shorter})
                changed = replace(level, lookups=tuple(lookups))
                yield f"{level.title}: {lookup.name}: {part} {number}", changed


def without_one(sql: str) -> list[str]:
    """The conditions joined by AND with one left out, in all ways; brackets are kept together."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(sql):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0 and sql.startswith(" AND ", index):
            parts.append(sql[start:index])
            start = index + len(" AND ")
    parts.append(sql[start:])
    return [" AND ".join(parts[:i] + parts[i + 1 :]) or "1 = 1" for i in range(len(parts))]


# Conditions whose absence no figure can show, and why.
CANNOT_SHOW: dict[str, str] = {}


def test_every_condition_matters_in_some_example(counted: list[Together]) -> None:
    """Leave out any one condition, and some example of the catalogue comes out otherwise."""
    noticed: set[str] = set()
    unnoticed: dict[str, None] = {}
    for together in counted:
        plan = together.plan
        for level in plan.levels.values():
            refs = {
                example.ref
                for example in together.examples
                for part in [example.ref, *parts_of(example.ref)]
                if part in plan.of and level.name in rests_on(plan.of[part], plan)
            }
            if not refs:
                continue
            before = together.values(level, refs)
            for words, changed in weakened(level):
                if words in noticed:
                    continue
                if together.values(changed, refs) != before:
                    noticed.add(words)
                else:
                    unnoticed[words] = None
    left = [one for one in unnoticed if one not in noticed | set(CANNOT_SHOW)]
    assert left == [], "\n".join(left)
