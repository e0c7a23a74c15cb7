"""The demonstration's comments stand in every state that there is."""

from __future__ import annotations

from collections import Counter

from openscorecard import run
from openscorecard.commentary.signoff import State, figures_changed, figures_version, progress_of
from openscorecard.commentary.store import read_comments
from openscorecard.demo.content import MONTH
from openscorecard.demo.people import PEOPLE, number_of
from openscorecard.demo.signatures import REOPENED
from openscorecard.workspace import Workspace


def test_every_state_is_there(workspace: Workspace) -> None:
    page, stored = run.build(MONTH, workspace), read_comments(workspace.root, MONTH)
    found = {
        row.indicator.ref: progress_of(stored, row.indicator.ref, figures_version(row)).state
        for row in page.rows
    }
    # 64 indicators: 3 without a comment; 6 of early help's wait; 2 returned; 1 signed on the
    # population of the year before; 1 with a second text beside it; the rest signed.
    assert Counter(found.values()) == {
        State.DUE: 3,
        State.WRITTEN: 6,
        State.RETURNED: 2,
        State.REOPENED: 1,
        State.CONFLICT: 1,
        State.SIGNED: 51,
    }
    assert found[REOPENED] is State.REOPENED


def test_what_changed_since_the_signature_can_be_told(workspace: Workspace) -> None:
    page, stored = run.build(MONTH, workspace), read_comments(workspace.root, MONTH)
    row = page.row(REOPENED)
    assert row is not None
    decision = progress_of(stored, REOPENED, figures_version(row)).decision
    assert decision is not None
    changed = {label: (was, now) for label, was, now in figures_changed(decision, row)}
    # 339 referrals for every 10,000 children: of 49,900 it was 67.9, of 50,860 it is 66.7.
    assert changed["June 2021"][0].startswith("68")
    assert changed["June 2021"][1].startswith("67")


def test_everybody_who_reports_or_owns_is_entered(workspace: Workspace) -> None:
    for indicator in run.catalogue_of(workspace):
        for title in (indicator.reporter, indicator.owner):
            number = number_of(title)
            assert number, title
            assert title in PEOPLE[int(number) - 1].titles
