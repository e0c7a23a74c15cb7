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

    `column` is a month (`2021-06`), that month's `counted_2021-06`, `out_of_2021-06` or
    `signal_2021-06`; `change_`, `move_` or `arrow_` with `month` or `year`; `average_12m`,
    `maximum_12m`; `sn`, `eng`, `region`, or `standing_` with one of these; `verdict`,
    `usual_range` or `commentary`. `was` and `now` are what stood and stands there, "" for nothing.
    `withheld`: something stood there, and may not be told to the public any more; `was` is "".
    """

    ref: str
    column: str
    was: str
    now: str
    withheld: bool = False


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
