"""The words that pages share: what a status, a way, a direction and a vintage are called."""

from __future__ import annotations

from markupsafe import Markup, escape

from openscorecard.catalogue.indicator import Direction, Frequency, Indicator
from openscorecard.findings import Severity
from openscorecard.periods import Month
from openscorecard.scorecard.page import Figure, FigureStatus, Scorecard, Vintage
from openscorecard.units import Arrow, Unit

WAY = {Arrow.UP: "up", Arrow.DOWN: "down", Arrow.LEVEL: "no change"}
GLYPH = {Arrow.UP: "↑", Arrow.DOWN: "↓", Arrow.LEVEL: "="}

BETTER = {
    Direction.UP: "Higher is better",
    Direction.DOWN: "Lower is better",
    Direction.NONE: "Neither higher nor lower is better in itself",
}

PREFERRED = {Direction.UP: "↑ up", Direction.DOWN: "↓ down", Direction.NONE: ""}

UNIT = {
    Unit.COUNT: "A number",
    Unit.PERCENT: "A percentage",
    Unit.PER_10000: "A rate per 10,000",
    Unit.PER_100000: "A rate per 100,000",
}

FREQUENCY = {
    Frequency.MONTHLY: "Monthly",
    Frequency.QUARTERLY: "Quarterly; a quarter’s figure stands in its last month",
}

VINTAGE = {
    Vintage.RELEASED: "as released",
    Vintage.MONTH_CLOSE: "as known at month close",
    Vintage.NOW_KNOWN: "as now known",
}

VINTAGE_MEANS = {
    Vintage.RELEASED: "“As released” is what a page published before printed.",
    Vintage.MONTH_CLOSE: "“As known at month close” is counted from the records as they stood when "
    "the month was closed; what was written into them later does not change it.",
    Vintage.NOW_KNOWN: "“As now known” is counted from newer records, with what was written into "
    "them since the month ended.",
}

SEVERITY = {
    Severity.ERROR: "Error",
    Severity.WARNING: "To look at",
    Severity.INFORMATION: "Good to know",
}

CODES = {
    "[c]": "hidden: a small number of children, or a way to work one out",
    "[x]": "not available",
    "[z]": "does not apply: there was nothing to count",
    "[r]": "revised since it was first released",
}

MISSING = {
    FigureStatus.HIDDEN: "Hidden: a small number of children, or a way to work one out.",
    FigureStatus.NOT_AVAILABLE: "Not available for {month}.",
    FigureStatus.NOT_APPLICABLE: "Does not apply: there was nothing to count.",
    FigureStatus.OUTSIDE_COVERAGE: "Not available: the records do not reach {month}.",
}


def reason(figure: Figure) -> str:
    """Why a figure is not there: its own note, else the plain words; empty where it is there."""
    if figure.status is FigureStatus.VALUE:
        return ""
    return sentence(figure.note) or MISSING[figure.status].format(month=figure.month.long)


def sentence(text: str) -> str:
    """The note with a capital and a full stop, as it stands on its own on a page."""
    plain = text.strip()
    if not plain:
        return ""
    return plain[0].upper() + plain[1:] + ("" if plain[-1] in ".!?" else ".")


def with_code(text: str) -> Markup:
    """What stands between backticks is to be typed as it is, and is set so.

    >>> str(with_code("`scorecard signals` has <them>"))
    '<code>scorecard signals</code> has &lt;them&gt;'
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    said = (Markup("<code>{}</code>").format(one) if at % 2 else escape(one)
            for at, one in enumerate(parts))  # fmt: skip
    return Markup("").join(said)


def value_and_mark(printed: str) -> tuple[str, str]:
    """`355 [r]` in two parts, so that the mark can stand smaller."""
    value, space, mark = printed.partition(" [")
    return value, f"[{mark}" if space else ""


def base_words(base: Month, month: Month) -> str:
    """What a change is measured from: `on May`, `on Jun 20`."""
    name, year = base.short.split("-")
    return f"on {name}" if base.minus(month) == -1 else f"on {name} {year}"


def definition_words(indicator: Indicator, month: Month) -> str:
    found = indicator.definition(month)
    return "" if found is None else found.words


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a comment; blank lines go."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def codes(*, hides: bool, revised: bool = True) -> dict[str, str]:
    """The shorthand that the page can bear; `[c]` only where something may be hidden, `[r]` only
    where a figure was revised."""
    absent = {"[c]": not hides, "[r]": not revised}
    return {code: said for code, said in CODES.items() if not absent.get(code, False)}


def may_hide(card: Scorecard) -> bool:
    """Whether a number may be hidden on the page, so that its readers need the code's meaning."""
    if card.audience == "public" and card.small_counts:
        return True
    figures = (figure for row in card.rows for figure in (*row.history, *row.figures))
    return any(figure.status is FigureStatus.HIDDEN for figure in figures)


def counted(number: int, one: str, many: str) -> str:
    """`1 indicator`, `3 indicators`."""
    return f"{number:,} {one if number == 1 else many}"
