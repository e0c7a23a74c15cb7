"""What releases said, on later pages: worked by hand, with releases written by hand."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path

import pytest
from small_council import EXTRACTS, load_month, small_council

from openscorecard import publishing, run
from openscorecard.catalogue.load import load_catalogue
from openscorecard.disclosure.derived import without_number_before
from openscorecard.errors import InputError
from openscorecard.measures.figures import MeasuredFigure, Status
from openscorecard.periods import Month
from openscorecard.publish.html.origin import origins
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.observation import Observation, Observations
from openscorecard.scorecard.page import FigureStatus, Vintage
from openscorecard.workspace.on_the_page import with_records
from openscorecard.workspace.release_figures import (
    FIGURES,
    figures_bytes,
    first_released,
    with_releases,
    with_revised,
)
from openscorecard.workspace.releases import RECORD, keep_release
from openscorecard.workspace.vintages import Counted, own_loads

APRIL, MAY, JUNE, JULY = (Month(2021, number) for number in (4, 5, 6, 7))
CATALOGUE = load_catalogue()
WHY = "a contact was recorded twice"


def release(
    root: Path,
    month: Month,
    version: int,
    figures: dict[Month, int | None],
    reason: str = "",
    audience: str = "internal",
) -> None:
    """Keeps a release which says this of M1; None: there was nothing to count."""
    lines = [
        ["M1", at.iso, "not-applicable" if value is None else "value", 0,
         None if value is None else str(value), None, None, None]
        for at, value in figures.items()
    ]  # fmt: skip
    record = {"made_by": "", "month": month.iso, "audience": audience, "version": version,
              "on": "2021-07-20", "reason": reason, "changed": [], "earlier": []}  # fmt: skip
    content = ",\n".join(json.dumps(line) for line in lines)
    figures_json = f'{{"figures": [\n{content}\n]}}\n'
    files = {RECORD: json.dumps(record).encode(), FIGURES: figures_json.encode()}
    keep_release(root, month, audience, version, files)


def m1(value: int, month: Month = MAY, load: str = "2021-06-records-001") -> Observation:
    return Observation("M1", month, FigureStatus.VALUE, Fraction(value), load=load)


def told(*values: object) -> tuple[object, ...]:
    return values


def on_page(root: Path, month: Month, *seen: Observation, at: Month = MAY) -> Observation | None:
    found, _ = with_releases(Observations.of(seen), CATALOGUE, root, month)
    return found.at("M1", at)


def test_a_released_figure_stands_on_the_next_page(tmp_path: Path) -> None:
    release(tmp_path, MAY, 1, {MAY: 10})
    seen, sources = with_releases(Observations(), CATALOGUE, tmp_path, JUNE)
    may = seen.at("M1", MAY)
    assert may is not None
    assert told(may.value, may.decimals, may.vintage) == (10, None, Vintage.RELEASED)
    assert (may.load, may.released_before, may.note) == (
        "release 2021-05 internal version 1",
        None,
        "",
    )
    assert [(one.load, one.file) for one in sources] == [
        ("release 2021-05 internal version 1", "release.json of 2021-07-20")
    ]


def test_a_correction_stands_and_says_what_was_published_and_why(tmp_path: Path) -> None:
    release(tmp_path, MAY, 1, {MAY: 10})
    release(tmp_path, MAY, 2, {MAY: 11}, WHY)
    may = on_page(tmp_path, JUNE)
    assert may is not None
    assert told(may.value, may.released_before) == (11, 10)
    assert may.note == f"published as 10 before. {WHY}"


def test_months_later_the_reason_is_still_that_of_the_correction(tmp_path: Path) -> None:
    release(tmp_path, MAY, 1, {MAY: 10})
    release(tmp_path, MAY, 2, {MAY: 11}, WHY)
    release(tmp_path, JUNE, 1, {MAY: 11, JUNE: 7})
    may = on_page(tmp_path, JULY)
    assert may is not None
    assert told(may.value, may.released_before) == (11, 10)
    assert may.note == f"published as 10 before. {WHY}"


def test_no_release_of_the_month_or_a_later_one_touches_a_page(tmp_path: Path) -> None:
    release(tmp_path, JUNE, 1, {MAY: 10, JUNE: 20})
    release(tmp_path, JULY, 1, {MAY: 12, JUNE: 22})
    assert on_page(tmp_path, MAY) is None
    assert on_page(tmp_path, JUNE) is None
    assert on_page(tmp_path, JUNE, at=JUNE) is None


def test_a_later_months_page_counts_later_whenever_it_was_made(tmp_path: Path) -> None:
    """June was released before May was: as with loaded pages, June's goes before."""
    release(tmp_path, JUNE, 1, {MAY: 11})
    release(tmp_path, MAY, 1, {MAY: 10})
    may = on_page(tmp_path, JULY)
    assert may is not None
    assert told(may.value, may.released_before) == (11, 10)


def test_a_correction_counts_after_all_that_was_released_before_it(tmp_path: Path) -> None:
    release(tmp_path, MAY, 1, {MAY: 10})
    release(tmp_path, JUNE, 1, {MAY: 10})
    release(tmp_path, MAY, 2, {MAY: 11}, WHY)
    for month in (JUNE, JULY):
        may = on_page(tmp_path, month)
        assert may is not None
        assert told(may.value, may.released_before) == (11, 10)


def test_of_two_audiences_the_newest_counts(tmp_path: Path) -> None:
    release(tmp_path, MAY, 1, {MAY: 10}, audience="public")
    release(tmp_path, MAY, 1, {MAY: 11}, audience="internal")
    may = on_page(tmp_path, JUNE)
    assert may is not None
    assert may.value == 11


@pytest.mark.parametrize(
    ("load", "value", "before"),
    [
        ("2021-04-001", 10, 9),  # April's printed page had said 9 of it
        ("2021-05-002", 10, 9),
        ("2021-06-001", 9, 10),  # a printed page of a later month goes before
    ],
)
def test_a_release_beside_a_printed_page(
    tmp_path: Path, load: str, value: int, before: int
) -> None:
    release(tmp_path, MAY, 1, {MAY: 10})
    may = on_page(tmp_path, JULY, m1(9, load=load))
    assert may is not None
    assert told(may.value, may.released_before) == (value, before)
    assert may.note == f"published as {before} before"


def test_that_there_was_nothing_to_count_stands_too(tmp_path: Path) -> None:
    """Records that count 3 by now do not fill it."""
    workspace = small_council(tmp_path, "april")
    release(workspace.root, MAY, 1, {MAY: None})
    seen, _ = with_releases(Observations(), CATALOGUE, workspace.root, JUNE)
    figure = MeasuredFigure("M1", MAY, Status.VALUE, Fraction(3))
    counted = Counted(figure, own_loads(workspace)[0], Vintage.NOW_KNOWN)
    after, used = with_records(seen, {("M1", MAY): counted}, CATALOGUE)
    assert used == ()
    may = after.at("M1", MAY)
    assert may is not None
    assert told(may.status, may.value) == (FigureStatus.NOT_APPLICABLE, None)


def test_a_page_marks_what_its_own_release_put_otherwise(tmp_path: Path) -> None:
    now = Observations.of([m1(11)])
    release(tmp_path, MAY, 1, {MAY: 10})
    before = with_revised(now, CATALOGUE, tmp_path, MAY)
    may = before.at("M1", MAY)
    assert may is not None
    assert told(may.released_before, may.note) == (10, "published as 10 before")
    release(tmp_path, MAY, 2, {MAY: 11}, WHY)
    assert with_revised(now, CATALOGUE, tmp_path, MAY) == before
    assert with_revised(now, CATALOGUE, tmp_path, JUNE) == now


def test_a_figure_withdrawn_to_nothing_to_count_is_revised_too(tmp_path: Path) -> None:
    release(tmp_path, MAY, 1, {MAY: 10})
    nothing = Observation("M1", MAY, FigureStatus.NOT_APPLICABLE, load="2021-06-records-001")
    after = with_revised(Observations.of([nothing]), CATALOGUE, tmp_path, MAY)
    may = after.at("M1", MAY)
    assert may is not None
    assert told(may.value, may.released_before) == (None, 10)
    assert may.note == "there was nobody to take a percentage of; published as 10 before"
    row = scorecard(CATALOGUE, MAY, after, PageSettings("Anytown")).row("M1")
    assert row is not None
    assert (row.latest.printed, row.latest.revised) == ("[z] [r]", True)


def test_the_figure_as_first_released(tmp_path: Path) -> None:
    release(tmp_path, MAY, 1, {APRIL: None, MAY: 10})
    release(tmp_path, MAY, 2, {APRIL: 4, MAY: 11}, WHY)
    first = first_released(tmp_path, "M1")
    assert {month: one.value for month, one in first.items()} == {APRIL: 4, MAY: 10}


def test_figures_that_are_gone_are_not_passed_over(tmp_path: Path) -> None:
    release(tmp_path, MAY, 1, {MAY: 10})
    path = tmp_path / "releases" / "2021-05-internal-1" / FIGURES
    whole = path.read_bytes()
    for broken in (whole[:-4], whole.replace(b'"10"', b'"1O"'), None):
        path.unlink() if broken is None else path.write_bytes(broken)
        with pytest.raises(InputError, match="not as they were kept"):
            on_page(tmp_path, JUNE)


def test_through_the_whole_page(tmp_path: Path) -> None:
    """May of the small council has contacts K3 and K4: 2. With K7, which came late, 3."""
    workspace = small_council(tmp_path, "april", "may")
    whole = run.build(MAY, workspace)
    assert figures_bytes(whole) == figures_bytes(whole)
    said = json.loads(figures_bytes(whole))["figures"]
    assert ["M1", "2021-05", "value", 0, "2", None, None, None] in said
    # CP8-QL of May: 1 of 2 children seen.
    assert ["CP8-QL", "2021-05", "value", 0, "50", "1", "2", None] in said
    publishing.publish(MAY, workspace, "public", tmp_path / "may", dt.date(2021, 6, 14))
    with_k7 = EXTRACTS["may"]["ssd_contacts"] + " K7,E,2021-05-20"
    load_month(workspace, "may", "2021-06-18", ssd_contacts=with_k7)
    load_month(workspace, "june")
    june = run.build(JUNE, workspace)
    row = june.row("M1")
    assert row is not None
    may = row.figures[-2]
    assert (may.printed, may.vintage, may.load) == (
        "2",
        "released",
        "release 2021-05 public version 1",
    )
    assert june.notes == ()  # not the council's first page
    words = [one.words for one in origins(june, row)]
    assert words[0] == "Release 2021-05 public version 1: release.json of 2021-06-14."
    assert [one.published for one in run.revisions("M1", workspace)] == [2, 2, None]

    corrected = run.build(MAY, workspace)
    public = run.public_view(corrected, workspace)
    inside, outside = corrected.row("M1"), public.row("M1")
    assert inside is not None
    assert outside is not None
    assert (inside.latest.printed, inside.latest.note) == ("3 [r]", "published as 2 before")
    # A number of children of 3, and of 2 before: the public is told neither.
    assert outside.latest.printed == "[c]"
    assert not outside.latest.revised
    assert "2 before" not in repr(outside)
    assert "published before" not in repr(outside)


def test_the_public_is_not_told_the_number_before() -> None:
    """It was 2, and hidden; that it is 12 now does not tell what it was, nor why."""
    note = f"provisional; published as 2 before. {WHY}"
    assert without_number_before(note) == "provisional; another figure was published before"
