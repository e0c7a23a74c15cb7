"""How a page is released: composed, held against the version before, written, and kept.

Takes a month and an audience; gives the files of a release, or of a draft; refuses (InputError) a
number in a comment that may be a hidden one, and a correction without a reason.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from openscorecard import run
from openscorecard.commentary.attach import attach
from openscorecard.commentary.entries import StoredComments
from openscorecard.commentary.numbers import mentions
from openscorecard.errors import InputError, InternalError
from openscorecard.periods import Month
from openscorecard.publish.files import write_publication
from openscorecard.publish.pdf.unshown import unshown
from openscorecard.publish.release_file import under_key
from openscorecard.scorecard.page import FigureStatus, Scorecard
from openscorecard.scorecard.release import Fingerprint
from openscorecard.workspace.computed import Tell, nobody
from openscorecard.workspace.first_verdicts import (
    VERDICTS,
    verdict_bytes,
    verdicts_of,
    with_first,
)
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.outdated_comments import warnings_of, with_corrected_since
from openscorecard.workspace.release_figures import FIGURES, figures_bytes
from openscorecard.workspace.release_inputs import inputs_of, inputs_since
from openscorecard.workspace.releases import (
    RECORD,
    keep_release,
    key_of,
)
from openscorecard.workspace.releasing import PAGE, page_bytes, plan_release, recorded_inputs


def publish(
    month: Month,
    workspace: Workspace,
    audience: str,
    to: Path,
    on: dt.date | None = None,
    *,
    reason: str = "",
    draft: bool = False,
    latest: bool = False,
    tell: Tell = nobody,
    warn: Tell = nobody,
) -> tuple[Path, ...]:
    """Releases the page and writes it in all media to a folder: all of it or nothing.

    A public page with a number in a comment that may be a hidden one is not written: a person has
    to settle it first. The same page again is the same version, of the day recorded; a page that
    reads otherwise is a correction of the day `on` (by default today), and needs a `reason`.
    A `draft` says that it is one, and nothing of it is kept. `latest`: the folder may hold an
    earlier month's page, whose place this one takes. `warn` hears of each comment that quotes a
    number which was corrected since, and of each character that the PDFs cannot show.
    """
    if not workspace.settings.council:
        raise InputError(
            "the council has no name",
            where=str(workspace.root / "openscorecard.toml"),
            todo='write name = "..." under [council]: a published page says whose it is',
        )
    seen = whole = run.build(month, workspace, tell=tell)
    if audience == "public":
        seen = run.public_view(whole, workspace)
        unsettled = run.open_questions(whole, seen, workspace)
        if unsettled:
            raise InputError(
                "a number in a comment may give away a hidden one:\n"
                + "\n".join(f"  {finding.ref}: {finding.message}" for finding in unsettled),
                where=f"the comments of {month.long}",
                todo="change the public text, or say why the number may stand with "
                "`scorecard comments settle`",
            )
        refuse_telling(reason, seen)
    comments = run.comments_of(month, workspace)
    if draft:
        page = _with_comments(seen, comments, workspace, warn)
        _warn_of_unshown(page, warn)
        return write_publication(page, to, latest=latest, tell=tell)
    verdicts = verdicts_of(seen, on or dt.date.today())
    seen = _with_comments(with_first(seen, workspace.root, verdicts), comments, workspace, warn)
    planned = plan_release(seen, workspace.root, on, reason)
    inputs = planned.inputs or _inputs(whole, audience, workspace)

    def keep(listed: bytes) -> None:
        if planned.recorded is None:
            kept = {PAGE: page_bytes(seen), FIGURES: figures_bytes(whole)}
            if planned.release.version == 1:
                kept[VERDICTS] = verdict_bytes(verdicts)
            version = planned.release.version
            keep_release(workspace.root, month, audience, version, {RECORD: listed, **kept})
        elif planned.recorded != listed:
            raise InternalError("the released page gives other files than it did")

    published = replace(seen, release=planned.release)
    _warn_of_unshown(published, warn)
    return write_publication(published, to, inputs, latest=latest, keep=keep, tell=tell)


def as_released(seen: Scorecard, workspace: Workspace) -> Scorecard:
    """The page as `publish` would release it today, before its version is known; `seen` is the
    internal page or what the public may see of it, without comments."""
    first = with_first(seen, workspace.root, verdicts_of(seen, dt.date.today()))
    return _with_comments(first, run.comments_of(seen.month, workspace), workspace, nobody)


def _with_comments(
    page: Scorecard,
    comments: tuple[StoredComments, tuple[StoredComments, ...]],
    workspace: Workspace,
    warn: Tell,
) -> Scorecard:
    """The page with its comments; of those that quote a number corrected since, `warn` hears."""
    commented = with_corrected_since(attach(page, *comments), workspace.root)
    for warning in warnings_of(commented):
        warn(warning)
    return commented


def _warn_of_unshown(page: Scorecard, warn: Tell) -> None:
    for warning in unshown(page):
        warn(warning)


def refuse_telling(reason: str, public: Scorecard) -> None:
    """A reason stands on the public page: it names no number that may be a hidden one."""
    small = [one for one in mentions(reason) if 0 < one.value <= public.small_numbers]
    hidden = any(one.status is FigureStatus.HIDDEN for row in public.rows for one in row.history)
    if small and hidden:
        said = reason[small[0].start : small[0].end]
        raise InputError(
            f"the reason for a public correction names a small number ({said}), and such numbers "
            "are hidden on the page",
            where="--reason",
            todo="say it without the number: the list of changed cells tells what may be told",
        )


def _inputs(whole: Scorecard, audience: str, workspace: Workspace) -> tuple[Fingerprint, ...]:
    """What the page was made from; for the public under the workspace's own key."""
    inputs = inputs_of(workspace, whole, run.EARLIER_COMMENTS)
    return inputs if audience == "internal" else under_key(inputs, key_of(workspace.root))


def changed_inputs(recorded: bytes, workspace: Workspace) -> tuple[str, ...]:
    """Which loads, statistics, definitions, comments or settings differ by now from those that a
    release was made from: `recorded` is its release.json. A sentence each."""
    stated = json.loads(recorded)
    whole = run.build(Month.parse(stated["month"]), workspace)
    return inputs_since(recorded_inputs(recorded), _inputs(whole, stated["audience"], workspace))
