"""The file of a month's comments: `comments/2021-06.toml` in the workspace.

TOML, so that a person can read it and a program can compare two of them line by line. It is
written whole or not at all, and never with fewer entries than it had.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path

from openscorecard.commentary.entries import Entry, EntryKind, StoredComment, StoredComments
from openscorecard.errors import InputError, InternalError
from openscorecard.files import replace_file
from openscorecard.locks import locked
from openscorecard.periods import Month

__all__ = [
    "StoredComment",
    "StoredComments",
    "change_comments",
    "comments_path",
    "read_comments",
    "read_earlier",
    "write_comments",
]

_TEXTS = ("ref", "kind", "by", "text", "public_text", "version", "because", "figures", "account")
_KEYS = {*_TEXTS, "at", "numbers"}
_HEAD = """\
# Comments on {month}. Written by `scorecard comments`.
# Entries are only ever added: the newest text of a ref is the one that stands.

month = "{iso}"
"""


def comments_path(root: Path, month: Month) -> Path:
    return root / "comments" / f"{month.iso}.toml"


def read_comments(root: Path, month: Month) -> StoredComments:
    """The month's comments of the workspace at `root`; none where there is no file yet."""
    path = comments_path(root, month)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return StoredComments(month)
    except OSError as error:
        raise InputError(
            f"the comments could not be read ({error.strerror or error})",
            where=str(path),
            todo="see that the file may be read",
        ) from error
    return _parsed(content, path, month)


def read_earlier(root: Path, month: Month, months: int = 12) -> tuple[StoredComments, ...]:
    """The comments of the months before, newest first; months without a file left out."""
    before = (month.plus(-back) for back in range(1, months + 1))
    return tuple(read_comments(root, item) for item in before if comments_path(root, item).exists())


def write_comments(root: Path, comments: StoredComments) -> None:
    """Writes the month's file; InputError if it holds an entry by now that `comments` does not,
    or if another command is writing comments at this moment."""
    path = comments_path(root, comments.month)
    with locked(path.parent):
        held = read_comments(root, comments.month).entries
        if comments.entries[: len(held)] != held:
            raise InputError(
                "somebody else changed the comments of this month meanwhile",
                where=str(path),
                todo="run the same command again",
            )
        replace_file(path, as_toml(comments).encode("utf-8"))


def change_comments(
    root: Path,
    month: Month,
    change: Callable[[StoredComments], StoredComments],
    wait: float = 5.0,
) -> StoredComments:
    """Reads the month's comments, changes them and writes them as one step that nobody comes
    between; gives them as they then are. `change` may only add entries, and may raise: then nothing
    is written. InputError where another holds the comments for longer than `wait` seconds.
    """
    path = comments_path(root, month)
    with locked(path.parent, wait=wait):
        held = read_comments(root, month)
        changed = change(held)
        if changed.entries[: len(held.entries)] != held.entries:
            raise InternalError("an entry of the comments would be lost")
        if changed != held:
            replace_file(path, as_toml(changed).encode("utf-8"))
        return changed


def as_toml(comments: StoredComments) -> str:
    parts = [_HEAD.format(month=comments.month.long, iso=comments.month.iso)]
    parts += [_entry_as_toml(entry) for entry in comments.entries]
    return "\n".join(parts)


def _entry_as_toml(entry: Entry) -> str:
    lines = [
        "[[entry]]",
        f"ref = {_quoted(entry.ref)}",
        f"kind = {_quoted(entry.kind.value)}",
        f"by = {_quoted(entry.by)}",
        f"at = {entry.at.astimezone(dt.UTC).isoformat(timespec='seconds').replace('+00:00', 'Z')}",
    ]
    if entry.text or entry.kind in (EntryKind.TEXT, EntryKind.CONFLICT):
        lines.append(f"text = {_quoted(entry.text)}")
    if entry.public_text is not None:
        lines.append(f"public_text = {_quoted(entry.public_text)}")
    if entry.version:
        lines.append(f"version = {_quoted(entry.version)}")
    if entry.because:
        lines.append(f"because = {_quoted(entry.because)}")
    for key, said in (("figures", entry.figures), ("account", entry.account)):
        if said:
            lines.append(f"{key} = {_quoted(said)}")
    if entry.numbers:
        lines += ["numbers = [", *(f"  {_quoted(number)}," for number in entry.numbers), "]"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string: on one line, or in three quotes where the text has several lines."""
    escaped = "".join(_escaped(sign) for sign in text)
    if "\n" not in text:
        return '"' + escaped.replace('"', '\\"') + '"'
    body = escaped.replace('"""', '""\\"')
    if body.endswith('"'):
        body = body[:-1] + '\\"'
    return f'"""\n{body}"""'


def _escaped(sign: str) -> str:
    if sign == "\\":
        return "\\\\"
    if (sign < " " and sign not in "\t\n") or sign == "\x7f":
        return f"\\u{ord(sign):04X}"
    return sign


def _parsed(content: bytes, path: Path, month: Month) -> StoredComments:
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"the comments are not readable TOML ({error})",
            where=str(path),
            todo="mend that line, or put back an earlier copy of the file",
        ) from error
    unknown = sorted(set(table) - {"month", "entry"})
    entries = table.get("entry", [])
    if unknown or table.get("month") != month.iso or not isinstance(entries, list):
        found = f"the key {unknown[0]!r} is not known" if unknown else "its month is not its name's"
        raise InputError(
            found, where=str(path), todo=f'the file has month = "{month.iso}" and [[entry]] tables'
        )
    return StoredComments(
        month,
        tuple(_entry(item, f"{path}, entry {at}") for at, item in enumerate(entries, start=1)),
    )


def _entry(table: object, where: str) -> Entry:
    if not isinstance(table, dict):
        raise InputError("an entry is not a table", where=where, todo="write it as [[entry]]")
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise InputError(
            f"the key {unknown[0]!r} is not known",
            where=where,
            todo=f"the keys of an entry are {', '.join(sorted(_KEYS))}",
        )
    texts = {key: value for key, value in table.items() if key not in ("at", "kind", "numbers")}
    wrong = sorted(key for key, value in texts.items() if not isinstance(value, str))
    at, kind = table.get("at"), table.get("kind")
    if wrong or not isinstance(at, dt.datetime) or not texts.get("ref") or "by" not in texts:
        raise InputError(
            f"{wrong[0]!r} is not a text" if wrong else "ref, by or at is missing",
            where=where,
            todo="an entry has ref, kind, by (texts) and at (a time such as 2021-07-05T10:11:12Z)",
        )
    if kind not in [item.value for item in EntryKind]:
        raise InputError(
            f"the kind {kind!r} is not known",
            where=where,
            todo=f"the kinds are {', '.join(EntryKind)}",
        )
    numbers = table.get("numbers", [])
    if not isinstance(numbers, list) or not all(isinstance(item, str) for item in numbers):
        raise InputError(
            "'numbers' is not a list of texts",
            where=where,
            todo='write it as numbers = ["2 = LAC6 (val), 2021-06"], or take the line out',
        )
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return Entry(kind=EntryKind(kind), at=at.astimezone(dt.UTC), numbers=tuple(numbers), **texts)
