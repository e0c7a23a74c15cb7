"""Whatever stands in a definitions file, it loads or is told by file and line; and it is quick."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.keys import DATED, TABLES
from openscorecard.catalogue.load import _ours
from openscorecard.catalogue.sql_text import read_sql
from openscorecard.errors import InputError
from openscorecard.units import Unit

ANY_VALUE = st.one_of(
    st.booleans(),
    st.integers(-5, 200),
    st.sampled_from(['"M1"', '""', '"count"', '"2021-04"', "nan", "1.5", "2021-04-01", "[]", "{}"]),
    st.sampled_from(
        [
            '{ of = "M2" }',
            '{ of = "ssd_contacts", counts = "rows", in_month = "cont_contact_date" }',
            '{ of = "M1", where = [{ words = "w", sql = "a = (" }], needs = ["x"] }',
            '{ any_of = ["LAC1", "X"], lookup = [{ name = "M1", words = "w", of = "M9" }] }',
        ]
    ),
    st.sampled_from(
        ['["M1", "M2"]', "[{ a = 1 }]", '[{ from = "2021-04", value = 1 }]', '"""x"""']
    ),
)
ANY_KEY = st.sampled_from(
    [key.name for keys in (*TABLES.values(), *DATED.values()) for key in keys] + [*DATED, "oddity"]
)
ANY_TABLE = st.tuples(
    st.sampled_from(
        [
            "section",
            "indicator",
            "indicator.definition",
            "indicator.target",
            "relation",
            "group",
            "example",
            "other",
        ]
    ),
    st.dictionaries(ANY_KEY, ANY_VALUE, max_size=5),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tables=st.lists(ANY_TABLE, max_size=4))
def test_whatever_is_written_loads_or_is_told_by_file_and_line(
    tmp_path: Path, tables: list[tuple[str, dict[str, object]]]
) -> None:
    text = ""
    for header, keys in tables:
        text += f"[[{header}]]\n"
        for key, value in keys.items():
            text += f"{key} = {str(value).lower() if isinstance(value, bool) else value}\n"
    folder = tmp_path / "definitions"
    folder.mkdir(exist_ok=True)
    (folder / "x.toml").write_text(text, encoding="utf-8")
    try:
        catalogue = load_catalogue(folder)
    except InputError as error:
        for line in error.found.split("\n")[1:]:
            file, _, rest = line.strip().partition(", line ")
            assert file == "definitions/x.toml"
            assert 1 <= int(rest.split(":")[0]) <= text.count("\n") + 1
        return
    tomllib.loads(text)
    for ref in catalogue.origin:
        assert all(place for place in catalogue.origin[ref].values())
    for item in catalogue:
        assert item.unit in tuple(Unit)
        for other in (item.numerator, item.denominator):
            assert other is None or catalogue.get(other) is not None


SQL_PIECES = st.sampled_from(
    [
        *("a", "other.b", "setting.c", "'it''s'", "1", "(", ")", ",", "=", "<=", "AND", "NOT"),
        *("IN", "CASE", "WHEN", "THEN", "END", "IS", "NULL", "BETWEEN", "days", "aged"),
        *("COALESCE", "'", "-"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(st.text(max_size=40), st.lists(SQL_PIECES, max_size=12).map(" ".join)))
def test_whatever_stands_in_sql_is_read_or_told(text: str) -> None:
    reading = read_sql(text)
    assert reading.mistakes or text.strip()


def test_brackets_too_deep_are_told() -> None:
    assert read_sql("(" * 5000).mistakes == ["brackets within brackets are too deep"]


def test_loading_is_quick() -> None:
    """Under 40 ms on the machine it was measured on; here with room for a slow one."""
    _ours.cache_clear()
    started = time.perf_counter()
    load_catalogue()
    assert time.perf_counter() - started < 0.3
