"""The workspace: the folder that holds openscorecard.toml, and how one is found and made."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.workspace.settings import FILE, Settings, council_name, read_settings
from openscorecard.workspace.template import DEFINITIONS, settings_text


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened workspace. `root` is absolute."""

    root: Path
    settings: Settings

    @property
    def loads(self) -> Path:
        return self.root / "loads"

    @property
    def definitions(self) -> Path | None:
        """The council's own definitions, for `load_catalogue`; None where it has no such folder."""
        folder = self.root / "definitions"
        return folder if folder.is_dir() else None


def find_workspace(start: Path | None = None) -> Path | None:
    """The nearest folder, from `start` (the current one) upwards, with an openscorecard.toml."""
    here = (start or Path.cwd()).resolve()
    return next((one for one in (here, *here.parents) if (one / FILE).is_file()), None)


def open_workspace(path: Path | None = None) -> Workspace:
    """The workspace at `path`, or the nearest one upwards from the current folder."""
    if path is None:
        root = find_workspace()
        if root is None:
            raise InputError(
                f"no {FILE} in this folder or in any above it",
                where=str(Path.cwd()),
                todo="make a workspace with `scorecard init DIR`, or name one: "
                "`scorecard --workspace DIR ...`",
            )
    else:
        root = path.resolve()
        if not (root / FILE).is_file():
            command = f"scorecard init {shlex.quote(str(path))}"
            raise InputError(
                f"there is no {FILE} in it",
                where=str(path),
                todo=f"name a workspace, or make one with `{command}`",
            )
    return Workspace(root, read_settings(root / FILE))


def definitions_of(path: Path | None = None) -> tuple[Path | None, Path | None]:
    """The root of the workspace at `path`, or of the nearest one upwards, and its own definitions;
    None for what there is not. For commands that need no workspace: its settings are not read."""
    root = find_workspace() if path is None else open_workspace(path).root
    own = None if root is None else root / "definitions"
    return root, own if own is not None and own.is_dir() else None


def make_workspace(path: Path, council: str = "") -> Workspace:
    """A new workspace at `path`; InputError, and nothing changed, where something is in the way or
    the council's name cannot be one. What an `init` that was stopped left is no obstacle."""
    council = council_name(council)
    if path.exists() and not path.is_dir():
        raise InputError("it is a file", where=str(path), todo="name a folder")
    if (path / FILE).exists():
        raise InputError(
            f"it is a workspace already ({FILE} is there)",
            where=str(path),
            todo="name another folder, or use this one",
        )
    try:
        for name in ("definitions", "loads"):
            if not _is_ours_or_free(path / name):
                raise InputError(
                    f'"{name}" stands there already, and a workspace needs that name',
                    where=str(path),
                    todo="move it away, or name another folder",
                )
        _make(path, council)
    except OSError as error:
        raise InputError(
            f"the workspace could not be made ({error.strerror or error})",
            where=str(path),
            todo="name a folder that you may write to",
        ) from error
    return open_workspace(path)


def _is_ours_or_free(place: Path) -> bool:
    """Whether nothing is there, or just what `_make` puts there first."""
    if not place.is_dir() or place.is_symlink():
        return not (place.exists() or place.is_symlink())
    inside = list(place.iterdir())
    if place.name == "definitions" and [one.name for one in inside] == [README]:
        return inside[0].is_file() and inside[0].read_bytes() == DEFINITIONS.encode("utf-8")
    return not inside


def _make(path: Path, council: str) -> None:
    """Written beside, then moved in; the settings, which make it a workspace, come last."""
    new = [folder for folder in (path, *path.absolute().parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    left = [one for one in path.iterdir() if one.name.startswith(STAGED)]
    moved: list[Path] = []
    staging = Path(tempfile.mkdtemp(prefix=STAGED, dir=path))
    try:
        (staging / "definitions").mkdir()
        (staging / "definitions" / README).write_bytes(DEFINITIONS.encode("utf-8"))
        (staging / "loads").mkdir()
        (staging / FILE).write_text(settings_text(council), encoding="utf-8")
        for name in ("definitions", f"definitions/{README}", "loads", FILE):
            if not (path / name).exists():
                (staging / name).rename(path / name)
                moved.append(path / name)
    except BaseException:
        for one in reversed(moved):
            shutil.rmtree(one) if one.is_dir() else one.unlink()
        shutil.rmtree(staging)
        for folder in new:
            folder.rmdir()
        raise
    for folder in (staging, *left):
        shutil.rmtree(folder, ignore_errors=True)


README, STAGED = "README.md", ".scorecard-init-"
