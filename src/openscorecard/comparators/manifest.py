"""comparators/manifest.json: what published files a workspace holds, an entry a file."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from openscorecard.comparators.staged import FIGURES
from openscorecard.errors import InputError

MANIFEST = "manifest.json"
FORMAT = 1
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH_AND_YEAR = re.compile(rf"(?<![a-z])({'|'.join(_MONTHS)})[ _-]*((?:19|20)\d{{2}})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A loaded file. `hashes` are those of our own files beside the manifest, by their endings;
    `symbols` counts its cells without a figure, `skipped` the rows left out, and says why."""

    id: str
    kind: str
    prefix: str
    title: str
    file: str
    sha256: str
    edition: str
    rows: int
    years: tuple[int, ...]
    series: dict[str, tuple[int, ...]]
    loaded_at: str
    hashes: dict[str, str]
    symbols: dict[str, int]
    skipped: dict[str, int]


def entries(folder: Path) -> tuple[Entry, ...]:
    """What is loaded, in the order in which it came; none where there is no such folder."""
    try:
        raw = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise broken(MANIFEST) from error
    try:
        if raw["format"] != FORMAT:
            raise ValueError("of another format")
        return tuple(_entry(one) for one in raw["files"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise broken(MANIFEST) from error


def manifest_bytes(listed: Sequence[Entry]) -> bytes:
    """Readable: a line a series, its years as spans (`2013-2025`)."""
    files = []
    for one in listed:
        raw = asdict(one)
        raw["years"] = spans(one.years)
        raw["series"] = {name: spans(years) for name, years in one.series.items()}
        files.append(raw)
    content = {"format": FORMAT, "files": files}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def newest_first(listed: Sequence[Entry]) -> list[Entry]:
    """By the newest year that an edition has, of lists by the month of the edition (`May 2025`); of
    equals the one loaded last."""
    order = {one.id: place for place, one in enumerate(listed)}

    def newest(entry: Entry) -> tuple[int, int, int]:
        year = entry.years[-1] if entry.kind == FIGURES else 0
        return (*((year, 0) if year else dated(entry.edition)), order[entry.id])

    return sorted(listed, key=newest, reverse=True)


def dated(text: str) -> tuple[int, int]:
    """The year and month that a text names; 0 for what it does not.

    >>> dated("sn_april_2021"), dated("edition of 2025"), dated("neighbours")
    ((2021, 4), (2025, 0), (0, 0))
    """
    if match := _MONTH_AND_YEAR.search(text.casefold()):
        return int(match[2]), _MONTHS.index(match[1]) + 1
    years = _YEAR.findall(text)
    return (int(years[-1]), 0) if years else (0, 0)


def month_in_words(text: str) -> str:
    """
    >>> month_in_words("sn_april_2021"), month_in_words("neighbours")
    ('April 2021', '')
    """
    year, month = dated(text)
    return f"{_MONTHS[month - 1].capitalize()} {year}" if month else ""


def spans(years: Sequence[int]) -> str:
    """
    >>> spans((2013, 2014, 2015, 2020))
    '2013-2015 2020'
    """
    found: list[list[int]] = []
    for year in years:
        if found and found[-1][1] == year - 1:
            found[-1][1] = year
        else:
            found.append([year, year])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def years_of(text: str) -> tuple[int, ...]:
    """
    >>> years_of("2013-2015 2020")
    (2013, 2014, 2015, 2020)
    """
    years: list[int] = []
    for span in text.split():
        first, _, last = span.partition("-")
        years.extend(range(int(first), int(last or first) + 1))
    return tuple(years)


def broken(name: str, entry: Entry | None = None) -> InputError:
    """That one of our files is not what was written: the manifest, or one of the entry's."""
    if entry is None:
        todo = f"put {name} back from a copy, or remove the folder comparators and load all again"
    else:
        todo = (
            f"put {name} back from a copy, or take it out with `scorecard comparators remove "
            f"{entry.id}` and load {entry.file} again"
        )
    return InputError(
        "it cannot be read, or was changed after it was written",
        where=f"comparators/{name}",
        todo=todo,
    )


def _entry(raw: dict[str, Any]) -> Entry:
    return Entry(
        id=str(raw["id"]),
        kind=str(raw["kind"]),
        prefix=str(raw["prefix"]),
        title=str(raw["title"]),
        file=str(raw["file"]),
        sha256=str(raw["sha256"]),
        edition=str(raw["edition"]),
        rows=int(raw["rows"]),
        years=years_of(raw["years"]),
        series={str(name): years_of(text) for name, text in raw["series"].items()},
        loaded_at=str(raw["loaded_at"]),
        hashes={str(ending): str(digest) for ending, digest in raw["hashes"].items()},
        symbols={str(status): int(count) for status, count in raw["symbols"].items()},
        skipped={str(why): int(count) for why, count in raw["skipped"].items()},
    )
