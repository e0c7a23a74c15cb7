"""`scorecard doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from openscorecard.cli.output import console, format_option, print_csv, print_json
from openscorecard.findings import Severity

if TYPE_CHECKING:
    from openscorecard.workspace.remark import Remark


@click.command()
@format_option
@click.pass_context
def doctor(ctx: click.Context, form: str) -> None:
    """Say what is missing in the workspace, and what that stops.

    Ends with 1 if something is broken or stops all publishing: what else is not there yet is no
    fault.
    """
    from openscorecard.workspace import open_workspace
    from openscorecard.workspace.doctor import examine

    path: Path | None = ctx.obj
    workspace = open_workspace(path)
    remarks = examine(workspace)
    if form == "json":
        print_json([remark.as_json() for remark in remarks])
    elif form == "csv":
        header = ("severity", "about", "found", "stops", "todo")
        print_csv(header, [list(remark.as_json().values()) for remark in remarks])
    else:
        _print(remarks)
    if any(remark.severity is Severity.ERROR for remark in remarks):
        ctx.exit(1)


def _print(remarks: tuple[Remark, ...]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    if not remarks:
        out.print("Nothing is missing.")
        return
    heads = {
        Severity.ERROR: ("Mend first", "bold red"),
        Severity.WARNING: ("Missing", "bold yellow"),
        Severity.INFORMATION: ("Good to know", "bold cyan"),
    }
    for severity, (head, style) in heads.items():
        some = [remark for remark in remarks if remark.severity is severity]
        if some:
            out.print(Text(head, style=style))
        for remark in some:
            text = Text.assemble((f"{remark.about}: ", "bold"), remark.found)
            if remark.stops:
                text.append(f" Stops: {remark.stops}.")
            text.append(f"\n→ {remark.todo[:1].upper()}{remark.todo[1:]}.")
            out.print(Padding(text, (0, 0, 0, 2), expand=False))
        if some:
            out.print()
