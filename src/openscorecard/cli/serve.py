"""`scorecard serve`: the web application, on this machine or behind a proxy."""

from __future__ import annotations

import os
import socket
import sys

import click

from openscorecard.cli.output import as_typed
from openscorecard.errors import InputError

LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--host", default=LOOPBACK, show_default=True, help="The address to answer at.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=min(4, os.cpu_count() or 1),
    show_default=True,
    help="How many web processes; as many as the machine has cores is right.",
)
@click.option(
    "--server",
    type=click.Choice(["gunicorn", "waitress"]),
    default="waitress" if sys.platform == "win32" else "gunicorn",
    show_default=True,
    help="waitress runs on Windows too, in one process.",
)
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, processes: int, server: str) -> None:
    """Serve the web application until Ctrl-C.

    Everything it keeps is in the workspace's folder `web`, or in the database that DATABASE_URL
    names. docs/serve.md says how to put it behind a proxy and the council's single sign-on.
    """
    from openscorecard.workspace import open_workspace

    workspace = open_workspace(ctx.obj)
    _refuse_taken(host, port)
    from openscorecard.web import prepare

    prepare.set_up(workspace.root)
    steps = prepare.migrate()
    if steps:
        click.echo(f"Brought the database up to date ({len(steps)} steps).")
    prepare.gather_static()
    from openscorecard.web.accounts.models import Account

    if not Account.objects.filter(administrator=True, is_active=True).exists():
        click.echo("Nobody can sign in yet as administrator. Enter the first one with:")
        words = ("people", "add", "NAME@COUNCIL", "--name", "NAME", "--role", "administrator")
        click.echo(f"  {as_typed(*words, workspace=ctx.obj)}")
    click.echo(f"{workspace.settings.council or 'The workspace'}: http://{host}:{port}/")
    click.echo("Ctrl-C ends it.")
    from openscorecard.web.serving import serve as answer

    answer(host, port, processes, server)


def _refuse_taken(host: str, port: int) -> None:
    """Said before anything is made: gunicorn would try for a while, and say less."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if os.name == "posix":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise InputError(
                f"the address cannot be taken ({error.strerror or error})",
                where=f"{host}:{port}",
                todo="name another with --port, or end what answers there",
            ) from error
