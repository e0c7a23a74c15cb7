"""All indicators at a glance: one mark each. The marks say how far a figure moved, never whether
that is good."""

from __future__ import annotations

from markupsafe import Markup

from openscorecard.publish.charts.svg import dot, drawing, element, triangle

STEP, TALL, A_LINE = 18.0, 22.0, 20


def mark(kind: str, x: float, y: float) -> str:
    """The mark of `up`, `down`, `level`, `no-change-known`, `hidden` or `missing`."""
    if kind == "up":
        return triangle(x, y, 5.6, "g-dot")
    if kind == "down":
        return triangle(x, y, 5.6, "g-hollow", down=True)
    if kind == "level":
        return dot(x, y, 2.6, "g-quiet")
    if kind == "no-change-known":
        return dot(x, y, 3.4, "g-ring")
    if kind == "hidden":
        return element("path", class_="g-x", d=f"M{x - 4.5:g} {y:g}h9")
    return element("path", class_="g-x", d=f"M{x - 3.7:g} {y - 3.7:g}l7.4 7.4m0 -7.4l-7.4 7.4")


def key_mark(kind: str) -> Markup:
    """A mark for the key, decoration beside its words."""
    opening = element("svg", class_="mark", viewBox="0 0 18 18", width=18, height=18)
    hidden = opening.replace("/>", ' aria-hidden="true">')
    return Markup(f"{hidden}{mark(kind, 9, 9)}</svg>")  # noqa: S704


def section_marks(kinds: list[str], *, ident: str, title: str, description: str) -> Markup:
    """The marks of one section, twenty to a line."""
    parts = [
        mark(kind, STEP * (index % A_LINE) + STEP / 2, TALL * (index // A_LINE) + TALL / 2)
        for index, kind in enumerate(kinds)
    ]
    lines = max(1, -(-len(kinds) // A_LINE))
    return drawing(
        parts,
        width=STEP * A_LINE,
        height=TALL * lines,
        ident=ident,
        title=title,
        description=description,
        css="marks",
    )
