"""A whole invented scorecard for tests of renderers: 64 rows, every state that a row can be in.

No figure, name or comment in it is a real council's. Numbers follow a fixed pattern, so that the
same call gives the same value; `hostile=True` puts markup into every field that holds text.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from openscorecard.catalogue.indicator import (
    Definition,
    Direction,
    Frequency,
    Indicator,
    Kind,
    Section,
    Target,
)
from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.page import (
    Change,
    Comment,
    Comparator,
    Figure,
    FigureStatus,
    Row,
    Scorecard,
    Source,
    Summary,
    Vintage,
)
from openscorecard.statistics.ranges import printed
from openscorecard.units import Arrow, Unit

JUNE = Month(2021, 6)
MONTHS = months_to(JUNE, 7)
HISTORY = months_to(JUNE, 13)
HOSTILE = "<script>alert(1)</script>\"'&<b>"

SECTIONS = (
    Section("front-door", "Front door", 1),
    Section("assessment", "Assessment", 2),
    Section("child-protection", "Child protection", 3),
    Section("looked-after", "Looked after", 4),
    Section("early-help", "Early help", 5),
    Section("partners", "Partners’ figures", 6),
)

# section, ref, short name, unit, a level, how far it swings
SERIES = (
    ("front-door", "M1", "Contacts received", Unit.COUNT, 1600, 480),
    ("front-door", "M2", "New referrals", Unit.COUNT, 355, 110),
    ("front-door", "M3", "Contacts that became referrals", Unit.PERCENT, 22, 6),
    ("front-door", "M2-NI", "New referrals, rate per 10,000", Unit.PER_10000, 70, 18),
    ("front-door", "M8-QL", "Referrals decided within 1 working day", Unit.PERCENT, 98, 1),
    ("front-door", "M6-QL (val)", "Re-referrals within a year of closure", Unit.COUNT, 23, 14),
    ("front-door", "M6-QL", "Re-referrals, share of referrals", Unit.PERCENT, 6, 3),
    ("front-door", "M4", "Referrals aged 13+, exploitation a factor", Unit.COUNT, 4, 3),
    ("front-door", "M5", "Stepped up from early help to assessment", Unit.COUNT, 7, 5),
    ("assessment", "EH2", "Children in need", Unit.COUNT, 1190, 60),
    ("assessment", "EH5-QL", "Children who went missing", Unit.COUNT, 70, 16),
    ("assessment", "EH3", "Assessments completed", Unit.COUNT, 310, 70),
    ("assessment", "EH3a%", "Assessments done within 10 days", Unit.PERCENT, 11, 5),
    ("assessment", "EH3b%", "Assessments done in 11 to 25 days", Unit.PERCENT, 32, 9),
    ("assessment", "EH3c%", "Assessments done in 26 to 35 days", Unit.PERCENT, 20, 8),
    ("assessment", "EH3d%", "Assessments done in 36 to 45 days", Unit.PERCENT, 22, 7),
    ("assessment", "EH3e%", "Assessments over 45 days", Unit.PERCENT, 15, 9),
    ("assessment", "EH4 (val)", "Assessments within 45 days", Unit.COUNT, 264, 80),
    ("assessment", "EH4-QL", "Assessments within 45 days, share", Unit.PERCENT, 85, 9),
    ("child-protection", "CP1", "Section 47 enquiries started", Unit.COUNT, 124, 50),
    ("child-protection", "CP1-NI", "Section 47 enquiries, rate", Unit.PER_10000, 24, 9),
    ("child-protection", "CP6B", "Children on a protection plan", Unit.COUNT, 372, 45),
    ("child-protection", "CP6B-NI", "Protection plans, rate", Unit.PER_10000, 73, 9),
    ("child-protection", "CP2", "Children at initial conferences", Unit.COUNT, 44, 18),
    ("child-protection", "CP2-NI", "Initial conferences, rate", Unit.PER_10000, 9, 4),
    ("child-protection", "CP4 (val)", "Conferences that led to a plan", Unit.COUNT, 39, 16),
    ("child-protection", "CP4", "Conferences that led to a plan, share", Unit.PERCENT, 88, 7),
    ("child-protection", "CP2b", "Transfer-in conferences", Unit.COUNT, 2, 2),
    ("child-protection", "CP2b %", "Transfer-ins who got a plan", Unit.PERCENT, 76, 24),
    ("child-protection", "CP3-QL (val)", "Initial conferences on time", Unit.COUNT, 27, 14),
    ("child-protection", "CP3-QL", "Initial conferences on time, share", Unit.PERCENT, 61, 30),
    ("child-protection", "CP8-QL", "Seen in the last 15 working days", Unit.PERCENT, 87, 10),
    ("child-protection", "CP5-QL (val)", "Repeat protection plans", Unit.COUNT, 9, 8),
    ("child-protection", "CP5-QL", "Repeat protection plans, share", Unit.PERCENT, 22, 14),
    ("child-protection", "CP9", "Children at review conferences", Unit.COUNT, 94, 48),
    ("child-protection", "CP7", "Protection plans ended", Unit.COUNT, 42, 25),
    ("looked-after", "LAC1", "Children looked after", Unit.COUNT, 498, 9),
    ("looked-after", "LAC1-NI", "Looked-after children, rate", Unit.PER_10000, 98, 3),
    ("looked-after", "LAC2", "Children who started to be looked after", Unit.COUNT, 15, 9),
    ("looked-after", "LAC3", "Children who stopped being looked after", Unit.COUNT, 15, 8),
    ("looked-after", "LAC6 (val)", "Adoptions", Unit.COUNT, 3, 2),
    ("looked-after", "LAC6 (%)", "Adoptions, share of leavers", Unit.PERCENT, 17, 12),
    ("looked-after", "LAC12 (val)", "Special guardianship orders", Unit.COUNT, 3, 2),
    ("looked-after", "LAC12 (%)", "Special guardianship, share of leavers", Unit.PERCENT, 17, 12),
    ("looked-after", "LAC7-QL", "Looked-after children visited on time", Unit.PERCENT, 79, 8),
    ("looked-after", "LAC10 (%)", "Looked-after children with a plan", Unit.PERCENT, 96, 1),
    ("looked-after", "LAC10-QL", "Looked-after children with a plan, number", Unit.COUNT, 478, 9),
    ("looked-after", "LAC13", "Unaccompanied children", Unit.COUNT, 18, 3),
    ("looked-after", "LAC14", "Unaccompanied children, new", Unit.COUNT, 2, 1),
    ("looked-after", "LAC11-QL", "Young people with a pathway plan", Unit.COUNT, 180, 10),
    (
        "looked-after",
        "LAC11-QL (%)",
        "Young people with a pathway plan, share",
        Unit.PERCENT,
        96,
        2,
    ),
    ("looked-after", "NI147", "Care leavers in suitable homes", Unit.PERCENT, 84, 2),
    ("looked-after", "LAC9 (val)", "Children in agency foster homes", Unit.COUNT, 152, 7),
    ("looked-after", "LAC9", "Children in agency foster homes, share", Unit.PERCENT, 30, 2),
    ("looked-after", "LAC16", "In-house foster carers", Unit.COUNT, 157, 6),
    ("early-help", "EH1a", "Early help assessments started", Unit.COUNT, 142, 44),
    ("early-help", "EH1c", "Early help assessments done, with adults", Unit.COUNT, 296, 90),
    ("early-help", "EH1b", "Early help plans open", Unit.COUNT, 304, 90),
    ("early-help", "EH14b", "Early help assessments done, no adults", Unit.COUNT, 202, 50),
    ("early-help", "CIN5", "All children in need", Unit.COUNT, 2190, 80),
    ("partners", "LSCB17a", "Not in education or work, aged 16 and 17", Unit.PERCENT, 0, 0),
    ("partners", "YO2", "First-time entrants to youth justice", Unit.PER_100000, 0, 0),
    ("partners", "FM011", "Families attached, this quarter", Unit.COUNT, 31, 8),
    ("partners", "FM012", "Payment by results claims, this quarter", Unit.COUNT, 51, 9),
)

HIDDEN = {"M4", "M5", "CP2b", "LAC6 (val)", "LAC6 (%)", "LAC12 (val)", "LAC12 (%)", "LAC14"}
NEVER_SUPPLIED = {"LSCB17a", "YO2"}
QUARTERLY = {"FM011", "FM012"}
SEVEN_MONTHS_ONLY = {"EH1a", "EH1b", "EH14b", "CIN5"}
STOCKS = {"EH2", "CP6B", "LAC1", "LAC13", "LAC9 (val)", "LAC16", "CIN5"}
WITH_COMPARATORS = {"M2", "M6-QL", "EH3", "EH3a%", "EH3e%", "CP1", "CP1-NI", "CP6B", "CP6B-NI"} | {
    "CP2-NI", "CP4", "CP3-QL", "CP5-QL", "LAC1", "LAC1-NI", "NI147", "YO2", "LAC12 (%)"
}  # fmt: skip
PATTERN = (2, -3, 1, 4, -2, 0, -4, 3, -1, 2, -3, 1, 3)

COMMENTS = {
    "M1": (
        "More people contacted us than in any month this year.",
        "Schools sent most of the extra contacts.\nReferrals did not rise with them.",
    ),
    "M2": ("Referrals fell after a busy May.", ""),
    "CP3-QL": (
        "Timeliness has swung all year, and this month is no exception to that.",
        "Most delay lies in booking. A shared booking desk starts in August. " * 6,
    ),
    "EH2": ("A first sentence that goes on and on, as some do, without a full stop, " * 4, ""),
    "LAC1": ("Numbers are steady.", "Fewer children came in than left."),
}


def hidden(month: Month) -> Figure:
    return Figure(month, FigureStatus.HIDDEN, "[c]")


def slug(ref: str) -> str:
    plain = ref.lower().replace("%", "pct").replace("(", "").replace(")", "")
    return plain.strip().replace(" ", "-")


def example(*, audience: str = "public", hostile: bool = False) -> Scorecard:
    """The scorecard; `hostile` fills every text with markup that must never come through."""
    rows = tuple(_row(order, line) for order, line in enumerate(SERIES, start=1))
    card = Scorecard(
        council="Example Council",
        title="Children’s services scorecard",
        month=JUNE,
        months=MONTHS,
        audience=audience,
        sections=SECTIONS,
        rows=rows,
        arrow_tolerance=Fraction(10),
        sources=(
            Source("load-001", "released-page.csv", "ab" * 32, "figures as released"),
            Source("load-002", "extract-2021-07.zip", "cd" * 32),
        ),
        findings=_findings(),
        notes=("This is the council’s first page of this kind: earlier months are as now known.",),
    )
    return _poisoned(card) if hostile else card


def _row(order: int, line: tuple[str, str, str, Unit, int, int]) -> Row:
    section, ref, short_name, unit, level, swing = line
    indicator = _indicator(order, section, ref, short_name, unit)
    history = tuple(_history(ref, unit, level, swing, order))
    if ref in SEVEN_MONTHS_ONLY:
        history = history[-7:]
    figures = history[-7:]
    latest = figures[-1]
    known = [figure.value for figure in history[-12:] if figure.value is not None]
    average, maximum = _summaries(ref, unit, known)
    headline, rest = COMMENTS.get(ref, ("Close to what we expect at this time of year.", ""))
    comment = None
    if order % 9 != 0 or ref == "LAC9":
        about = JUNE.plus(-1) if ref == "LAC9" else JUNE
        comment = Comment(f"{headline} {rest}".strip(), headline, rest, "Service manager", about)
    return Row(
        indicator=indicator,
        figures=figures,
        history=history,
        change_month=_change(history, -2, unit, latest),
        change_year=_change(history, -13, unit, latest),
        average_12m=average,
        maximum_12m=maximum,
        comparators=_comparators(ref, unit, level),
        chart_text=_chart_text(history),
        comment=comment,
        earlier_comments=(_earlier(ref),) if ref in ("CP3-QL", "M1") else (),
        notes=_notes(ref),
    )


def _indicator(order: int, section: str, ref: str, short_name: str, unit: Unit) -> Indicator:
    kind = {Unit.PERCENT: Kind.RATIO, Unit.COUNT: Kind.FLOW}.get(unit, Kind.RATE)
    directions = (Direction.NONE, Direction.UP, Direction.DOWN)
    return Indicator(
        ref=ref,
        id=slug(ref),
        name=f"{short_name}, counted in the month and reported in the usual way ({ref})",
        short_name=short_name,
        section=section,
        order=order,
        outcome="Families get the right help sooner.",
        unit=unit,
        kind=Kind.STOCK if ref in STOCKS else kind,
        decimals=0,
        preferred_direction=directions[order % 3],
        frequency=Frequency.QUARTERLY if ref in QUARTERLY else Frequency.MONTHLY,
        owner="Head of service",
        reporter="Service manager",
        numerator="CP3-QL (val)" if ref == "CP3-QL" else None,
        denominator="CP2" if ref == "CP3-QL" else None,
        definitions=(Definition(Month(2020, 4), "Of all in the month, those that count."),),
        targets=(Target(Month(2021, 4), Fraction(80)),) if ref in ("CP3-QL", "EH4-QL") else (),
    )


def _history(ref: str, unit: Unit, level: int, swing: int, order: int) -> list[Figure]:
    figures = []
    for at, month in enumerate(HISTORY):
        step = PATTERN[(at * 3 + order) % len(PATTERN)]
        value = Fraction(max(level + step * swing // 4, 0))
        if unit is Unit.PERCENT:
            value = min(value, Fraction(100))
        late = ref == "EH1c" and month > Month(2021, 4)
        if late or ref in NEVER_SUPPLIED or (ref in QUARTERLY and month.number % 3):
            status = FigureStatus.NOT_AVAILABLE
        elif ref == "CP2b %" and month in (Month(2021, 2), JUNE):
            status = FigureStatus.NOT_APPLICABLE
        elif ref in HIDDEN and not (ref == "M5" and value > 6 and at < 12):
            status = FigureStatus.HIDDEN
        elif ref in SEVEN_MONTHS_ONLY and at < 6:
            status = FigureStatus.OUTSIDE_COVERAGE
        else:
            status = FigureStatus.VALUE
        figures.append(_figure(ref, unit, month, value, status))
    return figures


def _figure(ref: str, unit: Unit, month: Month, value: Fraction, status: FigureStatus) -> Figure:
    if status is not FigureStatus.VALUE:
        return Figure(month, status, status.shorthand)
    revised = ref == "CP6B" and month == Month(2021, 5)
    whole = Fraction(30 + month.number * 2) if ref == "CP3-QL" else None
    return Figure(
        month=month,
        status=status,
        printed=f"{printed(value)}{unit.suffix}" + (" [r]" if revised else ""),
        value=value,
        numerator=None if whole is None else Fraction(int(value * whole / 100)),
        denominator=whole,
        vintage=Vintage.RELEASED if month < JUNE else Vintage.MONTH_CLOSE,
        load="load-001" if month < JUNE else "load-002",
        revised=revised,
        note="Three late records were added." if revised else "",
    )


def _change(history: tuple[Figure, ...], at: int, unit: Unit, latest: Figure) -> Change:
    base = JUNE.plus(-12 if at == -13 else -1)
    if latest.status is FigureStatus.HIDDEN:
        return Change(base, FigureStatus.HIDDEN, "[c]")
    before = history[at].value if len(history) >= -at else None
    if latest.value is None or not before:
        # A page read from print knows the classic change though not the month that it is from.
        if latest.value is not None and len(history) < -at:
            percent = Fraction(12)
            return Change(base, FigureStatus.VALUE, "12%", percent, Arrow.UP, as_printed=True)
        return Change(base, FigureStatus.NOT_AVAILABLE, "n/a")
    moved = latest.value - before
    percent = moved / before * 100
    way = Arrow.UP if moved > 0 else Arrow.DOWN if moved < 0 else Arrow.LEVEL
    arrow = way if abs(percent) >= 10 else Arrow.LEVEL
    points = (" pt" if abs(moved) == 1 else " pts") if unit is Unit.PERCENT else ""
    said = f"{printed(abs(moved))}{points}"
    return Change(
        base, FigureStatus.VALUE, f"{printed(percent)}%", percent, arrow, moved, said, way
    )


def _summaries(ref: str, unit: Unit, known: list[Fraction]) -> tuple[Summary, Summary]:
    if ref in HIDDEN:
        both = Summary(FigureStatus.HIDDEN, "[c]")
        return both, both
    if not known:
        both = Summary(FigureStatus.NOT_AVAILABLE, "[x]")
        return both, both
    mean, most = sum(known, Fraction(0)) / len(known), max(known)
    as_printed = ref in SEVEN_MONTHS_ONLY
    months = None if as_printed else len(known)
    return (
        Summary(FigureStatus.VALUE, printed(mean) + unit.suffix, mean, months, as_printed),
        Summary(FigureStatus.VALUE, printed(most) + unit.suffix, most, months, as_printed),
    )


def _comparators(ref: str, unit: Unit, level: int) -> tuple[Comparator, ...]:
    heads = (("sn", "SN", "Statistical neighbours"), ("eng", "ENG", "England"))
    heads = (*heads, ("region", "SE region", "South East"))
    made = []
    for step, (key, label, name) in enumerate(heads):
        if ref == "EH14b" or (ref == "EH2" and key == "region"):
            made.append(Comparator(key, label, name, "not-available", "-"))
        elif ref not in WITH_COMPARATORS:
            made.append(Comparator(key, label, name, "local", "Local"))
        else:
            value = Fraction(level + step * max(level // 12, 1) or 300)
            said = f"{printed(value)}{unit.suffix}"
            year, edition = "year to March 2020", "published October 2020"
            formula = "yearly figure / 12 / number of councils"
            made.append(Comparator(key, label, name, "value", said, value, year, edition, formula))
    return tuple(made)


def _notes(ref: str) -> tuple[str, ...]:
    return {
        "NI147": ("The figure supplied was 100 times too high and was corrected.",),
        "CP6B": ("May was revised after three late records.",),
        "EH1c": ("No figure has come from the team since April.", "It is being chased."),
        "CP3-QL": (
            "The number of conferences was counted by hand for one week in May.",
            "Two conferences are dated on a bank holiday.",
            "One conference has no date and is left out.",
        ),
    }.get(ref, ())


def _findings() -> tuple[Finding, ...]:
    return (
        Finding("unit-slip", Severity.ERROR, "The value is 100 times its neighbours.", "NI147"),
        Finding("late", Severity.WARNING, "Two rows came in after the month had closed.", "CP3-QL"),
        Finding("flows", Severity.INFORMATION, "The stock moved by more than its flows.", "LAC1"),
        Finding("page", Severity.WARNING, "Two months share one load."),
    )


def _earlier(ref: str) -> Comment:
    headline = f"Last month’s words about {ref}."
    return Comment(headline, headline, "", "Service manager", JUNE.plus(-1))


def _chart_text(history: tuple[Figure, ...]) -> str:
    known = [figure for figure in history if figure.value is not None]
    if not known:
        return "No month has a figure."
    first, last = known[0], known[-1]
    return f"From {first.printed} in {first.month.long} to {last.printed} in {last.month.long}."


def _poisoned(card: Scorecard) -> Scorecard:
    """The same page with markup in every text that people or files can put there."""

    def bad(text: str) -> str:
        return f"{text}{HOSTILE}"

    rows = []
    for row in card.rows:
        item = row.indicator
        rows.append(
            replace(
                row,
                indicator=replace(
                    item,
                    ref=bad(item.ref),
                    name=bad(item.name),
                    short_name=bad(item.short_name),
                    outcome=bad(item.outcome),
                    owner=bad(item.owner),
                    reporter=bad(item.reporter),
                    definitions=tuple(replace(d, words=bad(d.words)) for d in item.definitions),
                ),
                figures=tuple(
                    replace(f, note=HOSTILE, load=bad(f.load or "")) for f in row.figures
                ),
                history=tuple(
                    replace(f, note=HOSTILE, load=bad(f.load or "")) for f in row.history
                ),
                change_month=replace(row.change_month, note=HOSTILE),
                average_12m=replace(row.average_12m, note=HOSTILE),
                comparators=tuple(_poisoned_comparator(c) for c in row.comparators),
                chart_text=bad(row.chart_text),
                comment=row.comment and _poisoned_comment(row.comment),
                earlier_comments=tuple(_poisoned_comment(c) for c in row.earlier_comments),
                notes=(HOSTILE, *map(bad, row.notes)),
            )
        )
    return replace(
        card,
        council=bad(card.council),
        title=bad(card.title),
        sections=tuple(replace(section, title=bad(section.title)) for section in card.sections),
        rows=tuple(rows),
        sources=tuple(
            Source(bad(s.load), bad(s.file), bad(s.sha256), bad(s.note)) for s in card.sources
        ),
        findings=tuple(
            replace(f, message=bad(f.message), ref=f.ref and bad(f.ref)) for f in card.findings
        ),
        notes=(HOSTILE,),
    )


def _poisoned_comment(comment: Comment) -> Comment:
    return replace(
        comment,
        text=comment.text + HOSTILE,
        headline=comment.headline + HOSTILE,
        rest=comment.rest + HOSTILE,
        by=comment.by + HOSTILE,
    )


def _poisoned_comparator(item: Comparator) -> Comparator:
    return replace(
        item,
        label=item.label + HOSTILE,
        name=item.name + HOSTILE,
        printed=item.printed + HOSTILE,
        year=item.year + HOSTILE,
        edition=item.edition + HOSTILE,
        formula=item.formula + HOSTILE,
    )
