"""The key that signs cookies: made once in the workspace, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def signing_key(path: Path) -> str:
    """The key in the file; "" where there is none: nothing can be signed then, and Django says so.
    `serve` makes it."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def make_signing_key(path: Path) -> None:
    """Makes the file with a new key; leaves one that is there as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
