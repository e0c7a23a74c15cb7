"""release.json: what was released, from what it was made, and every file of it with its hash.

`verify` reads it: the form, the seal and the names of its keys are one contract.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from openscorecard import __version__
from openscorecard.publish.file_names import RELEASE
from openscorecard.publish.verify import sealed
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.release import ChangedCell, Fingerprint


def release_bytes_of(page: Scorecard, folder: Path, inputs: Iterable[Fingerprint] = ()) -> bytes:
    """The bytes of release.json for a page whose media stand in `folder`, seal included."""
    release = page.release
    content: dict[str, Any] = {
        "made_by": f"OpenScorecard {__version__}",
        "council": page.council,
        "month": page.month.iso,
        "audience": page.audience,
        "version": None if release is None else release.version,
        "on": None if release is None else release.on.isoformat(),
        "reason": "" if release is None else release.reason,
        "changed": [] if release is None else [_changed(cell) for cell in release.changed],
        "earlier": []
        if release is None
        else [
            {"version": one.version, "on": one.on.isoformat(), "reason": one.reason}
            for one in release.earlier
        ],
        "inputs": [_input(one) for one in inputs],
        "outputs": _outputs(folder),
    }
    return sealed(content)


def under_key(inputs: Iterable[Fingerprint], key: bytes) -> tuple[Fingerprint, ...]:
    """The same inputs for the public: no hash from which a short file could be guessed, and no
    file's own name. Each is numbered within its kind."""
    told: list[Fingerprint] = []
    count: dict[str, int] = {}
    for one in inputs:
        count[one.kind] = count.get(one.kind, 0) + 1
        hashed = hmac.new(key, one.sha256.encode("ascii"), hashlib.sha256).hexdigest()
        told.append(replace(one, name=str(count[one.kind]), sha256=hashed, keyed=True))
    return tuple(told)


def _changed(cell: ChangedCell) -> dict[str, str | None]:
    """`was` is null where it is withheld, and "" where nothing stood."""
    was = None if cell.withheld else cell.was
    return {"ref": cell.ref, "column": cell.column, "was": was, "now": cell.now}


def _input(one: Fingerprint) -> dict[str, str]:
    hash_name = "hmac_sha256" if one.keyed else "sha256"
    return {"kind": one.kind, "name": one.name, hash_name: one.sha256}


def _outputs(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != RELEASE:
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            found.append({"file": name, "bytes": len(content), "sha256": digest})
    return sorted(found, key=lambda one: str(one["file"]))
