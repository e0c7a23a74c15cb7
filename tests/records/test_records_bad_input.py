"""What is no page: each gets a clear error with the place and what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from records_pages import HEADER, ROWS, as_csv, as_html, as_tabs, read

from openscorecard.errors import InputError
from openscorecard.records.printed.read import read_page

PAGE = as_tabs([HEADER, *ROWS])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def a_workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"] = "Ref", "Jun-21", "Z1", 5  # type: ignore[index]
    book.save(out)
    return out.getvalue()


def a_zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


# what is wrong: the file's name, its bytes, a word of what was found, where it was found
BAD: dict[str, tuple[str, bytes, str, str]] = {
    "empty": ("page.txt", b"", "empty", "page.txt"),
    "blank": ("page.txt", b"\xef\xbb\xbf \r\n\t\n", "empty", "page.txt"),
    "binary junk": ("page.csv", bytes(range(256)) * 40, "no text", "page.csv"),
    "junk after text": ("page.csv", PAGE.encode() + b"\0\x01\x02" * 400, "no text", "page.csv"),
    "encrypted": ("page.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password", "page"),
    "old workbook": ("page.xls", OLE + "Workbook".encode("utf-16-le"), ".xls", "page.xls"),
    "old Word": ("page.doc", OLE + "WordDocument".encode("utf-16-le"), "Word", "page.doc"),
    "cut workbook": ("page.xlsx", a_workbook()[:-2000], "damaged", "page.xlsx"),
    "half a workbook": ("page.xlsx", a_workbook()[:1500], "damaged", "page.xlsx"),
    "Word": ("page.docx", a_zip(word__document_xml=b"<a/>"), "Word", "page.docx"),
    "OpenDocument": ("page.ods", a_zip(content_xml=b"<a/>"), "OpenDocument", "page.ods"),
    "archive": ("page.zip", a_zip(readme=b"hello"), "ZIP archive", "page.zip"),
    "broken parts": ("page.xlsx", a_zip(xl__workbook_xml=b"<a>"), "damaged", "page.xlsx"),
    "bomb": ("page.xlsx", a_zip(xl__workbook_xml=b"<a/>", xl__big_xml=b" " * 9_000_000),
             "unpack", "page.xlsx"),
    "many parts": ("page.xlsx", a_zip(xl__workbook_xml=b"<a/>",
                                      **{f"part{n}": b"" for n in range(3_100)}), "parts", "page"),
    "entities": ("page.xlsx", a_zip(xl__workbook_xml=b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'),
                 "document type", "page.xlsx"),
    "PDF": ("page.pdf", b"%PDF-1.7 ...", "PDF", "page.pdf"),
    "picture": ("page.png", b"\x89PNG\r\n\x1a\n", "picture", "page.png"),
    "XML of 2003": ("page.xml", b'<?xml version="1.0"?><Workbook xmlns='
                    b'"urn:schemas-microsoft-com:office:spreadsheet"/>', "2003", "page.xml"),
    "no months": ("page.txt", b"Ref.\tIndicator\tOwner\tTarget\nZ1\tEnquiries\tA\t5\n",
                  "no month columns", "page.txt, line 1"),
    "months without year": ("page.txt", b"Ref.\tIndicator\tApr\tMay\nZ1\tEnquiries\t4\t5\n",
                            "year", "page.txt, line 1"),
    "no table": ("page.txt", b"Dear all,\nplease find nothing attached.\n", "no table", "page.txt"),
    "no table in HTML": ("page.html", b"<!DOCTYPE html><p>Nothing", "no table", "page.html"),
    "no rows": ("page.txt", b"Ref.\tIndicator\tJun-21\n", "no rows", "page.txt"),
    "no name for the rows": ("page.txt", b"\tx\tMay-21\tJun-21\n\ta\t1\t2\n", "no column of",
                             "page.txt, line 1"),
    "a month twice": ("page.txt", b"\nRef.\tIndicator\tJun-21\tJune 2021\nZ1\tEnquiries\t5\t6\n",
                      "2021-06 stands in two columns", "page.txt, line 2"),
    "a reference twice": ("page.csv", as_csv([HEADER, *ROWS, ROWS[1]]).encode(),
                          "Z2 stands on two rows, the other in page.csv, line 3",
                          "page.csv, line 5"),
    "a reference in two tables": ("page.txt",
                                  as_tabs([HEADER, *ROWS, [], HEADER, ROWS[0]]).encode(),
                                  "Z1 stands on two rows, the other in page.txt, line 2",
                                  "page.txt, line 7"),
    "a month twice in HTML": ("page.html", as_html([["Ref", "Jun-21", "Jun-21"], ["Z", "1", "2"]])
                              .encode(), "two columns", "HTML table 1"),
    "too many cells": ("page.txt", b"Ref.\tJun-21\n" + b"\t" * 600_000, "cells", "page.txt"),
    "wide HTML": ("page.html", b"<table><tr><td>Ref<td>Jun-21<tr>" + b"<td colspan=1000>" * 600,
                  "cells", "page.html"),
    "deep HTML": ("page.html", b"<table><tr><td>Ref<td>Jun-21<tr><td>" + b"<div>" * 500 + b"5",
                  "nested", "page.html"),
    "tall HTML": ("page.html", b"<table><tr><td rowspan=60000 colspan=1000>Ref<td>Jun-21"
                  + b"<tr><td>" * 700, "cells", "page.html"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_error(tmp_path: Path, case: str) -> None:
    name, content, found, where = BAD[case]
    with pytest.raises(InputError) as raised:
        read(tmp_path, content, name)
    assert found in raised.value.found
    assert where in raised.value.where
    assert name in raised.value.where
    assert raised.value.todo


def test_a_missing_file_a_folder_and_a_name_that_cannot_be(tmp_path: Path) -> None:
    for path, found in (
        (tmp_path / "absent.csv", "no such file"),
        (tmp_path, "folder"),
        (Path("bad\0name"), "page|opened|file"),
    ):
        with pytest.raises(InputError, match=found):
            read_page(path)


def test_a_file_over_the_limit_is_not_opened_and_the_limit_can_be_set(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    size = path.stat().st_size
    with pytest.raises(InputError, match="more than the 100 allowed") as raised:
        read_page(path, limit_bytes=100)
    assert "--limit-mb" in raised.value.todo
    assert len(read_page(path, limit_bytes=size).rows) == 3


def test_a_workbook_cut_anywhere_is_a_clear_error(tmp_path: Path) -> None:
    whole = a_workbook()
    for cut in range(4, len(whole), 401):
        with pytest.raises(InputError):
            read(tmp_path, whole[:cut], "page.xlsx")
    assert len(read(tmp_path, whole, "page.xlsx").rows) == 1
