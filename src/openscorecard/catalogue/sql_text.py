"""The SQL of a measure, read just far enough to say what is wrong in it.

Takes a condition, or what a lookup takes, as text; gives the columns, settings and functions that
it names; what no query could be made of goes into its mistakes. The grammar is small on purpose: it
is what every database reads alike. `measures/` turns the same text into queries; this module reads
it without the SQL library, so that loading the catalogue stays quick.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from openscorecard.catalogue.sql_values import (
    COMPARES,
    DATE,
    NUMBER,
    TEXT,
    TOGETHER,
    TRUTH,
    Reading,
    Value,
)
from openscorecard.catalogue.written import like

# Our own functions and what they take. docs/measures.md says what each gives.
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "working_days": (DATE, DATE),
    "days": (DATE, DATE),
    "a_year_before": (DATE,),
    "aged": (DATE, DATE, NUMBER),
    "plus_days": (DATE, NUMBER),
    "plus_working_days": (DATE, NUMBER),
}
# What each gives; all others give a number.
_GIVES = {"aged": TRUTH, "a_year_before": DATE, "plus_days": DATE, "plus_working_days": DATE}
FOR_DUE = ("plus_days", "plus_working_days")  # they give a day; only "due" has a use for one
MONTH_WORDS = ("month_start", "month_end")
PERSON_WORDS = ("child", "date_of_birth")
SQL_WORDS = (
    "AND", "OR", "NOT", "IS", "NULL", "IN", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "END",
    "COALESCE", "EXTRACT", "YEAR", "MONTH", "DAY", "FROM", "TRUE", "FALSE",
)  # fmt: skip
AGGREGATES = ("MIN", "MAX")

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^']|'')*')
    |(?P<number>\d+(?:\.\d+)?(?![A-Za-z0-9_.]))
    |(?P<word>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)
    |(?P<sign><>|!=|<=|>=|[=<>+\-*(),])
    |(?P<other>\S))""",
    re.VERBOSE,
)
_COMPARED = ("=", "<>", "!=", "<", "<=", ">", ">=")


@lru_cache(maxsize=1000)
def read_sql(text: str) -> Reading:
    """The reading of a condition, or of a value such as a day."""
    reading = Reading()
    tokens = _tokens(text, reading)
    if tokens is None:
        return reading
    parser = _Parser(tokens, reading)
    try:
        reading.value = parser.whole()
    except _StopError as stop:
        reading.mistakes.append(str(stop))
    except RecursionError:
        reading.mistakes.append("brackets within brackets are too deep")
    return reading


class _StopError(Exception):
    """Reading cannot go on; the message says why."""


def _tokens(text: str, reading: Reading) -> list[tuple[str, str]] | None:
    found = []
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match[match.lastgroup or 0]
        if kind == "other":
            said = {
                "'": "a quoted text does not end",
                '"': "a text stands in single quotes, and a column in none",
            }
            reading.mistakes.append(said.get(token, f"{token} is not read alike by all databases"))
            return None
        found.append((kind, token))
    return found


class _Parser:
    """One way through the tokens. Each method reads one thing; those that read an expression give
    what its value may be."""

    def __init__(self, tokens: list[tuple[str, str]], reading: Reading) -> None:
        self.tokens, self.reading, self.at = tokens, reading, 0
        self.words = [token.upper() if kind in ("word", "sign") else "" for kind, token in tokens]
        self.words.append("")  # the end

    def whole(self) -> Value:
        found = self._or()
        if self.at < len(self.tokens):
            self._stop("an operator or the end")
        return found

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def _stop(self, wanted: str) -> None:
        kind, token = self._peek()
        there = "the end" if kind == "end" else token
        raise _StopError(f"{wanted} is wanted where {there} stands")

    def _word(self, *words: str) -> str:
        """Takes one of these words or signs if it stands next, and gives it; else ""."""
        word = self.words[self.at]
        if word and word in words:
            self.at += 1
            return word
        return ""

    def _need(self, word: str) -> None:
        if not self._word(word):
            self._stop(word)

    def _or(self) -> Value:
        return self._joined("OR", self._and)

    def _and(self) -> Value:
        return self._joined("AND", self._not)

    def _joined(self, word: str, part: Callable[[], Value]) -> Value:
        found = part()
        while self._word(word):
            self.reading.asked += [found, part()]
            found = (TRUTH,)
        return found

    def _not(self) -> Value:
        if self._word("NOT"):
            self.reading.asked.append(self._not())
            return (TRUTH,)
        return self._comparison()

    def _comparison(self) -> Value:
        found = self._sum()
        if self._word(*_COMPARED):
            self._alike(found, self._sum())
            return (TRUTH,)
        if self._word("IS"):
            self._word("NOT")
            if not self._word("NULL"):
                self._stop("NULL")
            return (TRUTH,)
        turned = self._word("NOT")
        if self._word("IN"):
            self._list(found)
            return (TRUTH,)
        if self._word("BETWEEN"):
            self._alike(found, self._sum())
            self._need("AND")
            self._alike(found, self._sum())
            return (TRUTH,)
        if turned:
            self._stop("IN or BETWEEN")
        return found

    def _alike(self, one: Value, other: Value, verb: str = COMPARES) -> None:
        self.reading.alike.append((verb, one, other))

    def _list(self, found: Value) -> None:
        self._need("(")
        start = self.at
        while True:
            before = len(self.reading.settings)
            self._alike(found, self._sum())
            if len(self.reading.settings) == before + 1 and self.at == start + 1:
                name, _ = self.reading.settings[-1]
                self.reading.settings[-1] = (name, True)
            if not self._word(","):
                break
        self._need(")")

    def _sum(self) -> Value:
        found = self._term()
        while self._word("+", "-", "*"):
            self.reading.counted += [found, self._term()]
            found = (NUMBER,)
        return found

    def _term(self) -> Value:
        if self._word("-"):
            self.reading.counted.append(self._term())
            return (NUMBER,)
        kind, token = self._peek()
        if kind in ("text", "number"):
            self.at += 1
            return (TEXT if kind == "text" else NUMBER,)
        if self._word("("):
            found = self._or()
            self._need(")")
            return found
        if kind != "word":
            self._stop("a column, a text or a number")
        self.at += 1
        if token.upper() in ("TRUE", "FALSE"):
            return (TRUTH,)
        if token.upper() == "NULL":
            return ()
        if token.upper() == "CASE":
            return self._case()
        if self._peek() == ("sign", "("):
            return self._call(token)
        if token.upper() in SQL_WORDS:
            self.at -= 1
            self._stop("a column, a text or a number")
        self._name(token)
        return (f"@{token}",)

    def _case(self) -> Value:
        found: list[Value] = []
        self._need("WHEN")
        while True:
            self.reading.asked.append(self._or())
            self._need("THEN")
            found.append(self._or())
            if not self._word("WHEN"):
                break
        if self._word("ELSE"):
            found.append(self._or())
        self._need("END")
        return self._together(found)

    def _together(self, values: list[Value]) -> Value:
        """What several become of which one is taken: they have to be alike."""
        for other in values[1:]:
            self._alike(values[0], other, TOGETHER)
        return tuple(dict.fromkeys(one for value in values for one in value))

    def _call(self, name: str) -> Value:
        self._need("(")
        if name.upper() == "EXTRACT":
            if not self._word("YEAR", "MONTH", "DAY"):
                self._stop("YEAR, MONTH or DAY")
            self._need("FROM")
            self.reading.given.append(("EXTRACT", DATE, self._sum()))
            self._need(")")
            return (NUMBER,)
        takes = FUNCTIONS.get(name, ())
        values: list[Value] = []
        while True:
            start = self.at
            value = self._or()
            wanted = "".join(takes[len(values) : len(values) + 1])
            if self.at == start + 1 and wanted == DATE:
                kind, token = self.tokens[start]
                self.reading.dates.append((name, token if kind == "word" else ""))
            elif wanted:
                self.reading.given.append((name, wanted, value))
            values.append(value)
            if not self._word(","):
                break
        self._need(")")
        self._known(name, len(values))
        if name.upper() == "COALESCE":
            return self._together(values)
        return (_GIVES.get(name, NUMBER),) if name in FUNCTIONS else ()

    def _known(self, name: str, count: int) -> None:
        if name in FUNCTIONS:
            self.reading.functions.append(name)
            wanted = len(FUNCTIONS[name])
            if count != wanted:
                arguments = "argument" if wanted == 1 else "arguments"
                self.reading.mistakes.append(f"{name} takes {wanted} {arguments}, not {count}")
        elif name.upper() in AGGREGATES:
            self.reading.mistakes.append(f'{name} stands in "take" only')
        elif name.upper() != "COALESCE":
            known = (*FUNCTIONS, "COALESCE", "EXTRACT")
            text = f"there is no function {name} that all databases read alike"
            self.reading.mistakes.append(f"{text}{like(name, known)}")

    def _name(self, token: str) -> None:
        start, dot, rest = token.partition(".")
        if not dot:
            self.reading.own.append(token)
        elif "." in rest or start not in ("other", "setting"):
            text = f'{token}: before a point stands "other" or "setting", and one point only'
            self.reading.mistakes.append(text)
        elif start == "other":
            self.reading.other.append(rest)
        else:
            self.reading.settings.append((rest, False))
