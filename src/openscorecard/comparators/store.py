"""The published files that a workspace keeps: its folder `comparators`.

    comparators/
      manifest.json                what is loaded, one entry a file
      c1-001.zip                   figures in long form, a table a series (kept_figures.py)
      c1-001.json                  the areas it names; of lists and the dictionary all they say

A file's figures are on disk before the manifest names them; writing the manifest is the moment at
which they are there. What a killed command leaves is named by no manifest, and is swept before the
next load.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from openscorecard.comparators.cell import Area, MeasureNote
from openscorecard.comparators.differing import Differs, differences
from openscorecard.comparators.kept_figures import KeptFigures
from openscorecard.comparators.manifest import (
    MANIFEST,
    Entry,
    broken,
    entries,
    manifest_bytes,
    month_in_words,
)
from openscorecard.comparators.staged import FIGURES, ReadFile
from openscorecard.errors import InputError
from openscorecard.files import replace_file, sync_file, sync_folder, write_synced
from openscorecard.locks import locked

_STAGING = ".loading-"
_OURS = re.compile(r"[a-z0-9_]+-\d{3,}\.(?:zip|json)")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was given: its entry, and what was read of it; None where it, or a file with the
    same figures, was there already, and nothing was changed. `given` is its name; `differs` says
    how it differs from files of the same source that were there."""

    entry: Entry
    read: ReadFile | None
    given: str = ""
    differs: tuple[Differs, ...] = ()

    @property
    def already(self) -> bool:
        return self.read is None


def load_files(
    folder: Path,
    paths: Sequence[Path],
    *,
    edition: str = "",
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Loaded, ...]:
    """Reads the files and keeps them, all or none. `edition` names that of all of them; without
    it an edition is named after its newest year and its file.

    InputError, with nothing changed, for a file that cannot be read, and for other figures of an
    edition that is loaded already.
    """
    with locked(folder):
        had = entries(folder)
        _sweep(folder, had)
        try:
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
        except OSError as error:
            raise _not_written(folder, error) from error
        try:
            loaded = _stage(folder, staging, had, paths, edition, tell)
            _move_in(folder, staging, had, loaded)
        except OSError as error:
            raise _not_written(folder, error) from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return tuple(loaded)


def remove(folder: Path, entry_id: str) -> Entry:
    """Takes a loaded file out again; InputError where there is none of that id."""
    with locked(folder):
        had = entries(folder)
        gone = next((one for one in had if one.id == entry_id), None)
        if gone is None:
            raise InputError(f"no published file {entry_id!r} is loaded", where=str(folder),
                             todo="see `scorecard comparators list`")  # fmt: skip
        kept = tuple(one for one in had if one is not gone)
        replace_file(folder / MANIFEST, manifest_bytes(kept))
        _sweep(folder, kept)
    return gone


def read_kept(folder: Path, entry: Entry, ending: str) -> bytes:
    """One of our files, if it is still what was written."""
    name = f"{entry.id}.{ending}"
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise broken(name, entry) from error
    if hashlib.sha256(content).hexdigest() != entry.hashes.get(ending):
        raise broken(name, entry)
    return content


def changed_files(folder: Path, entry: Entry) -> tuple[str, ...]:
    """Those of our files of this entry that are gone, or are no more what was written."""
    found = []
    for ending in entry.hashes:
        try:
            read_kept(folder, entry, ending)
        except InputError:
            found.append(f"{entry.id}.{ending}")
    return tuple(found)


def kept_lists(folder: Path, entry: Entry) -> ReadFile:
    """The areas, neighbours and notes that a file has."""
    raw = json.loads(read_kept(folder, entry, "json"))
    return ReadFile(
        kind=entry.kind,
        prefix=entry.prefix,
        title=entry.title,
        rows=entry.rows,
        areas=tuple(
            Area(code, name, level, dfe, region_code, region, tuple(years))
            for code, name, level, dfe, region_code, region, years in raw["areas"]
        ),
        neighbours={dfe: tuple(nearest) for dfe, nearest in raw["neighbours"].items()},
        notes=tuple(MeasureNote(**one) for one in raw["notes"]),
    )


def _stage(
    folder: Path, staging: Path, had: Sequence[Entry], paths: Sequence[Path], edition: str,
    tell: Callable[[str], None],
) -> list[Loaded]:  # fmt: skip
    from openscorecard.comparators.read import read_published

    loaded: list[Loaded] = []
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    for path in paths:
        known = [*had, *(one.entry for one in loaded if not one.already)]
        same = next((one for one in known if one.sha256 == _hash_of(path)), None)
        if same is not None:
            loaded.append(Loaded(same, None, path.name))
            continue
        figures = staging / "figures.zip"
        read, digest = read_published(path, figures, tell)
        entry = Entry(
            id=_free_id(read.prefix, known),
            kind=read.kind,
            prefix=read.prefix,
            title=read.title,
            file=path.name,
            sha256=digest,
            edition=" ".join(edition.split()) or _edition(read, path),
            rows=read.rows,
            years=read.years,
            series=read.series,
            loaded_at=now,
            hashes={},
            symbols=read.symbols,
            skipped=read.skipped,
        )
        entry = _written(staging, figures, entry, read)
        alike = next((one for one in known if _same_content(one, entry)), None)
        if alike is not None:
            for ending in entry.hashes:
                (staging / f"{entry.id}.{ending}").unlink()
            loaded.append(Loaded(alike, None, path.name))
            continue
        _refuse_other_content(entry, known, path)

        def figures_of(one: Entry) -> KeptFigures:
            at = folder if one in had else staging
            return KeptFigures(read_kept(at, one, "zip"), tuple(one.series))

        differs = differences(entry, known, figures_of) if entry.kind == FIGURES else ()
        loaded.append(Loaded(entry, read, path.name, differs))
    return loaded


def _same_content(one: Entry, other: Entry) -> bool:
    """Whether they hold the same, though their files are not the same bytes."""
    return (one.kind, one.prefix, one.hashes) == (other.kind, other.prefix, other.hashes)


def _hash_of(path: Path) -> str:
    """The file's hash; "" for what cannot be read, which the reader then says."""
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _written(staging: Path, figures: Path, entry: Entry, read: ReadFile) -> Entry:
    """Our files of this one, forced to disk; the entry with their hashes."""
    hashes = {}
    if entry.kind == FIGURES:
        kept = figures.rename(staging / f"{entry.id}.zip")
        sync_file(kept)
        with kept.open("rb") as content:
            hashes["zip"] = hashlib.file_digest(content, "sha256").hexdigest()
    raw = {
        "areas": [
            [one.code, one.name, one.level, one.dfe, one.region_code, one.region, list(one.years)]
            for one in read.areas
        ],
        "neighbours": {dfe: list(nearest) for dfe, nearest in read.neighbours.items()},
        "notes": [asdict(one) for one in read.notes],
    }
    lists = json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    write_synced(staging / f"{entry.id}.json", lists)
    hashes["json"] = hashlib.sha256(lists).hexdigest()
    return replace(entry, hashes=hashes)


def _move_in(folder: Path, staging: Path, had: Sequence[Entry], loaded: Sequence[Loaded]) -> None:
    new = [one.entry for one in loaded if not one.already]
    if not new:
        return
    moved: list[Path] = []
    try:
        for entry in new:
            for ending in entry.hashes:
                name = f"{entry.id}.{ending}"
                moved.append((staging / name).rename(folder / name))
        sync_folder(folder)
        replace_file(folder / MANIFEST, manifest_bytes((*had, *new)))
    except BaseException:
        for path in moved:
            path.unlink(missing_ok=True)
        raise
    sync_folder(folder)


def _edition(read: ReadFile, path: Path) -> str:
    """`2025 (c1_referrals.csv)`; of lists without years the month that the file's name has."""
    if read.years:
        return f"{read.years[-1]} ({path.name})"
    return month_in_words(path.stem) or path.name


def _refuse_other_content(entry: Entry, known: Sequence[Entry], path: Path) -> None:
    same = [one for one in known if (one.prefix, one.edition) == (entry.prefix, entry.edition)]
    if same:
        raise InputError(
            f"the edition {entry.edition!r} of {entry.title} is loaded already ({same[0].id}), "
            "with other content",
            where=str(path),
            todo='name this one: --edition "...", or take the other out: '
            f"`scorecard comparators remove {same[0].id}`",
        )


def _free_id(prefix: str, known: Sequence[Entry]) -> str:
    used = [int(one.id.rpartition("-")[2]) for one in known if one.prefix == prefix]
    return f"{prefix}-{max(used, default=0) + 1:03d}"


def _sweep(folder: Path, listed: Sequence[Entry]) -> None:
    ours = {f"{one.id}.{ending}" for one in listed for ending in one.hashes}
    for path in folder.iterdir():
        if path.name.startswith(_STAGING):
            shutil.rmtree(path, ignore_errors=True)
        elif _OURS.fullmatch(path.name) and path.name not in ours:
            path.unlink(missing_ok=True)


def _not_written(folder: Path, error: OSError) -> InputError:
    return InputError(
        f"the published files could not be kept ({error.strerror or error})",
        where=str(folder),
        todo="make room on the disk, or see that you may write there",
    )
