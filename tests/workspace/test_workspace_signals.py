"""How change is judged, in the settings; and what a month's page said first."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path

import pytest

from openscorecard import publishing, run
from openscorecard.catalogue.indicator import Catalogue, Indicator, Kind, Section
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.observation import Observation, Observations
from openscorecard.scorecard.page import FigureStatus, Scorecard
from openscorecard.scorecard.signals.settings import Rebase, SignalSettings
from openscorecard.scorecard.verdict import FirstPublished, Signal
from openscorecard.units import Unit
from openscorecard.workspace.first_verdicts import (
    FirstVerdicts,
    first_path,
    read_first,
    verdict_bytes,
    verdicts_of,
    with_first,
)
from openscorecard.workspace.folder import Workspace, open_workspace
from openscorecard.workspace.settings import read_settings
from openscorecard.workspace.signals_table import SETTINGS
from openscorecard.workspace.template import SETTINGS as TEMPLATE

JUNE = Month(2021, 6)
JULY_5 = dt.date(2021, 7, 5)


def read(tmp_path: Path, text: str) -> SignalSettings:
    path = tmp_path / "openscorecard.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path).signals


def test_what_can_be_set(tmp_path: Path) -> None:
    text = """\
[signals]
shift = 8
trend = 6
two_of_three = false
screen = true
baseline_months = 12

[[signals.rebase]]
ref = "EH1b"
from = "2020-04"
reason = "two teams  were joined"
"""
    reason = "two teams were joined"
    assert read(tmp_path, text) == SignalSettings(
        8, 6, False, True, 12, (Rebase("EH1b", Month(2020, 4), reason),)
    )
    assert read(tmp_path, "") == SignalSettings()
    for setting in SETTINGS:
        assert f"\n{setting.name} = " in TEMPLATE


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    text = """\
[signals]
shift = 4
tend = 7
screen = "no"
[[signals.rebase]]
ref = "EH1b"
from = "April 2020"
reason = "..."
[[signals.rebase]]
ref = "EH3"
form = "2020-04"
reason = "a new team"
[[signals.rebase]]
ref = "M1"
from = "2020-04"
reason = "a new form"
[[signals.rebase]]
ref = "M1"
from = "2020-04"
reason = "again"
"""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    lines = str(caught.value).splitlines()
    assert [line.strip() for line in lines if line.startswith("  line")] == [
        'line 2: "shift" has to be a whole number from 5 to 12, and is 4',
        'line 3: unknown key "tend" in [signals]; did you mean "trend"?',
        'line 4: "screen" has to be true or false, and is "no"',
        'line 7: "from" has to be a month such as "2021-01", and is "April 2020"',
        'line 8: "reason" has to be a text of at most 200 characters, and is "..."',
        'line 9: [[signals.rebase]] lacks "from"',
        'line 11: unknown key "form" in [[signals.rebase]]; did you mean "from"?',
        "line 17: M1 has two new baselines from 2020-04",
    ]
    with pytest.raises(InputError, match=r"write \[\[signals.rebase\]\]"):
        read(tmp_path, "[signals]\nrebase = 3")


def test_a_new_baseline_of_no_indicator_is_refused(tmp_path: Path) -> None:
    (tmp_path / "openscorecard.toml").write_text(
        '[[signals.rebase]]\nref = "EH1d"\nfrom = "2020-04"\nreason = "a new team"\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=r'no indicator \("EH1d"; did you mean "EH1'):
        run.build(JUNE, open_workspace(tmp_path))


def page_of(values: list[int], month: Month = JUNE) -> Scorecard:
    item = Indicator(
        "A1", "a1", "Number of A1", "A1", "all", 1, "Children are safe.", Unit.COUNT, Kind.FLOW
    )
    found = [
        Observation("A1", month.plus(place + 1 - len(values)), FigureStatus.VALUE, Fraction(value))
        for place, value in enumerate(values)
    ]
    catalogue = Catalogue((Section("all", "All", 1),), (item,))
    return scorecard(catalogue, month, Observations.of(found), PageSettings("Northshire"))


STEADY = [12, 10] * 12


def keep_first(root: Path, verdicts: FirstVerdicts) -> None:
    path = first_path(root, verdicts.month, verdicts.audience)
    path.parent.mkdir(parents=True)
    path.write_bytes(verdict_bytes(verdicts))


def test_the_first_word_is_kept_as_it_was(tmp_path: Path) -> None:
    page = page_of([*STEADY, 17])
    keep_first(tmp_path, verdicts_of(page, JULY_5))
    kept = read_first(tmp_path, JUNE, "internal")
    assert kept is not None
    reason = "above the usual range (up to 16)"
    assert kept.by_ref == {"A1": FirstPublished(Signal.NEUTRAL, "Unusually high", reason, JULY_5)}
    assert read_first(tmp_path, JUNE, "public") is None
    table = json.loads(first_path(tmp_path, JUNE, "internal").read_text(encoding="utf-8"))
    assert (table["month"], table["on"]) == ("2021-06", "2021-07-05")


def test_a_later_page_says_beside_its_verdicts_what_was_said_first(tmp_path: Path) -> None:
    keep_first(tmp_path, verdicts_of(page_of([*STEADY, 17]), JULY_5))
    revised = with_first(page_of([*STEADY, 15]), tmp_path).rows[0].verdict
    assert revised is not None
    assert revised.word == "Usual variation"
    assert revised.first_published is not None
    assert (revised.first_published.word, revised.first_published.on) == (
        "Unusually high",
        JULY_5,
    )
    july = with_first(page_of([*STEADY, 15, 12], Month(2021, 7)), tmp_path).rows[0].verdict
    assert july is not None
    assert july.first_published is None  # July itself was not published yet
    june = july.at(JUNE)
    assert june is not None
    assert (june.first, june.signal) == ("Unusually high", Signal.NONE)


def test_the_council_sees_what_the_public_read_but_not_what_was_hidden(tmp_path: Path) -> None:
    page = page_of([*STEADY, 17])
    public = verdicts_of(page, JULY_5)
    keep_first(tmp_path, type(public)(JUNE, "public", JULY_5, public.by_ref))
    own = with_first(page, tmp_path).rows[0].verdict
    assert own is not None
    assert own.first_published is not None
    hidden = {"A1": FirstPublished(Signal.NOT_JUDGED, "Hidden", "the figure is hidden", JULY_5)}
    other = tmp_path / "other"
    keep_first(other, type(public)(JUNE, "public", JULY_5, hidden))
    own = with_first(page, other).rows[0].verdict
    assert own is not None
    assert own.first_published is None


@pytest.mark.parametrize("content", ["", "{}", '{"month": "2021-05"}', "[1]", '{"on": 3}'])
def test_a_file_that_was_changed_is_refused(tmp_path: Path, content: str) -> None:
    path = first_path(tmp_path, JUNE, "internal")
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="not as they were written"):
        read_first(tmp_path, JUNE, "internal")


def test_publishing_keeps_what_was_said(tmp_path: Path) -> None:
    workspace = _published(tmp_path)
    assert read_first(workspace.root, JUNE, "public") is not None
    assert read_first(workspace.root, JUNE, "internal") is None
    before = _bytes(tmp_path / "out")
    publishing.publish(JUNE, workspace, "public", tmp_path / "again", on=dt.date(2022, 1, 1))
    assert _bytes(tmp_path / "again") == before  # a second time says the same, first day included


def _published(tmp_path: Path) -> Workspace:
    from small_council import three_loads

    workspace = three_loads(tmp_path / "council")
    publishing.publish(JUNE, workspace, "public", tmp_path / "out", on=JULY_5)
    return workspace


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
