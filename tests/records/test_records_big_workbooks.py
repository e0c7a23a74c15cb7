"""Small files that open into millions of cells are refused before anything opens them."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from openscorecard.errors import InputError
from openscorecard.records.printed.read import read_page


def a_workbook(
    folder: Path, old: bytes, new: bytes, name: str = "xl/worksheets/sheet1.xml"
) -> Path:
    """A page as a workbook, a piece of its sheet put in place of another."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Indicator", "Jun-21"])  # type: ignore[union-attr]
    sheet.append(["K1", "Contacts", 1])  # type: ignore[union-attr]
    book.save(out)
    path = folder / "page.xlsx"
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as into:
        for part in source.namelist():
            content = source.read(part)
            into.writestr(part, content.replace(old, new, 1) if part == name else content)
    return path


def merged(place: bytes) -> bytes:
    return b'<mergeCells><mergeCell ref="' + place + b'"/></mergeCells>'


END = b"</sheetData>"
BIG = {
    "one merged range": (END, END + merged(b"A3:XFD300"), "merged"),
    "the whole sheet merged": (
        END, END + b"<mergeCells><mergeCell ref='A3:XFD1048576' /></mergeCells>", "merged",
    ),
    "whole columns merged": (END, END + merged(b"E:F"), "merged"),
    "a link over a range": (
        END, END + b'<hyperlinks><hyperlink ref="A3:XFD300" location="x"/></hyperlinks>', "links",
    ),
    "blank rows": (END, b"<row/>" * 100_001 + END, "rows"),
    "cells": (END, b"<row>" + b"<c/>" * 250_001 + b"</row>" + END, "cells"),
}  # fmt: skip


@pytest.mark.parametrize("case", BIG)
def test_more_than_a_page_has_is_refused_before_it_is_opened(tmp_path: Path, case: str) -> None:
    old, new, word = BIG[case]
    path = a_workbook(tmp_path, old, new)
    began = time.process_time()
    with pytest.raises(InputError, match=word):
        read_page(path)
    assert time.process_time() - began < 2  # opened, it would take a minute


def test_merged_titles_are_no_matter(tmp_path: Path) -> None:
    titles = merged(b'A5:XFD5"/><mergeCell ref="A6:B9')
    assert len(read_page(a_workbook(tmp_path, END, END + titles)).rows) == 1


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    try:
        one.symlink_to(other)
        other.symlink_to(one)
    except OSError:
        pytest.skip("this system makes no links")
    with pytest.raises(InputError, match="link that leads to no file"):
        read_page(one)


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such permissions there")
def test_a_file_that_may_not_be_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.csv"
        path.write_text("Ref,Indicator,Jun-21\nK1,A,1\n", encoding="utf-8")
        path.chmod(0)
        Path(folder).chmod(0o755)
        root = os.geteuid() == 0  # root may read every file: be somebody else meanwhile
        if root:
            os.seteuid(65_534)
        try:
            with pytest.raises(InputError, match="check that you may read it"):
                read_page(path)
        finally:
            if root:
                os.seteuid(0)


def test_a_flat_opendocument_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "page.fods"
    space = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    path.write_text(f'<?xml version="1.0"?><office:document xmlns:office="{space}"/>', "utf-8")
    with pytest.raises(InputError, match=r"flat OpenDocument file \(\.fods\)"):
        read_page(path)
