"""The read-only API: what was published, and nothing else."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from django.test import Client
from web_people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("released")]


def get(address: str, client: Client | None = None, status: int = 200):
    response = (client or Client()).get(f"/api/v1/{address}")
    assert response.status_code == status, response.content
    return json.loads(response.content)


def published_lines(folder: Path) -> list[dict[str, str]]:
    with (folder / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_releases_with_the_addresses_of_their_files():
    (one,) = get("releases")
    assert (one["month"], one["audience"], one["version"], one["on"]) == (
        "2021-06", "public", 1, "2021-07-20",
    )  # fmt: skip
    assert one["newest"] is True
    assert one["csv"].endswith("/published/2021-06/public/1/figures.csv")


def test_every_figure_is_the_published_files_own(released):
    answered = get("figures")
    assert (answered["month"], answered["audience"], answered["version"]) == (
        "2021-06",
        "public",
        1,
    )
    every = published_lines(released.root / "published/2021-06/public/1")
    lines = [one for one in every if one["measure"] not in ("sn", "eng", "region")]
    assert len(answered["figures"]) == len(lines) > 500
    for line, figure in zip(lines, answered["figures"], strict=True):
        assert figure["value"] == (float(line["value"]) if line["value"] else None)
        for name in ("ref", "month", "measure", "status", "printed", "indicator_id"):
            assert figure[name] == line[name]


def test_comparators_and_definitions_have_addresses_of_their_own():
    beside = get("comparators?ref=CP6B")["comparators"]
    assert {one["measure"] for one in beside} == {"sn", "eng", "region"}
    (one,) = get("definitions?ref=CP6B")["definitions"]
    assert one["ref"] == "CP6B"
    assert len(one["definition"]) > 20


def test_one_indicator_by_its_permanent_id():
    by_ref = get("figures?ref=CP6B")["figures"]
    (ident,) = {one["indicator_id"] for one in by_ref}
    assert get(f"figures?ref={ident}")["figures"] == by_ref


def test_what_is_hidden_from_the_public_is_hidden_here():
    # Two children are on a plan at the end of April (P2), one at the end of June (P1).
    cells = get("figures?ref=CP6B&measure=value")["figures"]
    assert {one["printed"] for one in cells if one["month"] >= "2021-04"} == {"[c]"}
    assert all(one["value"] is None for one in cells if one["printed"] == "[c]")


def test_internal_figures_are_for_those_signed_in():
    assert get("figures?audience=internal", status=403)["todo"] == "sign in, or ask for public"
    panel = signed_in(person("Pat Moor", panel_member=True))
    june = get("figures?audience=internal&ref=CP6B&of_month=2021-06&measure=value", panel)
    assert [one["value"] for one in june["figures"]] == [1]


def test_somebody_without_a_role_sees_the_public_ones():
    nobody = signed_in(person("No Role"))
    assert get("figures?audience=internal", nobody, status=403)["found"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("figures?month=2021-05", 404),
        ("figures?month=2021-13", 404),
        ("figures?month=june", 422),
        ("figures?version=2", 404),
        ("figures?audience=all", 422),
        ("figures?version=-1", 422),
        ("other", 404),
    ],
)
def test_what_is_asked_for_wrongly(address, status):
    assert Client().get(f"/api/v1/{address}").status_code == status


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method):
    assert getattr(Client(), method)("/api/v1/figures").status_code == 405


def test_nothing_was_released_yet(released):
    shutil.rmtree(released.root / "releases")
    assert get("releases") == []
    assert "no such public release" in get("figures", status=404)["found"]


def test_the_description_names_every_address():
    described = get("openapi.json")
    assert set(described["paths"]) == {
        "/api/v1/releases",
        "/api/v1/figures",
        "/api/v1/comparators",
        "/api/v1/definitions",
    }
    assert all(list(one) == ["get"] for one in described["paths"].values())
