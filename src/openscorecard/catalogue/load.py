"""Reads the definitions, ours and a council's own, and gives the catalogue in force."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.layers import layered
from openscorecard.catalogue.places import Place
from openscorecard.catalogue.resolve import resolve
from openscorecard.catalogue.rules import RULES, InForce
from openscorecard.catalogue.written import Mistake, Written, read_definitions
from openscorecard.errors import InputError

HERE = Path(__file__).parent

# Our own files, in the order of the page's sections.
OURS: tuple[str, ...] = (
    "indicators/front-door.toml",
    "indicators/assessment.toml",
    "indicators/child-protection.toml",
    "indicators/looked-after.toml",
    "indicators/early-help.toml",
    "indicators/partners.toml",
    "groups.toml",
    "relations.toml",
)

LARGEST_FILE = 1_000_000  # bytes; ours are under 20,000 each


def load_catalogue(own: Path | None = None) -> Catalogue:
    """The catalogue in force: ours, with a council's own folder of TOML files laid over it.

    Origins read `front-door.toml, line 12` for ours and `definitions/local.toml, line 3` for the
    council's (its folder's name, a slash, the file). Raises one InputError that lists every mistake
    in every file, one a line.
    """
    ours, in_ours, whole = _ours()
    mistakes = list(in_ours)
    theirs = Written()
    for path, name in _own_files(own):
        read = _read(path, name, True, mistakes)
        if read is None:
            whole = False
        else:
            theirs = theirs.plus(read)
    in_force = InForce(
        layered(ours.sections, theirs.sections, "id", mistakes),
        layered(ours.indicators, theirs.indicators, "ref", mistakes),
        ours.relations + theirs.relations,
        layered(ours.groups, theirs.groups, "id", mistakes),
        theirs.examples,
    )
    if whole:  # else what a broken file holds would be missed everywhere
        for rule in RULES:
            mistakes.extend(rule(in_force))
    if mistakes:
        raise _error(mistakes, whole)
    return resolve(in_force)


@cache
def _ours() -> tuple[Written, list[Mistake], bool]:
    """Our own files, read once in a process: the tables, the mistakes in them, and whether every
    file could be read."""
    mistakes: list[Mistake] = []
    ours, whole = Written(), True
    for file in OURS:
        path = HERE / file
        read = _read(path, path.name, False, mistakes)
        if read is None:
            whole = False
        else:
            ours = ours.plus(read)
    return ours, mistakes, whole


def _own_files(own: Path | None) -> list[tuple[Path, str]]:
    """The council's files with the names that places show, in the order of those names."""
    if own is None:
        return []
    if not own.is_dir():
        raise InputError(
            "there is no such folder", where=str(own), todo="name the folder that holds your TOML"
        )
    folder = own.resolve().name
    files = [path for path in own.rglob("*.toml") if path.is_file() and path.name[0] != "."]
    named = [(path, f"{folder}/{path.relative_to(own).as_posix()}") for path in files]
    return sorted(named, key=lambda pair: pair[1])


def _read(path: Path, name: str, own: bool, mistakes: list[Mistake]) -> Written | None:
    """The tables of one file, or None where it cannot be read, which is then a mistake."""
    line = 1
    try:
        if path.stat().st_size <= LARGEST_FILE:
            text = path.read_bytes().decode("utf-8-sig")
            return read_definitions(text, name, own=own, mistakes=mistakes)
        wrong = f"larger than a file of definitions may be ({LARGEST_FILE:,} bytes)"
    except OSError as error:
        wrong = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        wrong = "not in UTF-8: save it as UTF-8"
        line = error.object[: error.start].count(b"\n") + 1
    mistakes.append(Mistake(Place(name, line, own), wrong))
    return None


def _error(mistakes: list[Mistake], whole: bool) -> InputError:
    in_order = sorted(set(mistakes), key=_file_then_line)
    lines = "".join(f"\n  {mistake.place}: {mistake.text}" for mistake in in_order)
    count = "one mistake" if len(in_order) == 1 else f"{len(in_order)} mistakes"
    todo = "mend the lines named above"
    if not whole:
        todo += (
            "; what one indicator says of another was not checked yet, because a file could not be "
            "read: run the command again after that"
        )
    return InputError(f"{count}{lines}", where="the definitions", todo=todo)


def _file_then_line(mistake: Mistake) -> tuple[bool, str, int, str]:
    return (mistake.place.own, mistake.place.file, mistake.place.line, mistake.text)
