"""A PostgreSQL of one's own for a few tests, on a socket in a folder of its own.

Debian's packages keep the server's programs off the path; it refuses to run as root, so that root
runs it as the user `postgres`, whom the package made.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAMS = ("initdb", "postgres", "psql")
START_SECONDS = 30


def programs() -> Path | None:
    """The folder with the server's programs, the newest version's; None where there is none."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(versions, key=lambda one: float(one.parent.name), reverse=True)
    for folder in folders:
        if all((folder / name).exists() or shutil.which(name) for name in PROGRAMS):
            return folder
    return None


@dataclass(frozen=True, slots=True)
class Server:
    """`run` executes a script, `answers` one query after another."""

    folder: Path
    socket: Path
    as_user: Mapping[str, Any]

    def run(self, script: str) -> str:
        done = subprocess.run(
            [*_program(self.folder, "psql"), "-X", "-q", "-h", self.socket, "-U", "scorecard",
             "-d", "postgres", "--csv", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"],
            input=script, capture_output=True, text=True, encoding="utf-8", check=False,
            timeout=120, **self.as_user,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(done.stderr)
        return str(done.stdout)

    def answers(self, queries: Mapping[str, str]) -> dict[str, list[tuple[str, ...]]]:
        """The rows of each query as text, an empty text for NULL."""
        mark = "next-query:"
        script = "".join(f"\\echo {mark}{name}\n{sql};\n" for name, sql in queries.items())
        found: dict[str, list[tuple[str, ...]]] = {}
        for part in self.run(script).split(mark)[1:]:
            name, _, rows = part.partition("\n")
            found[name] = [tuple(row) for row in csv.reader(io.StringIO(rows))]
        return found


def _program(folder: Path, name: str) -> list[str]:
    return [str(folder / name) if (folder / name).exists() else name]


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Starts a server over an empty database, and ends it. `folder` holds its programs."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    as_user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []}
    as_user = {**(as_user if root else {}), "cwd": "/"}
    home = Path(tempfile.mkdtemp(prefix="scorecard-postgres-"))
    try:
        if root:
            shutil.chown(home, "postgres", "postgres")
        data = home / "data"
        subprocess.run(
            [*_program(folder, "initdb"), "-D", data, "-U", "scorecard", "-A", "trust",
             "--locale=C", "-E", "UTF8", "--no-sync", "--no-instructions"],
            check=True, capture_output=True, **as_user,
        )  # fmt: skip
        with (home / "log").open("w") as log:
            started = subprocess.Popen(
                [*_program(folder, "postgres"), "-D", data, "-k", home, "-c", "listen_addresses=",
                 "-c", "fsync=off", "-c", "jit=off"],
                stdout=log, stderr=log, **as_user,
            )  # fmt: skip
        try:
            made = Server(folder, home, as_user)
            _wait(made, started, home / "log")
            yield made
        finally:
            started.send_signal(signal.SIGINT)  # the fast way to end
            try:
                started.wait(timeout=15)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _wait(made: Server, started: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            made.run("SELECT 1;")
        except AssertionError:
            if started.poll() is not None or time.monotonic() > until:
                raise AssertionError(log.read_text(encoding="utf-8")) from None
            time.sleep(0.05)
        else:
            return
