"""Pages for the tests: invented figures and names, in the layouts that councils use."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.records.printed.read import read_page

SEED = Path(__file__).parents[3] / "shared" / "seed" / "000_137101b34a8ce8f9.txt"
needs_seed = pytest.mark.skipif(not SEED.exists(), reason="shared/ is not beside the project")

HEADER = [
    "Ref.", "Indicator", "Owner", "Reporter", "Outcome (why we look)", "Apr-21", "May-21", "Jun-21",
    "% change from May-21", "% change from Jun-20", "Preferred DoT", "12-mnth avg", "12-mnth max.",
    "SN", "ENG", "SE region", "Commentary (Jun-21):",
]  # fmt: skip
ROWS = [
    ["Z1", "Number of enquiries", "Avery Moss", "Blair Finch", "Families are heard.", "1,204",
     "980", "1,176", "↑ 20%", "↓ -12%", "", "1,050", "1,204", "Local", "Local", "Local",
     "Enquiries rose."],
    ["Z2", "Percentage of enquiries answered in a day", "Avery Moss", "Corin Dale",
     "Families are answered.", "91%", "88%", "85.7%", "➔ -3%", "- n/a", "▲", "90%", "94%",
     "80%", "82%", "81%", "Fewer answers, two posts were empty."],
    ["Z3", "Rate of enquiries per 10,000 children", "Avery Moss", "Corin Dale",
     "Families are heard.", "24", "-", "", "- n/a", "⬇️ -15%", "▼", "22", "24", "", "-", "n/a", ""],
]  # fmt: skip


def as_csv(lines: list[list[str]], sign: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator="\r\n").writerows(lines)
    return out.getvalue()


def as_tabs(lines: list[list[str]]) -> str:
    return "".join("\t".join(line) + "\n" for line in lines)


def as_html(lines: list[list[str]]) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>\n" for line in lines
    )
    return f"<!DOCTYPE html><html><body><table>\n{rows}</table></body></html>"


def read(folder: Path, content: str | bytes, name: str = "page.txt") -> PrintedPage:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_page(path)


def only(page: PrintedPage, ref: str) -> PrintedRow:
    return next(row for row in page.rows if row.ref == ref)


def rules(page: PrintedPage) -> list[str]:
    return [finding.rule for finding in page.findings]
