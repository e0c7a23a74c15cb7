"""`scorecard demo DIR`: the demonstration council, made by the same steps as any other."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.cli.demo_serve import free_port, serve
from openscorecard.cli.output import as_typed, count, counted, telling
from openscorecard.errors import InputError, InternalError

if TYPE_CHECKING:
    from openscorecard.comparators.store import Loaded
    from openscorecard.demo.content import Remarks
    from openscorecard.workspace import Workspace

PAGE, EXTRACTS, README = "pages/wexmoor-2021-06.xlsx", "extracts", "README.md"
STATISTICS = "statistics"
INTERNAL, PUBLIC = "published/2021-06/internal/1", "published/2021-06/public/1"
PUBLISHED = dt.date(2021, 7, 23)  # the pages print it, and are the same whenever they are made


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--no-serve", is_flag=True, help="Make it, but do not serve and open it.")
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8000,
    show_default=True,
    help="Where to serve; the next free one is taken if it is not.",
)
def demo(folder: Path, no_serve: bool, port: int) -> None:
    """Make the demonstration council in DIR, publish its page of June 2021, serve it.

    DIR is a new or an empty folder, or one that this command made before: everything in that is
    made anew. The application is served on this machine alone, until Ctrl-C, and says who can sign
    in.
    """
    from openscorecard.demo.folder import fresh_folder, refuse_foreign

    refuse_foreign(folder)
    free = 0 if no_serve else free_port(port)  # the port comes first: without one, nothing is made
    with _named_as_given(folder), fresh_folder(folder) as fresh, _named_as_given(folder, fresh):
        _make(fresh, folder)
    _say_what_next(folder)
    if not no_serve:
        serve(folder, free, port)


@contextmanager
def _named_as_given(folder: Path, fresh: Path | None = None) -> Iterator[None]:
    """Errors of the steps name the folder that was asked for, not `fresh`, where it is built."""
    try:
        yield
    except InputError as error:
        if fresh is None:
            raise
        where = error.where
        for built in (str(fresh.resolve()), str(fresh)):
            where = where.replace(built, str(folder))
        raise InputError(error.found, where=where, todo=error.todo) from error
    except OSError as error:
        raise InputError(
            f"the demonstration could not be written there ({error.strerror or error})",
            where=str(folder),
            todo="make room on the disk, or name a folder that you may write to",
        ) from error


def _make(fresh: Path, folder: Path) -> None:
    """The steps, each the one that a command of its own takes, in `fresh`; said of `folder`."""
    from openscorecard import publishing
    from openscorecard.demo.content import COUNCIL, MONTH, remarks, settings, targets
    from openscorecard.files import replace_file
    from openscorecard.workspace.folder import make_workspace, open_workspace
    from openscorecard.workspace.releases import set_key
    from openscorecard.workspace.settings import FILE

    make_workspace(fresh, COUNCIL)
    replace_file(fresh / FILE, settings())
    workspace = open_workspace(fresh)
    replace_file(fresh / "definitions" / "targets.toml", targets())
    click.echo(f"Made a workspace for {COUNCIL}, which is invented: {folder}")

    june, may = remarks(MONTH), remarks(MONTH.plus(-1))
    _load_records(workspace, folder)
    _load_statistics(workspace, folder)
    _build(workspace, folder)
    _type_and_check(workspace, june, folder)
    for said in (june, may):
        _take_in(workspace, said)
    click.echo(
        f"Took in the comments: {len(june.remarks)} on {june.month.long}, "
        f"{len(may.remarks)} on {may.month.long}"
    )
    _sign(workspace)
    set_key(workspace.root, hashlib.sha256(COUNCIL.encode("utf-8")).digest())  # nobody's secret
    for audience, place, who in (
        ("internal", INTERNAL, "the council's own people"),
        ("public", PUBLIC, "the public"),
    ):
        files = publishing.publish(MONTH, workspace, audience, fresh / place, on=PUBLISHED)
        pages = sum(file.suffix == ".html" for file in files)
        click.echo(
            f"Published it for {who}: HTML ({pages} pages), {_media(files)} in {folder / place}"
        )
    _enter_people(fresh)


def _media(files: tuple[Path, ...]) -> str:
    """`XLSX, PDF, CSV, Parquet`: those that there are, besides the pages."""
    found = {file.suffix for file in files}
    return ", ".join(
        name
        for name, ending in (
            ("XLSX", ".xlsx"),
            ("PDF", ".pdf"),
            ("CSV", ".csv"),
            ("Parquet", ".parquet"),
        )
        if ending in found
    )


def _load_records(workspace: Workspace, folder: Path) -> None:
    """Writes the council's thirteen extracts, and loads them in the order in which they came."""
    from openscorecard.demo.council import extracts
    from openscorecard.workspace.take_records import load_records

    with telling("making four years of invented case records"):
        made = extracts(workspace.root / EXTRACTS)
    click.echo(f"Made {len(made)} monthly extracts of its case records: {folder / EXTRACTS}")
    with telling("checking them and taking them in") as tell:
        taken = [load_records(workspace, one, tell=tell) for one in made]
    newest = taken[-1].load
    found = sum(len(one.found) for one in taken)
    click.echo(
        f"Checked and loaded them: {newest.rows:,} rows the newest, in {len(newest.tables)} "
        f"tables; {count(found, 'finding')}"
    )


def _load_statistics(workspace: Workspace, folder: Path) -> None:
    """Writes what the Department publishes, as far as it is used, and takes it in."""
    from openscorecard.demo.comparators import comparators_csv
    from openscorecard.demo.published import edition_of, published_files
    from openscorecard.files import replace_file
    from openscorecard.workspace.comparators import FILE
    from openscorecard.workspace.published import load_published

    replace_file(workspace.root / FILE, comparators_csv())
    loaded: list[Loaded] = []
    (workspace.root / STATISTICS).mkdir(exist_ok=True)
    for name, content in published_files().items():
        path = workspace.root / STATISTICS / name
        replace_file(path, content)
        loaded += load_published(workspace, [path], edition=edition_of(name))
    series = sum(len(one.entry.series) for one in loaded)
    click.echo(
        f"Loaded published statistics to stand beside its figures: {count(len(loaded), 'file')}, "
        f"{series} series: {folder / STATISTICS}"
    )


def _build(workspace: Workspace, folder: Path) -> None:
    """Computes the page, and says how it lies beside the one that was typed."""
    from openscorecard import run
    from openscorecard.demo.content import MONTH
    from openscorecard.demo.landing import landing, tallies
    from openscorecard.demo.readme import readme
    from openscorecard.files import replace_file

    with telling("computing the page") as tell:
        page = run.build(MONTH, workspace, tell=tell)
    with_figure = sum(row.latest.value is not None for row in page.rows)
    click.echo(
        f"Computed {MONTH.long} from them: {len(page.rows)} indicators, {with_figure} with a figure"
    )
    cells = landing(page)
    replace_file(workspace.root / README, readme(cells))
    found = tallies(cells)
    landed, printed = sum(one.landed for one in found), sum(one.printed for one in found)
    click.echo(
        f"Held it against the page that was typed by hand: {landed} of {printed} cells are the "
        f"same; the others, and why, are in {folder / README}"
    )


def _type_and_check(workspace: Workspace, said: Remarks, folder: Path) -> None:
    """Writes the page as somebody typed it; reads and checks it."""
    from openscorecard import run
    from openscorecard.demo.page_workbook import page_workbook
    from openscorecard.files import replace_file
    from openscorecard.records.printed.read import read_page
    from openscorecard.scorecard.checks import check_page

    catalogue = run.catalogue_of(workspace)
    replace_file(workspace.root / PAGE, page_workbook(catalogue, said))
    page = read_page(workspace.root / PAGE)
    click.echo(
        f"Typed the page of {said.month.long} by hand, mistakes included: {folder / PAGE}\n"
        f"Checked it: {counted(check_page(page, catalogue))}"
    )


def _take_in(workspace: Workspace, said: Remarks) -> None:
    """Puts the comments into the month's file, by the reporters' roles."""
    from openscorecard import run
    from openscorecard.commentary.entries import Entry, EntryKind
    from openscorecard.commentary.store import read_comments, write_comments

    catalogue = run.catalogue_of(workspace)
    stored = read_comments(workspace.root, said.month)
    for remark in said.remarks:
        indicator = catalogue.get(remark.ref)
        assert indicator is not None, remark.ref
        stored = stored.with_entry(
            Entry(
                ref=remark.ref,
                kind=EntryKind.TEXT,
                by=workspace.settings.display(indicator.reporter),
                at=said.written,
                text=remark.text,
                public_text=remark.public_text,
            )
        )
    write_comments(workspace.root, stored)


def _sign(workspace: Workspace) -> None:
    """Has the owners sign most of the comments, and return some; one figure changes afterwards."""
    from openscorecard import run
    from openscorecard.commentary.entries import EntryKind
    from openscorecard.commentary.store import change_comments
    from openscorecard.demo.content import MONTH
    from openscorecard.demo.signatures import POPULATION_BEFORE, signed

    before = replace(workspace.settings, population=Fraction(POPULATION_BEFORE))
    page_before = run.build(MONTH, replace(workspace, settings=before))
    page, catalogue = run.build(MONTH, workspace), run.catalogue_of(workspace)
    stored = change_comments(
        workspace.root, MONTH, lambda held: signed(held, catalogue, page, page_before)
    )
    kinds = [entry.kind for entry in stored.entries]
    click.echo(
        f"Signed {kinds.count(EntryKind.SIGNED)} of them, returned "
        f"{kinds.count(EntryKind.RETURNED)}, left the others to be written and signed"
    )


def _enter_people(fresh: Path) -> None:
    """Enters the invented people into the application, by a process of its own."""
    from openscorecard.demo.people import PEOPLE

    command = [sys.executable, "-m", "openscorecard.cli.demo_people", str(fresh)]
    outside = {name: said for name, said in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=outside)  # noqa: S603
    if done.returncode:
        raise InternalError(f"the people could not be entered:\n{done.stderr}")
    click.echo(f"Entered {len(PEOPLE)} invented people who may sign in")


def _say_what_next(folder: Path) -> None:
    commands = (
        as_typed("serve", workspace=folder),
        as_typed("page", "2021-06", workspace=folder),
        as_typed("explain", "CP3-QL", "2021-06", workspace=folder),
        as_typed("explain", "CP3-QL", "2021-06", "--rows", "not-met", workspace=folder),
        as_typed("revisions", "LAC1", workspace=folder),
        as_typed("data", "2021-06", workspace=folder),
        as_typed("comparators", "show", "--year", "2020", workspace=folder),
        as_typed("check", folder / PAGE),
        as_typed("comments", "export", "2021-06", "comments.xlsx", workspace=folder),
        as_typed("verify", folder / PUBLIC),
    )
    click.echo("\nTry next:")
    for command in commands:
        click.echo(f"  {command}")
