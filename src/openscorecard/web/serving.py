"""Serves the application on one machine: web processes, and the worker for long work.

Takes an address; gives pages until it is told to end; whatever it started ends with it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

THREADS = 4  # a process; the pages are short work, and wait for the disk alone
_WORKER = [sys.executable, "-m", "openscorecard.web.loads.worker", "--until-parent-ends"]
_log = logging.getLogger("openscorecard.web")


def serve(host: str, port: int, processes: int, server: str) -> None:
    """Answers until SIGTERM or Ctrl-C. `server` is gunicorn (several processes; not on Windows) or
    waitress (one process, everywhere)."""
    # gunicorn has its own way to end; waitress would leave at once, and the worker behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with _worker():
        if server == "gunicorn":
            _gunicorn(host, port, processes)
        else:
            _waitress(host, port)


@contextlib.contextmanager
def _worker() -> Iterator[None]:
    """The worker beside, started again when it ends by itself."""
    owner = os.getpid()  # the web processes are forked from it, and come by here when they end
    over = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep_up() -> None:
        while not over.is_set():
            running[:] = [subprocess.Popen(_WORKER)]  # noqa: S603
            code = running[0].wait()
            if not over.is_set():
                _log.error("the worker ended by itself (%s); it is started again", code)
                over.wait(2)

    watch = threading.Thread(target=keep_up, name="worker", daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        if os.getpid() == owner:
            for process in running:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(20)
            watch.join(5)


def warm() -> None:
    """Makes the newest month's page ready, so that nobody waits for it first."""
    from openscorecard.errors import InputError
    from openscorecard.web.months import months, progress

    began = time.perf_counter()
    try:
        newest = months()
        if newest:
            progress(newest[0])
    except InputError as error:
        _log.warning("the newest month cannot be shown: %s", error)
    else:
        _log.info("ready after %.1f s", time.perf_counter() - began)


def _gunicorn(host: str, port: int, processes: int) -> None:
    from gunicorn.app.base import BaseApplication

    def warm_beside(worker: object) -> None:
        del worker
        threading.Thread(target=warm, daemon=True).start()

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in {
                "bind": f"{host}:{port}",
                "workers": processes,
                "threads": THREADS,
                "worker_class": "gthread",
                "accesslog": None,  # web/logs.py writes a line a request
                "loglevel": "warning",
                "post_worker_init": warm_beside,
                "graceful_timeout": 20,
                "timeout": 120,
                "forwarded_allow_ips": os.environ.get("OPENSCORECARD_PROXY", "127.0.0.1"),
                "control_socket_disable": True,
            }.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            from openscorecard.web.wsgi import application

            return application

    Application().run()


def _waitress(host: str, port: int) -> None:
    import waitress

    from openscorecard.web.wsgi import application

    warm()
    waitress.serve(application, host=host, port=port, threads=2 * THREADS, ident="OpenScorecard")
