"""What the API answers with. Column names and meanings are those of the open data, whose files hold
the same lines; docs/open-data.md explains them."""

from __future__ import annotations

import datetime as dt

from ninja import Field, Schema


class AskedAudience(Schema):
    audience: str = Field(
        "public", pattern="^(public|internal)$", description="internal for those signed in."
    )


class AskedLines(AskedAudience):
    month: str = Field(
        "", pattern=r"^(\d{4}-\d{2})?$", description="The page of 2021-06; by default the newest."
    )
    version: int = Field(0, ge=0, description="By default the newest of the month.")
    ref: str = Field("", max_length=60, description="An indicator's ref or permanent id.")


class AskedFigures(AskedLines):
    section: str = Field("", max_length=100)
    of_month: str = Field(
        "", pattern=r"^(\d{4}-\d{2})?$", description="The figures of this month alone."
    )
    measure: str = Field("", max_length=30, description="value, average_12m, verdict ...")


class ReleaseOut(Schema):
    month: str = Field(description="The month of the page, 2021-06.")
    audience: str = Field(description="public, or internal for those signed in.")
    version: int
    on: dt.date = Field(description="The day of release.")
    reason: str = Field(description="Why a version after the first was made.")
    corrected_cells: int = Field(
        description="How many cells read otherwise than in the version before."
    )
    newest: bool = Field(description="Whether it is the newest version of its month.")
    sha256: str = Field(description="Of its release.json, which lists the hash of every file.")
    pages: str = Field(description="Where the published pages are.")
    csv: str
    parquet: str


class FigureOut(Schema):
    ref: str
    indicator_id: str = Field(description="Permanent; join months by it.")
    indicator: str
    section: str
    unit: str = Field(description="Percentages are in points: 23 is 23%.")
    month: str
    measure: str
    value: float | None = Field(description="null where there is none; status says why.")
    status: str
    printed: str = Field(description="As the page shows it: rounded, or [c], [x], [z].")
    note: str
    revised: bool | None
    report_month: str
    signal: str = Field(description="On a verdict's line.")
    rule: str
    usual_low: float | None
    usual_high: float | None


class ComparatorOut(Schema):
    ref: str
    indicator_id: str
    measure: str = Field(description="sn (statistical neighbours), eng (England), region.")
    month: str
    value: float | None
    status: str
    printed: str
    period: str
    edition: str
    formula: str = Field(description="How the published figure was made into this one.")


class DefinitionOut(Schema):
    ref: str
    indicator_id: str
    indicator: str
    short_name: str
    section: str
    definition: str
    definition_since: str
    kind: str
    unit: str
    decimals: int
    preferred_direction: str
    frequency: str
    numerator: str
    denominator: str
    owner: str
    reporter: str
    outcome: str
    target: float | None
    target_since: str
    provisional_months: int
    notes: str


class Page(Schema):
    """The release that the lines are of, so that nobody mixes two."""

    month: str
    audience: str
    version: int


class Figures(Page):
    figures: list[FigureOut]


class Comparators(Page):
    comparators: list[ComparatorOut]


class Definitions(Page):
    definitions: list[DefinitionOut]


class Problem(Schema):
    found: str
    todo: str
