"""A load: one printed page in the workspace, in a folder of its own that never changes.

    loads/2021-06-page-001/
      load.json       what was loaded, when and why; the hashes of the two files beside it
      figures.csv     its cells
      source.csv      the page itself, byte for byte

`sequence` counts all loads of the workspace, in the order in which they came: figures are taken
in that order, never by the clock. `loaded_at` is for people; nothing that is published uses it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.workspace.figures import LoadedCell, read_cells

KIND = "printed-page"
FORMAT = 1
MANIFEST = "load.json"
FIGURES = "figures.csv"
_PAGE = re.compile(r"\d{4}-\d{2}-page-\d{3,}")
_RECORDS = re.compile(r"\d{4}-\d{2}-records-\d{3,}")


@dataclass(frozen=True, slots=True)
class Load:
    """What load.json says. `file` is the page's name as it came; `source` the copy's name here;
    `comparators` the page's own heads for sn, eng and region."""

    id: str
    sequence: int
    month: Month
    file: str
    source: str
    sha256: str
    figures_sha256: str
    loaded_at: str
    indicators: int
    months: tuple[Month, ...]
    comparators: dict[str, str]
    unknown_refs: tuple[str, ...] = ()
    set_aside: int = 0
    as_printed: bool = False
    reason: str = ""
    kind: str = KIND


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def manifest_bytes(load: Load) -> bytes:
    content = {
        "format": FORMAT,
        "kind": load.kind,
        "id": load.id,
        "sequence": load.sequence,
        "month": load.month.iso,
        "file": load.file,
        "source": load.source,
        "sha256": load.sha256,
        "figures_sha256": load.figures_sha256,
        "loaded_at": load.loaded_at,
        "indicators": load.indicators,
        "months": [month.iso for month in load.months],
        "comparators": load.comparators,
        "unknown_refs": list(load.unknown_refs),
        "set_aside": load.set_aside,
        "as_printed": load.as_printed,
        "reason": load.reason,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def load_folders(loads: Path) -> list[Path]:
    """The folders that are loads by their names, of pages and of records, in their order."""
    return sorted([*page_folders(loads), *records_folders(loads)])


def page_folders(loads: Path) -> list[Path]:
    return _folders(loads, _PAGE)


def records_folders(loads: Path) -> list[Path]:
    return _folders(loads, _RECORDS)


def _folders(loads: Path, name: re.Pattern[str]) -> list[Path]:
    if not loads.is_dir():
        return []
    return sorted(path for path in loads.iterdir() if path.is_dir() and name.fullmatch(path.name))


def page_loads(loads: Path) -> tuple[Load, ...]:
    """Every load of a page, in the order in which they came; InputError for one that cannot be
    read."""
    found = [read_load(folder) for folder in page_folders(loads)]
    return tuple(sorted(found, key=lambda load: (load.sequence, load.id)))


def read_load(folder: Path) -> Load:
    where = f"loads/{folder.name}/{MANIFEST}"
    try:
        raw: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        if raw["format"] != FORMAT or raw["kind"] != KIND or raw["id"] != folder.name:
            raise ValueError("of another kind")
        return Load(
            id=raw["id"],
            sequence=int(raw["sequence"]),
            month=Month.parse(raw["month"]),
            file=str(raw["file"]),
            source=str(raw["source"]),
            sha256=str(raw["sha256"]),
            figures_sha256=str(raw["figures_sha256"]),
            loaded_at=str(raw["loaded_at"]),
            indicators=int(raw["indicators"]),
            months=tuple(Month.parse(month) for month in raw["months"]),
            comparators={str(key): str(head) for key, head in raw["comparators"].items()},
            unknown_refs=tuple(str(ref) for ref in raw["unknown_refs"]),
            set_aside=int(raw["set_aside"]),
            as_printed=bool(raw["as_printed"]),
            reason=str(raw["reason"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InputError) as error:
        raise _broken(where, "it cannot be read", folder.name) from error


def cells_of(folder: Path, load: Load) -> tuple[LoadedCell, ...]:
    """The load's cells, if figures.csv is still what was written when the page was loaded."""
    where = f"loads/{load.id}/{FIGURES}"
    try:
        content = (folder / FIGURES).read_bytes()
    except OSError as error:
        raise _broken(where, "it cannot be read", load.id) from error
    if sha256_of(content) != load.figures_sha256:
        raise _broken(where, "it was changed after the page was loaded", load.id)
    return read_cells(content, where)


def check_source(folder: Path, load: Load) -> None:
    """InputError where the copy of the page is gone or no longer what was loaded."""
    where = f"loads/{load.id}/{load.source}"
    try:
        content = (folder / load.source).read_bytes()
    except OSError as error:
        raise _broken(where, "the copy of the page cannot be read", load.id) from error
    if sha256_of(content) != load.sha256:
        raise _broken(where, "the copy of the page was changed after it was loaded", load.id)


def _broken(where: str, found: str, load_id: str) -> InputError:
    return InputError(
        found,
        where=where,
        todo=f"put the folder back from a copy, or `scorecard loads forget {load_id}` and load "
        "the page again",
    )
