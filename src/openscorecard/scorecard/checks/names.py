"""What names and refs tell: the words that carry meaning, and the stem of a ref."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_STOP = {"number", "percentage", "rate", "per", "of", "the", "a", "and", "in", "at", "to", "with"}


@lru_cache(maxsize=8192)
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


@lru_cache(maxsize=8192)
def phrase(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


_FORM = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|%)\s*$")
_SUFFIX = re.compile(r"[-\s]([A-Z]{1,4})$")
SHARED = 3  # a suffix that so many refs of a page bear marks a form, not an indicator


def stems(refs: Iterable[str]) -> dict[str, str]:
    """Each ref of a page without what marks its form: a bracket, a percent sign, and a suffix that
    several refs of the page bear. `LAC6 (val)`, `LAC6 (%)` and `LAC6-QL` are all `LAC6` where `-QL`
    stands on two more."""
    bare = {ref: _without_form(ref) for ref in refs}
    shared = Counter(match[1] for one in set(bare.values()) if (match := _SUFFIX.search(one)))
    found = {}
    for ref, one in bare.items():
        match = _SUFFIX.search(one)
        short = one[: match.start()] if match and shared[match[1]] >= SHARED else one
        found[ref] = short.strip(" -") or one
    return found


def _without_form(ref: str) -> str:
    text, before = ref.upper().strip(), ""
    while text != before:
        before, text = text, _FORM.sub("", text)
    return text or ref.upper().strip()
