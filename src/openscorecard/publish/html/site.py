"""Writes the site. Pages are made in memory first, so that a fault leaves no half of one."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined

from openscorecard.errors import InputError, InternalError
from openscorecard.periods import Month
from openscorecard.publish import fonts, release_words
from openscorecard.publish.charts.benchmarks import key_shape
from openscorecard.publish.charts.marks import key_signal
from openscorecard.publish.downloads import DOWNLOADS, Download
from openscorecard.publish.html import matters_view, overview, words
from openscorecard.publish.html.indicator_view import indicator_view
from openscorecard.publish.html.judging import judging_view
from openscorecard.publish.html.row_view import (
    NOTE,
    SIGNAL,
    UNJUDGED,
    RowView,
    file_name,
    row_view,
)
from openscorecard.publish.html.signal_view import but_the_year
from openscorecard.publish.minus import true_minus
from openscorecard.scorecard.page import Row, Scorecard
from openscorecard.scorecard.verdict import Signal

SMALL_CHART = 13  # months
_PACKAGE = "openscorecard.publish.html"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def write_site(scorecard: Scorecard, to: Path) -> tuple[Path, ...]:
    """Writes the pages into the folder `to` and says which files it wrote, in a fixed order.

    `index.html`, `table.html`, `about.html`, `indicators/ID.html` and `assets/`. Links lead to
    `scorecard.xlsx` and `figures.csv` beside them. Refuses a folder that is not there, and one
    that holds any of these files already: an old page must not lie among a new one's.
    """
    if not to.is_dir():
        raise InputError("this folder is not there", where=str(to), todo="make it first")
    pages = site(scorecard)
    there = [name for name in pages if (to / name).exists()]
    if there:
        raise InputError(
            f"{there[0]} is there already", where=str(to), todo="publish into an empty folder"
        )
    written = []
    for name, content in pages.items():
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written.append(target)
    return tuple(written)


def site(card: Scorecard) -> dict[str, bytes]:
    """Every file of the site by its path within it."""
    for row in card.rows:
        _check_id(row.indicator.id)
    for section in card.sections:
        _check_id(section.id)
    months = shared_months(card)
    views = [row_view(card, row, months) for row in card.rows]
    shared = shared_values(card)
    made = templates(PackageLoader(_PACKAGE, "templates"))

    def render(template: str, up: str, **values: object) -> bytes:
        text = made.get_template(template).render(up=up, **shared, **values)
        return text.encode("utf-8", errors="replace")

    pages = {
        "index.html": render("index.html", "", **index_values(card, views, months)),
        "table.html": render("table.html", "", **table_values(card)),
        "about.html": render("about.html", "", **about_values(card, views)),
    }
    for at, row in enumerate(card.rows):
        view = indicator_view(card, at)
        pages[f"indicators/{file_name(row)}"] = render("indicator.html", "../", page=view)
    return pages | _assets()


def shared_values(
    card: Scorecard, downloads: tuple[Download, ...] = DOWNLOADS
) -> dict[str, object]:
    """What every page's template takes, but for `up`, the way to the first page."""
    return {
        "card": card,
        "words": words,
        "tolerance": overview.tolerance(card),
        "key_shape": key_shape,
        "but_the_year": but_the_year,
        "codes": words.codes(hides=words.may_hide(card), revised=release_words.has_revised(card)),
        "release": release_words,
        "downloads": downloads,
    }


def shared_months(card: Scorecard) -> tuple[Month, ...]:
    """The months that all small charts share: a year and the month a year ago, or as many of them
    as any row has. An indicator's own page has all of its history."""
    known = [figure.month for row in card.rows for figure in (*row.history, *row.figures)]
    first = max(min([*known, *card.months, card.month]), card.month.plus(1 - SMALL_CHART))
    return tuple(first.plus(step) for step in range(card.month.minus(first) + 1))


def _check_id(ident: str) -> None:
    if not _SAFE.fullmatch(ident):
        raise InternalError(f"{ident!r} cannot stand in a file name or an address")


def index_values(
    card: Scorecard, views: list[RowView], months: tuple[Month, ...]
) -> dict[str, object]:
    """What the template of the first page takes."""
    return {
        "sections": sections_of(card, views),
        "months": months,
        "data_items": overview.data_items(card, views),
        "glance": [
            overview.glance_line(card, section, _of(views, section.id))
            for section in card.sections
            if _of(views, section.id)
        ],
        "key": overview.key(views),
        "filters": _counts(views),
        "judged": any(row.verdict is not None for row in card.rows),
        "matters": matters_view.matters_view(card, months),
        "moves": matters_view.moves_view(card),
        "year": _one_year(card),
        "any_comment": any(view.comment for view in views),
        "any_rest": any(view.comment and view.comment.rest for view in views),
        "others": _comparator_heads(card.rows),
    }


def about_values(card: Scorecard, views: list[RowView]) -> dict[str, object]:
    return {
        "sections": sections_of(card, views),
        "judging": judging_view(card),
        "shape": {signal.value: key_signal(signal) for signal in Signal},
    }


def sections_of(card: Scorecard, views: list[RowView]) -> list[dict[str, object]]:
    """The sections that have rows, each with them and its anchor."""
    return [
        {
            "title": section.title,
            "anchor": overview.section_anchor(section),
            "rows": rows,
            "filters": _counts(rows),
        }
        for section in card.sections
        if (rows := _of(views, section.id))
    ]


def _counts(views: list[RowView]) -> dict[str, int]:
    """How many rows each filter keeps."""
    return {
        token: sum(token in view.tokens.split() for view in views)
        for token in (SIGNAL, NOTE, UNJUDGED)
    }


def _one_year(card: Scorecard) -> str:
    """The year of the other councils' figures, where all of the page are of one; else ""."""
    years = {item.year for row in card.rows for item in row.comparators if item.status == "value"}
    return years.pop() if len(years) == 1 else ""


def _of(views: list[RowView], section: str) -> list[RowView]:
    return [view for view in views if view.row.indicator.section == section]


def table_values(card: Scorecard) -> dict[str, object]:
    return {
        "heads": _comparator_heads(card.rows),
        "roles": any(row.indicator.owner or row.indicator.reporter for row in card.rows),
        "sections": [
            {"title": section.title, "anchor": overview.section_anchor(section), "rows": rows}
            for section in card.sections
            if (rows := card.of_section(section.id))
        ],
    }


def _comparator_heads(rows: tuple[Row, ...]) -> list[tuple[str, str, str]]:
    """Key, label and name of each comparator on the page, in the order first met."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        for item in row.comparators:
            found.setdefault(item.key, (item.key, item.label, item.name))
    return list(found.values())


def templates(loader: BaseLoader) -> Environment:
    """The templates' own ways: what is printed, escaped and refused."""
    return Environment(
        loader=loader,
        autoescape=True,
        finalize=_printed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _printed(value: object) -> object:
    """What a template prints: text with the minus sign; drawings and numbers as they are."""
    return true_minus(value) if type(value) is str else value


def _assets() -> dict[str, bytes]:
    folder = files(_PACKAGE) / "assets"
    return {
        "assets/style.css": (folder / "style.css").read_bytes(),
        "assets/icon.svg": (folder / "icon.svg").read_bytes(),
        "assets/scorecard-sans.woff2": fonts.web_font(),
        "assets/scorecard-sans-licence.txt": fonts.licence().encode("utf-8"),
    }
