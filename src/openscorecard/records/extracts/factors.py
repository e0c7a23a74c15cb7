"""The factors of an assessment, which the SSD keeps as JSON in one column, as one row each.

Systems write them in three ways: `["1A", "11A"]`, `{"1A": "Yes", "2B": "No"}` and `1A, 11A`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLE = "ssd_assessment_factors"
FACTOR = "cinf_assessment_factor"
JSON_COLUMN = "cinf_assessment_factors_json"
UNREADABLE = "factors"  # the note on a row whose factors cannot be read

_CODE = re.compile(r"\d{1,2}[A-Za-z]?")
_YES = {"y", "yes", "true", "1"}
_NO = {"n", "no", "false", "0", "", "null", "none"}


def factors_of(text: str) -> tuple[str, ...] | None:
    """The factors in the order of the text, each once; None where it cannot be read.

    >>> factors_of('["1A", "11a"]'), factors_of('{"1A": "Yes", "2B": "No"}'), factors_of("1A, 11A")
    (('1A', '11A'), ('1A',), ('1A', '11A'))
    """
    try:
        held = json.loads(text)
    except RecursionError:
        return None
    except ValueError:
        held = re.split(r"[,;|\s]+", text.strip().strip("[]{}\"'"))
    try:
        codes = _codes(held)
    except ValueError:
        return None
    return tuple(dict.fromkeys(code.upper() for code in codes))


def _codes(held: object) -> list[str]:
    if isinstance(held, list):
        return [code for one in held for code in _codes(one)]
    if isinstance(held, dict):
        return [_code(str(key)) for key, value in held.items() if _is_yes(value)]
    if held is None:
        return []
    if isinstance(held, bool) or not isinstance(held, str | int):
        raise ValueError
    text = str(held).strip()
    return [_code(text)] if text else []


def _code(text: str) -> str:
    if not _CODE.fullmatch(text.strip()):
        raise ValueError
    return text.strip()


def _is_yes(value: object) -> bool:
    word = "" if value is None else str(value).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError


def open_factors(connection: DuckDBPyConnection, rows: str) -> None:
    """Replaces the rows of the table `rows` by one a factor, the file's row number kept.

    A row without factors gives none; one that cannot be read stays, with the note UNREADABLE. The
    JSON stands in the column of the factor when this is called.
    """
    texts = connection.execute(
        f"SELECT DISTINCT {FACTOR} FROM {rows} WHERE {FACTOR} IS NOT NULL"  # noqa: S608
    ).fetchall()
    opened: list[str] = []
    codes: list[str | None] = []
    for (text,) in texts:
        found = factors_of(text)
        for code in (None,) if found is None else found:
            opened.append(text)
            codes.append(code)
    connection.execute("CREATE TEMP TABLE opened (text VARCHAR, code VARCHAR)")
    connection.execute("INSERT INTO opened SELECT unnest($1), unnest($2)", [opened, codes])
    connection.execute(
        f"""CREATE OR REPLACE TABLE {rows} AS
        SELECT r.* REPLACE (
            CASE WHEN o.code IS NULL THEN '{UNREADABLE}' ELSE r.note END AS note,
            coalesce(o.code, r.{FACTOR}) AS {FACTOR})
        FROM {rows} r JOIN opened o ON o.text = r.{FACTOR}
        ORDER BY row, o.code"""  # noqa: S608
    )
    connection.execute("DROP TABLE opened")
