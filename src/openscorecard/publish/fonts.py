"""The site's typeface: Source Sans 3, cut down to what a page needs, as WOFF2.

Takes the installed variable font; gives the same bytes each time; refuses nothing: characters
that it lacks fall back to the reader's own fonts. Cutting takes a second or two, so the result
is kept in the user's cache folder under a name made from all that it depends on; where no cache
can be written the font is cut again.

The font's licence (SIL Open Font Licence 1.1) reserves the name "Source", so the cut font bears
another one.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

NAME = "Scorecard Sans"
WEIGHTS = (400, 700)
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "lnum", "tnum"]
_PUNCTUATION = "‐‑–—―‘’‚“”„†•…‹›€™−≈≠≤≥←↑→↓↔■□▲△▼▽◆○●✓"
CHARACTERS = "".join([*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA0, 0x180)), *_PUNCTUATION])


def licence() -> str:
    """The licence that must travel with the font."""
    return (files("fontpkg_source_sans_3") / "LICENSE").read_text(encoding="utf-8")


def web_font(cache: Path | None = None) -> bytes:
    """The cut font as WOFF2, from the cache where it is there and whole."""
    original = (files("fontpkg_source_sans_3") / "files" / "SourceSans3[wght].ttf").read_bytes()
    made_of = [
        hashlib.sha256(original).hexdigest(),
        CHARACTERS,
        NAME,
        repr((WEIGHTS, _FEATURES)),
        version("fonttools"),
        version("brotli"),
    ]
    key = hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:24]
    kept = (cache or cache_folder()) / f"scorecard-sans-{key}.woff2"
    found = _read_whole(kept)
    if found is not None:
        return found
    made = _cut(original)
    _keep(kept, made)
    return made


def cache_folder() -> Path:
    """Where this user's caches live, as each system has it."""
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA")
        return Path(home or Path.home() / "AppData" / "Local") / "OpenScorecard" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "openscorecard"
    home = os.environ.get("XDG_CACHE_HOME")
    return Path(home or Path.home() / ".cache") / "openscorecard"


def _read_whole(path: Path) -> bytes | None:
    """The kept file, if its first line names the hash of the rest."""
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return body if hashlib.sha256(body).hexdigest().encode() == digest else None


def _keep(path: Path, body: bytes) -> None:
    digest = hashlib.sha256(body).hexdigest().encode()
    aside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(digest + b"\n" + body)
        aside.replace(path)
    except OSError:
        return  # A cache that cannot be written only costs time.


def _cut(original: bytes) -> bytes:
    # Imported here: most runs find the font in the cache and need no font tools.
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

    font = TTFont(io.BytesIO(original), recalcTimestamp=False)
    options = Options()
    options.layout_features = _FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.hinting = False
    options.notdef_outline = True
    cutter = Subsetter(options)
    cutter.populate(text=CHARACTERS)
    cutter.subset(font)
    instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
    _rename(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _rename(font: object) -> None:
    names = font["name"]  # type: ignore[index]
    plain = NAME.replace(" ", "")
    for record in list(names.names):
        new = {1: NAME, 3: f"{plain}-3.052", 4: NAME, 6: plain}.get(record.nameID)
        if new is not None:
            record.string = new
