"""A whole month by four people in a real browser: from the upload to the page that the public
reads, and to its correction. Against `scorecard serve` as a council runs it, with its worker.

The council is that of tests/workspace/small_council.py; its figures are worked out by hand there.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving_process import Served, served
from small_council import small_council, write_extract
from web_month_hands import MANNERS, Hands, Manner

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
SCORECARD = Path(sys.executable).parent / "scorecard"
PASSWORD = "three words of nothing"
CONTACTS = "/months/2021-06/indicators/contacts-received.html"
REPORTS, OWNS = "Service Manager, Assessment", "Head of Service, Social Work"
WAIT = 90  # seconds for the worker


@dataclass
class Month:
    """The served council, and its people at their browsers."""

    at: Served
    root: Path
    people: dict[str, Hands]
    public: Hands


def enter(root: Path, at: Served, who: str, *more: str) -> str:
    """Entered by the command; gives the link to hand over."""
    done = subprocess.run(
        [SCORECARD, "--workspace", root, "people", "add", f"{who}@northshire.example",
         "--name", who.capitalize(), "--address", at.address, *more],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return re.search(r"http\S+", done.stdout)[0]


@pytest.fixture(params=MANNERS, ids=lambda one: one.name)
def month(request, tmp_path: Path, browser: Browser) -> Iterator[Month]:
    manner: Manner = request.param
    root = small_council(tmp_path, "april", "may").root
    windows: list[Hands] = []
    looked_at: set[tuple[str, ...]] = set()

    def window() -> Hands:
        context = browser.new_context(
            viewport={"width": manner.width, "height": 900}, java_script_enabled=manner.script,
            reduced_motion="reduce",
        )  # fmt: skip
        windows.append(Hands(context, manner, looked_at))
        return windows[-1]

    with served(root) as at:
        people = {}
        for who, more in (
            ("analyst", ["--role", "analyst"]),
            ("reporter", ["--title", REPORTS]),
            ("owner", ["--title", OWNS]),
        ):
            people[who] = window()
            sign_in(people[who], at, who, enter(root, at, who, *more))
        yield Month(at, root, people, window())
        for one in windows:
            one.close()


def sign_in(hands: Hands, at: Served, who: str, link: str) -> None:
    """By the link that the administrator handed over, and the password that she then sets."""
    hands.go(link)
    hands.write("Password", PASSWORD)
    hands.write("Password again", PASSWORD)
    hands.press("button", "Set password")
    hands.go(f"{at.address}/accounts/login/")
    hands.write("E-mail address", f"{who}@northshire.example")
    hands.write("Password", PASSWORD)
    hands.press("button", "Sign in")
    assert "/accounts/" not in hands.page.url, hands.text()


def wait_for(hands: Hands, heading: str) -> None:
    """Until the job says so: the script notices, or one looks again."""
    until = time.monotonic() + WAIT
    while heading not in hands.text():
        assert time.monotonic() < until, hands.text()
        if hands.manner.script:
            hands.page.wait_for_timeout(300)
        else:
            hands.page.wait_for_timeout(1000)
            again = hands.page.get_by_role("link", name="Look again")
            if again.count():
                again.click()
    hands.look()


def zipped(folder: Path) -> Path:
    extract = write_extract(folder / "june", "june")
    to = folder / "june.zip"
    with zipfile.ZipFile(to, "w") as archive:
        for path in extract.iterdir():
            archive.write(path, path.name)
    return to


def test_a_month_from_the_upload_to_the_public_page_and_its_correction(month: Month, tmp_path):
    upload_and_load(month, zipped(tmp_path))
    write_all(month)
    return_one_and_sign_all(month)
    release(month)
    read_in_public(month)
    correct(month)


def upload_and_load(month: Month, extract: Path) -> None:
    analyst = month.people["analyst"]
    analyst.go(f"{month.at.address}/loads/")
    analyst.give("#files", extract)
    analyst.press("button", "Upload and look")
    analyst.reads("it will close June 2021")
    analyst.press("button", "Load", exact=True)
    wait_for(analyst, "Loaded")
    analyst.reads("It closes June 2021.")
    analyst.press("link", "Look at the page")
    # Two contacts in June: K5 of A on the 1st, K6 of B on the 30th.
    analyst.go(f"{month.at.address}{CONTACTS}")
    if analyst.manner.keyboard:
        analyst.skip()
    assert "2" in analyst.page.locator("dl.facts dd").first.inner_text()


def send(reporter: Hands, text: str) -> None:
    reporter.write("Your comment on June 2021", text)
    reporter.press("button", "Send for sign-off")
    reporter.reads("Sent for sign-off.")


def write_all(month: Month) -> None:
    """A sentence about contacts; what is usual all at once; the rest one by one."""
    reporter = month.people["reporter"]
    desk = f"{month.at.address}/commentary/2021-06/"
    reporter.go(f"{desk}contacts-received/")
    send(reporter, "Schools told us of children whom we knew.")
    for _ in range(60):
        reporter.go(desk)
        many = reporter.page.get_by_role("button", name="send all that are ticked")
        if many.count():
            reporter.press("button", "send all that are ticked")
            continue
        following = reporter.page.locator("a.button", has_text=re.compile("^(Begin|Go on) with "))
        if not following.count():
            break
        reporter.press("link", following.first.inner_text())
        send(reporter, "As expected in a small council.")
    reporter.go(desk)
    assert "to write" not in reporter.text(), reporter.text()


def return_one_and_sign_all(month: Month) -> None:
    owner, reporter = month.people["owner"], month.people["reporter"]
    desk = f"{month.at.address}/signoff/2021-06/"
    owner.go(desk)
    row = owner.page.locator("#row-contacts-received")
    assert "Schools told us" in row.inner_text()
    fold = row.locator("summary", has_text="Return it with a reason")
    owner._use(fold, "Enter")
    owner._use(row.get_by_label("What should be changed?"), "Shift")
    row.get_by_label("What should be changed?").press_sequentially("Which schools, and why now?")
    owner._use(row.get_by_role("button", name="Return it"), "Enter")
    owner.look()
    owner.reads("Returned with your reason: M1.")

    reporter.go(f"{month.at.address}/commentary/2021-06/contacts-received/")
    reporter.reads("Which schools, and why now?")
    send(reporter, "Some schools asked us about children we knew.")

    owner.go(desk)
    for box in owner.page.get_by_label("I have read it and sign").all():
        owner._use(box, "Space")
    owner.press("button", "Sign all that are ticked")
    owner.reads("Signed: ")
    owner.go(desk)
    assert not owner.page.get_by_label("I have read it and sign").count()


def release(month: Month) -> None:
    analyst = month.people["analyst"]
    analyst.go(f"{month.at.address}/releases/2021-06/")
    analyst.press("link", "Preview the page as the public will see it")
    assert "DRAFT" in analyst.page.inner_text("body")
    analyst.go(f"{month.at.address}/releases/2021-06/")
    why = "Why it is published with this left open"
    analyst.write(why, "Other services write from next month on.")
    analyst.press("button", "Publish June 2021")
    wait_for(analyst, "Released")
    analyst.reads("Version 1 of the public page")


def read_in_public(month: Month) -> None:
    """Nobody is signed in here. What is small is hidden in every way there is."""
    public, analyst = month.public, month.people["analyst"]
    public.go(month.at.address)
    public.press("link", "June 2021", exact=True)
    assert public.page.url.endswith("/published/2021-06/public/1/index.html")
    row = public.page.locator("tr", has_text="Contacts received").first.inner_text()
    assert "[c]" in row
    asked = "/api/v1/figures?ref=M1&of_month=2021-06&measure=value"
    (figure,) = json.loads(fetched(public, month, asked))["figures"]
    assert (figure["value"], figure["printed"]) == (None, "[c]")
    assert contacts_in_june(fetched(public, month, "/published/latest/public/figures.csv")) == ""
    within = "/published/2021-06/internal/1/figures.csv"
    assert "M1," not in fetched(public, month, within)
    assert contacts_in_june(fetched(analyst, month, within)) == "2"  # signed in


def fetched(hands: Hands, month: Month, path: str) -> str:
    return hands.page.request.get(f"{month.at.address}{path}").text()


def contacts_in_june(figures: str) -> str:
    """The value of M1 in June 2021, as figures.csv has it."""
    (line,) = [
        line
        for line in csv.DictReader(io.StringIO(figures))
        if (line["ref"], line["measure"], line["month"]) == ("M1", "value", "2021-06")
    ]
    return line["value"]


def correct(month: Month) -> None:
    reporter, owner, analyst = (month.people[who] for who in ("reporter", "owner", "analyst"))
    reporter.go(f"{month.at.address}/commentary/2021-06/contacts-received/")
    send(reporter, "Nurseries asked us about children we knew.")
    owner.go(f"{month.at.address}/signoff/2021-06/")
    owner.tick("I have read it and sign: Contacts received")
    owner.press("button", "Sign all that are ticked")
    analyst.go(f"{month.at.address}/releases/2021-06/")
    analyst.write("What was wrong, and is corrected", "They were nurseries, not schools.")
    analyst.write("Why it is published with this left open", "As in version 1.")
    analyst.press("button", "Publish version 2")
    wait_for(analyst, "Version 2 of the public page")
    public = month.public
    public.go(f"{month.at.address}/published/2021-06/")
    assert public.page.url.endswith("/public/2/index.html")
    assert "They were nurseries, not schools." in public.text()
    public.go(f"{month.at.address}/published/2021-06/public/1/index.html")
    assert "A newer one took its place." in public.page.inner_text("body")
