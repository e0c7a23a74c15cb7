"""What matters this month: at most five sentences, chosen by rule (docs/what-matters.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from openscorecard.catalogue.indicator import Kind, Relation
from openscorecard.findings import Finding
from openscorecard.scorecard import data_notes, special_causes, standing_gaps
from openscorecard.scorecard.families import Families, families, is_snapshot
from openscorecard.scorecard.matter import Matter
from openscorecard.scorecard.page import Row, Scorecard
from openscorecard.scorecard.standings import standings
from openscorecard.scorecard.usual_moves import usual_moves

MOST = 5
MOST_GAPS = 2


def with_matters(
    card: Scorecard,
    relations: Iterable[Relation] = (),
    findings: Sequence[Finding] | None = None,
) -> Scorecard:
    """The page with its standings, what matters this month and the big moves that are usual.

    All from the page's own rows: of a public page, from what the public may see. `relations` are
    the catalogue's. `findings` are those on the council's own page, which a public one does not
    carry: a comparator that one of them speaks of does not stand. A public page without them lets
    no comparator stand that is only stated.
    """
    related = families((row.indicator for row in card.rows), relations)
    doubts = _doubts(card, findings)
    kinds = {row.indicator.ref: row.indicator.kind for row in card.rows}
    rows = tuple(_standing(row, card, kinds, related, doubts) for row in card.rows)
    place = places(card)
    known = card.findings if findings is None or card.audience == "public" else findings
    return replace(
        card,
        rows=rows,
        matters=_matters(replace(card, rows=rows), related, tuple(known), place),
        usual_moves=usual_moves(rows, related, place),
    )


def places(card: Scorecard) -> Callable[[Row], tuple[int, int, str]]:
    """Where a row stands on the page, by its section and its own order."""
    sections = {section.id: section.order for section in card.sections}
    last = max(sections.values(), default=0) + 1

    def place(row: Row) -> tuple[int, int, str]:
        one = row.indicator
        return sections.get(one.section, last), one.order, one.ref

    return place


def _doubts(
    card: Scorecard, findings: Sequence[Finding] | None
) -> frozenset[tuple[str, str]] | None:
    """What findings speak against, as (ref, column); None where nobody has looked."""
    if findings is None and card.audience == "public":
        return None
    known = card.findings if findings is None else findings
    return frozenset(
        (one.ref, one.column)
        for one in known
        if one.ref is not None and one.column is not None and data_notes.in_doubt(one)
    )


def _standing(
    row: Row,
    card: Scorecard,
    kinds: dict[str, Kind],
    related: Families,
    doubts: frozenset[tuple[str, str]] | None,
) -> Row:
    ref = row.indicator.ref
    of_row = None if doubts is None else frozenset(key for one, key in doubts if one == ref)
    found = standings(
        row,
        row.beside,
        card.month,
        snapshot=is_snapshot(row.indicator, kinds),
        doubted=of_row,
        neutral=ref in related.parts,
    )
    return replace(row, standings=found)


def _matters(
    card: Scorecard,
    related: Families,
    findings: Sequence[Finding],
    place: Callable[[Row], tuple[int, int, str]],
) -> tuple[Matter, ...]:
    """Special causes, then gaps, then one data note. Of the five places one is kept for a gap and
    one for the data note, where there are any; a second gap has what special causes leave, and weak
    special causes what gaps leave. A gap in the family of a special cause is told with it. A gap
    that is neither better nor worse has only a place that all these leave."""
    specials = special_causes.special_causes(card.rows, related, place)
    gaps = standing_gaps.standing_gaps(card.rows, place)
    notes = data_notes.data_notes(card.rows, findings, card.month, place)
    room = MOST - (1 if notes else 0)
    strong = tuple(one for one in specials if not one.is_weak)
    told = strong[: room - 1]
    left = standing_gaps.not_told(gaps, _refs(told), related)
    if not left:
        told = strong[:room]
    left = left[: min(MOST_GAPS, room - len(told))]
    weak = [one for one in specials if one.is_weak][: room - len(told) - len(left)]
    told = (*told, *weak)
    left = standing_gaps.not_told(left, _refs(told), related)
    neutral = standing_gaps.neutral_gaps(card.rows, related, place)
    free = min(MOST_GAPS, room - len(told)) - len(left)
    before = (*_refs(told), *(gap.row.indicator.ref for gap in left))
    left = (*left, *standing_gaps.not_told(neutral, before, related)[:free])
    found = []
    for one in told:
        with_it = standing_gaps.of_family(gaps, _refs([one]), related)
        found.append(special_causes.as_matter(one, card.month, with_it))
    found += [standing_gaps.as_matter(gap, card.month) for gap in left]
    if notes:
        found.append(data_notes.as_matter(notes))
    return tuple(found)


def _refs(told: Iterable[special_causes.Special]) -> tuple[str, ...]:
    return tuple(row.indicator.ref for one in told for row in (one.row, *one.siblings))
