"""The releases whose files stand in the workspace: `published/2021-06/public/1/`.

The folder of a version never changes. Whether it is the one that was released is told by the hash
of its release.json, which the workspace keeps.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from openscorecard.periods import Month
from openscorecard.web.releases.places import editions


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """`changed` counts the cells that read otherwise than in the version before; `newest` says
    whether it is the last version of its month and audience; `stands` that it was not withdrawn."""

    month: Month
    audience: str
    version: int
    on: dt.date
    reason: str
    changed: int
    newest: bool
    stands: bool
    sha256: str
    folder: Path


def published_releases(audience: str) -> tuple[PublishedRelease, ...]:
    """Those of that audience, newest month and newest version first, the withdrawn ones too."""
    return tuple(
        PublishedRelease(
            one.kept.month,
            audience,
            one.version,
            one.kept.release.on,
            one.kept.release.reason,
            len(one.kept.release.changed),
            one.version == one.newest,
            one.withdrawal is None,
            one.kept.sha256,
            one.folder,
        )
        for one in editions()
        if one.kept.audience == audience and one.folder is not None
    )
