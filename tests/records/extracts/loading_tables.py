"""The lists of tables and columns of docs/loading.md, made from records/standard.

`python tests/records/extracts/loading_tables.py` writes them into the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from openscorecard.records.standard import CODE_SETS, TABLES, Column, Table, Type

PAGE = Path(__file__).parents[3] / "docs" / "loading.md"
HEADING = "## The tables and their columns\n"
_MOST_CODES = 12
_WORDS = {
    Type.ID: "id",
    Type.CHILD: "the child's id",
    Type.DATE: "date",
    Type.FLAG: "Y or N",
    Type.TEXT: "text",
}
_BEFORE = """
Columns in bold have to be in the file. A figure that rests on another column is not made where the
file lacks it, and the load warns of it: where there is nothing to enter, give the column, empty.

Our own tables hold what the SSD lacks.
"""


def section() -> str:
    """From its heading to the next one."""
    parts = [HEADING, _BEFORE]
    parts += ["".join(_in_full(one)) for one in TABLES if one.ours]
    parts.append("\nThe tables of the SSD, with the columns that are taken:\n\n")
    parts.append("| table | columns |\n| --- | --- |\n")
    parts += [_in_a_line(one) for one in TABLES if not one.ours]
    return "".join(parts)


def in_page() -> str:
    text = PAGE.read_text(encoding="utf-8")
    match = re.search(rf"{re.escape(HEADING)}.*?(?=\n## |\Z)", text, re.DOTALL)
    return match[0] if match else ""


def _in_full(one: Table) -> Iterator[str]:
    yield f"\n### {one.name}\n\n{one.about[0].upper()}{one.about[1:]}.\n\n"
    yield "| column | holds |\n| --- | --- |\n"
    for column in one.columns:
        yield f"| {_name(column)} | {_holds(column)} |\n"


def _in_a_line(one: Table) -> str:
    columns = ", ".join(_name(column) for column in one.columns)
    return f"| `{one.name}`: {one.called} | {columns} |\n"


def _name(column: Column) -> str:
    return f"**`{column.name}`**" if column.required else f"`{column.name}`"


def _holds(column: Column) -> str:
    if column.type is not Type.CODE:
        refers = column.refers if column.type is Type.ID else ""
        return _WORDS[column.type] + (f", as in `{refers}`" if refers else "")
    codes = CODE_SETS[column.codes]
    if len(codes) > _MOST_CODES:
        return f"code of the SSD's set {column.codes}"
    return ", ".join(f"`{code}`" for code in codes)


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text.replace(in_page(), section()), encoding="utf-8")
