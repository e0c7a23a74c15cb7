"""`scorecard people`: who may sign in. So the first administrator comes in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from openscorecard.cli.output import as_typed, console, format_option, print_csv, print_json
from openscorecard.errors import InputError

ROLES = {"administrator": "administrator", "analyst": "analyst", "panel": "panel_member"}
_HEADER = ("name", "e-mail", "roles", "titles", "last signed in", "state")
_ADDRESS = click.option(
    "--address",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Where people reach the application: the link begins with it.",
)


@click.group()
def people() -> None:
    """Enter people who may sign in to the web application, and list them.

    The rest is done on its page People, by an administrator whom this enters.
    """


@people.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name, as others read it.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(list(ROLES)),
    help="May be given several times. Who reports and who owns follows from titles.",
)
@click.option(
    "--title",
    "titles",
    multiple=True,
    metavar="TITLE",
    help="A title of the catalogue that the person holds. May be given several times.",
)
@_ADDRESS
@click.pass_context
def add(
    ctx: click.Context,
    email: str,
    name: str,
    roles: tuple[str, ...],
    titles: tuple[str, ...],
    address: str,
) -> None:
    """Enter a person; prints the link by which she sets her password, good for three days.

    With --role administrator alone, an account that is there already becomes an administrator's.
    """
    _set_up(ctx)
    from django.db import transaction

    from openscorecard.web.accounts import queries, services

    known = queries.titles_in_catalogue()
    for title in titles:
        if title not in known:
            raise InputError(
                f"the catalogue has no title {title!r}",
                where="--title",
                todo=f"give one of: {'; '.join(sorted(known))}",
            )
    if set(roles) == {"administrator"} and not titles:
        account, secret = services.make_first_administrator(email, name)
    else:
        given = {ROLES[role]: True for role in roles}
        with transaction.atomic():
            account = services.make_account(None, services.Person(email, name, **given), titles)
            secret = services.make_link(None, account)
    click.echo(f"{account.name} <{account.email}> is entered.")
    _print_link(address, secret)


@people.command()
@click.argument("email")
@_ADDRESS
@click.pass_context
def link(ctx: click.Context, email: str, address: str) -> None:
    """Print a new link by which somebody sets her password; setting it ends a lock too."""
    _set_up(ctx)
    from openscorecard.web.accounts import services
    from openscorecard.web.accounts.models import Account

    account = Account.objects.filter(email=email.strip().lower()).first()
    if account is None:
        raise InputError(
            "nobody is entered with that address",
            where=email,
            todo=f"see who is: {as_typed('people', 'list', workspace=ctx.obj)}",
        )
    _print_link(address, services.make_link(None, account))


@people.command("list")
@format_option
@click.pass_context
def list_people(ctx: click.Context, form: str) -> None:
    """List everybody who was entered, with roles and titles."""
    _set_up(ctx)
    from django.utils import timezone

    from openscorecard.web.accounts import queries

    rows = []
    for person in queries.people():
        account = person.account
        last = account.last_login
        state = "locked out" if person.locked else "open"
        rows.append((
            account.name, account.email, ", ".join(person.roles), "; ".join(person.titles),
            timezone.localtime(last).date().isoformat() if last else "",
            state if account.is_active else "closed",
        ))  # fmt: skip
    if form == "json":
        print_json([dict(zip(_HEADER, row, strict=True)) for row in rows])
    elif form == "csv":
        print_csv(_HEADER, rows)
    else:
        _print_table(rows, ctx.obj)


def _set_up(ctx: click.Context) -> None:
    from openscorecard.web import prepare
    from openscorecard.workspace import open_workspace

    prepare.set_up(open_workspace(ctx.obj).root)
    prepare.migrate()


def _print_table(rows: Sequence[tuple[str, ...]], workspace: Path | None) -> None:
    from rich.table import Table
    from rich.text import Text

    if not rows:
        click.echo("Nobody is entered yet. Enter the first administrator with:")
        words = ("people", "add", "NAME@COUNCIL", "--name", "NAME", "--role", "administrator")
        click.echo(f"  {as_typed(*words, workspace=workspace)}")
        return
    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False)
    for name in _HEADER:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console().print(table)


def _print_link(address: str, secret: str) -> None:
    from django.urls import reverse

    click.echo("The link to set the password, good once and for three days:")
    click.echo(f"  {address.rstrip('/')}{reverse('account_password_link')}?key={secret}")
