"""Shows the published pages on this machine alone.

Files and nothing else: no listings, no way out of the two folders, no answer to another name than
this machine's own (so that no web page elsewhere can have them read by a trick with names).
"""

from __future__ import annotations

import os
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from urllib.parse import unquote, urlsplit

from openscorecard.errors import InputError

LOOPBACK = "127.0.0.1"
PORTS_TRIED = 21
NAMES = (LOOPBACK, "localhost")
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class SiteServer(ThreadingHTTPServer):
    """Serves `internal` at `/` and `public` at `/public/`; the folders may be made later."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # on Windows it lets two servers share a port

    def __init__(self, port: int, internal: Path, public: Path) -> None:
        self.internal, self.public = internal, public
        super().__init__((LOOPBACK, port), Handler)

    def server_bind(self) -> None:
        """As the parent does it, without asking a name server what 127.0.0.1 is called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.socket.getsockname()[1]

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}/"

    def find(self, path: str) -> Path | None:
        """The file that a path names; the folder, where only the slash after its name is missing;
        None for everything else."""
        first, *rest = path.removeprefix("/").split("/")
        root, parts = (self.public, rest) if first == "public" else (self.internal, [first, *rest])
        if parts and not parts[-1]:
            parts = [*parts[:-1], "index.html"]
        if not path.startswith("/") or not all(_is_plain(part) for part in parts):
            return None
        place = root.joinpath(*parts)
        try:
            inside = place.resolve().is_relative_to(root.resolve())
            there = place.is_file() or (place / "index.html").is_file()
        except (OSError, ValueError, RuntimeError):  # too long, or a loop of links
            return None
        return place if inside and there else None

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no error; anything else is told as the parent tells it."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def open_server(port: int, internal: Path, public: Path) -> SiteServer:
    """A server on the port, or on the next free one of the twenty after it; it does not answer
    before `serve_forever`."""
    last = min(port + PORTS_TRIED - 1, 65_535)
    for candidate in range(port, last + 1):
        try:
            return SiteServer(candidate, internal, public)
        except OSError:
            continue
    raise InputError(
        f"no port from {port} to {last} is free",
        where="--port",
        todo="name another port, or leave serving out with --no-serve",
    )


class Handler(BaseHTTPRequestHandler):
    server: SiteServer
    server_version = "OpenScorecard"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is for what the command says."""

    def _answer(self, *, with_body: bool) -> None:
        name, _, _ = (self.headers.get("Host") or "").partition(":")
        if name.lower() not in NAMES:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = urlsplit(self.path).path
        found = self.server.find(unquote(path))
        if found is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif found.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(found, with_body=with_body)

    def _send(self, path: Path, *, with_body: bool) -> None:
        try:
            content = path.read_bytes()
        except OSError:  # it was there a moment ago
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", CONTENT_TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if with_body:
            self.wfile.write(content)


def _is_plain(part: str) -> bool:
    """Whether it is the name of one ordinary file or folder, on any system."""
    return bool(part) and not part.startswith(".") and not set(part) & set("\\/:\0")
