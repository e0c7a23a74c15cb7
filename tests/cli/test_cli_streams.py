"""Standard output that has no reader any more, or no room."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "from openscorecard.cli import main; main()"]
PAGE = "Ref,Indicator,May-21,Jun-21\n" + "".join(
    f"X{number},Number of things of kind {number},{number},{number + 1}\n" for number in range(600)
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.csv"
    path.write_text(PAGE, encoding="utf-8")
    return path


def commands(page: Path) -> list[list[str]]:
    """By rich, by click, and more than any buffer holds."""
    return [
        ["read", str(page)],
        ["read", str(page), "--format", "json"],
        ["check", str(page), "--format", "csv"],
        ["indicators"],
        ["--help"],
        ["read", "--help"],
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="needs the pipes of POSIX")
def test_a_reader_who_has_enough_is_no_failure(page: Path) -> None:
    for words in commands(page):
        process = subprocess.Popen(
            [*PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.close()  # before anything is written
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, b""), words


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_and_ends_with_2(page: Path) -> None:
    for words in commands(page):
        with Path("/dev/full").open("wb") as full:
            ended = subprocess.run(
                [*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
            )
        said = ended.stderr.decode().splitlines()
        assert ended.returncode == 2, words
        assert said[0].startswith("standard output: it could not be written ("), words
        assert len(said) == 2, words


@pytest.mark.skipif(sys.platform == "win32", reason="needs to close a stream before the start")
def test_no_standard_output_at_all_is_no_failure(page: Path) -> None:
    words = " ".join(["exec", '"$0"', "-c", '"$1"', "read", '"$2"', ">&-"])
    ended = subprocess.run(
        ["/bin/sh", "-c", words, sys.executable, PROGRAM[2], str(page)],
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
