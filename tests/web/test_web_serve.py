"""`scorecard serve`, as it runs: from an empty folder to pages, and to its end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from released_council import released_council
from serving_process import free_port, served

SCORECARD = Path(sys.executable).parent / "scorecard"
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="gunicorn does not run here")


def get(address: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def children_of(pid: int) -> set[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    own = {int(one) for one in found.stdout.split()}
    return own | {below for one in own for below in children_of(one)}


def runs(pid: int) -> bool:
    """Whether it does anything still: one that has ended may wait to be counted by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("server", [pytest.param("gunicorn", marks=ON_POSIX), "waitress"])
def test_it_answers_and_ends_with_all_that_it_started(tmp_path, server):
    workspace = released_council(tmp_path)
    with served(workspace.root, "--server", server, "--processes", "2") as one:
        status, headers, body = get(f"{one.address}/health")
        assert (status, json.loads(body)) == (200, {"status": "ok"})
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        status, _, body = get(f"{one.address}/published/")
        assert status == 200
        (style,) = re.findall(r'href="(/static/style\.[0-9a-f]+\.css)"', body.decode())
        status, headers, _ = get(f"{one.address}{style}")
        assert status == 200
        assert "immutable" in headers["Cache-Control"]
        assert get(f"{one.address}/months/2021-06/")[2].count(b"<form") >= 1  # asked to sign in
        assert get(f"{one.address}/no/such/page")[0] == 404
        started = children_of(one.process.pid)
        assert started
    time.sleep(0.5)
    assert not [pid for pid in started if runs(pid)]
    lines = [line for line in one.log.read_text().splitlines() if line.startswith("{")]
    (asked,) = [line for line in map(json.loads, lines) if line.get("path") == "/no/such/page"]
    assert (asked["method"], asked["status"], asked["account"]) == ("GET", 404, None)
    assert asked["ms"] >= 0
    for kept in ("web", "web/secret"):
        assert (workspace.root / kept).stat().st_mode & 0o077 == 0


def test_another_name_in_the_address_is_refused(tmp_path):
    workspace = released_council(tmp_path)
    with served(workspace.root, "--server", "waitress") as one:
        asked = urllib.request.Request(
            f"{one.address}/published/", headers={"Host": "evil.example"}
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=10)
        with refused.value as answer:
            assert answer.code == 400


def test_an_address_that_is_taken_is_said_and_nothing_is_made(tmp_path):
    workspace = released_council(tmp_path)
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [SCORECARD, "--workspace", workspace.root, "serve", "--port", port],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert done.returncode == 2
    assert "cannot be taken" in done.stderr
    assert not (workspace.root / "web").exists()


def test_a_database_that_does_not_answer_is_said(tmp_path):
    workspace = released_council(tmp_path)
    nowhere = f"postgres://nobody@127.0.0.1:{free_port()}/none"
    done = subprocess.run(
        [SCORECARD, "--workspace", workspace.root, "serve", "--port", str(free_port())],
        capture_output=True, text=True, timeout=60, env={**os.environ, "DATABASE_URL": nowhere},
    )  # fmt: skip
    assert done.returncode == 2
    assert "the database does not answer" in done.stderr
    assert "DATABASE_URL" in done.stderr


def test_its_settings_pass_the_checks_for_a_place_that_others_reach(tmp_path):
    from openscorecard.web.secret import make_signing_key

    make_signing_key(tmp_path / "web" / "secret")
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        capture_output=True, text=True, timeout=60,
        env={
            **os.environ,
            "OPENSCORECARD_WORKSPACE": str(tmp_path),
            "OPENSCORECARD_HTTPS": "yes",
            "OPENSCORECARD_HOSTS": "scorecard.northshire.example",
            "OPENSCORECARD_SECRET": "",
            "DJANGO_SETTINGS_MODULE": "openscorecard.web.settings",
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@ON_POSIX
def test_killed_it_leaves_no_worker_behind(tmp_path):
    workspace = released_council(tmp_path)
    with served(workspace.root, "--server", "waitress") as one:
        started = children_of(one.process.pid)
        one.process.kill()
        until = time.monotonic() + 20
        while any(runs(pid) for pid in started) and time.monotonic() < until:
            time.sleep(0.2)
    assert started
    assert not [pid for pid in started if runs(pid)]
