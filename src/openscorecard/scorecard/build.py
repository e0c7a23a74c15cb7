"""Observations and the catalogue in, the month's page out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from fractions import Fraction

from openscorecard.catalogue.indicator import Catalogue, Frequency, Indicator
from openscorecard.comparators.wrong_sums import KIND_RULE
from openscorecard.findings import Finding
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.comparators_of import comparators_of
from openscorecard.scorecard.derived import ARROW_TOLERANCE, average, change, maximum
from openscorecard.scorecard.observation import (
    NOTHING,
    Observation,
    Observations,
    with_parts,
)
from openscorecard.scorecard.page import (
    Change,
    Figure,
    FigureStatus,
    Row,
    Scorecard,
    Source,
    Summary,
    Vintage,
)
from openscorecard.scorecard.signals.settings import SignalSettings
from openscorecard.scorecard.wording import chart_text, figure_text, listed
from openscorecard.units import Unit

CHART_MONTHS = 36  # three years: what a season looks like, and what a change looks like
RECORD_MONTHS = 60  # what verdicts rest on: a baseline of two years, and three years held to it
PROVISIONAL = "provisional: it can still rise as more is recorded"
BETWEEN_QUARTERS = "a quarterly figure stands in the last month of its quarter"


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What a council decides about its page. `comparators` maps sn, eng, region to (label, name).

    `population` is the number of children aged 0-17 that rates are worked out from, of the edition
    that the council states; None where it has stated none. Counts of 1 to `small_numbers` are to be
    hidden from the public. `contact` is whom to ask for the page in another form. `signals` says
    how change is judged.
    """

    council: str
    title: str = "Children’s services scorecard"
    months_shown: int = 7
    arrow_tolerance: Fraction = ARROW_TOLERANCE
    population: Fraction | None = None
    comparators: tuple[tuple[str, str, str], ...] = (
        ("sn", "SN", "Statistical neighbours"),
        ("eng", "ENG", "England"),
        ("region", "Region", "Region"),
    )
    small_numbers: int = 5
    contact: str = ""
    signals: SignalSettings = field(default_factory=SignalSettings)


def scorecard(
    catalogue: Catalogue,
    month: Month,
    observations: Observations,
    settings: PageSettings,
    *,
    sources: tuple[Source, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> Scorecard:
    """The page of `month`, for the council's own people: nothing hidden, no comments yet."""
    from openscorecard.scorecard.matters import with_matters  # both bring numpy
    from openscorecard.scorecard.signals.judge import with_verdicts

    exact = with_parts(observations, catalogue, settings.population)
    unlike = {(one.ref or "", one.column or "") for one in findings if one.rule == KIND_RULE}
    rows = tuple(_row(indicator, month, exact, settings, unlike) for indicator in catalogue)
    page = Scorecard(
        council=settings.council,
        title=settings.title,
        month=month,
        months=months_to(month, settings.months_shown),
        audience="internal",
        sections=catalogue.sections,
        rows=rows,
        arrow_tolerance=settings.arrow_tolerance,
        sources=sources,
        findings=findings,
        small_numbers=settings.small_numbers,
        contact=settings.contact,
        population=settings.population,
        signal_settings=settings.signals,
    )
    judged = with_verdicts(page, catalogue.relations)
    return with_matters(judged, catalogue.relations)


def _row(
    indicator: Indicator,
    month: Month,
    seen: Observations,
    settings: PageSettings,
    unlike: Collection[tuple[str, str]],
) -> Row:
    figures = tuple(
        _provisional(_figure(indicator, item, seen.at(indicator.ref, item)), indicator, month)
        for item in months_to(month, RECORD_MONTHS)
    )
    shown = figures[-settings.months_shown :]
    charted = figures[-max(CHART_MONTHS, settings.months_shown) :]
    history = charted[min(_first(charted), len(charted) - settings.months_shown) :]
    tolerance = settings.arrow_tolerance
    on_month = change(indicator, seen, month, 1, tolerance)
    on_year = change(indicator, seen, month, 12, tolerance)
    mean, most = average(indicator, seen, month), maximum(indicator, seen, month)
    return Row(
        indicator=indicator,
        figures=shown,
        history=history,
        change_month=on_month,
        change_year=on_year,
        average_12m=mean,
        maximum_12m=most,
        comparators=comparators_of(indicator, month, seen, settings.comparators, unlike),
        beside=seen.beside.get(indicator.ref),
        chart_text=chart_text(indicator, history),
        notes=_notes(shown, (on_month, on_year), (mean, most)),
        on_record=figures[_first(figures) :],
    )


def _first(figures: tuple[Figure, ...]) -> int:
    """Where the first figure with a value stands; their number where there is none."""
    return next((i for i, item in enumerate(figures) if item.value is not None), len(figures))


def _figure(indicator: Indicator, month: Month, seen: Observation | None) -> Figure:
    if seen is None or seen.value is None:
        return _no_figure(indicator, month, seen)
    revised = seen.released_before is not None
    return Figure(
        month=month,
        status=FigureStatus.VALUE,
        printed=_text(indicator, seen) + (" [r]" if revised else ""),
        value=seen.value,
        numerator=seen.numerator,
        denominator=seen.denominator,
        vintage=seen.vintage,
        load=seen.load,
        revised=revised,
        note=seen.note or _contradicted(indicator, seen),
        decimals=seen.decimals,
    )


def _provisional(figure: Figure, indicator: Indicator, month: Month) -> Figure:
    """A figure counted from records that can still rise says so, until it is settled."""
    if figure.value is None or figure.vintage is Vintage.RELEASED:
        return figure
    if month.minus(figure.month) >= indicator.provisional_months:
        return figure
    note = f"{figure.note}; {PROVISIONAL}" if figure.note else PROVISIONAL
    return replace(figure, note=note)


def _no_figure(indicator: Indicator, month: Month, seen: Observation | None) -> Figure:
    """A month without a figure: between quarters, not supplied, nothing to count, or not held."""
    if indicator.frequency is Frequency.QUARTERLY and month.number % 3 != 0:
        status = FigureStatus.NOT_APPLICABLE
        return Figure(month, status, status.shorthand, note=BETWEEN_QUARTERS)
    if seen is None:
        status = FigureStatus.OUTSIDE_COVERAGE
        return Figure(month, status, status.shorthand)
    revised = seen.released_before is not None
    return Figure(
        month=month,
        status=seen.status,
        printed=seen.status.shorthand + (" [r]" if revised else ""),
        vintage=seen.vintage,
        load=seen.load,
        revised=revised,
        note=seen.note,
    )


def _text(indicator: Indicator, seen: Observation) -> str:
    """The figure as printed: as many decimals as were released, else as the indicator asks for."""
    assert seen.value is not None
    digits = seen.decimals if seen.digits is None else seen.digits
    return figure_text(seen.value, indicator.unit, indicator.decimals if digits is None else digits)


def _contradicted(indicator: Indicator, seen: Observation) -> str:
    """A released percentage that its own parts contradict is shown as released, and said."""
    if indicator.unit is not Unit.PERCENT or seen.decimals is None:
        return ""
    if seen.numerator is None or not seen.denominator:
        return ""
    by_parts = figure_text(100 * seen.numerator / seen.denominator, indicator.unit, seen.decimals)
    return (
        f"released as {figure_text(seen.value or Fraction(0), indicator.unit, seen.decimals)}, "
        f"but {seen.numerator} of {seen.denominator} is {by_parts}"
    )


_SILENT = (FigureStatus.NOT_AVAILABLE, FigureStatus.OUTSIDE_COVERAGE)


def _notes(
    figures: tuple[Figure, ...],
    changes: tuple[Change, ...],
    summaries: tuple[Summary, Summary],
) -> tuple[str, ...]:
    """The data notes of a row, each a sentence."""
    notes = []
    for figure in figures:
        if figure.note and figure.note not in (BETWEEN_QUARTERS, NOTHING):
            notes.append(f"{figure.month.long}: {figure.note.rstrip('.')}.")
    silent = [item for item in figures if item.status in _SILENT and not item.note]
    if silent and len(silent) < len(figures):
        notes.append(f"No figure for {listed([item.month.long for item in silent])}.")
    if silent and len(silent) == len(figures):
        notes.append("No figures have been supplied for the months shown.")
    if any(item.value is not None for item in figures):
        for change_, words in zip(changes, ("the month before", "the year before"), strict=True):
            if change_.note == "worked out from rounded figures":
                notes.append(f"The % change on {words} is worked out from rounded figures.")
    named = dict(zip(("average", "maximum"), summaries, strict=True))
    partial = [item for item in summaries if item.note and item.status is FigureStatus.VALUE]
    if partial:  # both rest on the same months, so one sentence says it of both
        names = [name for name, item in named.items() if item in partial]
        verb = "are" if len(names) == 2 else "is"
        notes.append(f"The 12-month {listed(names)} {verb} {partial[0].note}.")
    return tuple(notes)
