"""`scorecard publish MONTH`: the page in all media, for the council's own people or the public."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

import click

from openscorecard.cli.output import as_typed, count, telling
from openscorecard.publish.file_names import RELEASE


@click.command()
@click.argument("month")
@click.option(
    "--audience",
    type=click.Choice(["internal", "public"]),
    required=True,
    help="The public page hides small counts (1 to 5, unless set) and what would tell them.",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to write: a new one, an empty one, or an earlier publication of this page.",
)
@click.option("--reason", default="", help="Why a page that was published is corrected.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="The day of publication that the pages name (2021-07-23); by default today.",
)
@click.option("--draft", is_flag=True, help="Write it to look at: marked DRAFT, no release made.")
@click.option(
    "--latest",
    is_flag=True,
    help="The folder holds the newest month: take the place of an earlier month's page.",
)
@click.pass_context
def publish(
    ctx: click.Context,
    month: str,
    audience: str,
    to: Path,
    reason: str,
    on: dt.datetime | None,
    draft: bool,
    latest: bool,
) -> None:
    """Publish the page of MONTH (2021-06) in all media: HTML, XLSX, CSV, Parquet, PDF.

    That makes a release: version 1 of the month's page for its audience. The same page published
    again is the same version, byte for byte. A page that reads otherwise is a correction, and
    becomes the next version with a --reason.
    """
    from openscorecard import publishing
    from openscorecard.periods import Month
    from openscorecard.workspace import open_workspace

    if draft and (reason or on):
        raise click.UsageError("a draft is no release: it has no --reason and no day (--on)")
    at = Month.parse(month)
    warnings: list[str] = []
    with telling(f"computing {at.long}") as tell:
        files = publishing.publish(
            at,
            open_workspace(ctx.obj),
            audience,
            to,
            None if on is None else on.date(),
            reason=reason,
            draft=draft,
            latest=latest,
            tell=tell,
            warn=warnings.append,
        )
    click.echo(f"{at.long}, {audience}: {_release_in(to)}")
    for warning in warnings:
        click.echo(f"  To look at: {warning}", err=True)
    for line in media_lines(files):
        click.echo(f"  {line}")
    click.echo(f"Open    {to / 'index.html'}")
    if (to / RELEASE).is_file():
        click.echo(f"Verify  {as_typed('verify', to)}")


def _release_in(to: Path) -> str:
    """`version 2 of 2021-07-30, 3 cells changed` as release.json says; a draft is called one."""
    try:
        stated = json.loads((to / RELEASE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "written"
    if stated["version"] is None:
        return "a draft, which counts as no release"
    said = f"version {stated['version']} of {stated['on']}"
    if stated["version"] > 1:
        said = f"{said}, {count(len(stated['changed']), 'cell')} changed: {stated['reason']}"
    return said


# Medium: how its files' names end. What fits none stands under the last.
_MEDIA = (
    ("pages", ".html"),
    ("workbook", ".xlsx"),
    ("PDF", ".pdf"),
    ("CSV", ".csv"),
    ("Parquet", ".parquet"),
    ("descriptions", ".json"),
    ("style and font", ""),
)


def media_lines(files: Iterable[Path]) -> tuple[str, ...]:
    """A line a medium, as `PDF             2 files    412 kB  panel-paper.pdf, panel-table.pdf`."""
    left = list(files)
    lines = []
    for name, ending in _MEDIA:
        of_it = [path for path in left if path.name.endswith(ending)]
        left = [path for path in left if path not in of_it]
        if not of_it:
            continue
        size = max(1, round(sum(path.stat().st_size for path in of_it) / 1000))
        named = ", ".join(sorted(path.name for path in of_it)) if 0 < len(of_it) <= 3 else ""
        lines.append(f"{name:<15} {count(len(of_it), 'file'):>8} {size:>7,} kB  {named}".rstrip())
    return tuple(lines)
