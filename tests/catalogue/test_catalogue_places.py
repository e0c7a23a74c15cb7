"""Where keys stand in a TOML text."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from openscorecard.catalogue.places import KeyPath, key_lines, line_of

TRICKY = '''\
# [[indicator]] in a comment
[[section]]   # with a comment behind it
id = "front-door" # title = "not here"

[[indicator]]
ref = "M1"
words = """
[[indicator]]
ref = "inside a string"
she said "yes", he \\""" said no
"""
  name    =   'C:\\[not a table'
members = [
  "a",   # ref = "x"
  "b ] [",
]
"quoted key" = 1
odd = """ends in two quotes"""""
after = 2

[[indicator.definition]]
from = "2020-04"
[[ indicator . "definition" ]]
from = "2020-05"
[[indicator]]
ref = 'M2'
lit = \'\'\'
[x]
y = 1 \'\'\'
target = [{ from = "2021-04", value = 3 }]
[[indicator.definition]]
from = "2020-06"
'''


def test_headers_and_keys_are_found_and_nothing_else() -> None:
    tomllib.loads(TRICKY)
    lines = key_lines(TRICKY)
    where = {
        path: TRICKY.split("\n")[line - 1].split("#")[0].rstrip() for path, line in lines.items()
    }
    assert where[("section", 0, "id")] == 'id = "front-door"'
    assert where[("indicator", 0, "name")] == "  name    =   'C:\\[not a table'"
    assert where[("indicator", 0, "quoted key")] == '"quoted key" = 1'
    assert where[("indicator", 0, "after")] == "after = 2"
    assert where[("indicator", 0, "definition", 0, "from")] == 'from = "2020-04"'
    assert where[("indicator", 0, "definition", 1, "from")] == 'from = "2020-05"'
    assert where[("indicator", 1, "ref")] == "ref = 'M2'"
    assert where[("indicator", 1, "definition", 0, "from")] == 'from = "2020-06"'
    assert ("indicator", 2) not in lines
    assert ("indicator", 1, "y") not in lines
    # An entry written inline has no line of its own: its list's line stands for it.
    assert line_of(lines, ("indicator", 1, "target", 0, "value")) == 1 + TRICKY[
        : TRICKY.index("target = ")
    ].count("\n")


NAMES = st.sampled_from(["ref", "name", "words", "id-2", "x_y"])
TEXTS = st.text(alphabet="a\"'#[]{}=\n\\ ", max_size=12)


def _written(text: str, style: str) -> str:
    """The text as a TOML string of one of the four kinds, where that kind can hold it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    if style == "'''" and "'''" not in text and not text.endswith("'"):
        return f"'''\n{text}'''"
    if style == "'" and "'" not in text and "\n" not in text:
        return f"'{text}'"
    if style == '"""':
        return f'"""\n{escaped}"""'
    return '"' + escaped.replace("\n", "\\n") + '"'


VALUES = st.one_of(
    st.builds(_written, TEXTS, st.sampled_from(['"', "'", '"""', "'''"])),
    st.lists(st.builds(_written, TEXTS, st.just('"')), max_size=3).map(
        lambda items: "[\n" + "".join(f"  {item}, # ] x = 1\n" for item in items) + "]"
    ),
    st.builds("{{ a = {0}, b = 1 }}".format, st.builds(_written, TEXTS, st.just('"'))),
)
TABLES = st.lists(
    st.tuples(
        st.sampled_from(["[[indicator]]", "[[indicator.definition]]", "[[ section ]]"]),
        st.dictionaries(NAMES, VALUES, max_size=4),
        st.sampled_from(["", "# a = 1", "\n", "  # [[indicator]]"]),
    ),
    max_size=6,
)


def _paths(value: Any, path: KeyPath = ()) -> list[KeyPath]:
    """Every key of a parsed text that was written on a line of its own."""
    if isinstance(value, dict) and (not path or isinstance(path[-1], int)):
        return [found for key, item in value.items() for found in _paths(item, (*path, key))]
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return [found for i, item in enumerate(value) for found in _paths(item, (*path, i))]
    return [path]


@given(TABLES)
def test_every_key_is_on_the_line_found(tables: list[tuple[str, dict[str, str], str]]) -> None:
    text = "[[indicator]]\n"  # so that a definition has an indicator to stand in
    for header, keys, between in tables:
        text += f"{header}\n{between}\n" + "".join(f"{k} = {v}\n" for k, v in keys.items())
    lines = key_lines(text)
    for path in _paths(tomllib.loads(text)):
        if path:
            assert text.split("\n")[lines[path] - 1].startswith(f"{path[-1]} = ")
