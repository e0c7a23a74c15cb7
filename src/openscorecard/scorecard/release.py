"""A release: what of a page was published when, as which version, and what that changed.

Takes nothing: these are the values that the workspace keeps, the renderers print and release.json
holds. A page without a `Release` is a draft.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that another version printed otherwise.

    `column` is named as in JSON: a month (`2021-06`), `change_month`, `change_year`,
    `average_12m`, `maximum_12m`, `sn`, `eng`, `region`, `verdict` or `commentary`; `was` and `now`
    are what stood and stands there. To the public `was` is "" where it may not be told any more.
    """

    ref: str
    column: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """A version that another one has replaced; `reason` is "" for the first."""

    version: int
    on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """The version of a month's page for its audience, counted from 1, and its day.

    A later version is a correction: it has a `reason`, and `changed` lists what it prints
    otherwise than the version before.
    """

    version: int
    on: dt.date
    reason: str = ""
    changed: tuple[ChangedCell, ...] = ()
    earlier: tuple[EarlierRelease, ...] = ()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Something that the page was made from. `kind` is load, statistics, definitions, comments or
    settings; `name` says which; `sha256` is its hash, or, where `keyed`, the HMAC-SHA-256 under the
    workspace's own key: from the plain hash of a short file a hidden number could be guessed."""

    kind: str
    name: str
    sha256: str
    keyed: bool = False
