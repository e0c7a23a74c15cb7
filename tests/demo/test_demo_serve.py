"""The small server: the two published folders, on this machine, and nothing else."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from openscorecard.cli.demo import INTERNAL, PUBLIC
from openscorecard.demo.serve import LOOPBACK, PORTS_TRIED, SiteServer, open_server
from openscorecard.errors import InputError
from openscorecard.publish.downloads import DOWNLOADS


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for audience in ("internal", "public"):
        folder = tmp_path / "published" / audience
        (folder / "indicators").mkdir(parents=True)
        (folder / "index.html").write_text(f"<h1>{audience} für alle</h1>", encoding="utf-8")
        (folder / "indicators" / "contacts.html").write_text("contacts")
        (folder / "figures.csv").write_text("ref\nM1\n")
        (folder / "scorecard.xlsx").write_bytes(b"PK")
        (folder / "font.woff2").write_bytes(b"wOF2")
        (folder / ".hidden").write_text("secret")
    (tmp_path / "openscorecard.toml").write_text("secret")
    return tmp_path / "published"


@contextmanager
def serving(internal: Path, public: Path) -> Iterator[SiteServer]:
    with SiteServer(0, internal, public) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield running
        finally:
            running.shutdown()
            thread.join()


@pytest.fixture
def server(site: Path) -> Iterator[SiteServer]:
    with serving(site / "internal", site / "public") as running:
        yield running


def ask(
    server: SiteServer, path: str, method: str = "GET", host: str | None = None
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=5)
    try:
        headers = {} if host is None else {"Host": host}
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_the_internal_page_is_at_the_root_and_the_public_one_below(server: SiteServer) -> None:
    status, headers, body = ask(server, "/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert body.decode("utf-8") == "<h1>internal für alle</h1>"
    assert ask(server, "/public/")[2].startswith(b"<h1>public")
    assert ask(server, "/public/indicators/contacts.html?x=1")[2] == b"contacts"
    assert server.server_address[0] == LOOPBACK


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/figures.csv", "text/csv; charset=utf-8"),
        ("/scorecard.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/font.woff2", "font/woff2"),
    ],
)
def test_content_types(server: SiteServer, path: str, kind: str) -> None:
    status, headers, _ = ask(server, path)
    assert (status, headers["Content-Type"]) == (200, kind)
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_every_file_of_the_demonstration_is_served_byte_for_byte(made: tuple[Path, str]) -> None:
    """What the pages offer to take away, and all else that was published with it."""
    folder, _ = made
    published = {"/": folder / INTERNAL, "/public/": folder / PUBLIC}
    with serving(*published.values()) as running:
        for at, place in published.items():
            files = {path.relative_to(place).as_posix(): path for path in place.rglob("*.*")}
            assert {one.file for one in DOWNLOADS} <= set(files)
            for name, path in files.items():
                status, headers, body = ask(running, f"{at}{name}")
                assert (status, body) == (200, path.read_bytes()), f"{at}{name}"
                assert headers["Content-Length"] == str(len(body))
                assert headers["Content-Type"] != "application/octet-stream", f"{at}{name}"


def test_head_has_the_headers_alone(server: SiteServer) -> None:
    status, headers, body = ask(server, "/scorecard.xlsx", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "2", b"")


def test_the_missing_slash_is_added(server: SiteServer) -> None:
    status, headers, _ = ask(server, "/public")
    assert (status, headers["Location"]) == (301, "/public/")


@pytest.mark.parametrize(
    "path",
    [
        "/../openscorecard.toml",
        "/../../openscorecard.toml",
        "/%2e%2e/%2e%2e/openscorecard.toml",
        "/public/../../openscorecard.toml",
        "/public/../internal/index.html",
        "/public/..%2f..%2fopenscorecard.toml",
        "/..\\..\\openscorecard.toml",
        "//etc/passwd",
        "/C:/Windows/win.ini",
        "/index.html%00.txt",
        "/.hidden",
        "/nothing.html",
        "/index.html/",
        "/" + "a" * 5000,
        "/indicators/",  # a folder without a page of its own: no listing
        "/indicators",
        "/public//index.html",
        "openscorecard.toml",
    ],
)
def test_there_is_no_way_out(server: SiteServer, path: str) -> None:
    status, _, body = ask(server, path)
    assert status == 404
    assert b"secret" not in body


def test_a_link_that_leads_out_is_not_followed(server: SiteServer, site: Path) -> None:
    try:
        (site / "internal" / "link.txt").symlink_to(site.parent / "openscorecard.toml")
    except OSError:
        pytest.skip("links cannot be made here")
    assert ask(server, "/link.txt")[0] == 404


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", ""])
def test_another_name_gets_no_answer(server: SiteServer, host: str) -> None:
    assert ask(server, "/", host=host)[0] == 421
    assert ask(server, "/", host=f"LOCALHOST:{server.server_port}")[0] == 200


def test_nothing_can_be_sent_to_it(server: SiteServer) -> None:
    assert ask(server, "/", "POST")[0] == 501


def test_a_busy_port_gives_way_to_the_next_free_one(site: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as busy:
        port = busy.getsockname()[1]
        with open_server(port, site / "internal", site / "public") as found:
            assert port < found.server_port < port + PORTS_TRIED
            assert found.address == f"http://127.0.0.1:{found.server_port}/"


def test_no_free_port_is_an_error_that_says_what_to_do(site: Path) -> None:
    with socket.socket() as busy:
        try:
            busy.bind((LOOPBACK, 65_535))
            busy.listen()
        except OSError:
            pass  # somebody else has it: as good
        with pytest.raises(InputError, match="no port from 65535 to 65535"):
            open_server(65_535, site / "internal", site / "public")
