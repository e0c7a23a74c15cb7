"""The demonstration's own data: the figures are the document's, every word is ours and true."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from openscorecard.demo import content
from openscorecard.demo.content import MONTH, MONTHS, Remarks, remarks, typed_rows
from openscorecard.periods import Month

MAY = MONTH.plus(-1)
PACKAGE = Path(content.__file__).parent
SEED = Path(__file__).parents[3] / "shared" / "seed"
PAGE_OF_THE_SEED = SEED / "000_137101b34a8ce8f9.txt"
needs_seed = pytest.mark.skipif(not SEED.is_dir(), reason="shared/ is not beside the project")

# No figure was supplied for these, so nobody has anything to say.
WITHOUT_COMMENT = {"LSCB17a", "YO2", "FM012"}
# Rows whose figures a comment gives besides its own row's.
SPEAKS_ALSO_OF = {
    "M1": ["M2"],
    "EH2": ["CP6B"],
    "EH3c%": ["EH3a%"],
    "CP6B": ["CP4 (val)", "CP7"],
    "CP3-QL (val)": ["CP2"],
    "CIN5": ["EH2", "CP6B"],
    "LAC6 (%)": ["LAC6 (val)", "LAC3"],
    "LAC12 (%)": ["LAC12 (val)", "LAC3"],
    "LAC10-QL": ["LAC1"],
    "LAC14": ["LAC13"],
    "LAC9 (val)": ["LAC16"],
}
# Numbers that stand on no row of the page: 26 children without a plan are 497 less 471.
WORKED_BY_HAND = {("LAC10 (%)", "26")}
# England as published, where the typed page was one off (test_demo_published.py).
WORKED_BY_HAND |= {("CP6B-NI", "44"), ("LAC1-NI", "68"), ("NI147", "85%")}
NO_FIGURES = re.compile(r"Section 47|10,000|\d+ to \d+ days|\d+ (?:working )?days")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
NAMES = {
    "December": 0, "January": 1, "February": 2, "March": 3, "April": 4, "May": 5, "June": 6,
}  # fmt: skip


@needs_seed
def test_every_cell_is_the_documents() -> None:
    with (SEED / "indicators.csv").open(encoding="utf-8", newline="") as file:
        seed = list(csv.DictReader(file))
    rows = typed_rows()
    assert len(rows) == len(seed) == 64
    months = ("dec_20", "jan_21", "feb_21", "mar_21", "apr_21", "may_21", "jun_21")
    for row, line in zip(rows, seed, strict=True):
        assert (str(row.table), row.ref) == (line["table"], line["ref"])
        assert row.values == tuple(line[month] for month in months), row.ref
        assert row.change_month == line["change_month"], row.ref
        assert row.change_year == line["change_year"], row.ref
        assert (row.average_12m, row.maximum_12m) == (line["avg_12m"], line["max_12m"]), row.ref
        assert (row.sn, row.eng, row.region) == (line["sn"], line["eng"], line["se"]), row.ref


def test_the_mistakes_of_the_document_stand_in_it() -> None:
    rows = {row.ref: row for row in typed_rows()}
    assert rows["NI147"].values[-1] == "8571%"
    assert rows["EH1a"].change_month == "➔ -6%"  # 173 / 138 is a rise of 25%
    assert rows["EH1b"].change_month == "- n/a"  # 319 / 317 can be computed
    assert rows["CP2b %"].values[-1] == "100%"  # of no transfer-ins


def test_every_indicator_with_a_figure_has_its_comment() -> None:
    june = [remark.ref for remark in remarks(MONTH).remarks]
    assert len(june) == len(set(june)) == 61
    assert {row.ref for row in typed_rows()} - set(june) == WITHOUT_COMMENT
    rows = {row.ref: row for row in typed_rows()}
    assert not any(rows[ref].values[-1] for ref in WITHOUT_COMMENT)
    may = [remark.ref for remark in remarks(MAY).remarks]
    assert len(may) == len(set(may)) == 13
    assert set(may) <= set(june)


def test_comments_are_short_and_whole_sentences() -> None:
    for said in (remarks(MONTH), remarks(MAY)):
        for remark in said.remarks:
            for text in filter(None, (remark.text, remark.public_text)):
                assert text == " ".join(text.split()), remark.ref
                assert text.endswith("."), remark.ref
                assert len(text.split()) <= 60, remark.ref


@pytest.mark.parametrize("month", [MONTH, MAY], ids=str)
def test_every_number_in_a_comment_stands_on_the_page(month: Month) -> None:
    for ref, text in _texts(remarks(month)):
        known = set().union(
            *(_numbers_of(one, month) for one in [ref, *SPEAKS_ALSO_OF.get(ref, [])])
        )
        for number in NUMBER.findall(NO_FIGURES.sub(" ", text)):
            number = number.replace(",", "")
            assert number in known or (ref, number) in WORKED_BY_HAND, f"{ref}: {number} in {text}"


@pytest.mark.parametrize("month", [MONTH, MAY], ids=str)
def test_what_a_comment_says_of_a_month_is_so(month: Month) -> None:
    """`69% in April`, `77 fewer than in May`."""
    looked_at = 0
    for ref, text in _texts(remarks(month)):
        values = _values(ref)
        for number, name in re.findall(rf"({NUMBER.pattern}) in ({'|'.join(NAMES)})", text):
            assert values[NAMES[name]] == number.replace(",", ""), f"{ref}: {text}"
            looked_at += 1
        for number, word, name in re.findall(
            rf"(\d+) (more|fewer) than in ({'|'.join(NAMES)})", text
        ):
            move = int(values[_column(month)]) - int(values[NAMES[name]])
            assert move == (int(number) if word == "more" else -int(number)), f"{ref}: {text}"
            looked_at += 1
    assert looked_at >= (25 if month == MONTH else 8)


def test_highest_and_lowest_are_so() -> None:
    looked_at = 0
    for ref, text in _texts(remarks(MONTH)):
        values = [
            float(value.rstrip("%")) for value in _values(ref) if value not in ("", "-", "n/a")
        ]
        if re.search(
            r"the (most|highest share|best|highest number) (in twelve months|since Dec)", text
        ):
            wide = "in twelve months" in text
            subject = "May's" if "May's 86% was the best" in text else "June"
            at = values[5] if subject == "May's" else values[6]
            most = float(_row(ref).maximum_12m.rstrip("%")) if wide else max(values)
            assert at == most, f"{ref}: {text}"
            looked_at += 1
        if "the lowest share since December" in text:
            assert values[6] == min(values), f"{ref}: {text}"
            looked_at += 1
    assert looked_at >= 8


def test_the_public_wording_gives_no_small_number() -> None:
    for remark in remarks(MONTH).remarks:
        if remark.public_text is not None:
            numbers = {
                float(n.rstrip("%").replace(",", "")) for n in NUMBER.findall(remark.public_text)
            }
            assert not numbers & {1, 2, 3, 4, 5}, remark.ref
            assert not re.search(r"\b(one|two|three|four|five)\b", remark.public_text, re.I)


@needs_seed
def test_no_comment_shares_eight_words_in_a_row_with_the_document() -> None:
    theirs = _runs(PAGE_OF_THE_SEED.read_text(encoding="utf-8"))
    for said in (remarks(MONTH), remarks(MAY)):
        for ref, text in _texts(said):
            assert not theirs & _runs(text), ref


@needs_seed
def test_nobody_of_the_document_is_named() -> None:
    from openscorecard.records.printed.read import read_page

    page = read_page(PAGE_OF_THE_SEED)
    people = {name for row in page.rows for name in (row.owner, row.reporter) if name}
    words = {word for name in people for word in name.split()}
    assert len(words) > 10
    ours = "".join(
        path.read_text(encoding="utf-8")
        for path in PACKAGE.iterdir()
        if path.suffix != ".pyc"
        and path.is_file()
        and path.name != "published_figures.csv"  # every council of England stands in it
    )
    found = {word for word in words if re.search(rf"\b{word}\b", ours)}
    assert not found
    assert "Southampton" not in ours


def _texts(said: Remarks) -> list[tuple[str, str]]:
    return [
        (remark.ref, text)
        for remark in said.remarks
        for text in (remark.text, remark.public_text)
        if text is not None
    ]


def _row(ref: str) -> content.TypedRow:
    return next(row for row in typed_rows() if row.ref == ref)


# What records give where the page printed what cannot be: see demo/landing.py.
CORRECTED = {
    "M3": {5: "25%"},  # 442 / 1801 = 24.54%
    "EH4 (val)": {5: "277"},  # 321 less the 44 that 14% over 45 days allows
    "LAC6 (%)": {5: "17%"},  # 1 / 6
    "CP2b %": {6: ""},  # of no transfer-ins there is no percentage
    "NI147": {6: "86%"},  # 114 / 133
    "LAC10 (%)": {6: "95%"},  # 471 / 497, printed with a digit more than its row
}


def _values(ref: str) -> list[str]:
    """The seven months as records give them."""
    values = list(_row(ref).values)
    for at, value in CORRECTED.get(ref, {}).items():
        values[at] = value
    return values


def _column(month: Month) -> int:
    return MONTHS.index(month)


def _numbers_of(ref: str, month: Month) -> set[str]:
    """Every number that the row gives: its months, what they differ by, its other columns."""
    row, values = _row(ref), _values(ref)[: _column(month) + 1]
    changes = [re.sub(r"[^\d%]", "", text) for text in (row.change_month, row.change_year)]
    others = [row.average_12m, row.maximum_12m, row.sn, row.eng, row.region]
    counts = [int(value) for value in values if value.isdigit()]
    moves = [str(abs(counts[-1] - count)) for count in counts[:-1]]
    return {text.replace(",", "") for text in (*values, *changes, *others, *moves) if text}


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}
