"""The catalogue: definitions found by word and choice, and one in full with each line's place."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from web_people import ASSESSMENT, person, signed_in

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.as_records import catalogue_record
from openscorecard.catalogue.measure_settings import MeasureSettings

pytestmark = [pytest.mark.django_db]

OWN = """\
[[indicator]]
ref = "CP6B"
reporter = "Plans Lead"
[[indicator.target]]
from = "2021-04"
value = 250
[[indicator.target]]
from = "2022-04"
value = 240
"""


@pytest.fixture
def client() -> Client:
    return signed_in(person("Ann Lee", ASSESSMENT))


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def found(page: str) -> list[str]:
    return re.findall(r'<span class="ref">(.*?)</span></th>', page)


def words(page: str) -> str:
    return " ".join(re.sub(r"<.*?>", " ", page).split())


@pytest.mark.usefixtures("council_to_read")
@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("q=CP6B&kind=stock", ["CP6B"]),
        ("q=agency+foster+share&section=looked-after", ["LAC9"]),
        ("kind=supplied&section=early-help", []),
        ("owner=Head+of+Service,+Education", ["LSCB17a"]),
    ],
)
def test_definitions_are_found_by_word_and_choice(
    client: Client, query: str, refs: list[str]
) -> None:
    page = text_of(client, f"/catalogue/?{query}")
    assert found(page) == refs
    assert f"{len(refs)} of 64 indicators" in words(page)
    assert ("Nothing was found" in page) is (refs == [])


@pytest.mark.usefixtures("council_to_read")
def test_without_a_question_all_are_listed(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        page = text_of(client, "/catalogue/")
    assert len(found(page)) == 64


@pytest.mark.usefixtures("council_to_read")
def test_a_definition_is_told_in_full(client: Client) -> None:
    """CP6B as it is written in child-protection.toml, and its example: A, C and E are on a plan."""
    page = text_of(client, "/catalogue/children-on-protection-plans/")
    said = words(page)
    for part in ("Children on a protection plan", "At the month’s end", "Head of Service"):
        assert part in said
    assert "for March 2021, give 3 . Counting temporary registrations too would give 4." in said
    assert re.search(r"child-protection\.toml, line \d+", said)
    assert "by default" in said
    assert "SELECT" in page


def test_what_is_the_councils_own_is_in_force_and_says_where_it_stands(
    client: Client, council
) -> None:
    folder = council.root / "definitions"
    folder.mkdir(exist_ok=True)
    (folder / "plans.toml").write_text(OWN, encoding="utf-8")
    said = words(text_of(client, "/catalogue/children-on-protection-plans/"))
    assert "Plans Lead" in said
    assert "240 from April 2022; before: 250 from April 2021" in said
    assert "definitions/plans.toml, line 3" in said
    assert "Plans Lead" in words(text_of(client, "/catalogue/?q=plans+lead"))


def test_a_mistake_in_the_councils_own_is_said_with_its_line(client: Client, council) -> None:
    folder = council.root / "definitions"
    folder.mkdir(exist_ok=True)
    (folder / "plans.toml").write_text(OWN.replace("250", "many"), encoding="utf-8")
    answer = client.get("/catalogue/")
    assert answer.status_code == 409
    assert "definitions/plans.toml" in answer.content.decode()


@pytest.mark.usefixtures("council_to_read")
def test_all_definitions_are_one_file(client: Client) -> None:
    answer = client.get("/catalogue/catalogue.json")
    assert answer["Content-Disposition"] == 'attachment; filename="catalogue.json"'
    said = json.loads(answer.content)
    assert said == json.loads(json.dumps(catalogue_record(load_catalogue(), MeasureSettings())))


@pytest.mark.usefixtures("council_to_read")
def test_every_definition_can_be_read(client: Client) -> None:
    for one in list(load_catalogue())[::7]:
        text_of(client, f"/catalogue/{one.id}/")
    assert client.get("/catalogue/nothing-like-it/").status_code == 404


@pytest.mark.usefixtures("council_to_read")
def test_it_is_for_those_who_work_on_months() -> None:
    assert signed_in(person("Di Panel", panel_member=True)).get("/catalogue/").status_code == 403
    assert Client().get("/catalogue/").status_code == 302
