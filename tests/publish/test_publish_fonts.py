"""The typeface: small, always the same bytes, kept in a cache that cannot harm."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from openscorecard.publish import fonts


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def cut(cache: Path) -> bytes:
    return fonts.web_font(cache)


def test_it_is_small_and_holds_what_pages_need(cut: bytes) -> None:
    assert cut[:4] == b"wOF2"
    assert len(cut) < 40_000
    known = TTFont(io.BytesIO(cut)).getBestCmap()
    assert all(ord(sign) in known for sign in fonts.CHARACTERS)
    assert all(ord(sign) in known for sign in "Aaé09 %–’“”↑↓→□△▲▼●")


def test_its_weights_run_from_regular_to_bold(cut: bytes) -> None:
    (weight,) = TTFont(io.BytesIO(cut))["fvar"].axes
    assert (weight.axisTag, weight.minValue, weight.maxValue) == ("wght", 400, 700)


def test_it_does_not_bear_the_name_that_the_licence_reserves(cut: bytes) -> None:
    records = TTFont(io.BytesIO(cut))["name"].names
    by_id = {record.nameID: record.toUnicode() for record in records}
    assert all("Source" not in by_id[ident] for ident in (1, 3, 4, 6))
    assert "SIL Open Font License" in by_id[13]
    assert "SIL OPEN FONT LICENSE" in fonts.licence()


def test_a_damaged_cache_is_not_believed_and_gives_the_same_bytes(cache: Path, cut: bytes) -> None:
    (kept,) = cache.iterdir()
    kept.write_bytes(kept.read_bytes()[:-100])
    assert fonts.web_font(cache) == cut
    (mended,) = cache.iterdir()
    assert mended.read_bytes().endswith(cut)


def test_a_cache_that_is_there_is_used(cache: Path, cut: bytes) -> None:
    (kept,) = cache.iterdir()
    before = kept.stat().st_mtime_ns
    assert fonts.web_font(cache) == cut
    assert kept.stat().st_mtime_ns == before


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    fonts._keep(in_the_way / "below" / "font.woff2", b"font")
    assert fonts._read_whole(in_the_way / "below" / "font.woff2") is None
