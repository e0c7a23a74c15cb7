"""What a month's page was made from, each with its hash, and what of it has changed since.

The order is fixed: loads, published statistics, the settings, the definitions, the comments. No
large file is read: loads and published files carry their hashes. A load is what was read into it,
and what was taken out of it since: a child who was forgotten is in figures counted before, and in
none counted anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from openscorecard.catalogue.load import HERE, OURS
from openscorecard.commentary.store import comments_path
from openscorecard.comparators.manifest import entries
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.release import Fingerprint
from openscorecard.workspace.comparators import FILE as STATED
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import sha256_of
from openscorecard.workspace.published import published_folder
from openscorecard.workspace.records_load import Forgotten, all_records_loads
from openscorecard.workspace.settings import FILE as SETTINGS

LOAD, STATISTICS, OF_SETTINGS = "load", "statistics", "settings"
DEFINITIONS, COMMENTS = "definitions", "comments"
OWN = "OpenScorecard's own"

# What the public is told of a kind that changed: no file by its name.
_IN_WORDS = {
    LOAD: "the loads have",
    STATISTICS: "the published statistics have",
    OF_SETTINGS: "the settings have",
    DEFINITIONS: "the definitions have",
    COMMENTS: "the comments have",
}


def inputs_of(
    workspace: Workspace, page: Scorecard, earlier_comments: int
) -> tuple[Fingerprint, ...]:
    """Everything that the month's page was made from. `page` is the whole one, with its sources; it
    looks back on the comments of `earlier_comments` months. InputError for a file that cannot be
    read."""
    gone = {one.id: one.forgotten for one in all_records_loads(workspace.loads)}
    found = [
        Fingerprint(LOAD, one.load, _of_load(one.sha256, gone.get(one.load, ())))
        for one in page.sources
    ]
    for entry in entries(published_folder(workspace)):
        found.append(Fingerprint(STATISTICS, f"{entry.file} ({entry.id})", entry.sha256))
    root = workspace.root
    found += _of_file(STATISTICS, root, root / STATED)
    found += _of_file(OF_SETTINGS, root, root / SETTINGS)
    found.append(Fingerprint(DEFINITIONS, OWN, _own_definitions()))
    if workspace.definitions is not None:
        own = [one for one in workspace.definitions.rglob("*.toml") if one.name[0] != "."]
        for path in sorted(one for one in own if one.is_file()):  # as the catalogue takes them
            found += _of_file(DEFINITIONS, root, path)
    for back in range(earlier_comments + 1):
        found += _of_file(COMMENTS, root, comments_path(root, page.month.plus(-back)))
    return tuple(found)


def inputs_since(then: Sequence[Fingerprint], now: Sequence[Fingerprint]) -> tuple[str, ...]:
    """What of the inputs that a release recorded (`then`) differs `now`: a sentence each, without
    its full stop.

    Both are in the form of the release: those of a public one under the workspace's key, and then a
    sentence names the kind alone. () where nothing differs, or the release recorded no inputs.
    """
    if not then:
        return ()
    if any(one.keyed for one in then):
        return _by_kind(then, now)
    was = {(one.kind, one.name): one.sha256 for one in then}
    is_now = {(one.kind, one.name): one.sha256 for one in now}
    said: list[str] = []
    for key, sha256 in was.items():
        if key not in is_now:
            # a load may still be there, while the page would rest on another
            gone = "is no longer used" if key[0] == LOAD else "is no longer there"
            said.append(_sentence(*key, gone, "are no longer there"))
        elif is_now[key] != sha256:
            said.append(_sentence(*key, "has changed", "have changed"))
    new = [key for key in is_now if key not in was]
    return (*said, *(_sentence(*key, "is new", "are new") for key in new))


def _by_kind(then: Sequence[Fingerprint], now: Sequence[Fingerprint]) -> tuple[str, ...]:
    """By their hashes alone: a number within a kind is another file's once one is added."""
    was = Counter((one.kind, one.sha256) for one in then)
    is_now = Counter((one.kind, one.sha256) for one in now)
    differing = {kind for kind, _ in (was - is_now) + (is_now - was)}
    return tuple(f"{words} changed" for kind, words in _IN_WORDS.items() if kind in differing)


def _sentence(kind: str, name: str, of_one: str, of_several: str) -> str:
    if kind == COMMENTS:
        return f"the comments on {Month.parse(Path(name).stem).long} {of_several}"
    if name == OWN:
        return f"{OWN} definitions {of_several}"
    if kind == LOAD and not name.startswith("release "):
        name = f"load {name}"
    return f"{name} {of_one}"


def _of_load(read: str, forgotten: Sequence[Forgotten]) -> str:
    """The hash of what was read, alone where nothing was taken out of it."""
    if not forgotten:
        return read
    lines = [f"{read}\n", *(f"without {one.rows} rows since {one.on}\n" for one in forgotten)]
    return sha256_of("".join(lines).encode("utf-8"))


def _own_definitions() -> str:
    """One hash of all our files: of their names and hashes, in the order of the names."""
    lines = [f"{name}:{sha256_of((HERE / name).read_bytes())}\n" for name in sorted(OURS)]
    return sha256_of("".join(lines).encode("utf-8"))


def _of_file(kind: str, root: Path, path: Path) -> list[Fingerprint]:
    """The file's fingerprint by its place in the workspace; none where there is no such file."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"it cannot be read ({error.strerror or error})", where=str(path),
                         todo="see that you may read it") from error  # fmt: skip
    return [Fingerprint(kind, path.relative_to(root).as_posix(), sha256_of(content))]
