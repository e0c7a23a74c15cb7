"""What was written comes back, whatever the ids hold and however the file is written."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path

from extract_folders import read_folder, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st

# Ids as no sane system has them: quotes, delimiters, line breaks, apostrophes, accents.
ids = st.text(st.sampled_from("aZ09,;\t|\"'\n =+-@éŴ[]*?"), min_size=1, max_size=6).filter(
    lambda text: text.strip() == text and text.lower() not in ("null", "ssd_ph")
)
dates = st.dates(dt.date(1990, 1, 1), dt.date(2021, 7, 5))


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.tuples(ids, ids, dates, st.none() | dates, st.booleans()), max_size=12),
    sign=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    always_quote=st.booleans(),
    blank_lines=st.booleans(),
)
def test_rows_come_back(
    rows: list[tuple[str, str, dt.date, dt.date | None, bool]],
    sign: str,
    encoding: str,
    line_end: str,
    always_quote: bool,
    blank_lines: bool,
) -> None:
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=sign,
        lineterminator=line_end,
        quoting=csv.QUOTE_ALL if always_quote else csv.QUOTE_MINIMAL,
    )
    writer.writerow(["CINE_CLOSE_DATE", "cine_person_id", "cine_referral_id", "unknown",
                     "cine_referral_date", "cine_referral_nfa"])  # fmt: skip
    expected: list[tuple[object, ...]] = []
    seen = set()
    number = 1
    for id_, child, start, end, flag in rows:
        number += 1
        if blank_lines and number % 3 == 0:
            text.write(line_end)
            number += 1
        british = "" if end is None else f"{end:%d/%m/%Y}"
        writer.writerow([british, child, id_, "x", start.isoformat(), "Yes" if flag else "0"])
        row = (id_, child, start, end, "Y" if flag else "N")
        if row not in seen:  # an exact copy is set aside
            expected.append((number, *row))
        seen.add(row)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "SSD_CIN_Episodes.CSV"
        path.write_bytes(text.getvalue().encode(encoding))
        with read_folder(Path(folder)) as extracts:
            assert (
                rows_of(
                    extracts,
                    "ssd_cin_episodes",
                    "row",
                    "cine_referral_id",
                    "cine_person_id",
                    "cine_referral_date",
                    "cine_close_date",
                    "cine_referral_nfa",
                )
                == expected
            )
            counts = extracts.counts["ssd_cin_episodes"]
            assert counts.read == len(rows)
            assert counts.kept + counts.set_aside == counts.read
