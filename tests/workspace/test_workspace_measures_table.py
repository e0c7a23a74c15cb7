"""[measures] of the settings file: what may stand in it, and that every mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_council import three_loads, with_settings

from openscorecard import run
from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings, Suspension
from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.periods import Month
from openscorecard.workspace.doctor import examine
from openscorecard.workspace.measures_table import suspended_in_vain
from openscorecard.workspace.settings import Settings, read_settings


def read(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "openscorecard.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return [line.strip() for line in caught.value.found.split("\n")[1:]]


def test_nothing_said_is_everything_by_default(tmp_path: Path) -> None:
    settings = read(tmp_path, "[measures]").measures
    assert settings == MeasureSettings() == Settings().measures
    assert settings.value("cp_visit_days") == 15


def test_each_kind_of_value(tmp_path: Path) -> None:
    text = """
[measures]
re_referral_clock = "referral"
step_up_end_reasons = ["Stepped up", " Escalated "]
cp_visit_days = 10
new_plan_grace = true
care_leaver_ages = "19-21"
"""
    settings = read(tmp_path, text).measures
    assert settings.value("re_referral_clock") == "referral"
    assert settings.value("step_up_end_reasons") == ("Stepped up", "Escalated")
    assert settings.value("cp_visit_days") == 10
    assert settings.value("new_plan_grace") is True
    assert settings.value("care_leaver_ages") == (19, 21)
    assert settings.value("assessment_clock") == "assessment"


def test_suspended_figures(tmp_path: Path) -> None:
    text = """
[[measures.suspended]]
ref = "EH1c"
from = "2021-05"
reason = "Moved to another system."
[[measures.suspended]]
ref = "M5"
from = "2020-01"
to = "2020-03"
reason = "Not recorded."
[[measures.suspended]]
ref = "M5"
from = "2020-04"
to = "2020-04"
reason = "Not recorded either."
"""
    settings = read(tmp_path, text).measures
    assert settings.suspended[0] == Suspension(
        "EH1c", Month(2021, 5), None, "Moved to another system."
    )
    found = settings.suspension("M5", Month(2020, 4))
    assert found is not None
    assert found.reason == "Not recorded either."
    assert settings.suspension("M5", Month(2020, 5)) is None
    assert settings.suspension("EH1c", Month(2030, 1)) is not None


def test_every_mistake_with_its_line(tmp_path: Path) -> None:
    text = """\
[measures]
re_referral_clok = "closure"
re_referral_clock = "closed"
cp_visit_days = 0
new_plan_grace = "yes"
missing_types = []
care_leaver_ages = "21-17"
suspend = 3
[[measures.suspended]]
ref = "EH1c"
from = "2021-5"
until = "2021-07"
[[measures.suspended]]
from = "2021-05"
to = "2021-04"
reason = ""
"""
    assert mistakes(tmp_path, text) == [
        'line 2: unknown key "re_referral_clok" in [measures]; did you mean "re_referral_clock"?',
        'line 3: "re_referral_clock" has to be closure-assessment, closure or referral, and is '
        '"closed"',
        'line 4: "cp_visit_days" has to be a whole number from 1 to 60, and is 0',
        'line 5: "new_plan_grace" has to be true or false, and is "yes"',
        'line 6: "missing_types" names nothing: leave it out for what it is by default',
        'line 7: "care_leaver_ages" has to be two ages such as "17-21", and is "21-17"',
        'line 8: unknown key "suspend" in [measures]; did you mean "suspended"?',
        'line 9: [[measures.suspended]] lacks "reason"',
        'line 11: "from" has to be a month such as "2021-05", and is "2021-5"',
        'line 12: unknown key "until" in [[measures.suspended]]',
        'line 13: [[measures.suspended]] lacks "ref"',
        'line 15: "to" is 2021-04, before "from", which is 2021-05',
        'line 16: "reason" has to be a text of at most 200 characters, and is ""',
    ]


@pytest.mark.parametrize("written", ["suspended = 3", "suspended = [1]", "[measures.suspended]"])
def test_suspended_is_a_list_of_tables(tmp_path: Path, written: str) -> None:
    (found,) = mistakes(tmp_path, f"[measures]\n{written}")
    assert found == 'line 2: "suspended" has to be a list of tables: write [[measures.suspended]]'


def test_a_figure_is_suspended_once_in_a_month(tmp_path: Path) -> None:
    one = '[[measures.suspended]]\nref = "M5"\nfrom = "{}"\nreason = "r"\n'
    (found,) = mistakes(tmp_path, one.format("2021-01") + one.format("2021-04"))
    assert found == "line 5: M5 is suspended twice in some months"


def test_a_slip_in_a_ref_would_leave_the_figure_on_the_page(tmp_path: Path) -> None:
    text = "".join(
        f'[[measures.suspended]]\nref = "{ref}"\nfrom = "2021-01"\nreason = "r"\n'
        for ref in ("EH1c", "CP3QL")
    )
    refs = [one.ref for one in load_catalogue()]
    assert suspended_in_vain(read(tmp_path, text).measures, refs) == (
        '"CP3QL"; did you mean "CP3-QL"?',
    )


def test_codes_are_taken_in_any_case_and_kept_as_the_records_have_them(tmp_path: Path) -> None:
    text = """\
[measures]
missing_types = ["m", "A ", "M"]
care_leaver_categories = ["former  relevant", "RELEVANT"]
uasc_statuses = ["Our own word"]
"""
    settings = read(tmp_path, text).measures
    assert settings.value("missing_types") == ("M", "A")
    assert settings.value("care_leaver_categories") == ("Former Relevant", "Relevant")
    assert settings.value("uasc_statuses") == ("Our own word",)


def test_what_is_no_code_is_told(tmp_path: Path) -> None:
    text = """\
[measures]
missing_types = ["Missing"]
care_leaver_categories = ["Relevant", "Former relevent"]
"""
    assert mistakes(tmp_path, text) == [
        'line 2: "missing_types" names "Missing", which no record can hold: M, A',
        'line 3: "care_leaver_categories" names "Former relevent", which no record can hold: '
        "Relevant, Former Relevant, Eligible, Qualifying, No Current Eligibility",
    ]


def test_a_suspended_slip_stops_the_page(tmp_path: Path) -> None:
    """The doctor says so as well."""
    slip = '[[measures.suspended]]\nref = "M1x"\nfrom = "2021-06"\nreason = "r"\n'
    workspace = with_settings(three_loads(tmp_path).root, slip)
    with pytest.raises(InputError) as refused:
        run.build(Month(2021, 6), workspace)
    assert '"M1x"' in refused.value.found
    assert refused.value.where.endswith("openscorecard.toml")
    (remark,) = [one for one in examine(workspace) if "M1x" in one.found]
    assert (remark.severity, remark.about) == (Severity.ERROR, "settings")
