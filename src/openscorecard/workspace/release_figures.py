"""The figures of releases: kept exactly with each, and taken into later pages.

figures.json beside a release's other files holds the whole page's figures, whatever its audience:
it is never published. An earlier month's figure stands on later pages as it was released.

Which release speaks of a month: that of the later report month, as with loaded pages; a correction
(version 2 and on) counts after everything that was released before it was made. A printed page of a
still later report month goes before a release; of the same month the release does. A release that
was withdrawn speaks of nothing any more. Each page says [r] where any release before it said
another figure in the digits that both print.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.build import BETWEEN_QUARTERS
from openscorecard.scorecard.observation import NOTHING, Observation, Observations
from openscorecard.scorecard.page import Figure, FigureStatus, Row, Scorecard, Source, Vintage
from openscorecard.scorecard.wording import PUBLISHED_AS, figure_text
from openscorecard.statistics.ranges import half_up
from openscorecard.workspace.releases import RECORD, KeptRelease, kept_releases
from openscorecard.workspace.withdrawal import withdrawal_of

FIGURES = "figures.json"
_HEAD, _FOOT = '{"figures": [', "]}"  # a line each, and a line for each figure between them
_SILENT = (FigureStatus.NOT_AVAILABLE, FigureStatus.OUTSIDE_COVERAGE)
Key = tuple[str, Month]


@dataclass(frozen=True, slots=True)
class ReleasedHere:
    """A figure as releases of this workspace say it one after another; `digits` as it was printed
    there, `decimals` where no more of it is known. `since` is the first of them, `by` the last, and
    `place` is where that one counts among report months."""

    since: KeptRelease
    by: KeptRelease
    place: Month
    status: FigureStatus
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    digits: int
    decimals: int | None

    def prints_as(self, value: Fraction | None, digits: int) -> bool:
        if self.value is None or value is None:
            return self.value is value
        fewer = min(self.digits, digits)
        return half_up(self.value, fewer) == half_up(value, fewer)


def figures_bytes(page: Scorecard) -> bytes:
    """Every figure of the whole page: ref, month, status, digits printed; value, numerator and
    denominator exactly; decimals where the value is rounded. Months without a figure too: that is
    how a later page knows that one was withdrawn."""
    lines = [
        [
            row.indicator.ref,
            figure.month.iso,
            figure.status.value,
            _digits(figure.printed),
            *(_exact(one) for one in (figure.value, figure.numerator, figure.denominator)),
            figure.decimals,
        ]
        for row in page.rows
        for figure in _all(row)
        if figure.note != BETWEEN_QUARTERS
    ]
    content = ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    return f"{_HEAD}\n{content}\n{_FOOT}\n".encode()


def with_releases(
    seen: Observations, catalogue: Catalogue, root: Path, month: Month
) -> tuple[Observations, tuple[Source, ...]]:
    """The observations with what pages of months before `month` released, and these releases."""
    released = _by_figure(_in_order(_standing(root), month))
    figures = dict(seen.figures)
    used: dict[str, KeptRelease] = {}
    for key, versions in released.items():
        indicator = catalogue.get(key[0])
        if indicator is None:
            continue
        stands, page = versions[-1], figures.get(key)
        # Of the same figure the loaded page may know how exact it is.
        if page is not None and (_page_goes_before(page, stands) or _same(page, stands, indicator)):
            figures[key] = _marked(page, versions, indicator)
            continue
        before = _other_before(versions[:-1], stands.value, stands.digits)
        if stands.status in _SILENT and before is None:
            continue  # none was ever published: what is known by now may be shown
        made = _observation(key, versions, before, indicator)
        if before is None and page is not None and page.value is not None:
            text = figure_text(page.value, indicator.unit, _page_digits(page, indicator))
            note = _note(text, stands.since.release.reason)
            made = replace(made, released_before=page.value, note=note)
        figures[key] = made
        used[stands.since.id] = stands.since
    sources = tuple(_source(used[one]) for one in sorted(used))
    return replace(seen, figures=figures), sources


def with_revised(
    seen: Observations, catalogue: Catalogue, root: Path, month: Month
) -> Observations:
    """The observations, marked where an earlier version of this month's own page, or of an earlier
    one, said another figure."""
    own = [one for one in kept_releases(root) if one.month == month]
    if not own:
        return seen
    said = _by_figure([(month, one) for one in own])
    figures = dict(seen.figures)
    for key, versions in said.items():
        now, indicator = figures.get(key), catalogue.get(key[0])
        if now is not None and indicator is not None:
            figures[key] = _marked(now, versions, indicator)
    return replace(seen, figures=figures)


def first_released(root: Path, ref: str) -> dict[Month, ReleasedHere]:
    """The indicator's figure of each month as the first release that had one said it."""
    found = {}
    said = _by_figure(((one.month, one) for one in _standing(root)), ref)
    for (_, month), versions in said.items():
        valued = [one for one in versions if one.value is not None]
        if valued:
            found[month] = valued[0]
    return found


def _standing(root: Path) -> tuple[KeptRelease, ...]:
    """The releases that were not withdrawn."""
    return tuple(one for one in kept_releases(root) if withdrawal_of(one.folder) is None)


def _in_order(kept: Iterable[KeptRelease], month: Month) -> list[tuple[Month, KeptRelease]]:
    """Those of months before, each with its place, in the order in which they count."""
    placed: list[tuple[Month, KeptRelease]] = []
    newest: Month | None = None
    for one in kept:
        newest = one.month if newest is None else max(newest, one.month)
        if one.month < month:
            # A correction made after this page's own month counts here from the month before it.
            place = min(newest, month.plus(-1)) if one.release.version > 1 else one.month
            placed.append((place, one))
    return sorted(placed, key=lambda item: (item[0], item[1].sequence))


def _by_figure(
    releases: Iterable[tuple[Month, KeptRelease]], ref: str = ""
) -> dict[Key, list[ReleasedHere]]:
    """What releases say of each figure (of `ref` alone), in their order. Most repeat what the one
    before said: a line is read once, and what follows each other alike is one. A correction says
    what it changed, and no more: what it repeats counts where the version before it does."""
    releases = tuple(releases)
    versions = {(one.month, one.audience, one.release.version): one for _, one in releases}
    lines: dict[str, _Line] = {}
    runs: dict[Key, list[_Run]] = {}
    opening = f"[{json.dumps(ref)}, "
    for place, one in releases:
        earlier = next(
            (
                versions[one.month, one.audience, number]
                for number in range(one.release.version - 1, 0, -1)
                if (one.month, one.audience, number) in versions  # others were withdrawn
            ),
            None,
        )
        repeated = frozenset(_lines(earlier)) if earlier is not None else frozenset()
        for text in _lines(one):
            if text in repeated or (ref and not text.startswith(opening)):
                continue
            line = lines.get(text)
            if line is None:
                line = lines[text] = _parsed(text, one)
            before = runs.setdefault(line[0], [])
            if before and before[-1][3] is line:
                before[-1] = (before[-1][0], one, place, line)
            else:
                before.append((one, one, place, line))
    return {
        key: [ReleasedHere(since, by, place, *line[1]) for since, by, place, line in said]
        for key, said in runs.items()
    }


def _other_before(
    versions: Iterable[ReleasedHere], value: Fraction | None, digits: int
) -> ReleasedHere | None:
    """The newest of these that prints another figure."""
    others = [one for one in versions if one.value is not None and not one.prints_as(value, digits)]
    return others[-1] if others else None


def _marked(now: Observation, versions: list[ReleasedHere], indicator: Indicator) -> Observation:
    """The observation, which stands, with the newest release that said another figure: a number
    where there is none now counts too. It names no reason: the page has to read the same before
    its own correction is kept and after."""
    if now.released_before is not None:
        return now
    before = _other_before(versions, now.value, _page_digits(now, indicator))
    if before is None:
        return now
    plain = NOTHING if now.status is FigureStatus.NOT_APPLICABLE and not now.note else now.note
    note = _joined(plain, _said_before(before, indicator, ""))
    return replace(now, released_before=before.value, note=note)


def _same(page: Observation, stands: ReleasedHere, indicator: Indicator) -> bool:
    digits = _page_digits(page, indicator)
    return page.value is not None and stands.prints_as(page.value, digits)


def _source(kept: KeptRelease) -> Source:
    file = f"{RECORD} of {kept.release.on.isoformat()}"
    return Source(kept.id, file, kept.sha256, kept.release.reason)


def _page_goes_before(page: Observation, stands: ReleasedHere) -> bool:
    """Whether the loaded page that gave the figure reports a later month than the release."""
    if page.value is None or page.load is None:
        return False
    return Month.parse(page.load[:7]) > stands.place


def _observation(
    key: Key, versions: list[ReleasedHere], before: ReleasedHere | None, indicator: Indicator
) -> Observation:
    """The last of the versions; the reason is that of the release which first said otherwise than
    `before`, and later months' releases only repeat."""
    ref, month = key
    stands = versions[-1]
    reason = "" if before is None else versions[versions.index(before) + 1].since.release.reason
    return Observation(
        ref=ref,
        month=month,
        status=stands.status,
        value=stands.value,
        decimals=stands.decimals,
        digits=stands.digits if stands.decimals is None else None,
        numerator=stands.numerator,
        denominator=stands.denominator,
        vintage=Vintage.RELEASED,
        load=stands.since.id,
        order=LATER_THAN_PAGES + stands.since.sequence,
        released_before=None if before is None else before.value,
        note="" if before is None else _said_before(before, indicator, reason),
    )


LATER_THAN_PAGES = 1_000_000  # releases count after loaded pages where a released cell is outdated


def _said_before(before: ReleasedHere, indicator: Indicator, reason: str) -> str:
    assert before.value is not None
    return _note(figure_text(before.value, indicator.unit, before.digits), reason)


def _note(text: str, reason: str) -> str:
    said = f"{PUBLISHED_AS}{text} before"
    return f"{said}. {reason}" if reason else said


def _joined(first: str, second: str) -> str:
    return f"{first}; {second}" if first else second


def _page_digits(seen: Observation, indicator: Indicator) -> int:
    if seen.digits is not None:
        return seen.digits
    return indicator.decimals if seen.decimals is None else seen.decimals


def _all(row: Row) -> list[Figure]:
    by_month = {one.month: one for one in (*row.on_record, *row.history, *row.figures)}
    return [by_month[month] for month in sorted(by_month)]


def _digits(printed: str) -> int:
    """Decimals of `94.8% [r]`: 1."""
    number = printed.removesuffix(" [r]").removesuffix("%")
    return len(number.partition(".")[2])


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


_Said = tuple[FigureStatus, Fraction | None, Fraction | None, Fraction | None, int, int | None]
_Line = tuple[Key, _Said]
_Run = tuple[KeptRelease, KeptRelease, Month, _Line]  # the first and last that say it, where


def _lines(kept: KeptRelease) -> list[str]:
    try:
        head, *lines, foot = (kept.folder / FIGURES).read_text(encoding="utf-8").splitlines()
        if (head, foot) != (_HEAD, _FOOT):
            raise ValueError("not whole")
    except (OSError, ValueError) as error:
        raise _not_as_kept(kept) from error
    return [line.removesuffix(",") for line in lines]


def _parsed(text: str, kept: KeptRelease) -> _Line:
    try:
        ref, month, status, digits, value, top, bottom, decimals = json.loads(text)
        numbers = (_number(value), _number(top), _number(bottom))
        said = (
            FigureStatus(status),
            *numbers,
            int(digits),
            None if decimals is None else int(decimals),
        )
        return (str(ref), Month.parse(month)), said
    except (ValueError, TypeError, ZeroDivisionError, InputError) as error:
        raise _not_as_kept(kept) from error


def _not_as_kept(kept: KeptRelease) -> InputError:
    return InputError(
        "the figures of a release are not as they were kept",
        where=str(kept.folder / FIGURES),
        todo="put the file back from a copy: it says what was published",
    )


def _number(text: Any) -> Fraction | None:
    return None if text is None else Fraction(text)
