"""Small extracts for the tests, written as a case system would write them."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openscorecard.records.extracts.folder import look_into
from openscorecard.records.extracts.found import Found
from openscorecard.records.extracts.read import Extracts, read_extracts

EXTRACTED = dt.date(2021, 7, 5)
PERSONS = "pers_person_id,pers_dob\nA,2010-05-01\nB,2012-02-29\n"
REFERRALS = "cine_referral_id,cine_person_id,cine_referral_date,cine_close_date\n"


def write_extract(folder: Path, **tables: str | bytes) -> Path:
    """A folder with `<table>.csv` for each; a name with a dot's place taken by two underscores is
    a file's name: `load__toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tables.items():
        file = name.replace("__", ".") if "__" in name else f"{name}.csv"
        data = content if isinstance(content, bytes) else content.encode()
        (folder / file).write_bytes(data)
    return folder


@contextmanager
def read_folder(folder: Path, extracted: dt.date = EXTRACTED) -> Iterator[Extracts]:
    found = look_into(folder)
    numbers = {code: number for number, code in enumerate(found.councils, start=1)}
    with (
        tempfile.TemporaryDirectory() as scratch,
        read_extracts(found, extracted, numbers, Path(scratch)) as extracts,
    ):
        yield extracts


def rows_of(extracts: Extracts, table: str, *columns: str) -> list[tuple[object, ...]]:
    """The kept rows, in the order of the file."""
    return extracts.connection.execute(
        f"SELECT {', '.join(columns)} FROM clean_{table} ORDER BY council, row"
    ).fetchall()


def found_by(found: tuple[Found, ...], rule: str) -> list[Found]:
    return [one for one in found if one.rule == rule]
