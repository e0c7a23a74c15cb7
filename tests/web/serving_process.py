"""The real thing for tests: `scorecard serve` in a process of its own, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Served:
    address: str
    process: subprocess.Popen[bytes]
    log: Path


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def served(root: Path, *options: str, **environment: str) -> Iterator[Served]:
    """Answers at `address` until the block ends."""
    port, log = free_port(), root.parent / "serve.log"
    scorecard = Path(sys.executable).parent / "scorecard"
    command = [scorecard, "--workspace", root, "serve", "--port", str(port), *options]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **environment}
        )
    one = Served(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait(one)
        yield one
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(one: Served) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{one.address}/health", timeout=5) as answer:
                assert answer.status == 200
            return
        except OSError:
            if one.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(one.log.read_text(errors="replace")) from None
            time.sleep(0.1)
