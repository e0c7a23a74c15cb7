"""Files as they come in: streamed into a folder of the application, limited in size and kind.

Takes the parts of a request, and an archive of them; gives plain files in one folder; refuses, as
InputError, what no reader takes, what is too large, and an archive that is not what it says.
"""

from __future__ import annotations

import re
import secrets
import shutil
import stat
import time
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from openscorecard.errors import InputError
from openscorecard.records.extracts.folder import COUNCIL

# What readers take, by the endings of names: how the file has to begin, and what it is.
KINDS: tuple[tuple[str, bytes, str], ...] = (
    (".csv", b"", "tables of case records, supplied figures, printed pages"),
    (".parquet", b"PAR1", "tables of case records"),
    (".xlsx", b"PK\x03\x04", "printed pages, supplied figures"),
    (".xlsm", b"PK\x03\x04", "printed pages"),
    (".pdf", b"", "printed pages"),
    (".html", b"", "printed pages"),
    (".htm", b"", "printed pages"),
    (".tsv", b"", "printed pages"),
    (".txt", b"", "printed pages"),
    (".toml", b"", "load.toml, which says of what day an extract is"),
)
ARCHIVE = ".zip"
MEGABYTE = 1_000_000
_UNPACKED_TIMES = 5  # an archive may hold so many times the limit of an upload
_MOST_FILES = 500
_LONGEST_NAME = 150  # bytes
_DEEPEST = 3  # folders: the extract's own, and one a council
_KEPT_FOR = 24 * 60 * 60  # seconds that an upload waits to be loaded
_TOKEN = re.compile(r"[0-9a-f]{24}")
_PART = 1_000_000
_CLUTTER = ("__MACOSX", ".DS_Store", "Thumbs.db")


class Received(UploadedFile):  # type: ignore[type-arg]
    """A file that stands in the folder already."""

    def __init__(self, path: Path, name: str, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.path = path


class IntoFolder(FileUploadHandler):
    """Writes each part to disk as it comes, never to memory; stops when all are too much."""

    def __init__(self, request: HttpRequest, folder: Path, most_bytes: int) -> None:
        super().__init__(request)
        self._folder, self._most = folder, most_bytes
        self._total = self._number = 0
        self._open: IO[bytes] | None = None
        self.too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._number += 1
        self._path = self._folder / f"part-{self._number:04d}"
        self._open = self._path.open("wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        del start
        self._total += len(raw_data)
        if self._total > self._most:
            self.too_large = True
            self._close()
            raise StopUpload(connection_reset=False)
        assert self._open is not None
        self._open.write(raw_data)

    def file_complete(self, file_size: int) -> Received:
        self._close()
        return Received(self._path, self.file_name or "", file_size)

    def upload_interrupted(self) -> None:
        self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def uploads() -> Path:
    return Path(settings.WEB) / "uploads"


def limit_bytes() -> int:
    return int(settings.UPLOAD_LIMIT_MB) * MEGABYTE


def new_token() -> str:
    return secrets.token_hex(12)


def folder_of(token: str) -> Path:
    """Where the files of an upload lie; InputError where they are not there (any longer). The name
    of the folder is what the load will be called by."""
    inside = uploads() / token
    found = list(inside.iterdir()) if _TOKEN.fullmatch(token) and inside.is_dir() else []
    if len(found) != 1 or not found[0].is_dir():
        raise InputError(
            "these files are not here any longer",
            where="the upload",
            todo="choose the files again: they are kept for a day until they are loaded, and no "
            "longer than that",
        )
    return found[0]


def remove(token: str) -> None:
    """Removes an upload's files, which may be gone already."""
    if _TOKEN.fullmatch(token):
        shutil.rmtree(uploads() / token, ignore_errors=True)


def sweep(in_use: set[str]) -> None:
    """Removes uploads that nobody loaded within a day."""
    place = uploads()
    for folder in place.iterdir() if place.is_dir() else ():
        old = time.time() - folder.stat().st_mtime > _KEPT_FOR
        if old and _TOKEN.fullmatch(folder.name) and folder.name not in in_use:
            shutil.rmtree(folder, ignore_errors=True)


def take_in(token: str, received: list[Received]) -> Path:
    """Gives the files of an upload their names back, and unpacks archives; gives the folder that
    they lie in. InputError, and nothing is left, where one of them cannot be taken."""
    try:
        if not received:
            raise InputError("no file was chosen", where="the upload", todo="choose a file")
        first = _safe_name(received[0].name or "")
        stem = Path(first).stem if first.lower().endswith(ARCHIVE) else "upload"
        folder = uploads() / token / f"{stem}-{token[:6]}"
        folder.mkdir()
        for one in received:
            name = _safe_name(one.name or "")
            if name.lower().endswith(ARCHIVE):
                _unpack(one.path, name, folder)
                one.path.unlink()
            else:
                _check_kind(name, one.path)
                _put(one.path, folder / name)
    except BaseException:
        remove(token)
        raise
    return folder


def kinds_in_words() -> str:
    """`CSV, PARQUET, ... or ZIP`."""
    names = [ending[1:].upper() for ending, _, _ in KINDS if ending not in (".htm", ".xlsm")]
    return f"{', '.join(names)} or {ARCHIVE[1:].upper()}"


def _put(part: Path, to: Path) -> None:
    if to.exists():
        raise InputError("two files have this name", where=to.name, todo="leave one of them out")
    part.rename(to)


def _safe_name(name: str) -> str:
    plain = name.replace("\\", "/").rpartition("/")[2].strip()
    if not plain or plain.startswith(".") or _too_long(plain) or not plain.isprintable():
        raise InputError("its name cannot be used", where=plain[:150] or "a file",
                         todo="give the file a plain name, such as ssd_contacts.csv")  # fmt: skip
    return plain


def _too_long(name: str) -> bool:
    """File systems count bytes, and the names that a load gives its files are longer still."""
    return len(name.encode()) > _LONGEST_NAME


def _check_kind(name: str, path: Path) -> None:
    ending = Path(name).suffix.lower()
    begins = next((start for kind, start, _ in KINDS if kind == ending), None)
    if begins is None:
        raise InputError(
            f"a file of this kind ({ending or 'no ending'}) is not read",
            where=name,
            todo=f"give {kinds_in_words()}",
        )
    with path.open("rb") as file:
        if not file.read(len(begins)) == begins:
            raise InputError(
                f"it does not begin as a {ending} file does",
                where=name,
                todo="save it again in the program that made it",
            )


def _unpack(archive: Path, name: str, folder: Path) -> None:
    """The files of an archive, read as they are unpacked: what it says of their sizes is not
    believed."""
    most = limit_bytes() * _UNPACKED_TIMES
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [one for one in opened.infolist() if not one.is_dir() and not _clutter(one)]
            if len(entries) > _MOST_FILES:
                raise _not_taken(name, f"it holds {len(entries):,} files, more than {_MOST_FILES}")
            places = _places(name, entries)
            left = most
            for entry, place in zip(entries, places, strict=True):
                to = folder.joinpath(*place.parts)
                to.parent.mkdir(parents=True, exist_ok=True)
                if to.exists():
                    raise InputError("two files have this name", where=f"{name}, {place}",
                                     todo="leave one of them out")  # fmt: skip
                with opened.open(entry) as source, to.open("xb") as target:
                    left = _copy(source, target, left, name)
                _check_kind(place.name, to)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError) as error:
        raise _not_taken(name, f"it is no whole ZIP file ({error})") from error
    except NotImplementedError as error:  # a way of packing that Python does not know
        raise _not_taken(name, f"it is packed in a way that is not read ({error})") from error
    except (FileExistsError, NotADirectoryError) as error:
        raise _not_taken(name, "one name in it is both a file and a folder") from error
    except RuntimeError as error:  # encrypted
        raise _not_taken(name, "it is protected by a password") from error
    if not entries:
        raise _not_taken(name, "there is no file in it")


def _copy(source: IO[bytes], target: IO[bytes], left: int, name: str) -> int:
    while part := source.read(_PART):
        left -= len(part)
        if left < 0:
            most = limit_bytes() * _UNPACKED_TIMES // MEGABYTE
            raise _not_taken(name, f"it unpacks to more than {most:,} MB")
        target.write(part)
    return left


def _clutter(entry: zipfile.ZipInfo) -> bool:
    return any(part in _CLUTTER for part in PurePosixPath(entry.filename).parts)


def _places(name: str, entries: list[zipfile.ZipInfo]) -> list[PurePosixPath]:
    """Where each entry goes; an extract's own folder round all of them is left off."""
    places = []
    for entry in entries:
        path = PurePosixPath(entry.filename)
        parts = path.parts
        linked = stat.S_ISLNK(entry.external_attr >> 16)
        odd = "\\" in entry.filename or ":" in entry.filename or not entry.filename.isprintable()
        if path.is_absolute() or ".." in parts or odd or linked or len(parts) > _DEEPEST:
            raise _not_taken(name, f"it holds a file at a place that is not allowed ({path})")
        if path.suffix.lower() == ARCHIVE:
            raise _not_taken(name, f"it holds another archive ({path})")
        if any(_too_long(part) for part in parts):
            raise _not_taken(name, f"a name in it is too long ({path.name[:60]}…)")
        if any(part.startswith(".") for part in parts):
            raise _not_taken(name, f"it holds a hidden file ({path})")
        places.append(path)
    heads = {place.parts[0] for place in places}
    nested = all(len(place.parts) > 1 for place in places)
    if len(heads) == 1 and nested and not COUNCIL.fullmatch(next(iter(heads))):
        places = [PurePosixPath(*place.parts[1:]) for place in places]
    return places


def _not_taken(name: str, why: str) -> InputError:
    return InputError(
        why, where=name,
        todo="pack the extract's files alone into a plain ZIP, or choose the files themselves",
    )  # fmt: skip
