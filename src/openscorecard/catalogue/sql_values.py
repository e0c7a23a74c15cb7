"""What a reading of SQL gives: the names in a text, and what is done with its values.

Of a value it says what it may be, as alternatives: DATE, NUMBER, TEXT or TRUTH, or a name after "@"
of which the tables know what it is. COALESCE and CASE have several; NULL has none, for it is
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

DATE, NUMBER, TEXT, TRUTH, CHILD = "date", "number", "text", "truth", "child"
COMPARES, TOGETHER = "compares", "puts together"
Value = tuple[str, ...]

SAID = {
    DATE: "a date",
    NUMBER: "a number",
    TEXT: "a text",
    TRUTH: "true or false",
    CHILD: "a child",
}


@dataclass(slots=True)
class Reading:
    """What a text names. `dates` are the names that stand where a function takes a date, `given`
    all else that functions take; `settings` are those asked for, beside each whether it stands
    alone in the brackets of IN. `alike` are values that have to be of one kind, after the word that
    says why; `counted` have to be numbers, `asked` true or false. `is_condition` is whether the
    whole, `value`, is true or false of a row."""

    own: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)  # (function, name)
    given: list[tuple[str, str, Value]] = field(default_factory=list)  # (function, kind, what)
    settings: list[tuple[str, bool]] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    alike: list[tuple[str, Value, Value]] = field(default_factory=list)
    counted: list[Value] = field(default_factory=list)
    asked: list[Value] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    value: Value = ()

    @property
    def is_condition(self) -> bool:
        return TRUTH in self.value


def of_one_kind(reading: Reading, kind_of: Callable[[str], str]) -> Iterator[str]:
    """What is wrong between the kinds of values: databases refuse it, or read it each in its own
    way. What stands further in comes first, for the rest may follow from it. `kind_of` says of what
    kind a name is, "" where that cannot be told."""

    def kinds(value: Value) -> Iterator[tuple[str, str]]:
        """Each alternative that is known: its kind, and what it is called."""
        for one in value:
            name = one[1:] if one.startswith("@") else ""
            if kind := kind_of(name) if name else one:
                yield kind, f"{name}, {SAID[kind]}," if name else SAID[kind]

    for function, wanted, value in reading.given:
        for kind, said in kinds(value):
            if kind != wanted:
                yield f"gives {said} to {function}, which takes {SAID[wanted]}"
    for value in reading.counted:
        for kind, said in kinds(value):
            if kind != NUMBER:
                hint = ": write days(a, b)" if kind == DATE else ""
                yield f"reckons with {said} as if it were a number{hint}"
    for verb, first, second in sorted(reading.alike, key=lambda one: one[0] == COMPARES):
        for kind, said in kinds(first):
            for other, also in kinds(second):
                if kind != other:
                    yield f"{verb} {said} with {also.rstrip(',')}"
    for value in reading.asked:
        for kind, said in kinds(value):
            if kind != TRUTH:
                yield f"takes {said} for true or false"
