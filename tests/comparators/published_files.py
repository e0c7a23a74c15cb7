"""Small files as the Department publishes them, with invented figures."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from openscorecard.comparators.published import Published
from openscorecard.comparators.store import load_files

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="shared/ is not beside the project")

HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,old_la_code,new_la_code,la_name,category"
)


def england(year: int, *cells: object, category: str = "All") -> str:
    return _line(f"{year},Reporting year,National,E92000001,England,,,,,,{category}", cells)


def south_east(year: int, *cells: object, category: str = "All") -> str:
    start = f"{year},Reporting year,Regional,E92000001,England,E12000008,South East,,,,{category}"
    return _line(start, cells)


def council(
    year: int, dfe: str, code: str, name: str, *cells: object, category: str = "All",
    region: str = "E12000008,South East",
) -> str:  # fmt: skip
    start = f"{year},Reporting year,Local authority,E92000001,England,{region},{dfe},{code}"
    return _line(f'{start},"{name}",{category}', cells)


def _line(start: str, cells: tuple[object, ...]) -> str:
    return ",".join((start, *(str(cell) for cell in cells)))


def table(path: Path, measures: str, *lines: str, start: str = "") -> Path:
    """An open-data CSV: the identifying columns, the measures, a line a row."""
    text = start + "\n".join((f"{HEAD},{measures}", *lines)) + "\n"
    path.write_text(text, encoding="utf-8", newline="")
    return path


# Kent and Buckinghamshire, whose code changed when it became one council in April 2020.
REFERRALS = (
    england(2021, 600_000, 22.5, 135_000),
    south_east(2021, 100_000, 25, 25_000),
    council(2021, "886", "E10000016", "Kent", 20_000, 28.5, 5_700),
    council(2021, "825", "E06000060", "Buckinghamshire", "c", "z", "u"),
    england(2020, '"640,000"', 22, 140_800),
    south_east(2020, 110_000, 26, 28_600),
    council(2020, "886", "E10000016", "Kent", 22_000, 27.5, 6_050),
    council(2020, "825", "E10000002", "Buckinghamshire", 7_000, 25, 1_750),
)


def referrals(path: Path) -> Path:
    lines = [line.replace(",All,", ",Referrals and Re-referrals,") for line in REFERRALS]
    return table(path, "referral_count,rereferral_percent,rereferral_count", *lines)


LAIT_HEAD = '"Short Desc","Data item","Years","LA and Regions","Values","LA Number","Region"'


def lait(path: Path, *lines: str) -> Path:
    path.write_text("\n".join((LAIT_HEAD, *lines)) + "\n", encoding="utf-8")
    return path


def neighbours_book(path: Path, *rows: tuple[object, ...]) -> Path:
    """Two lines stand above the headings, as in the published workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["A", "B", "C"])
    sheet.append([1, 2, 3])
    nearest = [cell for number in range(1, 11) for cell in (f"SN{number}", "SNP")]
    sheet.append(["LA num", "LA Name", "LA number", "GOInd", "GOReg", *nearest])
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def nearest_to(dfe: int, name: str, *nearest: object) -> tuple[object, ...]:
    pairs = [cell for one in nearest for cell in (one, "Close")]
    return (dfe, name, dfe, 7, "South East", *pairs)


def loaded(folder: Path, *paths: Path, edition: str = "") -> Published:
    """The folder opened, with the files in it."""
    load_files(folder, paths, edition=edition)
    return Published(folder)
