"""Which characters of a page its PDFs cannot show, and where each stands, for whoever publishes it.

Takes the page; gives a sentence for each place that has such characters; a page without any costs
one look at its texts. What is said is found in the data that the PDFs are set from, so that it is
what is printed as `[?]`, no more and no less.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from openscorecard.publish.pdf.characters import MARK, code_of, name_of, settable
from openscorecard.scorecard.page import Scorecard

WHAT_TO_DO = "write it in other words or signs"
# What a part of the PDFs' data is called by those who write it; the others by their own names.
_FIELDS = {
    "full": "name",
    "roles": "owner or reporter",
    "by": "comment",
    "paragraphs": "comment",
    "text": "list of what changed",
    "others": "comparators",
    "others_note": "comparators",
    "notes": "data note",
    "legend": "comparators",
    "correction": "reason for the correction",
    "standing": "reason for the correction",
    "corrections": "list of what changed",
    "changed": "list of what changed",
    "earlier": "reasons for earlier corrections",
    "matters": "what matters",
    "moves": "largest moves",
    "sections": "title of a section",
    "glance": "title of a section",
}


def unshown(page: Scorecard) -> tuple[str, ...]:
    """`M2, comment: 🙂, U+1F642 slightly smiling face, is [?] in the PDFs; write it in ...`; () for
    a page all of whose characters the PDFs show."""
    suspected: set[str] = set()
    for text in _texts(page):
        settable(text, suspected)
    if not suspected:
        return ()
    from openscorecard.publish.pdf.paper import paper_data
    from openscorecard.publish.pdf.table import table_data

    found: dict[tuple[str, str], set[str]] = {}
    for data in (table_data(page), paper_data(page)):
        for ref, field, text in _placed(data):
            missing: set[str] = set()
            settable(text, missing)
            if missing:
                found.setdefault((ref, _FIELDS.get(field, field)), set()).update(missing)
    again = "" if page.release is None else ", and publish it again with a reason"
    return tuple(
        f"{', '.join(filter(None, where))}: {_named(missing)} {MARK} in the PDFs; "
        f"{WHAT_TO_DO}{again}"
        for where, missing in found.items()
    )


def _named(missing: set[str]) -> str:
    named = " and ".join(f"{one}, {code_of(one)} {name_of(one)}," for one in sorted(missing))
    return f"{named} {'is' if len(missing) == 1 else 'are'}"


def _texts(value: Any) -> Iterator[str]:
    """Every text in the page."""
    if isinstance(value, str):
        if not value.isascii():
            yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _placed(value: Any, ref: str = "", field: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text of a PDF's data with the indicator and the part that it stands in: the topmost
    one below the indicator, or below the page."""
    if isinstance(value, str):
        if not value.isascii():
            yield ref, field, value
    elif isinstance(value, Mapping):
        own = value.get("ref", ref)
        for key, one in value.items():
            outermost = not field or own != ref
            yield from _placed(one, own, str(key) if outermost else field)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _placed(one, ref, field)
