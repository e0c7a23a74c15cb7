"""`panel-paper.pdf`: the page for reading on paper, A4 portrait.

First what matters this month and all indicators at a glance, then an indicator at a time with its
chart, last how to read it. It prints the words that the published pages have, and computes none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openscorecard.publish.charts.glance import glance_of, key_mark, section_marks
from openscorecard.publish.html import words
from openscorecard.publish.html.matters_view import matters_view, moves_view
from openscorecard.publish.html.overview import KEY, tolerance
from openscorecard.publish.html.site import shared_months
from openscorecard.publish.pdf.compile import compiled
from openscorecard.publish.pdf.drawings import figure, mark
from openscorecard.publish.pdf.paper_indicator import indicator_part
from openscorecard.publish.pdf.tags import with_row_headers
from openscorecard.publish.release_words import (
    DRAFT,
    changed_lines,
    earlier_lines,
    has_revised,
    is_draft,
    published_line,
    release_line,
)
from openscorecard.scorecard.page import Row, Scorecard


def write_paper_pdf(scorecard: Scorecard, path: Path) -> None:
    """The paper as PDF/UA-1, into this file."""
    path.write_bytes(paper_pdf(scorecard))


def paper_pdf(card: Scorecard) -> bytes:
    """The same page gives the same bytes."""
    return with_row_headers(compiled("paper.typ", paper_data(card)))


def paper_data(card: Scorecard) -> dict[str, Any]:
    """All that the template sets, as printed words and drawings."""
    months = shared_months(card)
    codes = words.codes(hides=words.may_hide(card), revised=has_revised(card))
    sections = [
        _section(card, section.id, section.title, rows)
        for section in card.sections
        if (rows := card.of_section(section.id))
    ]
    return {
        "council": card.council,
        "title": card.title,
        "month": card.month.long,
        "standing": release_line(card),
        "notice": notice(card),
        "footer": footer(card),
        "is_draft": is_draft(card),
        "contact": card.contact,
        "judged": any(row.verdict is not None for row in card.rows),
        "matters": [
            {
                "word": one.badge.word,
                "wash": one.badge.wash,
                "shape": mark(one.badge.shape),
                "headline": one.headline,
                "sentence": one.sentence,
                "rule": words.sentence(one.rule),
                "chart": figure(one.spark),
                "latest": one.latest,
            }
            for one in matters_view(card, months)
        ],
        "moves": [
            {"moved": f"{one.glyph} {one.moved}", "words": f"{one.name}{one.rest}"}
            for one in moves_view(card)
        ],
        "glance": [
            _glance(card, section.title, card.of_section(section.id), section.id)
            for section in card.sections
            if card.of_section(section.id)
        ],
        "key": _key(card.rows),
        "chance": card.chance.sentence if card.chance else "",
        "notes": list(card.notes),
        "count": len(card.rows),
        "sections": sections,
        "changed": [
            {"name": f"{one.name} ({one.ref})", "cells": [one.column, one.was, one.now]}
            for one in changed_lines(card)
        ],
        "earlier": list(earlier_lines(card)),
        "codes": [[code, said] for code, said in codes.items()],
        "tolerance": tolerance(card),
        "small_counts": card.small_counts if card.audience == "public" else "",
    }


def _section(card: Scorecard, ident: str, title: str, rows: tuple[Row, ...]) -> dict[str, Any]:
    """A section with its indicators; `half` ends the first half of its list of contents."""
    parts = [indicator_part(card, row) for row in rows]
    return {
        "title": title,
        "anchor": f"section-{ident}",
        "rows": parts,
        "half": parts[(len(parts) - 1) // 2]["anchor"],
        "last": parts[-1]["anchor"],
    }


def notice(card: Scorecard) -> str:
    """Whom it is for."""
    if card.audience != "public":
        return "Internal version. It holds small numbers of children and is not for publication."
    hidden = "Small numbers are hidden." if card.small_counts else ""
    return f"Public version. {hidden}".strip()


def footer(card: Scorecard) -> str:
    """What every page says of itself: which version it is, of which day, and for whom."""
    internal = "Internal: not for publication."
    said = f"{DRAFT}." if is_draft(card) else published_line(card)
    return f"{said} {'Public.' if card.audience == 'public' else internal}"


def _glance(card: Scorecard, title: str, rows: tuple[Row, ...], ident: str) -> dict[str, Any]:
    kinds = [glance_of(row) for row in rows]
    told = [
        f"{kinds.count(one)} {said[kinds.count(one) > 1]}"
        for one, said in KEY.items()
        if one in kinds
    ]
    drawn = section_marks(
        kinds,
        ident=f"glance-{ident}",
        title=f"{title}, {card.month.long}",
        description=f"{words.counted(len(rows), 'indicator', 'indicators')}: {'; '.join(told)}.",
    )
    return {"title": title, "chart": figure(drawn)}


def _key(rows: tuple[Row, ...]) -> list[dict[str, str]]:
    kinds = [glance_of(row) for row in rows]
    return [
        {
            "shape": mark(key_mark(kind)),
            "number": str(kinds.count(kind)),
            "words": said[kinds.count(kind) > 1],
        }
        for kind, said in KEY.items()
        if kind in kinds
    ]
