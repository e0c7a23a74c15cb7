"""Kills the application at random moments while comments are saved, sent and signed and while a
month is released, and looks at what is left.

    python scripts/web_kill_test.py --times 100 [--seed 1]

Each time a process of its own answers requests of a reporter, an owner and an analyst through the
whole application (every third time it releases, too) and says what was answered; then it is killed.
After each kill: everything that was answered is there, as a draft, a comment, a text beside another
or a signature; the comments and the database can be read whole; every release that is recorded can
be verified or is wholly missing from its place, and the next worker settles the job.
Needs a system with fork.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "web"), str(ROOT / "tests" / "workspace")]

from printed_council import HEAD, JUNE, printed_council  # noqa: E402

from openscorecard.web import prepare  # noqa: E402

REFS = ("M1", "M2", "EH3")
REPORTER_TITLE = "Service Manager, Assessment"
LONGEST = {"write": 0.8, "release": 5.0}  # seconds until the kill
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def main(times: int, seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="scorecard-web-kill-") as folder:
        root = printed_council(Path(folder)).root
        os.environ["OPENSCORECARD_HOSTS"] = "testserver"
        prepare.set_up(root)
        import logging

        logging.disable(logging.ERROR)
        prepare.migrate()
        prepare.gather_static()
        _enter_people()
        tally: Counter[str] = Counter()
        for number in range(times):
            what = "release" if number % 3 == 2 else "write"
            answered = _killed(what, number, chance.uniform(0.0, LONGEST[what]))
            tally.update(one["did"] for one in answered)
            tally[f"killed while it should {what}"] += 1
            _check(root, answered, tally)
            if (number + 1) % 10 == 0:
                print(f"{number + 1} kills: {dict(tally)}", flush=True)
        print(f"sound after {times} kills: {dict(tally)}")


def _enter_people() -> None:
    from django.db import connections

    from openscorecard.web.accounts.models import Account, Holding

    for name, title in (("reporter", REPORTER_TITLE), ("owner", HEAD), ("analyst", "")):
        account = Account.objects.create_user(
            f"{name}@northshire.example", name=name, analyst=name == "analyst"
        )
        if title:
            Holding.objects.create(account=account, title=title)
    connections.close_all()


def _killed(what: str, number: int, after: float) -> list[dict[str, str]]:
    """What the process said was answered before it was killed, `after` seconds from its first
    answer."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            (_release if what == "release" else _write)(number, writing)
        except BaseException:  # noqa: BLE001  the parent tells
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        first = said.readline()
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it failed by itself"
        lines = [first, *said.readlines()]
    return [json.loads(line) for line in lines if line.endswith("\n")]


def _say(writing: int, **what: str) -> None:
    os.write(writing, (json.dumps(what) + "\n").encode())


def _clients() -> tuple[dict[str, object], dict[str, str]]:
    from django.test import Client

    from openscorecard.web.accounts.models import Account
    from openscorecard.web.months import catalogue

    found = {}
    for account in Account.objects.all():
        client = Client(raise_request_exception=True)
        client.force_login(account, BACKEND)
        found[account.name] = client
    return found, {ref: catalogue().get(ref).id for ref in REFS}


def _write(number: int, writing: int) -> None:
    """Drafts, comments and signatures, until the end comes."""
    from openscorecard.web.commentary.drafts import new_page
    from openscorecard.web.months import comments, progress

    clients, idents = _clients()
    for name, address in (("reporter", "commentary"), ("owner", "signoff")):
        assert clients[name].get(f"/{address}/2021-06/").status_code == 200  # warm from here on
    _say(writing, did="began")
    step = 0
    while True:
        step += 1
        ref = REFS[step % len(REFS)]
        address = f"/commentary/2021-06/{idents[ref]}/"
        text, page = f"Kill {number}, step {step}: what was typed about {ref}.", new_page()
        base = progress(JUNE)[ref].seen
        fields = {"text": text, "base": base, "page": page}
        answer = clients["reporter"].post(f"{address}draft/", fields)
        assert answer.status_code == 200, answer.content
        _say(writing, did="draft", ref=ref, text=text)
        answer = clients["reporter"].post(address, {**fields, "do": "send"})
        assert answer.status_code == 302, answer.content
        _say(writing, did="sent", ref=ref, text=text)
        now, stored = progress(JUNE)[ref], comments(JUNE)
        fields = {f"version-{idents[ref]}": stored.version(ref), "do": "sign",
                  f"figures-{idents[ref]}": _figures(ref)}  # fmt: skip
        answer = clients["owner"].post(f"/signoff/2021-06/{idents[ref]}/", fields)
        if answer.status_code == 302:
            _say(writing, did="signed", ref=ref, version=stored.version(ref))
        else:
            assert now.conflicts, answer.content


def _figures(ref: str) -> str:
    from openscorecard.commentary.signoff import figures_version
    from openscorecard.web.months import seen

    return figures_version(seen(JUNE).page.row(ref))


def _release(number: int, writing: int) -> None:
    """A comment is written anew, so that there is something to release; then the month is."""
    from openscorecard.web.accounts.models import Account
    from openscorecard.web.loads.worker import run_next
    from openscorecard.web.months import look_again, progress
    from openscorecard.web.releases.checklist import checklist
    from openscorecard.web.releases.services import ask_to_release

    clients, idents = _clients()
    text = f"Kill {number}: a month to be released."
    fields = {"text": text, "base": progress(JUNE)["M2"].seen, "page": "", "do": "send"}
    answer = clients["reporter"].post(f"/commentary/2021-06/{idents['M2']}/", fields)
    assert answer.status_code == 302, answer.content
    _say(writing, did="sent", ref="M2", text=text)
    look_again()
    found = checklist(JUNE)
    analyst = Account.objects.get(analyst=True)
    job = ask_to_release(analyst, JUNE, found.number, "a comment was rewritten", "to be killed")
    _say(writing, did="asked to release", job=str(job.pk))
    run_next()
    _say(writing, did="released", job=str(job.pk))


def _check(root: Path, answered: list[dict[str, str]], tally: Counter[str]) -> None:
    from django.db import connection, connections

    from openscorecard.commentary.entries import EntryKind
    from openscorecard.commentary.store import read_comments
    from openscorecard.publish.verify import verify
    from openscorecard.web.commentary.models import Draft
    from openscorecard.web.loads.models import Job, JobState
    from openscorecard.web.loads.worker import recover, run_next
    from openscorecard.web.months import look_again
    from openscorecard.web.releases.places import place_for
    from openscorecard.workspace.releases import kept_releases

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)
    look_again()
    entries = read_comments(root, JUNE).entries
    texts = {entry.text for entry in entries if entry.kind in (EntryKind.TEXT, EntryKind.CONFLICT)}
    drafts = set(Draft.objects.values_list("text", flat=True))
    signatures = {(one.ref, one.version) for one in entries if one.kind is EntryKind.SIGNED}
    for one in answered:
        if one["did"] == "draft":
            assert one["text"] in texts | drafts, f"lost: {one}"
        elif one["did"] == "sent":
            assert one["text"] in texts, f"lost: {one}"
        elif one["did"] == "signed":
            assert (one["ref"], one["version"]) in signatures, f"lost: {one}"
    half = Job.objects.filter(state=JobState.RUNNING).count()
    tally["jobs found half done"] += half
    recover()
    while run_next() is not None:
        tally["jobs that waited, done afterwards"] += 1
    assert not Job.objects.filter(state__in=(JobState.RUNNING, JobState.WAITING)).exists()
    look_again()
    for kept in kept_releases(root):
        place = place_for(JUNE, kept.audience, kept.release.version)
        if place.exists():
            found = verify(place)
            assert not found, found
            tally["releases verified"] += 1
        else:
            tally["releases recorded, not yet in place"] += 1
    connections.close_all()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    main(asked.times, asked.seed)
