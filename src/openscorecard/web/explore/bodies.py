"""Pages drawn once for each state of the data, for everybody who may see them.

The published site's own templates fill the middle of the page; the frame around it (navigation,
name, sign-out) is each person's. What in the middle depends on the person is a slot: a named gap
that each request fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, PackageLoader
from markupsafe import Markup

from openscorecard.periods import day_in_words
from openscorecard.publish.html import site, words

_PART, _GAP = "\x1c", "\x1f"  # signs that no text holds
_NO_FRAME = _PART.join(
    f"{{% block {name} %}}{{% endblock %}}" for name in ("title", "page", "before", "main")
)
_TEMPLATES = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Body:
    """The middle of a page. `main` are its pieces: text, name of a slot, text, and so on."""

    title: Markup
    page: str
    before: Markup
    main: tuple[str, ...]

    def __len__(self) -> int:
        return sum(map(len, self.main))

    def filled(self, slots: Mapping[str, str]) -> Markup:
        """The whole of it; a slot that is not named stays empty."""
        return Markup(  # noqa: S704  drawn by templates that escape
            "".join(slots.get(piece, "") if at % 2 else piece for at, piece in enumerate(self.main))
        )


def slot(name: str) -> Markup:
    """Where a request will fill in what is this person's."""
    return Markup(f"{_GAP}{name}{_GAP}")  # noqa: S704  names are ids of indicators


def drawn(template: str, **values: object) -> Body:
    """The page of that template without a frame."""
    text = environment().get_template(template).render(**values)
    title, page, before, main = (part.strip() for part in text.split(_PART))
    return Body(Markup(title), page, Markup(before), tuple(main.split(_GAP)))  # noqa: S704


@cache
def environment() -> Environment:
    """The published site's ways, with ours before its templates and no frame at all."""
    loaders = [
        DictLoader({"base.html": _NO_FRAME}),
        FileSystemLoader(_TEMPLATES),
        PackageLoader("openscorecard.publish.html", "templates"),
    ]
    made = site.templates(ChoiceLoader(loaders))
    made.globals |= {"url": _address, "slot": slot, "words": words, "day": day_in_words}
    return made


def _address(name: str, *args: object) -> str:
    return reverse(name, args=[str(arg) for arg in args])
