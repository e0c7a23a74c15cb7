"""What lies in a folder of extracts: which file is which table, and whose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.records.standard import TABLES

STATEMENT = "load.toml"
SUPPLIED = "supplied_figures"
# ONS codes of English districts, counties and boroughs, or DfE's three digits.
COUNCIL = re.compile(r"E(?:06|07|08|09|10)\d{6}|\d{3}", re.IGNORECASE)
_TABLES = {table.name for table in TABLES}
_ENDINGS = (".csv", ".parquet")
_SUPPLIED_ENDINGS = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """One file; `council` is its folder's code, "" where the extract has no folder a council.
    `name` is what messages call it: `ssd_contacts.csv`, `E06000001/ssd_contacts.csv`."""

    council: str
    table: str
    path: Path
    name: str

    @property
    def is_parquet(self) -> bool:
        return self.path.suffix.lower() == ".parquet"


@dataclass(frozen=True, slots=True)
class Folder:
    """`councils` holds "" alone where the tables lie in the folder itself. `files` are the standard
    tables, `supplied` the supplied figures; `not_taken` names what is neither."""

    root: Path
    councils: tuple[str, ...]
    files: tuple[ExtractFile, ...]
    supplied: tuple[ExtractFile, ...]
    statement: Path | None
    not_taken: tuple[str, ...]


def look_into(root: Path) -> Folder:
    """What lies in the folder; InputError where it holds no extract or two of one table."""
    where = str(root)
    if not root.is_dir():
        raise InputError("there is no such folder", where=where, todo="check the name")
    try:
        own, councils, other = _sorted(root)
        parts = {code: _sorted(folder) for code, folder in councils.items()}
    except OSError as error:
        raise InputError(
            f"the folder cannot be read ({error.strerror or error})",
            where=where,
            todo="see that you may read it",
        ) from error
    statement = next((path for path in own if path.name.lower() == STATEMENT), None)
    files = _extract_files("", own)
    if files and councils:
        raise InputError(
            f"it holds tables of its own and folders of councils ({', '.join(sorted(councils))})",
            where=where,
            todo="put each council's tables into its own folder, or load the folders one by one",
        )
    left = [path.name for path in own if path != statement and not _table_of(path)] + other
    for code, (inside, deeper, unknown) in sorted(parts.items()):
        files += _extract_files(code, inside)
        names = [path.name for path in inside if not _table_of(path)] + [*deeper, *unknown]
        left += [f"{code}/{name}" for name in names]
    if not files:
        raise InputError(
            "it holds no standard table and no supplied figures",
            where=where,
            todo="name the files after the tables: ssd_contacts.csv, ssd_cin_episodes.parquet, ... "
            "(docs/loading.md lists them)",
        )
    _refuse_doubles(where, files)
    return Folder(
        root,
        tuple(sorted(councils)) or ("",),
        tuple(one for one in files if one.table != SUPPLIED),
        tuple(one for one in files if one.table == SUPPLIED),
        statement,
        tuple(sorted(left)),
    )


def single_file(path: Path) -> Folder:
    """A file of supplied figures that is loaded on its own."""
    return Folder(path.parent, ("",), (), (ExtractFile("", SUPPLIED, path, path.name),), None, ())


def _sorted(folder: Path) -> tuple[list[Path], dict[str, Path], list[str]]:
    """The files, the folders of councils by their codes, and the names of other folders."""
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    files = [path for path in inside if not path.is_dir()]
    folders = [path for path in inside if path.is_dir()]
    councils = {path.name.upper(): path for path in folders if COUNCIL.fullmatch(path.name)}
    return files, councils, [path.name for path in folders if not COUNCIL.fullmatch(path.name)]


def _table_of(path: Path) -> str:
    """The standard table that a file is named after, SUPPLIED, or ""."""
    stem, ending = path.stem.lower(), path.suffix.lower()
    if stem in _TABLES and ending in _ENDINGS:
        return stem
    return SUPPLIED if stem == SUPPLIED and ending in _SUPPLIED_ENDINGS else ""


def _extract_files(code: str, paths: list[Path]) -> list[ExtractFile]:
    inside = f"{code}/" if code else ""
    return [
        ExtractFile(code, _table_of(path), path, f"{inside}{path.name}")
        for path in paths
        if _table_of(path)
    ]


def _refuse_doubles(where: str, files: list[ExtractFile]) -> None:
    names: dict[tuple[str, str], list[str]] = {}
    for one in files:
        names.setdefault((one.council, one.table), []).append(one.name)
    doubled = [" and ".join(of_one) for of_one in names.values() if len(of_one) > 1]
    if doubled:
        raise InputError(
            f"one table lies there twice: {'; '.join(doubled)}", where=where, todo="leave one"
        )
