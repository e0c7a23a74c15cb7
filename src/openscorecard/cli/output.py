"""How commands print: the same data as a table for people, JSON for programs, CSV for Excel."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

import click

from openscorecard.files import MEGABYTE
from openscorecard.findings import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., Any])


def format_option(command: F) -> F:
    """`--format table|json|csv`, passed to the command as `form`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        help="How to print it.",
    )(command)


def limit_option(default: str) -> Callable[[F], F]:
    """`--limit-mb`, passed to the command as `limit_bytes`, None where it is not given; `default`
    says what holds then."""
    return click.option(
        "--limit-mb",
        "limit_bytes",
        type=float,
        callback=_in_bytes,
        help=f"The largest file to open, in megabytes.  [default: {default}]",
    )


def _in_bytes(ctx: click.Context, option: click.Parameter, megabytes: float | None) -> int | None:
    del ctx, option
    if megabytes is None:
        return None
    if not (math.isfinite(megabytes) and 0 < megabytes <= _LARGEST_LIMIT):
        raise click.BadParameter(f"it has to be above 0 and at most {_LARGEST_LIMIT:,}")
    return int(megabytes * MEGABYTE)


_LARGEST_LIMIT = 2000  # megabytes, as in the settings


def as_typed(*words: str | Path, workspace: Path | None = None) -> str:
    """A command of ours as a person types it, quoted where it must be.

    `scorecard --workspace 'our council' page 2021-06`; the program is named as it was called where
    it is not on the search path.
    """
    called = "scorecard"
    if not shutil.which(called) and Path(sys.argv[0]).stem == called:
        called = sys.argv[0]
    inside = () if workspace is None else ("--workspace", str(workspace))
    line = [called, *inside, *map(str, words)]
    if sys.platform == "win32":
        import subprocess

        return subprocess.list2cmdline(line)
    return shlex.join(line)


def count(number: int, thing: str) -> str:
    """`1 indicator`, `64 indicators`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def console(least: int = 0) -> Console:
    """A console as wide as the terminal; into a pipe 120 columns, or what COLUMNS says, and no
    blanks at the ends of lines. It is `least` columns wide, whatever the terminal is."""
    from rich.console import Console

    if sys.stdout.isatty():
        out = Console(highlight=False)
        return out if out.width >= least else Console(width=least, highlight=False)
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) else 120
    return Console(file=cast(IO[str], _Trimmed()), width=max(width, least), highlight=False)


class _Trimmed:
    """Standard output without the blanks that pad the last column of a table."""

    def write(self, text: str) -> int:
        sys.stdout.write(re.sub(r"[ \t]+(?=\n)", "", text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.stdout, name)


@contextmanager
def telling(first: str = "reading") -> Iterator[Callable[[str], None]]:
    """Says on a terminal what is being done, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(first) as status:
        yield lambda words: status.update(words)


@contextmanager
def telling_of_pdf(file: Path) -> Iterator[None]:
    """Says that a PDF is being read, which takes seconds; other kinds of page are there at once."""
    if file.suffix.lower() != ".pdf":
        yield
        return
    with telling(f"reading {file.name}"):
        yield


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([as_csv_text(cell) for cell in row] for row in rows)
    click.echo(text.getvalue(), nl=False)


def as_csv_text(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and len(value) > 1:
        try:
            float(value.replace(",", "").rstrip("%"))
        except ValueError:
            return f"'{value}"
    return value


WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


def counted(findings: Iterable[Finding]) -> str:
    """`2 errors, 1 warning, 0 notes`."""
    of = [finding.severity for finding in findings]
    return ", ".join(count(of.count(severity), word) for severity, word in WORDS.items())


def print_findings(findings: Sequence[Finding]) -> None:
    """The findings by severity, worst first: where, then the sentence, wrapped beside it."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    out = console()
    style = {
        Severity.ERROR: "bold red",
        Severity.WARNING: "bold yellow",
        Severity.INFORMATION: "bold cyan",
    }
    for severity in Severity:
        some = [finding for finding in findings if finding.severity is severity]
        if not some:
            continue
        out.print()
        out.print(Text(count(len(some), WORDS[severity]), style=style[severity]))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=_PLACE, overflow="fold")
        grid.add_column(overflow="fold")
        for finding in some:
            grid.add_row(Text(_place(finding), style="bold"), Text(finding.message))
        out.print(Padding(grid, (0, 0, 0, 2)))


_PLACE = 24  # characters: "LAC11-QL (%) change_year"


def _place(finding: Finding) -> str:
    """`NI147 2021-06`; for what concerns no cell, where in the file: `line 47`, `page 3, row 2`."""
    cell = " ".join(filter(None, [finding.ref, finding.column]))
    before, _, last = (finding.place or "").rpartition(", ")
    page = before.rpartition(", ")[2]
    return cell or (f"{page}, {last}" if re.fullmatch("page [0-9]+", page) else last)
