"""What has to stand before the application answers: key, typeface, tables, static files.

Takes a workspace; gives Django set up on it; refuses, as InputError, a database that does not
answer and a folder that cannot be written.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.files import replace_file
from openscorecard.publish import fonts
from openscorecard.web.secret import make_signing_key

FOLDER = "web"  # in the workspace: what the application keeps


def set_up(root: Path) -> None:
    """Sets Django up on the workspace at `root`, once a process; makes what is missing on disk."""
    place = root / FOLDER
    try:
        place.mkdir(mode=0o700, exist_ok=True)  # it holds accounts, drafts and the signing key
        make_signing_key(place / "secret")
    except OSError as error:
        raise InputError(
            f"the application's folder cannot be written ({error.strerror or error})",
            where=str(place),
            todo="see that you may write to the workspace",
        ) from error
    font = place / "assets" / "scorecard-sans.woff2"
    if not font.exists():
        replace_file(font, fonts.web_font())
    os.environ["OPENSCORECARD_WORKSPACE"] = str(root)
    import django
    from django.conf import settings

    if not settings.configured:
        os.environ["DJANGO_SETTINGS_MODULE"] = "openscorecard.web.settings"
    django.setup()


def migrate() -> tuple[str, ...]:
    """Brings the database's tables to what this version needs; says which steps were taken."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        executor = MigrationExecutor(connection)
        steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if steps:
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise InputError(
            f"the database does not answer ({str(error).strip().splitlines()[0]})",
            where="DATABASE_URL" if os.environ.get("DATABASE_URL") else FOLDER,
            todo="see that it runs and that the address, name and password are right",
        ) from error
    return tuple(f"{one.app_label} {one.name}" for one, _ in steps)


def gather_static() -> None:
    """Puts style sheets, scripts and the typeface where they are served from, each under a name
    that changes when it does."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False, clear=False, stdout=io.StringIO())
