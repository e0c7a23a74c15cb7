"""Runs a command with DATABASE_URL leading to a PostgreSQL of its own, which ends with it.

python scripts/on_postgres.py .venv/bin/pytest tests/web
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "measures"))

from postgres_server import programs, server


def main(command: list[str]) -> int:
    folder = programs()
    if folder is None:
        print("there is no PostgreSQL on this machine", file=sys.stderr)
        return 2
    with server(folder) as running:
        url = f"postgres://scorecard@{quote(str(running.socket), safe='')}/postgres"
        return subprocess.run(
            command, check=False, env={**os.environ, "DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
