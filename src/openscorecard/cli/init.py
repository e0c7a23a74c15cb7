"""`scorecard init DIR`."""

from __future__ import annotations

from pathlib import Path

import click

from openscorecard.cli.output import as_typed


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--council", default="", help="The council's name, as the page shall show it.")
def init(folder: Path, council: str) -> None:
    """Make a new workspace for a council in DIR.

    DIR may hold other files, but no workspace. Nothing is written unless all of it can be.
    """
    from openscorecard.workspace.folder import make_workspace
    from openscorecard.workspace.settings import FILE

    workspace = make_workspace(folder, council)
    inside = None if workspace.root == Path.cwd().resolve() else folder
    name = (
        f"Look through {folder / FILE} and write what you know."
        if workspace.settings.council
        else f"Write the council's name into {folder / FILE}, after `name =`: "
        "nothing is published without it."
    )
    steps = (
        name,
        f"{as_typed('load', 'PAGE', workspace=inside)}   takes in a printed page.",
        f"{as_typed('doctor', workspace=inside)}   says what is still missing.",
    )
    click.echo(f"A workspace is made in {workspace.root}\n\nNext:")
    for number, step in enumerate(steps, start=1):
        click.echo(f"  {number}. {step}")
