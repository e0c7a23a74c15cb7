"""The columns of the open data: visible lists, from which the CSV headers, the CSV on the Web
metadata, the Parquet types and the dictionary of columns all come.

New columns come after the old ones, so that queries that were made on a file keep working.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from openscorecard.catalogue.indicator import Direction, Frequency, Kind
from openscorecard.units import Unit


class Type(StrEnum):
    """What a column holds. An empty cell is no value, whatever the type.

    MONTH is `2021-06`, DATE `2021-06-01`, FLAG `yes` or `no`.
    """

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    MONTH = "month"
    DATE = "date"
    FLAG = "yes or no"


@dataclass(frozen=True, slots=True)
class Column:
    """`title` names it for people, `about` says in plain words what it holds. `required`: no cell
    of it is empty. `one_of` are all the values that it can have, where these are few."""

    name: str
    title: str
    about: str
    type: Type = Type.TEXT
    required: bool = False
    one_of: tuple[str, ...] = ()


UNITS = tuple(unit.value for unit in Unit)

FIGURES = (
    Column("ref", "Reference", "The indicator's reference on the page.", required=True),
    Column("indicator", "Indicator", "The indicator's name on the page.", required=True),
    Column("section", "Section", "The section of the page that it stands in.", required=True),
    Column(
        "unit",
        "Unit",
        "The unit of this line's value. Percentages are in points: 23 is 23%. A change is in "
        "percent, and a numerator or denominator is a count, whatever the indicator's own unit.",
        required=True,
        one_of=UNITS,
    ),
    Column(
        "month",
        "Month",
        "The month that the figure is for. A change, an average, a maximum, a comparator and a "
        "verdict stand in the month of the page.",
        Type.MONTH,
        required=True,
    ),
    Column(
        "measure",
        "Measure",
        "What the line gives: value (the month's figure), numerator and denominator (what it was "
        "worked out from), change_month and change_year (% change on the month before and on the "
        "same month a year before), average_12m and maximum_12m (over twelve months to the month "
        "of the page), verdict (whether the figure is unusual), or a comparator: sn (statistical "
        "neighbours), eng (England), region.",
        required=True,
    ),
    Column(
        "value",
        "Value",
        "The number, with at most 12 significant digits. It is not rounded, but on a public page "
        "where more digits would give a hidden number away. Empty where there is none; status "
        "says why.",
        Type.NUMBER,
    ),
    Column(
        "status",
        "Status",
        "value: there is a number. hidden, not-available, not-applicable, outside-coverage: there "
        "is none, and why. local: nothing comparable is published. On a verdict's line, what the "
        "verdict is: none (usual variation), concern, improvement, neutral (unusual, neither "
        "better nor worse) or not-judged.",
        required=True,
    ),
    Column(
        "printed",
        "As printed",
        "What the page shows: the rounded figure, or shorthand in square brackets. [c]: hidden to "
        "protect children. [r], after a figure: revised since it was first released. [x]: not "
        "available. [z]: does not apply, there was nothing to count.",
    ),
    Column("note", "Note", "What to know about this figure, or why there is none."),
    Column("council", "Council", "The council whose page it is.", required=True),
    Column(
        "audience",
        "Audience",
        "Whom the page is for. On a public page small counts, and what would give them away, are "
        "hidden.",
        required=True,
        one_of=("internal", "public"),
    ),
    Column(
        "revised",
        "Revised",
        "Whether the month's figure differs from the one that was released first. Empty on other "
        "lines.",
        Type.FLAG,
    ),
    Column("comparator_period", "Comparator: period", "The year that a comparator is for."),
    Column("comparator_edition", "Comparator: edition", "The publication it was taken from."),
    Column(
        "comparator_formula",
        "Comparator: how made",
        "How the published figure was made into one that stands beside a month's.",
    ),
    Column(
        "signal",
        "Signal",
        "On a verdict's line: none, concern, improvement, neutral or not-judged.",
    ),
    Column("rule", "Rule", "On a verdict's line: the rule that fired, where one did."),
    Column(
        "usual_low",
        "Usual range: low",
        "On a verdict's line: the low end of the usual range, rounded as on the page.",
        Type.NUMBER,
    ),
    Column(
        "usual_high",
        "Usual range: high",
        "On a verdict's line: the high end of the usual range, rounded as on the page.",
        Type.NUMBER,
    ),
    Column(
        "indicator_id",
        "Indicator's permanent id",
        "Stays the same when a reference or a name changes. Join months by it.",
        required=True,
    ),
    Column(
        "month_start",
        "First day of the month",
        "The month as a date, for programs that have no months.",
        Type.DATE,
        required=True,
    ),
    Column(
        "report_month",
        "Month of the page",
        "The month whose page this is. Each page also shows earlier months: keep one page's "
        "lines of a month when you put several pages together.",
        Type.MONTH,
        required=True,
    ),
)

DICTIONARY = (
    Column("ref", "Reference", "The indicator's reference on the page.", required=True),
    Column(
        "indicator_id",
        "Permanent id",
        "Stays the same when a reference or a name changes.",
        required=True,
    ),
    Column("indicator", "Indicator", "The indicator's name on the page.", required=True),
    Column("short_name", "Short name", "The name in lists and on charts.", required=True),
    Column("section", "Section", "The section of the page that it stands in.", required=True),
    Column(
        "definition",
        "Definition",
        "What is counted, in words, as defined in the month of the page.",
        required=True,
    ),
    Column(
        "definition_since",
        "Definition since",
        "The first month that is counted by this definition. Compare earlier months with care.",
        Type.MONTH,
    ),
    Column(
        "kind",
        "Kind",
        "How the figure comes about. flow: what happened in the month. stock: how many at its "
        "end. overlap: how many at any time in it. as-of: of those at its end, how many pass a "
        "test. ratio: one number over another. rate: a number for every 10,000 or 100,000 people. "
        "supplied: sent by another team.",
        required=True,
        one_of=tuple(kind.value for kind in Kind),
    ),
    Column(
        "unit",
        "Unit",
        "The unit of its figures. Percentages are in points: 23 is 23%.",
        required=True,
        one_of=UNITS,
    ),
    Column(
        "decimals", "Decimals", "Decimal places that the page prints.", Type.WHOLE, required=True
    ),
    Column(
        "preferred_direction",
        "Preferred direction",
        "Which way the council would like it to go; none where neither is better in itself.",
        required=True,
        one_of=tuple(direction.value for direction in Direction),
    ),
    Column(
        "frequency",
        "How often",
        "A quarter's figure stands in its last month.",
        required=True,
        one_of=tuple(frequency.value for frequency in Frequency),
    ),
    Column("numerator", "Numerator", "Reference of the indicator on top, where it is on the page."),
    Column(
        "denominator",
        "Denominator",
        "Reference of the indicator below, where it is on the page. Empty for a rate: that is "
        "worked out from the number of people who live in the area.",
    ),
    Column("owner", "Owner", "The role that answers for it."),
    Column("reporter", "Reporter", "The role that writes the comment on it."),
    Column("outcome", "Outcome", "What it is there to show."),
    Column(
        "published_measure",
        "Published measure",
        "The published statistic that it stands beside. Empty where there is none.",
    ),
    Column(
        "published_how",
        "How it is compared",
        "count: a year's events / 12 / number of councils. stock: the number on the day / number "
        "of councils. rate: the year's rate / 12. stock-rate: the rate on the day. percentage: as "
        "published. complement: 100 less the published percentage.",
    ),
    Column(
        "published_note",
        "Comparison: note",
        "What the published measure counts otherwise; or why there is none to compare with.",
    ),
    Column("target", "Target", "The target in force, in the indicator's unit.", Type.NUMBER),
    Column(
        "target_tolerance",
        "Target: tolerance",
        "How far from the target still counts as met.",
        Type.NUMBER,
    ),
    Column("target_since", "Target since", "The first month of this target.", Type.MONTH),
    Column(
        "provisional_months",
        "Provisional for",
        "For how many months, its own among them, a figure can still rise.",
        Type.WHOLE,
        required=True,
    ),
    Column(
        "notes",
        "Notes",
        "What to know about its figures on this month's page, and about how they are judged.",
    ),
)

COLUMNS_OF_COLUMNS = (
    Column("file", "File", "The file that has the column.", required=True),
    Column("column", "Column", "The name in the file's first line.", required=True),
    Column("title", "Title", "The name for people.", required=True),
    Column(
        "type",
        "Type",
        "What it holds. A month is written 2021-06, a date 2021-06-01.",
        required=True,
        one_of=tuple(type_.value for type_ in Type),
    ),
    Column("always_there", "Always there", "Whether no cell of it is empty.", Type.FLAG,
           required=True),
    Column("description", "Description", "What it holds, in plain words.", required=True),
)  # fmt: skip
