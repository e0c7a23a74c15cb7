"""How long the application's pages take when twenty people read at once: median and 95th percentile.

Called by bench/run.py; by itself, `python bench/web.py WORKSPACE`. The workspace is copied, the
application served from the copy by `scorecard serve` on loopback, as a council would, and twenty
clients of one other process ask for the same page one after another, each on a connection kept
open, signed in as an analyst. Clients and server share the machine. "alone" is one client by itself.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

SCORECARD = Path(sys.executable).parent / "scorecard"
AT_ONCE, SECONDS, WARM = 20, 6.0, 2.0
AIM = 0.100  # seconds, the 95th percentile of the first three
MONTH = "2021-06"
PAGES = (
    ("the month", "/months/2021-06/", True),
    ("an indicator", "/months/2021-06/indicators/initial-conferences-on-time-share.html", True),
    ("the month, one section, usual", "/months/2021-06/?section=child-protection", False),
    ("a published page (public)", "/published/2021-06/public/1/index.html", False),
    ("API: figures of an indicator", "/api/v1/figures?ref=CP3-QL", False),
    ("health", "/health", False),
)


@dataclass(frozen=True, slots=True)
class Measured:
    times: list[float]  # seconds, of every answer
    seconds: float
    size: int
    status: int

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]


def main(workspace: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="scorecard-bench-web-") as folder:
        root = Path(folder) / "workspace"
        shutil.copytree(workspace, root)
        port = _free_port()
        log = (Path(folder) / "log").open("wb")
        command = [SCORECARD, "--workspace", root, "serve", "--port", str(port)]
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(port, process)
            cookie = _signed_in(root)
            print(f"The application, {AT_ONCE} at once, {os.cpu_count()} cores"
                  f"{'alone':>12}{'median':>9}{'95th':>9}{'a second':>10}{'bytes':>10}  aim")  # fmt: skip
            for name, path, has_aim in PAGES:
                alone = _asked(port, path, cookie, 1, 2.0)
                many = _asked(port, path, cookie, AT_ONCE, SECONDS)
                aim = f"95th under {AIM * 1000:.0f} ms" if has_aim else ""
                note = "" if many.status == 200 else f" answered {many.status}"
                print(
                    f"  {name:34}{alone.median * 1000:9.1f}ms{many.median * 1000:7.1f}ms"
                    f"{many.p95 * 1000:7.1f}ms{len(many.times) / many.seconds:10.0f}"
                    f"{many.size:10,}  {aim}{note}".rstrip(),
                    flush=True,
                )
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            log.close()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
            break
        except OSError:
            if process.poll() is not None:
                raise SystemExit("the application ended by itself") from None
            time.sleep(0.1)
    time.sleep(WARM)


def _signed_in(root: Path) -> str:
    """An analyst's session, made as a sign-in makes one, in a process of its own."""
    made = subprocess.run(
        [sys.executable, "-c", _SESSION, str(root)], capture_output=True, text=True, check=True
    )
    return made.stdout.strip().splitlines()[-1]


_SESSION = """
import sys
from pathlib import Path
from openscorecard.web import prepare
prepare.set_up(Path(sys.argv[1]))
from django.test import Client
from openscorecard.web.accounts.models import Account
one = Account.objects.create_user("bench@wexmoor.example", name="Bench", analyst=True)
client = Client()
client.force_login(one, "allauth.account.auth_backends.AuthenticationBackend")
print("sessionid=" + client.cookies["sessionid"].value)
"""


def _asked(port: int, path: str, cookie: str, clients: int, seconds: float) -> Measured:
    times: list[float] = []
    seen: list[tuple[int, int]] = []
    lock = threading.Lock()
    until = time.monotonic() + seconds

    def ask() -> None:
        own: list[float] = []
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        last = (0, 0)
        while time.monotonic() < until:
            began = time.perf_counter()
            link.request("GET", path, headers={"Cookie": cookie})
            answer = link.getresponse()
            last = (answer.status, len(answer.read()))
            own.append(time.perf_counter() - began)
        link.close()
        with lock:
            times.extend(own)
            seen.append(last)

    began = time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    status, size = seen[0]
    return Measured(times, time.monotonic() - began, size, status)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
