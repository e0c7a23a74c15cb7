"""The list of loads, each load's page, and dropping the rows of an old one."""

# ruff: noqa: ARG001  (fixtures set the scene; stand-ins take what they are given)
from __future__ import annotations

import pytest
from web_people import SAFEGUARDING, person, signed_in

from openscorecard.web.audit.models import Event, What
from openscorecard.web.loads import services
from openscorecard.web.loads.models import Job, Kind
from openscorecard.workspace.records_load import all_records_loads

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(council):
    return signed_in(person("Ann Lee", analyst=True))


def test_the_list_says_what_is_loaded_and_what_it_holds(ann, django_assert_max_num_queries):
    ann.get("/loads/")
    with django_assert_max_num_queries(6):  # session, account, its titles, jobs
        page = ann.get("/loads/").content.decode()
    assert page.index("2021-06-records-001") < page.index("2021-04-records-001")
    assert "June 2021" in page
    assert "1 supplied figure" in page  # of April


def test_a_load_says_what_it_gives_and_what_is_missing(ann):
    page = ann.get("/loads/2021-06-records-001/").content.decode()
    assert "read out on 5 July 2021" in page
    assert "It closes June 2021." in page
    assert "ssd_s47_enquiry" in page  # not in the extract
    assert "It stops figures of" in page
    assert "1 April 2020 to 5 July 2021" in page
    assert ann.get("/loads/2021-06-records-009/").status_code == 404


def test_rows_go_after_a_clear_yes_and_figures_stay(ann, council):
    address = "/loads/2021-04-records-001/forget/"
    assert "go for good" in ann.get(address).content.decode()
    assert ann.post(address, {}).status_code == 422
    assert not all_records_loads(council.loads)[0].rows_dropped

    answer = ann.post(address, {"sure": "yes"})
    assert all_records_loads(council.loads)[0].rows_dropped
    assert (
        "The rows of 2021-04-records-001 are dropped"
        in ann.get(answer["Location"]).content.decode()
    )
    event = Event.objects.get(what=What.LOAD_FORGOTTEN)
    assert (event.month, event.detail) == ("2021-04", "2021-04-records-001")
    # The load still closes its month, and there is nothing left to drop.
    page = ann.get("/loads/2021-04-records-001/").content.decode()
    assert "It closes April 2021." in page
    assert "Drop its rows" not in page


def test_a_job_under_way_is_told_to_the_script(ann):
    job = services.ask(None, Kind.LOAD, {})
    Job.objects.filter(pk=job.pk).update(said=["reading ssd_contacts"])
    told = ann.get(f"/loads/jobs/{job.pk}/progress.json").json()
    assert told == {"state": "waiting", "said": ["reading ssd_contacts"], "ended": False}
    assert ann.get("/loads/jobs/99/").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/loads/", "/loads/2021-06-records-001/", "/loads/2021-06-records-001/forget/",
     "/loads/jobs/1/", "/loads/uploads/abc/", "/loads/upload/"],
)  # fmt: skip
def test_only_analysts_load(council, address):
    other = signed_in(person("Bob Day", SAFEGUARDING, panel_member=True, administrator=True))
    assert other.get(address).status_code == 403
