"""Whether a published folder is still as it was released, and if not, what was touched.

Needs the folder alone: release.json lists every file with its size and SHA-256, and bears a seal
over itself. Who changes a file and then release.json with it, seal included, is found out only by
the record that the workspace keeps.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from openscorecard.errors import InputError
from openscorecard.findings import Finding, Severity
from openscorecard.publish.file_names import RELEASE

LEFT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")  # file managers put them anywhere
_LARGEST = 20_000_000  # bytes; a release.json has some tens of thousands


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the release: its path in the folder, with `/`, its size and its SHA-256."""

    file: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in the folder: files, and what is neither file nor folder or is a link. A path
    under a link is not looked at. `empty` are folders that hold nothing."""

    files: frozenset[str]
    odd: dict[str, str]
    empty: frozenset[str]


def verify(folder: Path) -> tuple[Finding, ...]:
    """What was touched in a published folder since its release; () where nothing was.

    InputError where there is no release: no such folder, or no release.json in it.
    """
    content = release_bytes(folder)
    stated = _parsed(content)
    if isinstance(stated, Finding):
        return (stated,)
    problems = list(_own_form(content, stated))
    if not problems and not _says_which(stated):
        problems.append(_altered("does not say which release it is"))
    outputs = _outputs(stated)
    if isinstance(outputs, Finding):
        return (*problems, outputs)
    found, listed_truly = _walk(folder), not problems
    for output in outputs:
        problem = _compared(folder, output, found)
        if problem is not None and problem.rule == "file-changed" and not listed_truly:
            words = "differs from the list, which was altered itself: it may be as released"
            problem = _problem("file-changed", output.file, words)
        if problem is not None:
            problems.append(problem)
    listed = {RELEASE, *(output.file for output in outputs)}
    return (*problems, *_not_listed(found, listed))


def release_bytes(folder: Path) -> bytes:
    """release.json as it stands; InputError where there is none or it cannot be read."""
    place = folder / RELEASE
    try:
        if not folder.is_dir():
            raise InputError("there is no such folder", where=str(folder), todo=_NAME_ONE)
        if place.is_symlink() or not place.is_file():
            raise InputError(f"there is no {RELEASE} in it", where=str(folder), todo=_NAME_ONE)
        with place.open("rb") as opened:
            return opened.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(
            f"it could not be read ({error.strerror or error})",
            where=str(place),
            todo="see that you may read the folder",
        ) from error


_NAME_ONE = "name a folder that `scorecard publish` wrote"


def stated_release(folder: Path) -> dict[str, Any]:
    """What release.json says, unverified; {} where it cannot be understood: it is no JSON, or does
    not say which release it is."""
    stated = _parsed(release_bytes(folder))
    return {} if isinstance(stated, Finding) or not _says_which(stated) else stated


def sealed(content: dict[str, Any]) -> bytes:
    """The bytes of a release.json with its seal as the last key."""
    return _as_bytes({**_without_seal(content), "seal": seal_of(content)})


def seal_of(content: dict[str, Any]) -> str:
    """The SHA-256 of the file as it is with an empty seal."""
    return hashlib.sha256(_as_bytes({**_without_seal(content), "seal": ""})).hexdigest()


def _without_seal(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key != "seal"}


def _as_bytes(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _parsed(content: bytes) -> dict[str, Any] | Finding:
    if len(content) > _LARGEST:
        return _altered("is far larger than any that was released")
    try:
        stated = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return _altered("cannot be read as JSON: it was damaged or altered")
    return stated if isinstance(stated, dict) else _altered("does not hold what it should")


def _says_which(stated: dict[str, Any]) -> bool:
    """Whether it names the council, the page, and a version with its day; a draft has neither of
    these two, and says so by null."""
    identity = ("council", "month", "audience")
    if not all(isinstance(stated.get(key), str) and stated[key] for key in identity):
        return False
    version, on = stated.get("version", ""), stated.get("on", "")
    if version is None:
        return on is None
    return type(version) is int and version > 0 and isinstance(on, str) and on != ""


def _own_form(content: bytes, stated: dict[str, Any]) -> tuple[Finding, ...]:
    try:
        as_it_should_be = sealed(stated)
    except (ValueError, UnicodeError):  # half a surrogate pair is no text
        as_it_should_be = b""
    if content == as_it_should_be:
        return ()
    return (_altered("was altered: it no longer fits its own seal"),)


def _outputs(stated: dict[str, Any]) -> tuple[Output, ...] | Finding:
    """The files that it lists; a Finding where the list is not one of ours. A name that leads out
    of the folder is refused, so that nothing elsewhere is opened."""
    listed = stated.get("outputs")
    if not isinstance(listed, list):
        return _altered("lists no files")
    outputs: dict[str, Output] = {}
    for one in listed:
        if not isinstance(one, dict):
            return _altered("has a list of files that cannot be understood")
        name, size, digest = one.get("file"), one.get("bytes"), one.get("sha256")
        if not (isinstance(name, str) and type(size) is int and isinstance(digest, str)):
            return _altered("has a list of files that cannot be understood")
        if not _is_inside(name) or name == RELEASE or name in outputs:
            return _altered(f"lists a file that no release has: {name!r}")
        outputs[name] = Output(name, size, digest)
    return tuple(outputs.values())


def _is_inside(name: str) -> bool:
    parts = name.split("/")
    plain = not set(name) & set("\\:\0") and not PurePosixPath(name).is_absolute()
    return plain and all(part not in ("", ".", "..") for part in parts)


def _walk(folder: Path) -> _Found:
    """Everything in the folder. Links are not followed."""
    files: set[str] = set()
    odd: dict[str, str] = {}
    empty: set[str] = set()

    def unreadable(error: OSError) -> None:
        place = Path(error.filename).relative_to(folder).as_posix()
        odd[place] = f"could not be read ({error.strerror})"

    for root, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(root)
        for name in (*folders, *names):
            place = here / name
            path = place.relative_to(folder).as_posix()
            if place.is_symlink():
                odd[path] = "is a link: nothing of a release is"
            elif place.is_file():
                files.add(path)
            elif not place.is_dir():
                odd[path] = "is neither a file nor a folder"
        if not folders and not names and here != folder:
            empty.add(here.relative_to(folder).as_posix())
    return _Found(frozenset(files), odd, frozenset(empty))


def _compared(folder: Path, output: Output, found: _Found) -> Finding | None:
    if output.file not in found.files:
        if any(output.file == odd or output.file.startswith(f"{odd}/") for odd in found.odd):
            return None  # said of what stands in its place
        if (folder / output.file).is_dir():
            return _problem("file-missing", output.file, "is a folder now; a file was released")
        return _problem("file-missing", output.file, "is missing; it was released")
    try:
        size, digest = _measured(folder / output.file)
    except OSError as error:
        words = f"could not be read ({error.strerror or error})"
        return _problem("file-unreadable", output.file, words)
    if size != output.size:
        words = f"was changed: it has {size:,} bytes, {output.size:,} were released"
        return _problem("file-changed", output.file, words)
    if digest != output.sha256:
        words = f"was changed: it still has {size:,} bytes, but not the ones released"
        return _problem("file-changed", output.file, words)
    return None


def _measured(path: Path) -> tuple[int, str]:
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return opened.tell(), digest


def _not_listed(found: _Found, listed: set[str]) -> tuple[Finding, ...]:
    problems = [_problem("file-odd", path, words) for path, words in sorted(found.odd.items())]
    for path in sorted(found.files - listed):
        if path.rpartition("/")[2] in LEFT_BY_SYSTEMS:
            words = "was left by a file manager; it is not of the release"
            problems.append(_problem("file-added", path, words, Severity.INFORMATION))
        else:
            words = "was added: it is not of the release"
            problems.append(_problem("file-added", path, words))
    for path in sorted(found.empty - listed):
        words = "is an empty folder that is not of the release"
        problems.append(_problem("file-added", path, words, Severity.INFORMATION))
    return tuple(problems)


def _altered(words: str) -> Finding:
    return _problem("release-altered", RELEASE, words)


def _problem(rule: str, path: str, words: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, severity, f"{path} {words}.", place=path)
