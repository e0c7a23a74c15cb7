"""Every mistake in a measure is told when loading, by file and line, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from catalogue_files import EXAMPLE, NEW, WHOLE, Load, loading

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.sql_text import FUNCTIONS, read_sql
from openscorecard.errors import InputError

# An indicator of the council's own up to its measure, which begins on line 17.
HEAD = NEW[: NEW.index("[indicator.definition.measure]")]
FIRST = HEAD.count("\n") + 1


@pytest.fixture
def load(tmp_path: Path) -> Load:
    return loading(tmp_path)


def mistakes(load: Load, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load(text)
    return [line.strip() for line in caught.value.found.split("\n")[1:]]


def in_measure(load: Load, measure: str, head: str = HEAD) -> list[str]:
    """The mistakes of an own indicator with this measure; lines are counted from the first of the
    measure, which is line 1."""
    text = f"{head}{measure.strip()}\n{EXAMPLE}"
    found = []
    for mistake in mistakes(load, text):
        place, _, said = mistake.partition(": ")
        file, _, line = place.partition(", line ")
        assert file == "definitions/local.toml"
        found.append(f"{int(line) - head.count(chr(10))}: {said}")
    return found


def test_ours_is_clean_and_needs_no_engine() -> None:
    """Loading does not bring in what only counting needs: `indicators` starts in a blink."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from openscorecard.catalogue import load_catalogue; load_catalogue();"
            "print([name for name in ('duckdb', 'sqlglot') if name in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"


def test_a_sound_one_loads(load: Load) -> None:
    measure = load(WHOLE).indicators[2].definitions[0].measure
    assert measure is not None
    assert (measure.of, measure.counts, measure.in_month) == (
        "ssd_contacts",
        "children",
        "cont_contact_date",
    )


REFERRALS = """
[indicator.definition.measure]
of = "ssd_cin_episodes"
counts = "rows"
in_month = "cine_referral_date"
"""


def where(sql: str) -> str:
    return REFERRALS + f'where = [{{ words = "w", sql = "{sql}" }}]'


def lookup(**keys: str) -> str:
    written = {
        "name": "looked_up",
        "words": "w",
        "of": "ssd_cp_plans",
        "match": "other.child = child",
        **keys,
    }
    lines = "\n".join(f'{key} = "{value}"' for key, value in written.items())
    return REFERRALS + f"[[indicator.definition.measure.lookup]]\n{lines}"


def limited(**keys: str) -> str:
    """A lookup with a limit, which stands last."""
    written = {"take": "MAX(other.cppl_cp_plan_start_date)", **keys}
    where = {"where": written.pop("where")} if "where" in written else {}
    return lookup(**written, **where) + "\nwithin_days = 40"


# measure, the line from the measure's header on, what is said after "X1: "
MISTAKES: list[tuple[str, int, str]] = [
    # What it looks at
    (
        '[indicator.definition.measure]\nof = "ssd_cin_episode"',
        2,
        '"of" names "ssd_cin_episode", which is neither a standard table nor an indicator nor a '
        'group; did you mean "ssd_cin_episodes"?',
    ),
    (
        '[indicator.definition.measure]\nof = "M9"',
        2,
        '"of" names "M9", which is neither a standard table nor an indicator nor a group',
    ),
    (
        '[indicator.definition.measure]\nof = "M3"',
        2,
        '"of" names "M3", which has no rows of its own: its figure is made of others',
    ),
    (
        '[indicator.definition.measure]\nof = "LSCB17a"',
        2,
        '"of" names "LSCB17a", which has no rows of its own: its figure is made of others',
    ),
    (
        '[indicator.definition.measure]\nany_of = ["LAC1", "children-on-a-plan"]',
        2,
        '"any_of" names "children-on-a-plan", which is neither an indicator nor a group; '
        'did you mean "children-on-any-plan"?',
    ),
    (
        REFERRALS + 'where = [{ words = "w", not_among = "LAC0" }]',
        5,
        '"not_among" names "LAC0", which is neither an indicator nor a group; did you mean "LAC9"?',
    ),
    (
        REFERRALS + '[[indicator.definition.measure.where]]\nwords = "w"\namong = "LAC16"',
        7,
        '"among" names "LAC16", whose rows are not about children',
    ),
    (
        REFERRALS + 'where = [{ words = "w", among = "assessments-that-closed-the-case" }]',
        5,
        '"among" names "assessments-that-closed-the-case", a list of rows that lie in no month: '
        "give it one of in_month, open, touches, as_at_load",
    ),
    (
        REFERRALS + 'where = [{ words = "w", among = "LAC10-QL" }]',
        5,
        '"among" names "LAC10-QL", which has a test, and all of its rows would be taken, met or '
        'not: name a group whose "where" says it',
    ),
    (
        lookup(of="ssd_cp_plan"),
        8,
        '"of" names "ssd_cp_plan", which is neither a standard table nor an indicator nor a '
        'group; did you mean "ssd_cp_plans"?',
    ),
    # Keys that do not go together
    (
        '[indicator.definition.measure]\nof = "M2"\nin_month = "cine_close_date"',
        3,
        '"in_month" places the rows of a standard table in months, and rows of "M2" lie in months '
        "as they are",
    ),
    (
        REFERRALS + 'sum_of = ["CP2"]',
        5,
        '"sum_of" adds up other figures: it does not stand beside "of" or "any_of"',
    ),
    (
        lookup(within_days="cp_visit_days"),
        10,
        'lookup looked_up has "within_days", which needs "take"',
    ),
    (
        lookup(take="MAX(other.cppl_cp_plan_start_date)").replace(
            "take", "within_days = 800\ntake"
        ),
        10,
        'lookup looked_up has "within_days" 800: 400 at most',
    ),
    # Limits of lookups
    (
        limited(take="MIN(other.cppl_cp_plan_start_date)"),
        10,
        'lookup looked_up has "within_days", which sees the latest rows alone: write MAX(...)',
    ),
    (
        limited(match="other.child = child AND other.cppl_cp_plan_start_date < cine_referral_date"),
        9,
        'lookup looked_up has "within_days", which needs equal columns in "match": '
        "other.x = y AND other.z = w",
    ),
    (
        limited(match="other.child = child AND other.cppl_cp_plan_end_date = month_end"),
        9,
        'lookup looked_up has "within_days", which needs equal columns in "match": '
        "other.x = y AND other.z = w",
    ),
    (
        limited(of="CP6B"),
        8,
        'lookup looked_up has "within_days", which needs a standard table or a list, and the '
        'rows of "CP6B" lie in months',
    ),
    (
        limited(where="other.cppl_cp_plan_start_date > cine_referral_date"),
        11,
        'lookup looked_up has "within_days", which allows in "where" columns of the other row '
        "alone, and not cine_referral_date",
    ),
    (
        limited(where="other.cppl_cp_plan_start_date <= month_end"),
        11,
        'lookup looked_up has "within_days", which allows in "where" columns of the other row '
        "alone, and not month_end",
    ),
    (
        limited(where="days(other.cppl_cp_plan_start_date, other.cppl_cp_plan_end_date) > 3"),
        11,
        'lookup looked_up has "within_days", which allows in "where" columns of the other row '
        "alone, and not days",
    ),
    (
        limited(take="MAX(other.cppl_cp_plan_initial_category)"),
        10,
        'lookup looked_up has "within_days", which needs a date to take',
    ),
    (
        limited(take="MAX(a_year_before(other.cppl_cp_plan_start_date))"),
        10,
        'lookup looked_up has "within_days", which allows in "take" dates of the other row '
        "alone, and not a_year_before",
    ),
    (
        limited(take="MAX(COALESCE(other.cppl_cp_plan_end_date, cine_close_date))"),
        10,
        'lookup looked_up has "within_days", which allows in "take" dates of the other row '
        "alone, and not cine_close_date",
    ),
    # Kinds of values
    (
        where("cine_referral_date >= '2021-01-01'"),
        5,
        '"sql" compares cine_referral_date, a date, with a text',
    ),
    (
        where("20210101 <= cine_referral_date"),
        5,
        '"sql" compares a number with cine_referral_date, a date',
    ),
    (
        where("cine_close_date BETWEEN cine_referral_date AND 30"),
        5,
        '"sql" compares cine_close_date, a date, with a number',
    ),
    (
        where("cine_close_reason IN ('RC8', 9)"),
        5,
        '"sql" compares cine_close_reason, a text, with a number',
    ),
    (where("cine_close_reason = 8"), 5, '"sql" compares cine_close_reason, a text, with a number'),
    (where("child = 7"), 5, '"sql" compares child, a child, with a number'),
    (
        where("cine_close_reason = cine_close_date"),
        5,
        '"sql" compares cine_close_reason, a text, with cine_close_date, a date',
    ),
    (
        where("cine_referral_date + 30 >= month_end"),
        5,
        '"sql" reckons with cine_referral_date, a date, as if it were a number: write days(a, b)',
    ),
    (
        where("month_end - date_of_birth > 3650"),
        5,
        '"sql" reckons with month_end, a date, as if it were a number: write days(a, b)',
    ),
    (
        where("-cine_close_reason = 1"),
        5,
        '"sql" reckons with cine_close_reason, a text, as if it were a number',
    ),
    (
        where("cine_referral_nfa AND cine_close_date IS NULL"),
        5,
        '"sql" takes cine_referral_nfa, a text, for true or false',
    ),
    (where("NOT cine_close_date"), 5, '"sql" takes cine_close_date, a date, for true or false'),
    (where("1 OR cine_close_date IS NULL"), 5, '"sql" takes a number for true or false'),
    (
        where("CASE WHEN cine_referral_nfa THEN TRUE ELSE FALSE END"),
        5,
        '"sql" takes cine_referral_nfa, a text, for true or false',
    ),
    (
        where("COALESCE(cine_close_date, 'none') = cine_referral_date"),
        5,
        '"sql" puts together cine_close_date, a date, with a text',
    ),
    (
        where("aged(date_of_birth, month_end, cine_close_reason)"),
        5,
        '"sql" gives cine_close_reason, a text, to aged, which takes a number',
    ),
    (
        where("EXTRACT(YEAR FROM cine_close_reason) = 2021"),
        5,
        '"sql" gives cine_close_reason, a text, to EXTRACT, which takes a date',
    ),
    (
        lookup() + '\n[[indicator.definition.measure.where]]\nwords = "w"\n'
        "sql = \"looked_up = 'Y'\"",
        12,
        '"sql" compares looked_up, a number, with a text',
    ),
    (
        lookup(take="MAX(other.cppl_cp_plan_start_date)")
        + '\n[[indicator.definition.measure.where]]\nwords = "w"\nsql = "looked_up > 3"',
        13,
        '"sql" compares looked_up, a date, with a number',
    ),
    (
        lookup(take="MAX(other.cppl_cp_plan_initial_category)")
        + '\n[[indicator.definition.measure.where]]\nwords = "w"\n'
        'sql = "days(looked_up, month_end) > 3"',
        13,
        '"sql" gives looked_up to days, which takes a date',
    ),
    (
        REFERRALS + 'due = "days(cine_referral_date, month_end)"',
        5,
        '"due" has to be a day, and is a number',
    ),
    # Columns that place and count
    (
        REFERRALS.replace("cine_referral_date", "cine_referal_date"),
        4,
        '"in_month" names cine_referal_date, which is no column of ssd_cin_episodes; '
        'did you mean "cine_referral_date"?',
    ),
    (
        REFERRALS.replace('"cine_referral_date"', '"cine_close_reason"'),
        4,
        '"in_month" names cine_close_reason, which is no date of ssd_cin_episodes; '
        'did you mean "cine_close_date"?',
    ),
    (
        REFERRALS.replace('"rows"', '"child"'),
        3,
        '"counts" is child: it has to be rows, children or a column of ssd_cin_episodes; '
        'did you mean "children"?',
    ),
    (
        '[indicator.definition.measure]\nof = "foster_carers"\ncounts = "children"\n'
        'in_month = "foca_approved_date"',
        3,
        '"counts" is children, and rows of foster_carers are about none',
    ),
    # Names in SQL
    (
        where("cine_referral_nfaa = 'Y'"),
        5,
        '"sql" names cine_referral_nfaa, which is no column of ssd_cin_episodes; '
        'did you mean "cine_referral_nfa"?',
    ),
    (
        where("cine_close_reason = 'cine_referral_nfaa' AND other.x = 1"),
        5,
        '"sql" names other.x, and another row is there in a lookup only',
    ),
    (
        where("ssd_cin_episodes.cine_close_reason IS NULL"),
        5,
        '"sql" cannot be read: ssd_cin_episodes.cine_close_reason: before a point stands "other" '
        'or "setting", and one point only',
    ),
    (
        lookup(match="other.child = child AND other.cppl_start = cine_referral_date"),
        9,
        '"match" names other.cppl_start, which is no column of ssd_cp_plans; '
        'did you mean "cppl_cp_plan_start_date"?',
    ),
    (
        lookup(of="LAC1", match="other.child = child AND other.clae_cla = '1'"),
        9,
        '"match" names other.clae_cla, which is no column of LAC1; did you mean "clae_cla_id"?',
    ),
    (lookup(match="child = child"), 9, '"match" says nothing of the other row (other.x)'),
    (
        lookup(take="other.cppl_cp_plan_start_date"),
        10,
        '"take" has to be MIN(...) or MAX(...)',
    ),
    (
        where("looked_up IS NOT NULL"),
        5,
        '"sql" names looked_up, which is no column of ssd_cin_episodes',
    ),
    # Reading
    (
        where("cine_close_reason LIKE 'RC%'"),
        5,
        '"sql" cannot be read: an operator or the end is wanted where LIKE stands',
    ),
    (where("cine_close_reason = 'RC8"), 5, '"sql" cannot be read: a quoted text does not end'),
    (
        where("cine_close_reason = = 'RC8'"),
        5,
        '"sql" cannot be read: a column, a text or a number is wanted where = stands',
    ),
    (
        where("(cine_close_reason = 'RC8'"),
        5,
        '"sql" cannot be read: ) is wanted where the end stands',
    ),
    (where("cine_close_reason"), 5, '"sql" has to be true or false of a row'),
    (
        REFERRALS + "due = \"cine_close_reason = 'RC8'\"",
        5,
        '"due" has to be a value, and not true or false',
    ),
    # Functions
    (
        where("working_days(cine_referral_date) <= 1"),
        5,
        '"sql" cannot be read: working_days takes 2 arguments, not 1',
    ),
    (
        where("aged(date_of_birth, month_end, 18, 1)"),
        5,
        '"sql" cannot be read: aged takes 3 arguments, not 4',
    ),
    (
        where("workingdays(cine_referral_date, cine_close_date) < 1"),
        5,
        '"sql" cannot be read: there is no function workingdays that all databases read alike; '
        'did you mean "working_days"?',
    ),
    (
        where("days(cine_close_reason, month_end) < 1"),
        5,
        '"sql" gives cine_close_reason to days, which takes a date',
    ),
    (
        where("days('2021-01-01', month_end) < 1"),
        5,
        '"sql" gives a text or a number to days, which takes a date',
    ),
    (
        where("plus_days(cine_referral_date, 2) <= month_end"),
        5,
        '"sql" names plus_days, which stands in "due" only',
    ),
    (
        where("MAX(cine_close_date) < month_end"),
        5,
        '"sql" cannot be read: MAX stands in "take" only',
    ),
    # Settings
    (
        where("days(cine_referral_date, month_end) < setting.step_updays"),
        5,
        '"sql" names setting.step_updays, which does not exist; did you mean "step_up_days"?',
    ),
    (
        where("aged(date_of_birth, month_end, setting.care_leaver_ages)"),
        5,
        '"sql" names setting.care_leaver_ages: write setting.care_leaver_ages_from or '
        "setting.care_leaver_ages_to",
    ),
    (
        where("cine_close_reason = setting.missing_types"),
        5,
        '"sql" names setting.missing_types, a list: write IN (setting.missing_types)',
    ),
    (
        REFERRALS + 'needs = ["step_up_end_reason"]',
        5,
        '"needs" names the setting step_up_end_reason, which does not exist; '
        'did you mean "step_up_end_reasons"?',
    ),
    (
        lookup(take="MAX(other.cppl_cp_plan_start_date)", within_days="cp_visits"),
        11,
        '"within_days" names the setting cp_visits, which does not exist; '
        'did you mean "cp_visit_days"?',
    ),
    (
        lookup(take="MAX(other.cppl_cp_plan_start_date)", within_days="missing_types"),
        11,
        '"within_days" names the setting missing_types, which is no number',
    ),
    (
        lookup(when="re_referral_clok = closure"),
        10,
        '"when" names the setting re_referral_clok, which does not exist; '
        'did you mean "re_referral_clock"?',
    ),
    (
        lookup(when="re_referral_clock = closed"),
        10,
        '"when" says re_referral_clock = closed, and re_referral_clock is closure-assessment, '
        'closure or referral; did you mean "closure"?',
    ),
    (
        lookup(when="new_plan_grace = yes"),
        10,
        '"when" says new_plan_grace = yes, and new_plan_grace is true or false',
    ),
    (
        lookup(when="step_up_days = 30"),
        10,
        '"when" needs a setting of a few choices, and step_up_days is a whole number from 0 to 365',
    ),
    (lookup(when="closure"), 10, '"when" is "closure": write it as "setting = choice"'),
    (
        REFERRALS + '[[indicator.definition.measure.test]]\nwords = "w"\n'
        'sql = "cine_referral_nfa = \'Y\'"\nwhen = "assessment_clock = referral"',
        5,
        'no "test" is left when assessment_clock = assessment: all rows would count as met',
    ),
    # Lookups' names
    (lookup(name="cine_close_date"), 6, "the lookup cine_close_date has the name of a column"),
    (
        lookup(name="group"),
        6,
        "the lookup group has a name that queries need: choose another",
    ),
    (
        lookup(name="month_end"),
        6,
        "the lookup month_end has a name that queries need: choose another",
    ),
    (
        lookup() + '\n[[indicator.definition.measure.lookup]]\nname = "looked_up"\nwords = "w"\n'
        'of = "LAC1"\nmatch = "other.child = child"',
        11,
        "the lookup looked_up is written twice",
    ),
    (
        lookup() + '\n[[indicator.definition.measure.lookup]]\nname = "second"\nwords = "w"\n'
        'of = "LAC1"\nmatch = "other.child = child AND looked_up IS NULL"',
        14,
        '"match" names looked_up, and a lookup cannot use another that stands beside it',
    ),
    (
        lookup(when="assessment_clock = referral")
        + '\n[[indicator.definition.measure.where]]\nwords = "w"\nsql = "looked_up IS NULL"',
        13,
        '"sql" names looked_up, which is there only when assessment_clock = referral: '
        'write the same "when"',
    ),
    # Kind
    (
        REFERRALS.replace('in_month = "cine_referral_date"\n', ""),
        1,
        'rows of kind "flow" lie in months by "in_month", and here by nothing',
    ),
    (
        '[indicator.definition.measure]\nof = "LAC1"',
        1,
        'rows of kind "flow" lie in months by "in_month", and here by "open"',
    ),
]


@pytest.mark.parametrize(("measure", "line", "says"), MISTAKES)
def test_one_mistake(load: Load, measure: str, line: int, says: str) -> None:
    assert in_measure(load, measure) == [f"{line}: X1: {says}"]


def test_several_at_once(load: Load) -> None:
    measure = where("cine_closed < month_ends") + '\nneeds = ["x"]'
    assert [line.partition(":")[0] for line in in_measure(load, measure)] == ["5", "5", "6"]


# --- Kinds, units and what a figure needs


def of_kind(kind: str, unit: str, more: str = "") -> str:
    head = HEAD.replace('kind = "flow"', f'kind = "{kind}"{more}')
    return head.replace('unit = "count"', f'unit = "{unit}"')


OPEN = """
[indicator.definition.measure]
of = "ssd_cin_episodes"
counts = "children"
open = ["cine_referral_date", "cine_close_date"]
"""
TEST = 'test = [{ words = "w", sql = "cine_referral_nfa = \'Y\'" }]\n'


@pytest.mark.parametrize(
    ("head", "measure", "line", "says"),
    [
        (
            of_kind("stock", "count"),
            REFERRALS,
            1,
            'X1: rows of kind "stock" lie in months by "open" or "as_at_load", '
            'and here by "in_month"',
        ),
        (
            of_kind("overlap", "count"),
            OPEN,
            1,
            'X1: rows of kind "overlap" lie in months by "touches", and here by "open"',
        ),
        (
            of_kind("as-of", "count"),
            OPEN,
            1,
            'X1: a count of kind as-of says by a "test" which of its rows are met',
        ),
        (
            of_kind("ratio", "percent"),
            OPEN,
            1,
            'X1: a percentage says by a "test" which of its rows are met',
        ),
        (
            of_kind("ratio", "percent"),
            '[indicator.definition.measure]\ndenominator = "M2"',
            1,
            "X1 has neither a measure of its own rows from 2021-01 nor a numerator",
        ),
        (
            of_kind("ratio", "percent", '\ndenominator = "M1"'),
            '[indicator.definition.measure]\nof = "M2"\n' + TEST,
            1,
            "X1: it is out of other rows than M1, which is its denominator: "
            'write "of" that, or denominator = ""',
        ),
        (
            of_kind("rate", "per-10000", '\nnumerator = "M1"'),
            REFERRALS,
            1,
            'X1: a rate is a count for a population: name the count by "numerator" or "sum_of", '
            "and leave out the rows",
        ),
        (
            of_kind("rate", "per-10000", '\nnumerator = "M1"'),
            '[indicator.definition.measure]\ndenominator = "M2"',
            2,
            "X1: a rate is for the council's population: leave the denominator out",
        ),
        (
            of_kind("flow", "count"),
            '[indicator.definition.measure]\nsum_of = ["CP2", "CP2b"]',
            1,
            'X1 is a count, which has rows by "of" or "any_of"',
        ),
        (
            of_kind("ratio", "percent", '\nnumerator = "CP2"'),
            '[indicator.definition.measure]\ndenominator = "assessments-that-closed-the-case"',
            2,
            'X1: "denominator" names "assessments-that-closed-the-case", a list of rows that lie '
            "in no month: give it one of in_month, open, touches, as_at_load",
        ),
        (
            of_kind("flow", "count"),
            '[indicator.definition.measure]\nof = "CP4 (val)"\n'
            + TEST.replace("cine_referral_nfa", "icpc_icpc_transfer_in"),
            3,
            'X1: "of" names "CP4 (val)", which has a test already: one is enough',
        ),
        (
            of_kind("ratio", "percent", '\nnumerator = "CP2"\ndenominator = "M1"'),
            '[indicator.definition.measure]\nsum_of = ["CP2"]\ndue = "month_end"',
            3,
            'X1: "due" is about rows, and a measure has rows by "of" or "any_of"',
        ),
    ],
)
def test_a_kind_that_does_not_fit(
    load: Load, head: str, measure: str, line: int, says: str
) -> None:
    assert in_measure(load, measure, head) == [f"{line}: {says}"]


def test_supplied_figures_have_no_measure(load: Load) -> None:
    found = in_measure(load, REFERRALS, of_kind("supplied", "count"))
    assert found == ["1: X1 is supplied by another team, and so has no measure"]


def test_a_count_without_a_measure(load: Load) -> None:
    assert mistakes(load, HEAD) == [
        f"definitions/local.toml, line {FIRST - 3}: "
        "X1 has no measure from 2021-01: nothing says what is counted; "
        'if another team sends it, its kind is "supplied"'
    ]


def test_a_share_without_its_parts(load: Load) -> None:
    (found,) = mistakes(load, of_kind("ratio", "percent"))
    assert found.endswith("nor a numerator and a denominator")


def test_new_words_alone_leave_an_indicator_without_a_measure(load: Load) -> None:
    text = '[[indicator]]\nref = "M1"\n[[indicator.definition]]\nfrom = "2021-04"\nwords = "New."'
    assert mistakes(load, text) == [
        "definitions/local.toml, line 3: "
        "M1 has no measure from 2021-04: nothing says what is counted; "
        'if another team sends it, its kind is "supplied"'
    ]


# --- Groups and lists


def test_a_list_has_no_month_from_whose_end_to_look_back(load: Load) -> None:
    more = (
        '[[group.measure.lookup]]\nname = "x"\nwords = "w"\nof = "ssd_cp_plans"\n'
        'match = "other.child = child"\ntake = "MAX(other.cppl_cp_plan_start_date)"\n'
        "within_days = 40"
    )
    assert mistakes(load, GROUP + more) == [
        'definitions/local.toml, line 12: our-list: lookup x has "within_days", which counts from '
        "a month's end, and its rows are a list that lies in none"
    ]


def test_a_limit_with_what_it_allows(load: Load) -> None:
    """In "where" the other row's columns; in "take" one of two dates."""
    measure = limited(
        match="other.child = child AND other.cppl_referral_id = cine_referral_id",
        where="other.cppl_cp_plan_ola = 'N'",
        take="MAX(COALESCE(other.cppl_cp_plan_end_date, other.cppl_cp_plan_start_date))",
    )
    assert load(f"{HEAD}{measure.strip()}\n{EXAMPLE}").get("X1") is not None


GROUP = """\
[[group]]
id = "our-list"
words = "Our list."
[group.measure]
of = "ssd_cin_episodes"
"""


@pytest.mark.parametrize(
    ("more", "line", "says"),
    [
        (
            'where = [{ words = "w", sql = "cine_close_date <= month_end" }]',
            6,
            '"sql" names month_end, and its rows are a list that lies in no month',
        ),
        (
            'where = [{ words = "w", among = "LAC1" }]',
            6,
            '"among" names "LAC1", and its own rows are a list that lies in no month',
        ),
        (
            '[[group.measure.lookup]]\nname = "x"\nwords = "w"\nof = "LAC1"\n'
            'match = "other.child = child"',
            9,
            '"of" names "LAC1", and its own rows are a list that lies in no month',
        ),
        (
            'in_month = "cine_referral_date"\n' + TEST,
            7,
            'a group has no "test": what belongs to it is said by "where"',
        ),
    ],
)
def test_a_list_has_no_months_and_a_group_no_test(
    load: Load, more: str, line: int, says: str
) -> None:
    assert mistakes(load, GROUP + more) == [
        f"definitions/local.toml, line {line}: our-list: {says}"
    ]


def test_a_group_that_adds_up_figures(load: Load) -> None:
    text = GROUP.replace('of = "ssd_cin_episodes"', 'sum_of = ["CP2"]')
    (found,) = mistakes(load, text)
    assert found.endswith('line 4: our-list: a group is said by "of" or "any_of"')


@pytest.mark.parametrize(
    ("id_", "says"),
    [
        ("children-looked-after", 'id "children-looked-after" of a group is also that of LAC1 ('),
        ("months", 'id "months" has a name that queries need: choose another'),
        ("order", 'id "order" has a name that queries need: choose another'),
    ],
)
def test_a_group_by_a_name_that_is_taken(load: Load, id_: str, says: str) -> None:
    (found,) = mistakes(load, GROUP.replace("our-list", id_))
    assert found.startswith(f"definitions/local.toml, line 2: {says}")


# --- Circles


@pytest.mark.parametrize(
    ("measures", "round_"),
    [
        ({"a": 'of = "a"'}, "a on a"),
        ({"a": 'of = "b"', "b": 'any_of = ["LAC1", "a"]'}, "a on b on a"),
        ({"a": 'of = "b"', "b": 'of = "LAC1"\nwhere = [{words="w", among="a"}]'}, "a on b on a"),
        (
            {
                "a": 'of = "b"',
                "b": 'of = "LAC1"\nlookup = [{name="x", words="w", of="a", '
                'match="other.child = child"}]',
            },
            "a on b on a",
        ),
    ],
)
def test_circles_by_every_way(load: Load, measures: dict[str, str], round_: str) -> None:
    text = "".join(
        f'[[group]]\nid = "{name}"\nwords = "w"\n[group.measure]\n{measure}\n'
        for name, measure in measures.items()
    )
    found = mistakes(load, text)
    assert found == [f"definitions/local.toml, line 5: a rests on itself: {round_}"]


def test_a_circle_through_a_denominator(load: Load) -> None:
    text = """\
[[group]]
id = "a"
words = "w"
measure = { of = "LAC1", where = [{ words = "w", among = "X1" }] }
"""
    own = of_kind("ratio", "percent", '\nnumerator = "CP2"')
    measure = '[indicator.definition.measure]\ndenominator = "a"\n'
    found = mistakes(load, text + own + measure + EXAMPLE)
    assert any("X1 rests on itself: X1 on a on X1" in one for one in found) or any(
        "a rests on itself: a on X1 on a" in one for one in found
    )


# --- Stand-ins, retired ones, examples


STAND_IN = """
[[indicator.definition.stand_in]]
without = "{without}"
words = "w"
of = "{of}"
in_month = "{day}"
"""


@pytest.mark.parametrize(
    ("without", "of", "day", "says"),
    [
        (
            "contacts",
            "ssd_cp_reviews",
            "cppr_cp_review_date",
            '"without" names "contacts", which is no standard table; did you mean "ssd_contacts"?',
        ),
        (
            "ssd_missing",
            "ssd_cp_reviews",
            "cppr_cp_review_date",
            '"without" names ssd_missing, which its measure does not read',
        ),
        (
            "ssd_cin_episodes",
            "ssd_cin_episodes",
            "cine_close_date",
            "it stands in where ssd_cin_episodes is missing, and reads it",
        ),
    ],
)
def test_a_stand_in(load: Load, without: str, of: str, day: str, says: str) -> None:
    text = REFERRALS + STAND_IN.format(without=without, of=of, day=day)
    assert in_measure(load, text) == [f"7: X1: {says}"]


def test_mistakes_inside_a_stand_in(load: Load) -> None:
    text = REFERRALS + STAND_IN.format(without="ssd_cin_episodes", of="ssd_s47_enquiry", day="x")
    assert in_measure(load, text) == [
        '10: X1: "in_month" names x, which is no column of ssd_s47_enquiry'
    ]


def test_ones_own_measure_may_not_rest_on_what_is_retired(load: Load) -> None:
    measure = '[indicator.definition.measure]\nof = "M2"\n'
    retired = '[[indicator]]\nref = "M2"\nretired = true\n'
    found = mistakes(load, HEAD + measure + EXAMPLE + retired)
    assert found == [
        f'definitions/local.toml, line {FIRST + 1}: X1: "of" names "M2", which is retired'
    ]


def test_a_measure_of_ones_own_needs_a_worked_example(load: Load) -> None:
    assert mistakes(load, NEW) == [
        f"definitions/local.toml, line {FIRST}: X1: a measure of your own needs a worked example: "
        '[[example]], ref = "X1"'
    ]


def test_an_example_may_stand_in_another_file(load: Load) -> None:
    assert load(NEW, examples=EXAMPLE).get("X1") is not None


def test_an_example_of_nothing(load: Load) -> None:
    assert mistakes(load, EXAMPLE) == [
        'definitions/local.toml, line 3: the example is of "X1", which is not in the catalogue'
    ]
    assert mistakes(load, "[[example]]\nmonth = 3") == [
        'definitions/local.toml, line 1: the example lacks "ref", which says what it is of'
    ]


def test_what_ours_rest_on_may_not_be_taken_from_under_them(load: Load) -> None:
    """M2 counted by another table: its own dates are then not there for M4, M5, M6 and M8."""
    text = """\
[[indicator]]
ref = "M2"
[[indicator.definition]]
from = "2021-04"
words = "Contacts."
measure = { of = "ssd_contacts", counts = "rows", in_month = "cont_contact_date" }
[[example]]
ref = "M2"
"""
    found = mistakes(load, text)
    assert len(found) == 10
    assert all(line.startswith("front-door.toml, line ") for line in found)
    assert (
        'M4: "sql" names cine_referral_date, which is no column of ssd_contacts, '
        "since M2 was changed in definitions/local.toml, line 6"
    ) in [line.partition(": ")[2] for line in found]


# --- Reading SQL


@pytest.mark.parametrize(
    "sql",
    [
        "a = 'it''s (not) a name, other.x' AND b <> 2.5",
        "NOT (a IS NULL OR a NOT IN ('x', 'y')) AND b NOT BETWEEN -1 AND 2 + 3 * 4",
        "CASE WHEN a IS NULL THEN b = 1 ELSE TRUE END",
        "EXTRACT(YEAR FROM month_start) = 2021",
        "working_days(COALESCE(a, b), month_end) <= setting.cp_visit_days",
        "aged(date_of_birth, month_end, 16) and not aged(date_of_birth, month_end, 18)",
    ],
)
def test_what_can_be_read(sql: str) -> None:
    reading = read_sql(sql)
    assert reading.mistakes == []
    assert reading.is_condition
    assert not {"x", "it", "not", "AND", "FROM", "YEAR"} & set(reading.own)


def test_our_functions_are_those_that_queries_are_made_of() -> None:
    from openscorecard.measures import conditions

    assert {name: len(takes) for name, takes in FUNCTIONS.items()} == conditions._FUNCTIONS


def test_every_text_of_ours_is_read_alike_by_the_sql_library() -> None:
    """What this reader takes, sqlglot takes; and both see the same columns."""
    import sqlglot
    from sqlglot import exp

    seen = 0
    for item in load_catalogue():
        measure = item.definitions[0].measure
        for condition in () if measure is None else (*measure.where, *measure.test):
            if condition.sql:
                tree = sqlglot.parse_one(condition.sql, dialect="duckdb")
                columns = {one.name for one in tree.find_all(exp.Column) if not one.table}
                assert set(read_sql(condition.sql).own) == columns
                seen += 1
    assert seen > 40
