"""The commands by name, each loaded only when it is called, and the exit codes.

0 done; 1 done, with findings of severity error; 2 could not, nothing changed; 3 our fault.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn, TextIO, cast

import click

from openscorecard import __version__
from openscorecard.errors import InputError

# name: (module, the function in it, one line for --help); in the order that people meet them.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("demo", "demo", "Make the demonstration council, publish June 2021, open it."),
    "init": ("init", "init", "Make a new workspace for a council."),
    "doctor": ("doctor", "doctor", "Say what is missing in the workspace, and what that stops."),
    "read": ("read", "read", "Read a printed page: what stands in it."),
    "check": ("check", "check", "Check a printed page: what is wrong in it."),
    "load": ("load", "load", "Load case records, supplied figures or printed pages."),
    "loads": ("loads", "loads", "List the loads of the workspace."),
    "data": ("data", "data", "Say what in the case records would mislead the page."),
    "build": ("build", "build", "Compute the page of a month from the loads."),
    "page": ("page", "page", "Print the page of a month."),
    "indicators": (
        "indicators",
        "indicators",
        "Print the catalogue and where each line came from.",
    ),
    "sql": ("sql", "sql", "Print the query that counts an indicator."),
    "explain": ("explain", "explain", "Show how a figure came about, and the rows behind it."),
    "revisions": ("revisions", "revisions", "Show how a figure changed after it was published."),
    "signals": ("signals", "signals", "Say what is unusual in a month, by which rule."),
    "comments": ("comments", "comments", "Send out and take in the commentary workbook."),
    "chart": ("chart", "chart", "Draw a control chart of any series in a CSV file."),
    "comparators": (
        "comparators",
        "comparators",
        "Take in published statistics; show what stands beside each indicator.",
    ),
    "publish": ("publish", "publish", "Publish the page of a month in all media."),
    "releases": ("releases", "releases", "List what was published, and what was corrected."),
    "serve": ("serve", "serve", "Serve the web application."),
    "people": ("people", "people", "Enter people who may sign in, and list them."),
    "backup": ("backup", "backup", "Write the workspace and its accounts into one file."),
    "restore": ("backup", "restore", "Make a workspace again from such a file."),
    "verify": ("verify", "verify", "Say whether a publication is as it was released."),
}


class Commands(click.Group):
    """A group that imports a command's module only when it is called: `check` starts in a blink."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"openscorecard.cli.{module}"), function)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The council's folder; by default the nearest one upwards with an openscorecard.toml.",
)
@click.version_option(__version__, prog_name="scorecard")
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None) -> None:
    """The monthly scorecard of a children's services department."""
    ctx.obj = workspace


class OutputError(Exception):
    """What is printed finds no room, or no reader any more. No OSError, so that neither click nor
    rich takes it for its own business."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.reason = error.strerror or str(error)
        # Windows says "invalid argument" of a pipe that nobody reads.
        on_windows = sys.platform == "win32" and error.errno == errno.EINVAL
        self.nobody_reads = isinstance(error, BrokenPipeError) or on_windows


class Output:
    """Standard output, whose own failures are told from those of a file somewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError as error:
            raise OutputError(error) from error

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            raise OutputError(error) from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _end_without_output(error: OutputError) -> NoReturn:
    """`| head` has read enough: that is no failure. A full disk under `> FILE` is one."""
    nowhere = os.open(os.devnull, os.O_WRONLY)  # what still waits in buffers goes there
    os.dup2(nowhere, sys.stdout.fileno())
    if error.nobody_reads:
        sys.exit(0)
    click.echo(f"standard output: it could not be written ({error.reason})", err=True)
    click.echo("What to do: make room there, or send the output to another place.", err=True)
    sys.exit(2)


def main() -> None:
    """The entry point: runs a command and turns what it raises into an exit code."""
    for stream in (sys.stdout, sys.stderr):  # arrows and dashes on any terminal, Windows too
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.stdout is None:  # closed by whoever called, as in `>&-`
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  to the end
    sys.stdout = cast(TextIO, Output(sys.stdout))
    try:
        code = cli.main(prog_name="scorecard", standalone_mode=False)
        sys.stdout.flush()
    except OutputError as error:
        _end_without_output(error)
    except InputError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing was changed.", err=True)
        sys.exit(2)
    except Exception:  # noqa: BLE001  the one place that may catch all: it reports and ends
        click.echo(traceback.format_exc(), err=True)
        click.echo("That is a fault of OpenScorecard, not of yours: please report it.", err=True)
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)
