"""What names and refs tell: the words that carry meaning, and the stem of a ref."""

from __future__ import annotations

import re

_STOP = {"number", "percentage", "rate", "per", "of", "the", "a", "and", "in", "at", "to", "with"}


def words(text: str) -> frozenset[str]:
    """The words of a name that carry meaning, in lower case."""
    found = re.findall(r"[a-z0-9]+", text.lower())
    return frozenset(word for word in found if word not in _STOP)


def ordered(text: str) -> list[str]:
    """The words that carry meaning, in their order."""
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _STOP]


def same_word(one: str, other: str) -> bool:
    """`referral` and `referrals`, `contact` and `contacts`."""
    return one.rstrip("s") == other.rstrip("s")


def phrase(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def stem(ref: str) -> str:
    """The ref without what marks its form: `LAC6 (val)`, `LAC6 (%)`, `LAC6-QL` are all `LAC6`;
    `EH3a%` and `EH3e%` are bands of `EH3`."""
    text = ref.upper().replace("(VAL)", "").replace("(%)", "").replace("%", "").strip()
    for ending in ("-QL", "-NI", " QL", " NI"):
        text = text.removesuffix(ending)
    return text.strip(" -")
