"""`scorecard load PATH...`: printed pages, case records, supplied figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import (
    as_typed,
    count,
    counted,
    limit_option,
    print_findings,
    telling,
)
from openscorecard.errors import InputError
from openscorecard.findings import Severity, has_errors

if TYPE_CHECKING:
    from openscorecard.workspace.figures import LoadedCell
    from openscorecard.workspace.folder import Workspace
    from openscorecard.workspace.take import Taken

_DATE = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--extracted",
    metavar="DATE",
    type=_DATE,
    help="Records: the day on which they were read out of the case system (2021-07-05).",
)
@click.option(
    "--complete-from",
    metavar="DATE",
    type=_DATE,
    help="Records: from when on every table is complete (2017-04-01).",
)
@click.option("--council", default="", help="Records: the code of the council whose they are.")
@click.option(
    "--as-printed",
    is_flag=True,
    help="Pages: take every number as it is printed, even one that cannot be true.",
)
@click.option("--reason", default="", help="Why; shown beside the figures that a page revises.")
@limit_option("pages: limit_mb of the settings, 25 unless changed")
@click.pass_context
def load(
    ctx: click.Context,
    paths: tuple[Path, ...],
    extracted: dt.datetime | None,
    complete_from: dt.datetime | None,
    council: str,
    as_printed: bool,
    reason: str,
    limit_bytes: int | None,
) -> None:
    """Load case records, supplied figures or printed pages into the workspace.

    A folder is an extract of CASE RECORDS: one file a table, named after the tables of the Standard
    Safeguarding Dataset (ssd_contacts.csv, ssd_cin_episodes.parquet, ...), with a load.toml that
    says on which day they were read out and from when on each table is complete, or with
    --extracted and --complete-from. A folder with one folder a council, named by its code, is an
    extract of them all. What cannot be used is set aside, in a file that says why.

    A table with the headings ref, month, value holds SUPPLIED FIGURES: alone, or in the folder as
    supplied_figures.csv or .xlsx.

    Any other file is a PRINTED PAGE: its figures are taken as released before. A number that
    cannot be true is set aside. To correct figures, load a page with the right ones: the rows that
    it has are enough, and the page loaded last wins.
    """
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.take_records import is_records

    workspace = open_workspace(ctx.obj)
    records = [path for path in paths if is_records(path)]
    pages = [path for path in paths if path not in records]
    _refuse_mixed(records, pages, bool(extracted or complete_from or council))
    if records:
        bad = _load_records(
            ctx,
            workspace,
            records,
            extracted.date() if extracted else None,
            complete_from.date() if complete_from else None,
            council,
            reason.strip(),
        )
    else:
        bad = _load_pages(ctx, workspace, pages, as_printed, reason.strip(), limit_bytes)
    if bad:
        ctx.exit(1)


def _refuse_mixed(records: list[Path], pages: list[Path], for_records: bool) -> None:
    if records and pages:
        raise click.UsageError(
            f"{records[0]} holds records and {pages[0]} is a page: load them one after the other."
        )
    if pages and for_records:
        raise click.UsageError(
            f"--extracted, --complete-from and --council are for records, and {pages[0]} is "
            "no folder and no table of supplied figures."
        )


def _load_pages(
    ctx: click.Context,
    workspace: Workspace,
    pages: list[Path],
    as_printed: bool,
    reason: str,
    limit_bytes: int | None,
) -> bool:
    """Whether something is certainly wrong in a page."""
    from openscorecard.workspace.take import load_pages

    taken = load_pages(
        workspace, pages, as_printed=as_printed, reason=reason, limit_bytes=limit_bytes
    )
    for one in taken:
        _print(one)
    newest = max(one.load.month for one in taken)
    command = as_typed("page", newest.iso, workspace=ctx.obj)
    click.echo(f"Next: `{command}` prints the page of {newest.long}.")
    return any(has_errors(one.findings) for one in taken)


def _load_records(
    ctx: click.Context,
    workspace: Workspace,
    records: list[Path],
    extracted: dt.date | None,
    complete_from: dt.date | None,
    council: str,
    reason: str,
) -> bool:
    """Whether something is certainly wrong in the records. One load a path, in their order."""
    from openscorecard.cli.load_records import print_records
    from openscorecard.records.extracts.found import has_errors as are_errors
    from openscorecard.workspace.take_records import load_records

    bad = False
    months = []
    done: list[str] = []
    for path in records:
        try:
            with telling() as tell:
                taken = load_records(
                    workspace,
                    path,
                    extracted=extracted,
                    complete_from=complete_from,
                    council=council,
                    reason=reason,
                    tell=tell,
                )
        except InputError as error:
            raise _after(error, done, records[len(done) :]) from error
        print_records(taken, workspace)
        done.append(f"{path} as {taken.load.id}")
        months.append(taken.load.month)
        bad = bad or are_errors(taken.found)
    command = as_typed("build", max(months).iso, workspace=ctx.obj)
    click.echo(f"Next: `{command}` works out the page of {max(months).long}.")
    return bad


def _after(error: InputError, done: list[str], left: list[Path]) -> InputError:
    """The error of one of several extracts, saying what was loaded before it."""
    if not done:
        return error
    rest = f"; then load {', '.join(map(str, left))}" if left else ""
    return InputError(
        f"{error.found} (loaded before it: {', '.join(done)}; nothing after it)",
        where=error.where,
        todo=f"{error.todo}{rest}",
    )


def _print(taken: Taken) -> None:
    loaded = taken.load
    months = f"{loaded.months[0].short} to {loaded.months[-1].short}"
    figures = ", ".join(f"{number} {status}" for status, number in taken.by_status().items())
    click.echo(f"{loaded.file}: loaded as {loaded.id}")
    click.echo(f"  {count(loaded.indicators, 'indicator')}, {months}; month figures: {figures}")
    if loaded.unknown_refs:
        click.echo(f"  not in the catalogue: {', '.join(loaded.unknown_refs)}")
    if taken.unread:
        click.echo(f"  could not be read, and taken as no figure: {_named(taken.unread)}")
    if taken.set_aside:
        click.echo(f"  set aside, because they cannot be true: {_named(taken.set_aside)}")
        click.echo("  To correct one, load a page with the right figure: its row alone is enough.")
    if taken.derived_aside:
        number = count(len(taken.derived_aside), "derived cell")
        click.echo(f"  set aside likewise: {number}, worked out anew where the figures allow it")
    click.echo(f"  findings: {counted(taken.findings)}")
    serious = [one for one in taken.findings if one.severity is not Severity.INFORMATION]
    if serious:
        print_findings(serious)
        click.echo()


def _named(cells: Iterable[LoadedCell]) -> str:
    """`M1 May-21 (50%), Jun-21 (60%); M2 Jun-21 (see note)`: why, the findings say."""
    of_ref: dict[str, list[str]] = {}
    for cell in cells:
        at = cell.month.short if cell.column == "value" else cell.column
        shown = f" ({' '.join(cell.raw.split())})" if cell.raw.strip() else ""
        of_ref.setdefault(cell.ref, []).append(f"{at}{shown}")
    return "; ".join(f"{ref} {', '.join(places)}" for ref, places in of_ref.items())
