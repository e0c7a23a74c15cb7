"""What is worth a sentence and what to leave alone: picked from what the page knows already."""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.publish.html.words import WAY, base_words, reason, sentence
from openscorecard.publish.minus import true_minus
from openscorecard.publish.month_notes import row_notes
from openscorecard.scorecard.matter import MatterKind
from openscorecard.scorecard.page import FigureStatus, Row, Scorecard
from openscorecard.scorecard.verdict import Signal
from openscorecard.units import Arrow

ALSO_WRONG = "A usual level can still be the wrong level. Say so if it is."


@dataclass(frozen=True, slots=True)
class Worth:
    """Sentences: what a reader will ask about, what is noise, and what to know of the data."""

    worth: tuple[str, ...]
    leave: tuple[str, ...]
    know: tuple[str, ...]


def is_usual(row: Row) -> bool:
    """Whether the month is usual variation, so that there is nothing to explain."""
    verdict = row.verdict
    has_figure = row.latest.status is FigureStatus.VALUE
    return has_figure and verdict is not None and verdict.signal is Signal.NONE


def leads(page: Scorecard, row: Row) -> bool:
    """Whether the page's top speaks of it."""
    return any(
        matter.refs[:1] == (row.indicator.ref,) and matter.kind is not MatterKind.DATA
        for matter in page.matters
    )


def worth_of(page: Scorecard, row: Row) -> Worth:
    lines = (_worth(page, row), _leave(page, row), _know(page, row))
    return Worth(*(tuple(true_minus(line) for line in one) for one in lines))


def _worth(page: Scorecard, row: Row) -> list[str]:
    lines = []
    if row.latest.status is not FigureStatus.VALUE:
        lines.append(reason(row.latest))
    told = [
        matter
        for matter in page.matters
        if matter.refs[:1] == (row.indicator.ref,) and matter.kind is not MatterKind.DATA
    ]
    lines += [matter.sentence for matter in told]
    kinds = {matter.kind for matter in told}
    verdict = row.verdict
    if verdict is not None and verdict.signal.is_special and not kinds - {MatterKind.GAP}:
        lines.append(f"{verdict.word}: {verdict.reason}.")
    if MatterKind.GAP not in kinds:
        apart = [one for one in row.standings if one.place != "within"]
        lines += [one.sentence if at == 0 else one.short or one.sentence
                  for at, one in enumerate(apart)]  # fmt: skip
    return lines


def _leave(page: Scorecard, row: Row) -> list[str]:
    lines = []
    verdict, change = row.verdict, row.change_month
    if verdict is not None and verdict.signal is Signal.NONE:
        why = f"Usual variation: {verdict.reason}."
        if change.moved and change.way in (Arrow.UP, Arrow.DOWN):
            moved = f"{WAY[change.way].capitalize()} {change.moved}"
            why = f"{moved} {base_words(change.base, page.month)}. {why}"
        lines += [why, ALSO_WRONG]
    within = [one for one in row.standings if one.place == "within"]
    lines += [
        one.sentence if at == 0 else one.short or one.sentence for at, one in enumerate(within)
    ]
    return lines


def _know(page: Scorecard, row: Row) -> list[str]:
    verdict = row.verdict
    lines = []
    has_figure = row.latest.status is FigureStatus.VALUE
    if verdict is not None and verdict.signal is Signal.NOT_JUDGED and has_figure:
        lines.append(sentence(f"{verdict.word}: {verdict.reason}"))
    if verdict is not None:
        lines += [sentence(note) for note in verdict.notes]
    lines += [sentence(note) for note in row_notes(row)]
    lines += [one.message for one in page.findings if one.ref == row.indicator.ref]
    return list(dict.fromkeys(lines))
