"""Serves the demonstration's application, and says who can sign in."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import click

from openscorecard.errors import InputError, InternalError

LOOPBACK, PORTS_TRIED, START_SECONDS = "127.0.0.1", 21, 60


def free_port(wanted: int) -> int:
    """The port, or the next free one of the twenty after it."""
    last = min(wanted + PORTS_TRIED - 1, 65_535)
    for port in range(wanted, last + 1):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
            if os.name == "posix":
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    raise InputError(
        f"no port from {wanted} to {last} is free",
        where="--port",
        todo="name another port, or leave serving out with --no-serve",
    )


def serve(folder: Path, port: int, wanted: int) -> None:
    """Serves the application until Ctrl-C, which ends it quietly."""
    from openscorecard.demo.people import PASSWORD, PEOPLE

    if port != wanted:
        click.echo(f"\nPort {wanted} is in use; {port} is free.")
    address = f"http://{LOOPBACK}:{port}/"
    command = [sys.executable, "-m", "openscorecard.cli", "--workspace", str(folder)]
    outside = {name: said for name, said in os.environ.items() if name != "DATABASE_URL"}
    log = folder / "web" / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603
            [*command, "serve", "--port", str(port)], stdout=out, stderr=out, env=outside
        )
    try:
        _wait_for(f"{address}health", process, log)
        click.echo(f"\nThe application:               {address}")
        click.echo(f"June 2021 as the public reads: {address}published/2021-06/\n")
        click.echo(f"Who can sign in, all with the password: {PASSWORD}")
        for one in PEOPLE:
            click.echo(f"  {one.email:<42} {one.what}")
        click.echo(f"\nIts log is {log}. Ctrl-C ends it.")
        _open_browser(address)
        process.wait()
    except KeyboardInterrupt:
        click.echo()
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers; InternalError where it ends before, or takes a minute."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  loopback
                return
        except OSError:
            time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace")
    raise InternalError(f"the application did not start:\n{said}")


def _open_browser(address: str) -> None:
    """Opens it for a person at a screen; a text browser would take the terminal over."""
    import webbrowser

    has_screen = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if sys.stdout.isatty() and has_screen and not os.environ.get("CI"):
        try:
            webbrowser.open(address)
        except (webbrowser.Error, OSError):
            click.echo("No browser could be opened: open the address yourself.")
