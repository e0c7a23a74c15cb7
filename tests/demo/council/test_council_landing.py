"""The demonstration's figures come from its records: a record taken away, moved or added moves the
figures that speak of it, by as much as it should, and no other.

June's records are put into an engine, all indicators are counted once; then one row is changed,
all are counted again and compared, and the row is put back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pytest

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.demo.council import LOADS, records
from openscorecard.engines.duckdb import Engine, month_of
from openscorecard.engines.from_rows import engine_over
from openscorecard.measures.count import compiled, counted_levels, counts_of
from openscorecard.measures.figures import Measured
from openscorecard.measures.resolve import Plan, resolve
from openscorecard.periods import Month
from openscorecard.records.extracts.statement import Coverage
from openscorecard.records.standard import TABLES

CATALOGUE = load_catalogue()
JUNE = Month(2021, 6)
SETTINGS = MeasureSettings({"step_up_end_reasons": ("Stepped up to social care",)})
POPULATION = Fraction(50_860)
Parts = dict[str, tuple[Fraction | None, Fraction | None]]


@dataclass(frozen=True)
class June:
    engine: Engine
    plan: Plan
    sql: str

    def parts(self) -> Parts:
        """Numerator and denominator of every computed indicator; of rates the numerator alone."""
        counts = counts_of(self.engine.rows, self.sql, 1, month_of)
        always = {one.name: Coverage(LOADS[0].extracted.replace(year=1990), LOADS[-1].extracted)
                  for one in TABLES}  # fmt: skip
        measured = Measured(CATALOGUE, self.plan, counts, always, JUNE, SETTINGS, POPULATION)
        return {one.ref: (one.numerator, one.denominator) for one in measured.figures((JUNE,))}

    def moved(self, *statements: str) -> dict[str, tuple[int, int]]:
        """By how much numerators and denominators move when these statements are run; the records
        are as before afterwards."""
        before = _of(self)
        self.engine.connection.execute("BEGIN TRANSACTION")
        try:
            for statement in statements:
                self.engine.connection.execute(statement)
            after = self.parts()
        finally:
            self.engine.connection.execute("ROLLBACK")
        return {
            ref: (_less(after[ref][0], parts[0]), _less(after[ref][1], parts[1]))
            for ref, parts in before.items()
            if after[ref] != parts
        }

    def one(self, sql: str) -> str:
        """The first cell of a query's answer, which has to have one."""
        return str(self.engine.rows(f"{sql} LIMIT 1")[0][0])


_BEFORE: dict[int, Parts] = {}


def _of(june: June) -> Parts:
    return _BEFORE.setdefault(id(june), june.parts())


def _less(now: Fraction | None, before: Fraction | None) -> int:
    return int((now or 0) - (before or 0))


@pytest.fixture(scope="module")
def june() -> Iterator[June]:
    plan = resolve(CATALOGUE, JUNE, SETTINGS, {one.name for one in TABLES})
    rows: Mapping[str, list[dict[str, object]]] = records(LOADS[-1].extracted)  # type: ignore[assignment]
    with engine_over([rows], (JUNE,), JUNE) as engine:
        yield June(engine, plan, compiled(plan, counted_levels(CATALOGUE, plan), None))


IN_JUNE = "BETWEEN DATE '2021-06-01' AND DATE '2021-06-30'"
# A referral of June of a child about whom there is nothing else that an indicator asks for.
ALONE = f"""cine_referral_date {IN_JUNE} AND cine_close_date IS NULL
  AND cine_person_id NOT IN (SELECT cppl_person_id FROM ssd_cp_plans)
  AND cine_person_id NOT IN (SELECT clae_person_id FROM ssd_cla_episodes)
  AND cine_person_id NOT IN (SELECT clea_person_id FROM ssd_care_leavers)
  AND cine_person_id NOT IN (SELECT miss_person_id FROM ssd_missing)
  AND cine_person_id NOT IN (SELECT earl_person_id FROM ssd_early_help_episodes)
  AND cine_person_id IN (SELECT cine_person_id FROM ssd_cin_episodes GROUP BY 1 HAVING COUNT(*) = 1)
  AND cine_referral_id NOT IN (SELECT cina_referral_id FROM ssd_cin_assessments
    WHERE cina_referral_id IS NOT NULL AND cina_assessment_auth_date IS NOT NULL)
  AND cine_referral_id NOT IN (SELECT cina_referral_id FROM ssd_cin_assessments
    JOIN ssd_assessment_factors ON cinf_assessment_id = cina_assessment_id
    WHERE cina_referral_id IS NOT NULL)"""


def test_a_contact(june: June) -> None:
    contact = june.one(
        f"SELECT cont_contact_id FROM ssd_contacts WHERE cont_contact_date {IN_JUNE}"
    )
    gone = {"M1": (-1, 0), "M3": (0, -1)}
    where = f"WHERE cont_contact_id = '{contact}'"
    assert june.moved(f"DELETE FROM ssd_contacts {where}") == gone
    may = f"UPDATE ssd_contacts SET cont_contact_date = DATE '2021-05-31' {where}"
    assert june.moved(may) == gone
    within = f"UPDATE ssd_contacts SET cont_contact_date = DATE '2021-06-30' {where}"
    assert june.moved(within) == {}
    added = f"""INSERT INTO ssd_contacts
        SELECT * REPLACE ('new' AS cont_contact_id) FROM ssd_contacts {where}"""
    assert june.moved(added) == {"M1": (1, 0), "M3": (0, 1)}


def test_a_referral(june: June) -> None:
    """Its child is in need by it alone; the front door had decided on it in time."""
    referral = june.one(f"""SELECT cine_referral_id FROM ssd_cin_episodes
        JOIN front_door_decisions ON fdde_referral_id = cine_referral_id
        WHERE fdde_decision_date = cine_referral_date AND {ALONE}""")
    where = f"WHERE cine_referral_id = '{referral}'"
    assert june.moved(f"DELETE FROM ssd_cin_episodes {where}") == {
        "M2": (-1, 0),
        "M3": (-1, 0),
        "M2-NI": (-1, 0),
        "M8-QL": (-1, -1),
        "M6-QL": (0, -1),
        "EH2": (-1, 0),
        "CIN5": (-1, 0),
    }
    closed = f"UPDATE ssd_cin_episodes SET cine_close_date = DATE '2021-06-30' {where}"
    assert june.moved(closed) == {"EH2": (-1, 0), "CIN5": (-1, 0)}
    late = f"""UPDATE front_door_decisions SET fdde_decision_date = fdde_decision_date + 7
        WHERE fdde_referral_id = '{referral}'"""
    assert june.moved(late) == {"M8-QL": (-1, 0)}


def test_an_assessment_from_45_to_46_working_days(june: June) -> None:
    """Another day back that is a working day: from the fourth band to the fifth."""
    found = june.one(f"""SELECT cina_assessment_id FROM ssd_cin_assessments
        JOIN calendar AS b ON b.day = cina_assessment_start_date
        JOIN calendar AS e ON e.day = cina_assessment_auth_date
        JOIN calendar AS p ON p.day = cina_assessment_start_date - 1
        WHERE cina_assessment_auth_date {IN_JUNE}
          AND e.working_day - b.working_day BETWEEN 36 AND 45 AND p.is_working_day = 1
        ORDER BY e.working_day - b.working_day DESC""")
    where = f"WHERE cina_assessment_id = '{found}'"
    at_45, at_46 = (
        f"""UPDATE ssd_cin_assessments SET cina_assessment_start_date = (
          SELECT MAX(b.day) FROM calendar AS b, calendar AS e
          WHERE e.day = cina_assessment_auth_date AND e.working_day - b.working_day = {days})
        {where}"""
        for days in (45, 46)
    )
    assert june.moved(at_45) == {}
    assert june.moved(at_46) == {
        "EH3d%": (-1, 0),
        "EH3e%": (1, 0),
        "EH4 (val)": (-1, 0),
        "EH4-QL": (-1, 0),
    }
    unsigned = f"UPDATE ssd_cin_assessments SET cina_assessment_auth_date = NULL {where}"
    moved = june.moved(unsigned)
    assert moved.pop("EH3") == (-1, 0)
    assert moved.pop("EH3d%") == (-1, -1)
    assert moved.pop("EH4 (val)") == moved.pop("EH4-QL") == (-1, -1)
    assert moved == dict.fromkeys(("EH3a%", "EH3b%", "EH3c%", "EH3e%"), (0, -1))


def test_a_visit_to_a_child_on_a_plan(june: June) -> None:
    """Seen once in the fifteen working days to 30 June, that is since 9 June: not seen without."""
    plan = june.one("""SELECT cppv_cp_plan_id FROM ssd_cp_visits
        JOIN ssd_cp_plans ON cppl_cp_plan_id = cppv_cp_plan_id
        WHERE cppv_cp_visit_seen = 'Y' AND cppl_cp_plan_end_date IS NULL
          AND COALESCE(cppl_cp_plan_ola, 'N') <> 'Y'
          AND cppv_cp_visit_date BETWEEN DATE '2021-06-09' AND DATE '2021-06-30'
        GROUP BY cppv_cp_plan_id HAVING COUNT(*) = 1""")
    where = f"""WHERE cppv_cp_plan_id = '{plan}' AND cppv_cp_visit_seen = 'Y'
        AND cppv_cp_visit_date BETWEEN DATE '2021-06-09' AND DATE '2021-06-30'"""
    gone = {"CP8-QL": (-1, 0)}
    assert june.moved(f"DELETE FROM ssd_cp_visits {where}") == gone
    assert june.moved(f"UPDATE ssd_cp_visits SET cppv_cp_visit_seen = 'N' {where}") == gone
    for day, moves in (("09", {}), ("08", gone)):
        update = f"UPDATE ssd_cp_visits SET cppv_cp_visit_date = DATE '2021-06-{day}' {where}"
        assert june.moved(update) == moves


def test_a_plans_end(june: June) -> None:
    """A child whose referral is open, seen in time, without a review that month, and not in care:
    from the plan back to being in need."""
    plan = june.one("""SELECT cppl_cp_plan_id FROM ssd_cp_plans
        JOIN ssd_cin_episodes ON cine_person_id = cppl_person_id AND cine_close_date IS NULL
        WHERE cppl_cp_plan_end_date IS NULL AND COALESCE(cppl_cp_plan_ola, 'N') <> 'Y'
          AND cppl_cp_plan_start_date < DATE '2021-01-01'
          AND cppl_person_id NOT IN (SELECT clae_person_id FROM ssd_cla_episodes)
          AND cppl_person_id NOT IN (SELECT miss_person_id FROM ssd_missing)
          AND cppl_cp_plan_id IN (SELECT cppv_cp_plan_id FROM ssd_cp_visits
            WHERE cppv_cp_visit_seen = 'Y'
              AND cppv_cp_visit_date BETWEEN DATE '2021-06-09' AND DATE '2021-06-30')""")
    end = f"""UPDATE ssd_cp_plans SET cppl_cp_plan_end_date = DATE '2021-06-30'
        WHERE cppl_cp_plan_id = '{plan}'"""
    assert june.moved(end) == {
        "CP6B": (-1, 0),
        "CP6B-NI": (-1, 0),
        "CP7": (1, 0),
        "CP8-QL": (-1, -1),
        "EH2": (1, 0),
    }
    assert june.moved(end.replace("06-30", "07-01")) == {}


def test_a_care_episode(june: June) -> None:
    """A child under 16 begins to be looked after on 30 June, without placement, visit or plan."""
    child = june.one(f"""SELECT cine_person_id FROM ssd_cin_episodes
        JOIN ssd_person ON pers_person_id = cine_person_id
        WHERE {ALONE} AND pers_dob > DATE '2006-01-01'
          AND cine_person_id NOT IN (SELECT immi_person_id FROM ssd_immigration_status)""")
    added = f"""INSERT INTO ssd_cla_episodes BY NAME SELECT 1 AS council, 'new' AS
        clae_cla_episode_id, {child} AS clae_person_id, 'care' AS clae_cla_id,
        DATE '2021-06-30' AS clae_cla_episode_start_date"""
    care = {
        "LAC1": (1, 0),
        "LAC1-NI": (1, 0),
        "LAC2": (1, 0),
        "LAC7-QL": (0, 1),
        "LAC10 (%)": (0, 1),
        "LAC10-QL": (0, 1),
        "LAC9": (0, 1),
        "EH2": (-1, 0),
    }
    assert june.moved(added) == care
    ended = f"""{added}, DATE '2021-06-30' AS clae_cla_episode_ceased_date,
        'E11' AS clae_cla_episode_ceased_reason"""
    assert june.moved(ended) == {
        "LAC2": (1, 0),
        "LAC3": (1, 0),
        "LAC6 (val)": (1, 0),
        "LAC6 (%)": (1, 1),
        "LAC12 (%)": (0, 1),
    }


def test_a_care_leavers_flag(june: June) -> None:
    leaver = june.one("""SELECT clea_table_id FROM ssd_care_leavers
        JOIN ssd_person ON pers_person_id = clea_person_id
        WHERE clea_care_leaver_in_touch = 'YES' AND clea_care_leaver_accom_suitable = '1'
          AND clea_care_leaver_accommodation NOT IN ('G', 'H', 'R')
          AND clea_care_leaver_eligibility = 'Former Relevant'
          AND pers_dob BETWEEN DATE '2000-01-01' AND DATE '2003-01-01'""")
    update = f"UPDATE ssd_care_leavers SET {{}} WHERE clea_table_id = '{leaver}'"
    not_met = {"NI147": (-1, 0)}
    assert june.moved(update.format("clea_care_leaver_accom_suitable = '2'")) == not_met
    assert june.moved(update.format("clea_care_leaver_in_touch = 'NO'")) == not_met
    assert june.moved(update.format("clea_care_leaver_in_touch = 'RHOM'")) == {"NI147": (-1, -1)}


def test_an_authorisation(june: June) -> None:
    """The only one of a child's care plan."""
    found = june.one("""SELECT plau_authorisation_id FROM plan_authorisations
        JOIN ssd_cla_care_plan ON lacp_table_id = plau_plan_id
          AND lacp_cla_care_plan_end_date IS NULL
        JOIN ssd_cla_episodes ON clae_person_id = plau_person_id
          AND clae_cla_episode_ceased_date IS NULL
        JOIN ssd_person ON pers_person_id = plau_person_id AND pers_dob > DATE '2004-01-01'
        WHERE plau_plan_type = 'CARE' AND plau_end_date IS NULL
          AND plau_authorised_date <= DATE '2021-06-30'
          AND plau_person_id NOT IN (SELECT lega_person_id FROM ssd_legal_status
            WHERE lega_legal_status IN ('V3', 'V4'))
          AND plau_plan_id IN (SELECT plau_plan_id FROM plan_authorisations
            WHERE plau_plan_id IS NOT NULL GROUP BY 1 HAVING COUNT(*) = 1)""")
    gone = {"LAC10-QL": (-1, 0), "LAC10 (%)": (-1, 0)}
    where = f"WHERE plau_authorisation_id = '{found}'"
    assert june.moved(f"DELETE FROM plan_authorisations {where}") == gone
    later = f"UPDATE plan_authorisations SET plau_authorised_date = DATE '2021-07-01' {where}"
    assert june.moved(later) == gone


def test_a_foster_household(june: June) -> None:
    household = june.one("""SELECT foca_household_id FROM foster_carers
        WHERE foca_in_house = 'Y' AND foca_ceased_date IS NULL""")
    where = f"WHERE foca_household_id = '{household}'"
    for change in (
        f"DELETE FROM foster_carers {where}",
        f"UPDATE foster_carers SET foca_in_house = 'N' {where}",
        f"UPDATE foster_carers SET foca_ceased_date = DATE '2021-06-30' {where}",
    ):
        assert june.moved(change) == {"LAC16": (-1, 0)}
    twice = f"INSERT INTO foster_carers SELECT * FROM foster_carers {where}"
    assert june.moved(twice) == {}
