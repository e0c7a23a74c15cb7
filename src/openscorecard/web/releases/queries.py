"""Reads of this area beside the checklist: the preview, what was published, one file of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from openscorecard.periods import Month
from openscorecard.publish.html.site import site
from openscorecard.web.loads.models import Job, JobState, Kind
from openscorecard.web.months import kept, seen
from openscorecard.web.releases.places import Edition, editions

# Content types by the endings of a publication's files.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8; header=present",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
OTHER_TYPE = "application/octet-stream"
# What a program that was pointed at them finds always at the same address.
ALWAYS = ("figures.csv", "figures.csv-metadata.json", "figures.parquet", "data-dictionary.csv",
          "data-dictionary.csv-metadata.json", "release.json")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishedMonth:
    """A month with the versions of its pages that somebody may see, the newest first."""

    month: Month
    editions: tuple[Edition, ...]

    def of(self, audience: str) -> tuple[Edition, ...]:
        return tuple(one for one in self.editions if one.kept.audience == audience)


def content_type(name: str) -> str:
    return TYPES.get(Path(name).suffix, OTHER_TYPE)


def preview(month: Month, audience: str) -> dict[str, bytes]:
    """Every page of the site as it would be published now, marked as a draft."""
    page = seen(month, audience)
    return kept(("preview", page.stamp), lambda: site(page.page))


def published_months(audiences: tuple[str, ...]) -> tuple[PublishedMonth, ...]:
    """What was published for these audiences, the newest month first."""
    shown = [one for one in editions() if one.kept.audience in audiences]
    return tuple(
        PublishedMonth(month, tuple(of_month))
        for month, of_month in groupby(shown, key=lambda one: one.kept.month)
    )


def job_under_way(month: Month) -> Job | None:
    """The release of the month that waits or is under way."""
    jobs = Job.objects.filter(kind=Kind.RELEASE, state__in=(JobState.WAITING, JobState.RUNNING))
    return next((one for one in jobs if one.asked.get("month") == month.iso), None)


def read_file(edition: Edition, name: str) -> Path | None:
    """The path of one of a release's own files; None where it has none of that name."""
    if edition.folder is None or name not in edition.files:
        return None
    path = edition.folder / name
    return path if path.is_file() else None
