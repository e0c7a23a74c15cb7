"""PDFs that are no pages: scans, locked and damaged files, and files made to do harm."""

from __future__ import annotations

import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from records_pages import HEADER, ROWS, read, rules
from records_pdf import as_pdf, drawn, merged, with_password

from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.records.printed import pdf_pages

GOOD = as_pdf([HEADER, *ROWS], size=6)
NOTHING = drawn("")
SCAN = drawn("", image=True)
LETTER = drawn("BT /F 9 Tf 50 500 Td (Dear all, please find 5 figures.) Tj ET")
RECOGNISED = drawn("BT /F 9 Tf 3 Tr 50 500 Td (Ref. Indicator Jun-21) Tj ET", image=True)


def with_objects(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n"
    return out + head % (size, table, size) + b"startxref\n%d\n%%%%EOF\n" % len(out)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 4 0 R>>"


def stream(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    return b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(content), filters, content)


BOMB = zlib.compress(zlib.compress(bytes(400_000_000), 1))
CUT = zlib.compress(b"".join(b"BT (%d) Tj ET " % (n * n) for n in range(2_000)))[:-200]
MANY = [b"<</Type/Pages/Kids[%s]/Count 900>>" % b" ".join(b"%d 0 R" % n for n in range(3, 903))]
# what is wrong: (the file, a word of what was found)
BAD = {
    "nothing but a name": (b"%PDF-1.7 ...", "cut off"),
    "half": (GOOD[: len(GOOD) // 2], "cut off"),
    "no end": (GOOD[:-300], "cut off"),
    "no parts": (b"%PDF-1.7\n%%EOF", "damaged"),
    "no way to its parts": (GOOD.replace(b"startxref", b"startxxxx"), "damaged"),
    "a part cut off": (with_objects(CATALOG, PAGES, PAGE, stream(CUT)), "damaged"),
    "pages in a circle": (with_objects(CATALOG, b"<</Type/Pages/Kids[2 0 R]>>"), "damaged"),
    "pages without size": (with_objects(CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R>>"), "damaged"),
    "locked": (with_password(GOOD, "secret"), "protected by a password"),
    "blank": (NOTHING, "no text"),
    "scan": (SCAN, "this is a scan: pictures of pages, without text"),
    "scan with recognised text": (RECOGNISED, "may have misread"),
    "letter": (LETTER, "no table that is tagged or ruled"),
    "bomb": (with_objects(CATALOG, PAGES, PAGE, stream(BOMB, b"[/FlateDecode/FlateDecode]")),
             "would unpack to more than 300,000,000 bytes"),
    "many pages": (with_objects(CATALOG, *MANY, *[PAGE] * 900), "more than 300 pages"),
    "deep arrays": (with_objects(CATALOG, PAGES, PAGE, stream(zlib.compress(b"[" * 50_000))),
                    "no text"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_page_says_so(tmp_path: Path, what: str) -> None:
    pdf, found = BAD[what]
    with pytest.raises(InputError) as caught:
        read(tmp_path, pdf, "page.pdf")
    assert found in caught.value.found
    assert caught.value.todo
    assert caught.value.where == str(tmp_path / "page.pdf")


def test_a_scan_says_what_to_ask_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ask for the workbook or the original PDF"):
        read(tmp_path, SCAN, "page.pdf")


def test_a_page_that_is_a_scan_is_an_error_and_the_others_are_read(tmp_path: Path) -> None:
    page = read(tmp_path, merged(GOOD, SCAN), "page.pdf")
    assert len(page.rows) == 3
    finding = page.findings[0]
    assert (finding.rule, finding.severity) == ("page-not-read", Severity.ERROR)
    assert finding.place == "page.pdf, page 2"


def test_a_picture_that_may_be_a_table_is_told(tmp_path: Path) -> None:
    half = drawn("q 421 0 0 400 0 0 cm /I Do Q BT /F 9 Tf 50 500 Td (As follows:) Tj ET")
    page = read(tmp_path, merged(GOOD, half), "page.pdf")
    assert rules(page) == ["picture-not-read"]
    assert "34%" in page.findings[0].message  # 421 x 400 of 842 x 595 points


def test_a_password_that_opens_nothing_is_no_hindrance(tmp_path: Path) -> None:
    assert len(read(tmp_path, with_password(GOOD, ""), "page.pdf").rows) == 3


def test_a_broken_list_of_parts_is_told(tmp_path: Path) -> None:
    page = read(tmp_path, b"From: somebody\n\n" + GOOD, "page.pdf")
    assert len(page.rows) == 3
    assert rules(page) == ["pdf-mended"]


def test_forms_that_draw_each_other_without_end_are_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten forms, each of which draws the next ten times: ten thousand million texts."""
    names = "ABCDEFGHIJ"
    forms = {name: " ".join([f"/{after} Do"] * 10).encode() for name, after in pairwise(names)}
    pdf = drawn("/A Do", more={**forms, "J": b"BT /F 9 Tf (x) Tj ET"})
    monkeypatch.setattr(pdf_pages, "MOST_SECONDS", 0.2)
    with pytest.raises(InputError, match=r"more than 0\.2 seconds; page 1"):
        read(tmp_path, pdf, "page.pdf")


def test_a_form_that_draws_itself(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text"):
        read(tmp_path, drawn("/A Do", more={"A": b"/A Do"}), "page.pdf")


def test_tags_in_a_circle_are_left_aside(tmp_path: Path) -> None:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(as_pdf([HEADER, *ROWS], size=6, tagged=True))) as document:
        root = document.Root.StructTreeRoot
        element = root.K if isinstance(root.K, pikepdf.Dictionary) else root.K[0]
        element.K = pikepdf.Array([element])
        out = io.BytesIO()
        document.save(out)
    assert len(read(tmp_path, out.getvalue(), "page.pdf").rows) == 3
