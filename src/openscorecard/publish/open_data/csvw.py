"""CSV on the Web: what a program must know to read a CSV file, in `<file>-metadata.json`.

W3C, Metadata Vocabulary for Tabular Data. A licence is the council's to give: none is stated here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from openscorecard.files import replace_file
from openscorecard.publish.file_names import METADATA
from openscorecard.publish.open_data.columns import Column, Type
from openscorecard.publish.tidy_csv import csv_text
from openscorecard.scorecard.page import Scorecard

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
# RFC 4180, spelled out: a reader that looks for it need not know what is usual.
DIALECT = {
    "encoding": "utf-8",
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminators": ["\r\n"],
    "header": True,
    "headerRowCount": 1,
}
DATATYPES: dict[Type, object] = {
    Type.TEXT: "string",
    Type.NUMBER: "decimal",
    Type.WHOLE: "integer",
    # It is a gYearMonth; but what such a cell may hold, programs do not check.
    Type.MONTH: {"base": "string", "format": "[0-9]{4}-(0[1-9]|1[0-2])"},
    Type.DATE: {"base": "date", "format": "yyyy-MM-dd"},
    Type.FLAG: {"base": "boolean", "format": "yes|no"},
}


@dataclass(frozen=True, slots=True)
class Link:
    """A column whose values stand in the same column of another table."""

    column: str
    to: Table


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of the publication. `key` are the columns that together name a line; `codes` are
    the shorthand that its cells can bear, and what each means."""

    file: str
    title: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    codes: tuple[tuple[str, str], ...] = ()
    link: Link | None = None


def write_table(
    card: Scorecard, table: Table, lines: Iterable[Iterable[str]], folder: Path
) -> None:
    """The CSV file and its metadata. The same page gives the same bytes."""
    header = tuple(column.name for column in table.columns)
    replace_file(folder / table.file, csv_text(header, lines).encode("utf-8"))
    replace_file(folder / f"{table.file}{METADATA}", metadata(card, table).encode("utf-8"))


def metadata(card: Scorecard, table: Table) -> str:
    """The metadata as JSON. A table that links to another is described in a group with it, for a
    link can only be checked where both are known."""
    if table.link is None:
        content = {"@context": CONTEXT, **_table(card, table)}
    else:
        tables = [_table(card, table), _table(card, table.link.to)]
        content = {"@context": CONTEXT, "tables": tables}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _table(card: Scorecard, table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "columns": [_column(column) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if table.link is not None:
        name = table.link.column
        reference = {"resource": table.link.to.file, "columnReference": name}
        schema["foreignKeys"] = [{"columnReference": name, "reference": reference}]
    content: dict[str, object] = {
        "url": table.file,
        "dc:title": f"{card.title}, {card.council}, {card.month.long}: {table.title}",
        "dc:description": table.about,
        "dc:publisher": card.council,
        "dc:language": "en-GB",
    }
    if card.release is not None:
        content["dc:issued"] = {"@value": card.release.on.isoformat(), "@type": "xsd:date"}
        content["schema:version"] = str(card.release.version)
    if table.codes:
        content["notes"] = [
            {"schema:name": code, "schema:description": meaning} for code, meaning in table.codes
        ]
    return {**content, "dialect": DIALECT, "tableSchema": schema}


def _column(column: Column) -> dict[str, object]:
    """The first title is the header's; the second is for people."""
    titles = list(dict.fromkeys((column.name, column.title)))
    datatype = DATATYPES[column.type]
    if column.one_of:
        datatype = {"base": "string", "format": "|".join(column.one_of)}
    return {
        "name": column.name,
        "titles": titles,
        "dc:description": column.about,
        "datatype": datatype,
        "required": column.required,
        "null": "",
    }
