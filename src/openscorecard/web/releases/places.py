"""Where releases stand for the web, `published/2021-06/public/1/`, and which of them are shown.

A folder is that of a release where its release.json is, to the byte, the one that was kept when it
was released: whatever else lies there is not shown.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from openscorecard.periods import Month
from openscorecard.publish.file_names import RELEASE
from openscorecard.web.months import kept, root, stamp
from openscorecard.workspace.releases import KeptRelease, kept_releases
from openscorecard.workspace.withdrawal import Withdrawal, withdrawal_of

FOLDER = "published"
AUDIENCES = ("internal", "public")


@dataclass(frozen=True)
class Edition:
    """A release as it is shown: what was kept of it, whether it was withdrawn, and whether a later
    version took its place."""

    kept: KeptRelease
    withdrawal: Withdrawal | None
    newest: int

    @property
    def version(self) -> int:
        return self.kept.release.version

    @property
    def current(self) -> bool:
        """Whether it is the newest version of its page, and stands."""
        return self.withdrawal is None and self.version == self.newest

    @property
    def address(self) -> tuple[str, str, int]:
        return self.kept.month.iso, self.kept.audience, self.version

    @cached_property
    def folder(self) -> Path | None:
        """Where its files are; None where they are not there."""
        return next((one for one in _places(self.kept) if _holds(one, self.kept)), None)

    @cached_property
    def files(self) -> dict[str, str]:
        """Its files by name, each with its SHA-256, as release.json lists them."""
        raw: dict[str, Any] = json.loads((self.kept.folder / RELEASE).read_bytes())
        listed = {str(one["file"]): str(one["sha256"]) for one in raw["outputs"]}
        return listed | {RELEASE: self.kept.sha256}


def place_for(month: Month, audience: str, version: int) -> Path:
    """Where a release is published."""
    return root() / FOLDER / month.iso / audience / str(version)


def _places(one: KeptRelease) -> tuple[Path, ...]:
    """Its permanent place; a release that `scorecard publish` wrote may stand in the folder above,
    as that of the demonstration does."""
    place = place_for(one.month, one.audience, one.release.version)
    return (place, place.parent)


def _holds(folder: Path, one: KeptRelease) -> bool:
    try:
        content = (folder / RELEASE).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(content).hexdigest() == one.sha256


def editions() -> tuple[Edition, ...]:
    """All releases, those of the newest month first, newest version first."""

    def work_out() -> tuple[Edition, ...]:
        found = kept_releases(root())
        newest: dict[tuple[Month, str], int] = {}
        for one in found:
            key = (one.month, one.audience)
            newest[key] = max(one.release.version, newest.get(key, 0))
        made = [
            Edition(one, withdrawal_of(one.folder), newest[(one.month, one.audience)])
            for one in found
        ]
        made.sort(key=lambda one: (one.kept.month, one.kept.audience, one.version), reverse=True)
        return tuple(made)

    return kept(("editions", stamp(), _folders()), work_out)


def edition(month: Month, audience: str, version: int) -> Edition | None:
    return next((one for one in editions() if one.address == (month.iso, audience, version)), None)


def current(month: Month, audience: str) -> Edition | None:
    """The version of the month's page that counts: the newest, unless it was withdrawn."""
    return next(
        (
            one
            for one in editions()
            if (one.kept.month, one.kept.audience) == (month, audience) and one.current
        ),
        None,
    )


def newest(audience: str) -> Edition | None:
    """The version that counts of the newest month that has one."""
    return next((one for one in editions() if one.kept.audience == audience and one.current), None)


def _folders() -> tuple[tuple[str, int], ...]:
    """Changes when a release's folder comes to its place."""
    place = root() / FOLDER
    found = []
    for path in (*place.glob("*/*"), *place.glob("*/*/release.json"), *place.glob("*/*/*")):
        found.append((str(path), path.stat().st_mtime_ns))
    return tuple(sorted(found))
