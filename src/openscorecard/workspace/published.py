"""The published statistics that a workspace holds: its folder `comparators`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from openscorecard.comparators.published import Published
from openscorecard.comparators.store import Loaded, load_files
from openscorecard.workspace.folder import Workspace

FOLDER = "comparators"


def published_folder(workspace: Workspace) -> Path:
    return workspace.root / FOLDER


def published_of(workspace: Workspace) -> Published | None:
    """What is published, as far as it is loaded; None where nothing is."""
    published = Published(published_folder(workspace))
    return published if published.files() else None


def load_published(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    edition: str = "",
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Loaded, ...]:
    """Loads the files into the workspace, all or none (see `comparators.store.load_files`)."""
    return load_files(published_folder(workspace), paths, edition=edition, tell=tell)
