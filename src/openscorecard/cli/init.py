"""`scorecard init DIR`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--council", default="", help="The council's name, as the page shall show it.")
def init(folder: Path, council: str) -> None:
    """Make a new workspace for a council in DIR.

    DIR may hold other files, but no workspace. Nothing is written unless all of it can be.
    """
    from openscorecard.workspace.folder import make_workspace

    workspace = make_workspace(folder, council)
    click.echo(
        f"A workspace is made in {folder}.\n\n"
        "Next:\n"
        f"  1. Look through {folder / 'openscorecard.toml'} and write what you know.\n"
        f"  2. scorecard --workspace {folder} load PAGE   takes in a printed page.\n"
        f"  3. scorecard --workspace {folder} doctor      says what is still missing."
    )
    del workspace
