"""Comments as text: made clean on the way in, and cut into headline and rest."""

from __future__ import annotations

import os
import re
import shlex

from openscorecard.spreadsheets import without_controls

# After these a full stop does not end a sentence.
_NEVER_ENDS = frozenset(
    {
        *("e.g", "i.e", "eg", "ie", "cf", "vs", "approx", "incl", "excl", "viz"),
        *("dr", "mr", "mrs", "ms", "st", "prof", "para", "paras", "p", "pp"),
    }
)
# After these it does not if a number follows: `No. 5`, `Nov. 2020`.
_NOT_BEFORE_A_NUMBER = frozenset(
    {
        *("no", "nos", "s", "ss", "sec", "fig", "ref", "reg", "yr"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    }
)
# Takes no quotes in a shell of any kind; and what double quotes do not protect.
_PLAIN_ARGUMENT = re.compile(r"[\w./:\\-]+" if os.name == "nt" else r"[\w./:-]+")
_NOT_IN_DOUBLE_QUOTES = frozenset('"$`!' if os.name == "nt" else '"$`!\\')
_OPENING = "\"'“‘(["
_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s)|\n")


# Marks that turn the direction of what follows, on the whole page: English needs none.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_text(text: str) -> str:
    """What is kept of a text: line ends made one kind, no control characters, none that turn the
    direction of writing, no blank edges.

    It is the same after a journey through a workbook or a TOML file.

    >>> clean_text("Up to \u202e94%. ")
    'Up to 94%.'
    """
    return _TURNING.sub("", without_controls(text)).strip()


def first_sentence(text: str) -> tuple[str, str]:
    """(headline, rest): the first sentence, and all that follows.

    A new line ends a sentence too, unless the next one goes on in small letters. Where no end is
    certain the headline is longer rather than cut.

    >>> first_sentence("Up to 94.8%, e.g. in Nov. 2020. We look again in May.")
    ('Up to 94.8%, e.g. in Nov. 2020.', 'We look again in May.')
    """
    whole = text.strip()
    for match in _END.finditer(whole):
        if _ends(whole, match):
            return whole[: match.end()].strip(), whole[match.end() :].strip()
    return whole, ""


def _ends(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() :].lstrip()
    if not after:
        return False
    following = after.lstrip(_OPENING)[:1]
    if match[0] == "\n":
        return not following.islower()
    if following.islower():
        return False
    if match[0][0] != ".":
        return True
    before = text[: match.start()].split()
    word = before[-1].lstrip(_OPENING).lower() if before else ""
    if word in _NEVER_ENDS or (len(word) == 1 and word.isalpha() and before[-1].isupper()):
        return False
    return not (word in _NOT_BEFORE_A_NUMBER and following.isdigit())


def first_words(text: str, count: int = 8) -> str:
    """The beginning of a text, for messages: `Contacts rose again as schools …`."""
    words = text.split()
    return " ".join(words[:count]) + (" …" if len(words) > count else "")


def as_argument(text: str) -> str:
    """A path, ref or role as it is typed in a command that a message shows.

    >>> as_argument("june.xlsx"), as_argument("LAC6 (val)")
    ('june.xlsx', '"LAC6 (val)"')
    """
    if _PLAIN_ARGUMENT.fullmatch(text):
        return text
    return shlex.quote(text) if _NOT_IN_DOUBLE_QUOTES & set(text) else f'"{text}"'
