"""Writes SVG: elements with escaped attributes and text, and the frame that names a drawing."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from openscorecard.publish.minus import true_minus


def number(value: float) -> str:
    """A coordinate: one decimal, none where it is whole, never `-0`.

    >>> number(12.04), number(12.06), number(-0.01)
    ('12', '12.1', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(tag: str, text: str | None = None, **attributes: str | float) -> str:
    """One element. `class_` gives class, `text_anchor` gives text-anchor; text is escaped, and a
    number in it below 0 has the minus sign."""
    words = [tag]
    for name, value in attributes.items():
        printed = number(value) if isinstance(value, (int, float)) else str(escape(value))
        words.append(f'{name.rstrip("_").replace("_", "-")}="{printed}"')
    opening = " ".join(words)
    return f"<{opening}/>" if text is None else f"<{opening}>{escape(true_minus(text))}</{tag}>"


def path(points: Iterable[tuple[float, float]], css: str) -> str:
    """A line through the points."""
    steps = [f"{number(x)} {number(y)}" for x, y in points]
    return element("path", class_=css, d="M" + "L".join(steps))


def dot(x: float, y: float, radius: float, css: str) -> str:
    return element("circle", class_=css, cx=x, cy=y, r=radius)


def diamond(x: float, y: float, size: float, css: str) -> str:
    return _closed([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], css)


def square(x: float, y: float, size: float, css: str) -> str:
    half = size * 0.82
    return element("rect", class_=css, x=x - half, y=y - half, width=2 * half, height=2 * half)


def triangle(x: float, y: float, size: float, css: str, *, down: bool = False) -> str:
    tip, foot = (size, -size * 0.75) if down else (-size, size * 0.75)
    return _closed([(x, y + tip), (x + size, y + foot), (x - size, y + foot)], css)


def _closed(corners: list[tuple[float, float]], css: str) -> str:
    steps = "L".join(f"{number(x)} {number(y)}" for x, y in corners)
    return element("path", class_=css, d=f"M{steps}z")


def drawing(
    parts: Iterable[str],
    *,
    width: float,
    height: float,
    ident: str,
    title: str,
    description: str,
    css: str = "",
) -> Markup:
    """The frame: an image to assistive technology, named by its title and its description.

    `ident` must be the only one of its kind on the page.
    """
    opening = element(
        "svg",
        class_=css,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{ident}-t {ident}-d",
    ).removesuffix("/>")
    named = element("title", title, id=f"{ident}-t") + element("desc", description, id=f"{ident}-d")
    # Everything in it was escaped where it was made.
    return Markup(f"{opening}>{named}{''.join(parts)}</svg>")  # noqa: S704
