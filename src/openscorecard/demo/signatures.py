"""How far the demonstration's comments on June 2021 have come: every state that there is.

Takes the comments as they were written and the figures as their owners saw them; gives them with
what the owners decided; every entry is one that the application itself could have written.
"""

from __future__ import annotations

import datetime as dt

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.commentary.entries import Entry, EntryKind, StoredComments
from openscorecard.commentary.signoff import Action, decided, figures_told, figures_version
from openscorecard.demo.people import number_of
from openscorecard.scorecard.page import Scorecard

SIGNED_AT = dt.datetime(2021, 7, 14, 9, 30, tzinfo=dt.UTC)
UNSIGNED_REPORTERS = frozenset({"Service Manager, Early Help"})  # wait for their owner
# Signed while the rates still rested on the population of the edition before.
REOPENED, POPULATION_BEFORE = "M2-NI", 49_900
RETURNED = {
    "CP8-QL": "Which visits were late, and by when are they made up? A reader will ask that first.",
    "LAC7-QL": "Say what the two teams do differently, not only that they do.",
}
# Written into a workbook that was sent out before the text that stands was changed.
BESIDE = {
    "LAC9": "Fewer households foster for us than a year ago. Four are being assessed, and two more "
    "have asked to be. We would rather say what would help carers stay than how many came.",
}
DRAFTS = {
    "FM012": "No claim fell due this month. The next window opens in the autumn, and ",
}


def signed(
    stored: StoredComments,
    catalogue: Catalogue,
    page: Scorecard,
    page_before: Scorecard,
) -> StoredComments:
    """The comments with their owners' decisions about `page`, one of them about `page_before`."""
    for indicator in catalogue:
        ref, standing = indicator.ref, stored.current(indicator.ref)
        if standing is None or indicator.reporter in UNSIGNED_REPORTERS:
            continue
        row = (page_before if ref == REOPENED else page).row(ref)
        assert row is not None, ref
        seen = figures_version(row)
        stored = decided(
            stored,
            ref,
            Action.RETURN if ref in RETURNED else Action.SIGN,
            by=indicator.owner,
            at=SIGNED_AT,
            version=standing.version,
            figures=seen,
            seen_figures=seen,
            because=RETURNED.get(ref, ""),
            account=number_of(indicator.owner),
            told=figures_told(row),
        )
    for ref, text in BESIDE.items():
        found = catalogue.get(ref)
        assert found is not None, ref
        stored = stored.with_entry(
            Entry(ref, EntryKind.CONFLICT, found.reporter, SIGNED_AT, text=text,
                  account=number_of(found.reporter))
        )  # fmt: skip
    return stored
