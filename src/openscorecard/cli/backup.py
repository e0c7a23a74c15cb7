"""`scorecard backup` and `scorecard restore`: the workspace and its accounts in one file."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from openscorecard.cli.output import as_typed, count, telling
from openscorecard.errors import InputError


@click.command()
@click.argument("file", metavar="FILE.zip", type=click.Path(path_type=Path))
@click.pass_context
def backup(ctx: click.Context, file: Path) -> None:
    """Write the workspace, and the accounts, drafts and record of the web application, into
    FILE.zip.

    The service may run meanwhile. The file holds child-level records: keep it as you keep those.
    """
    from openscorecard.web import prepare
    from openscorecard.web.backup import back_up
    from openscorecard.workspace import open_workspace

    workspace = open_workspace(ctx.obj)
    prepare.set_up(workspace.root)
    prepare.migrate()
    with telling("packing") as tell:
        number = back_up(workspace.root, file, tell)
    size = file.stat().st_size / 1_000_000
    click.echo(f"{file}: {count(number, 'file')} and the database, {size:,.1f} MB.")
    click.echo("It holds records of children: keep it where you may keep those.")


@click.command()
@click.argument("file", metavar="FILE.zip", type=click.Path(path_type=Path))
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--check", "only_check", is_flag=True, help="Read it through, and restore nothing.")
def restore(file: Path, folder: Path | None, only_check: bool) -> None:
    """Make the workspace of FILE.zip again in DIR, which has to be new or empty.

    The database goes to DATABASE_URL, which has to be new too, or to DIR. Everybody has to sign in
    again afterwards.
    """
    from openscorecard.web import backup as packed
    from openscorecard.web import prepare

    if only_check:
        click.echo(f"{file}: {count(len(packed.check(file)), 'file')}, all as they were written.")
        return
    if folder is None:
        raise InputError("no folder is named", where="DIR", todo="name a new one to restore into")
    with telling("reading it through"):
        number = packed.unpack(file, folder)
    try:
        prepare.set_up(folder.resolve())
        prepare.migrate()
        rows = packed.restore_database(file)
    except BaseException:  # all of it or nothing: a workspace without its accounts is a trap
        shutil.rmtree(folder)
        raise
    click.echo(f"{folder}: {count(number, 'file')}, and {rows} rows of the database.")
    click.echo(f"  {as_typed('serve', workspace=folder)}")
