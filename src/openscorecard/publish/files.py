"""A publication on disk: the site, the workbook, the figures, and a list of them with hashes.

It is written whole beside its place and then moved there, so a reader never meets half of one. A
folder is only replaced if it is an earlier publication of the same council, month and audience; a
rolling one (`latest`) also if it is that of an earlier month.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.publish.file_names import RELEASE
from openscorecard.publish.media import MEDIA
from openscorecard.publish.release_file import release_bytes_of
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.release import Fingerprint


def write_publication(
    scorecard: Scorecard,
    to: Path,
    inputs: Iterable[Fingerprint] = (),
    *,
    latest: bool = False,
    keep: Callable[[bytes], None] | None = None,
    tell: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """Writes all media to the folder `to`; gives the files. The same page gives the same bytes.

    `inputs` are named in release.json. `keep` is given its bytes when all is written and before the
    folder is moved: a command killed in between has kept a release whose folder is missing or old,
    and publishing the same page again mends that. `latest` lets a later month take the place of an
    earlier one of the same council and audience. `tell` hears which medium is being written.
    """
    to = to.resolve()
    try:
        _sweep(to)
        _refuse_foreign(scorecard, to, latest=latest)
        to.parent.mkdir(parents=True, exist_ok=True)
        # For its owner alone until it stands in its place: it may be internal, and beside `to` may
        # be a web server's folder.
        fresh = Path(tempfile.mkdtemp(prefix=_NEW, dir=to.parent))
    except OSError as error:
        raise _unwritable(to, error) from error
    kept = False
    try:
        for medium in MEDIA:
            if tell is not None:
                tell(f"writing {medium.name}")
            medium.write(scorecard, fresh)
        listed = release_bytes_of(scorecard, fresh, inputs)
        (fresh / RELEASE).write_bytes(listed)
        if keep is not None:
            keep(listed)
            kept = True
        fresh.chmod(0o755)
        _move(fresh, to)
    except OSError as error:
        raise (_recorded(scorecard, to, error) if kept else _unwritable(to, error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return tuple(sorted(path for path in to.rglob("*") if path.is_file()))


def _identity(scorecard: Scorecard) -> dict[str, str]:
    return {
        "council": scorecard.council,
        "month": scorecard.month.iso,
        "audience": scorecard.audience,
    }


def _refuse_foreign(scorecard: Scorecard, to: Path, *, latest: bool) -> None:
    """Nothing that somebody else put there is ever deleted, and no internal page turns public."""
    if to.is_file():
        raise InputError("it is a file", where=str(to), todo="name a folder")
    if not to.exists() or not any(to.iterdir()):
        return
    try:
        there = json.loads((to / RELEASE).read_text(encoding="utf-8"))
        same = {key: there[key] for key in ("council", "month", "audience")}
        ours = {RELEASE, *(one["file"] for one in there["outputs"])}
        rolls = latest and Month.parse(same["month"]) < scorecard.month
        there = {"version": there["version"], "on": there["on"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InputError) as error:
        raise InputError(
            "the folder holds something that is no publication of ours",
            where=str(to),
            todo="name a new or an empty folder",
        ) from error
    if scorecard.release is None and there["version"] is not None:
        raise InputError(
            f"it holds version {there['version']} as it was released on {there['on']}",
            where=str(to),
            todo="write the draft to another folder, so that it is not mistaken for the release",
        )
    here = _identity(scorecard)
    if rolls:
        here["month"] = same["month"]
    if same != here:
        raise InputError(
            f"it holds the {same['audience']} page of {same['council']} for {same['month']}",
            where=str(to),
            todo="name another folder, so that neither page is mistaken for the other",
        )
    _refuse_additions(to, ours)


def _refuse_additions(to: Path, ours: set[str]) -> None:
    found = (path.relative_to(to).as_posix() for path in to.rglob("*") if not path.is_dir())
    added = sorted(name for name in found if name not in ours)
    if added:
        more = f" and {len(added) - 3} more" if len(added) > 3 else ""
        raise InputError(
            f"files stand in it that are not of the publication: {', '.join(added[:3])}{more}",
            where=str(to),
            todo="move them out first, or publish into another folder",
        )


_NEW, _OLD = ".scorecard-new-", ".scorecard-old-"
_FORGOTTEN = 3600  # seconds after which a folder left beside `to` is no writing under way


def _sweep(to: Path) -> None:
    """Removes what a killed command left beside `to`; puts back a publication that it had moved."""
    for left in (*to.parent.glob(f"{_NEW}*"), *to.parent.glob(f"{_OLD}*")):
        if time.time() - left.stat().st_mtime < _FORGOTTEN:
            continue
        if left.name.startswith(_OLD) and not (left / to.name).exists():
            continue  # it is of a folder beside this one, whose only copy it may be
        if (left / to.name).exists() and not to.exists():
            (left / to.name).rename(to)
        shutil.rmtree(left, ignore_errors=True)


def _move(fresh: Path, to: Path) -> None:
    """Puts the new folder in the old one's place; if that fails, the old one comes back."""
    if not to.exists():
        fresh.rename(to)
        return
    old = Path(tempfile.mkdtemp(prefix=_OLD, dir=to.parent))
    to.rename(old / to.name)
    try:
        fresh.rename(to)
    except BaseException:
        (old / to.name).rename(to)
        old.rmdir()
        raise
    shutil.rmtree(old, ignore_errors=True)


def _recorded(scorecard: Scorecard, to: Path, error: OSError) -> InputError:
    """The release is kept, its folder is not in place yet: that is mended by publishing again."""
    number = scorecard.release.version if scorecard.release else 0
    return InputError(
        f"version {number} is recorded, but the folder could not be put in its place "
        f"({error.strerror or error})",
        where=str(to),
        todo="close what has its files open, and publish again: it is the same version",
    )


def _unwritable(to: Path, error: OSError) -> InputError:
    return InputError(
        f"the page could not be written ({error.strerror or error})",
        where=str(to),
        todo="name a folder on a disk with room that you may write to",
    )
