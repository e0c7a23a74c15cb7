"""The month loop that an analyst writes in pandas: filters, merges, nunique; the data read once.

Ordinary code, not slowed: what one month's indicators share is worked out once a month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd  # type: ignore[import-untyped]

from openscorecard.engines.duckdb import Engine
from openscorecard.periods import Month
from openscorecard.working_days import bank_holidays

TABLES = (
    "ssd_contacts", "ssd_cin_episodes", "ssd_cin_assessments", "ssd_cp_plans", "ssd_cp_visits",
    "ssd_initial_cp_conference", "ssd_s47_enquiry", "ssd_cla_episodes", "ssd_cla_placement",
    "ssd_cla_visits", "ssd_legal_status", "ssd_missing", "ssd_care_leavers", "ssd_person",
)  # fmt: skip
COLUMNS = {  # those that the figures need: nobody reads a wide table whole
    "ssd_contacts": "cont_contact_date",
    "ssd_cin_episodes": "cine_referral_id, cine_person_id, cine_referral_date, cine_close_date, "
    "cine_close_reason",
    "ssd_cin_assessments": "cina_assessment_id, cina_person_id, cina_referral_id, "
    "cina_assessment_start_date, cina_assessment_auth_date, cina_assessment_outcome_nfa",
    "ssd_cp_plans": "cppl_cp_plan_id, cppl_person_id, cppl_icpc_id, cppl_cp_plan_start_date, "
    "cppl_cp_plan_end_date, cppl_cp_plan_ola",
    "ssd_cp_visits": "cppv_cp_plan_id, cppv_cp_visit_date, cppv_cp_visit_seen",
    "ssd_initial_cp_conference": "icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_cp_plan_id, "
    "icpc_s47_enquiry_id, icpc_icpc_transfer_in",
    "ssd_s47_enquiry": "s47e_s47_enquiry_id, s47e_person_id, s47e_s47_start_date",
    "ssd_cla_episodes": "clae_person_id, clae_cla_episode_start_date, clae_cla_episode_ceased_date",
    "ssd_cla_placement": "clap_person_id, clap_cla_placement_start_date, "
    "clap_cla_placement_end_date",
    "ssd_cla_visits": "clav_person_id, clav_cla_visit_date, clav_cla_visit_seen",
    "ssd_legal_status": "lega_person_id, lega_legal_status, lega_legal_status_start_date, "
    "lega_legal_status_end_date",
    "ssd_missing": "miss_table_id, miss_person_id, miss_missing_episode_start_date, "
    "miss_missing_episode_end_date, miss_missing_episode_type",
    "ssd_care_leavers": "clea_person_id, clea_care_leaver_eligibility, clea_care_leaver_in_touch",
    "ssd_person": "pers_person_id, pers_dob, pers_expected_dob",
}
BANDS = {"a": (0, 10), "b": (11, 25), "c": (26, 35), "d": (36, 45), "e": (46, 10_000)}

Tables = Mapping[str, pd.DataFrame]
Pair = tuple[int, int]


def read(engine: Engine) -> dict[str, pd.DataFrame]:
    return {
        name: engine.connection.execute(f"SELECT {COLUMNS[name]} FROM {name}").df()
        for name in TABLES
    }


def figures(
    tables: Tables, months: Iterable[Month], load_month: Month
) -> dict[str, dict[Month, Pair]]:
    """ref -> month -> how many, and how many of them meet the test (0 where there is none)."""
    loop = _Loop(tables, load_month)
    found: dict[str, dict[Month, Pair]] = {}
    for month in months:
        for ref, pair in loop.month(month).items():
            found.setdefault(ref, {})[month] = pair
    return found


class _Loop:
    def __init__(self, tables: Tables, load_month: Month) -> None:
        self.tables, self.load_month = tables, load_month
        days = bank_holidays(dt.date(1990, 1, 1), dt.date(2040, 12, 31))
        self.holidays = np.array(days, dtype="datetime64[D]")
        person = tables["ssd_person"]
        born = person.pers_dob.fillna(person.pers_expected_dob)
        self.born = pd.Series(born.values, index=person.pers_person_id)
        plans = tables["ssd_cp_plans"]
        self.own_plans = plans[plans.cppl_cp_plan_ola != "Y"]
        self.closed = self._assessments_that_closed()
        visits = tables["ssd_cp_visits"]
        self.plan_visits = visits[visits.cppv_cp_visit_seen == "Y"]
        visits = tables["ssd_cla_visits"]
        self.care_visits = visits[visits.clav_cla_visit_seen == "Y"]
        leavers = tables["ssd_care_leavers"]
        category = leavers.clea_care_leaver_eligibility
        kept = category.isna() | category.isin(["Relevant", "Former Relevant", "Qualifying"])
        kept &= leavers.clea_care_leaver_in_touch.fillna("") != "DIED"
        self.leavers = set(leavers[kept].clea_person_id)

    def _assessments_that_closed(self) -> pd.DataFrame:
        referrals = self.tables["ssd_cin_episodes"]
        ended = referrals[referrals.cine_close_reason == "RC8"].cine_referral_id
        assessments = self.tables["ssd_cin_assessments"]
        kept = (assessments.cina_assessment_outcome_nfa == "Y") | (
            assessments.cina_referral_id.isin(ended)
        )
        return assessments[kept][["cina_person_id", "cina_assessment_auth_date"]]

    def month(self, month: Month) -> dict[str, Pair]:
        first = pd.Timestamp(month.year, month.number, 1)
        last = pd.Timestamp(month.last_day)
        leavers = self.leavers if month == self.load_month else set()
        plans, care = self.tables["ssd_cp_plans"], self._looked_after(last)
        looked_after = set(care)
        on_any_plan = set(
            _open(plans, "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", last).cppl_person_id
        )
        referred = _open(
            self.tables["ssd_cin_episodes"], "cine_referral_date", "cine_close_date", last
        )
        in_need = set(referred.cine_person_id) - looked_after - on_any_plan - leavers
        contacts = self.tables["ssd_contacts"].cont_contact_date
        return {
            "M1": (int(contacts.between(first, last).sum()), 0),
            "M6-QL (val)": (self._re_referrals(first, last), 0),
            **self._assessments(first, last),
            "CP6B": (self._on_own_plan(last), 0),
            "CP3-QL (val)": self._conferences(first, last),
            "CP8-QL": self._plans_seen(last),
            "LAC1": (len(looked_after), 0),
            "LAC7-QL": self._visited(care, last),
            "EH2": (len(in_need), 0),
            "EH5-QL": (self._missing(first, last, leavers), 0),
            "CIN5": (len(in_need | on_any_plan | looked_after | leavers), 0),
        }

    def _working_days(self, start: pd.Series, end: pd.Series) -> pd.Series:
        """Days d that are worked with start < d <= end; blank where a date is."""
        known = start.notna() & end.notna()
        one = np.timedelta64(1, "D")
        counted = np.busday_count(
            start[known].values.astype("datetime64[D]") + one,
            end[known].values.astype("datetime64[D]") + one,
            holidays=self.holidays,
        )
        return pd.Series(counted, index=start[known].index).reindex(start.index)

    def _re_referrals(self, first: pd.Timestamp, last: pd.Timestamp) -> int:
        referrals = self.tables["ssd_cin_episodes"]
        referrals = referrals[referrals.cine_referral_date.between(first, last)]
        both = referrals.merge(self.closed, left_on="cine_person_id", right_on="cina_person_id")
        day = both.cine_referral_date
        before = both.cina_assessment_auth_date < day
        within = both.cina_assessment_auth_date >= day - pd.DateOffset(years=1)
        return int(both[before & within].cine_referral_id.nunique())

    def _assessments(self, first: pd.Timestamp, last: pd.Timestamp) -> dict[str, Pair]:
        done = self.tables["ssd_cin_assessments"]
        done = done[done.cina_assessment_auth_date.between(first, last)]
        taken = self._working_days(done.cina_assessment_start_date, done.cina_assessment_auth_date)
        return {
            f"EH3{band}%": (len(done), int(taken.between(low, high).sum()))
            for band, (low, high) in BANDS.items()
        }

    def _on_own_plan(self, last: pd.Timestamp) -> int:
        plans = _open(self.own_plans, "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", last)
        return int(plans.cppl_person_id.nunique())

    def _plans_seen(self, last: pd.Timestamp) -> Pair:
        plans = _open(self.own_plans, "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", last)
        visits = self.plan_visits
        visits = visits[visits.cppv_cp_visit_date <= last]
        latest = visits.groupby("cppv_cp_plan_id").cppv_cp_visit_date.max()
        seen = plans.cppl_cp_plan_id.map(latest)
        taken = self._working_days(seen, pd.Series(last, index=seen.index))
        met = plans[taken <= 15].cppl_person_id.nunique()
        return int(plans.cppl_person_id.nunique()), int(met)

    def _conferences(self, first: pd.Timestamp, last: pd.Timestamp) -> Pair:
        held = self.tables["ssd_initial_cp_conference"]
        held = held[held.icpc_icpc_date.between(first, last) & (held.icpc_icpc_transfer_in != "Y")]
        plans = self.tables["ssd_cp_plans"]
        other = plans[plans.cppl_cp_plan_ola == "Y"]
        temporary = held.icpc_cp_plan_id.isin(other.cppl_cp_plan_id)
        temporary |= held.icpc_icpc_id.isin(other.cppl_icpc_id.dropna())
        held = held[~temporary]
        enquiries = self.tables["ssd_s47_enquiry"]
        by_id = enquiries.set_index("s47e_s47_enquiry_id").s47e_s47_start_date
        linked = held.icpc_s47_enquiry_id.map(by_id)
        both = held.merge(enquiries, left_on="icpc_person_id", right_on="s47e_person_id")
        both = both[both.s47e_s47_start_date <= both.icpc_icpc_date]
        latest = held.icpc_icpc_id.map(both.groupby("icpc_icpc_id").s47e_s47_start_date.max())
        taken = self._working_days(linked.fillna(latest), held.icpc_icpc_date)
        met = held[taken <= 15].icpc_person_id.nunique()
        return int(held.icpc_person_id.nunique()), int(met)

    def _looked_after(self, last: pd.Timestamp) -> list[int]:
        episodes = _open(
            self.tables["ssd_cla_episodes"],
            "clae_cla_episode_start_date",
            "clae_cla_episode_ceased_date",
            last,
        )
        status = self.tables["ssd_legal_status"]
        status = status[status.lega_legal_status.isin(["V3", "V4"])]
        breaks = _open(status, "lega_legal_status_start_date", "lega_legal_status_end_date", last)
        children = episodes.clae_person_id.drop_duplicates()
        children = children[~children.isin(breaks.lega_person_id)]
        born = children.map(self.born)
        before = (born.dt.month > last.month) | (
            (born.dt.month == last.month) & (born.dt.day > last.day)
        )
        adult = last.year - born.dt.year - before >= 18
        return list(children[~adult])

    def _visited(self, care: list[int], last: pd.Timestamp) -> Pair:
        children = pd.Series(care)
        placements = _open(
            self.tables["ssd_cla_placement"],
            "clap_cla_placement_start_date",
            "clap_cla_placement_end_date",
            last,
        )
        started = placements.groupby("clap_person_id").clap_cla_placement_start_date.max()
        placed = children.map(started)
        visits = self.care_visits
        visits = visits[visits.clav_cla_visit_date <= last]
        seen = children.map(visits.groupby("clav_person_id").clav_cla_visit_date.max())
        met = (last - placed).dt.days <= 7
        met |= (seen >= placed.fillna(seen)) & ((last - seen).dt.days <= 42)
        return len(children), int(met.sum())

    def _missing(self, first: pd.Timestamp, last: pd.Timestamp, leavers: set[int]) -> int:
        spells = self.tables["ssd_missing"]
        end = spells.miss_missing_episode_end_date
        spells = spells[
            (spells.miss_missing_episode_type == "M")
            & (spells.miss_missing_episode_start_date <= last)
            & (end.isna() | (end >= first))
        ]
        children = set(spells[spells.miss_person_id.isin(leavers)].miss_person_id)
        for table, child, start, close in (
            ("ssd_cin_episodes", "cine_person_id", "cine_referral_date", "cine_close_date"),
            ("ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
            (
                "ssd_cla_episodes",
                "clae_person_id",
                "clae_cla_episode_start_date",
                "clae_cla_episode_ceased_date",
            ),
        ):
            both = spells.merge(self.tables[table], left_on="miss_person_id", right_on=child)
            until = both.miss_missing_episode_end_date
            known = until.isna() | (both[start] <= until)
            known &= both[close].isna() | (both[close] > both.miss_missing_episode_start_date)
            children |= set(both[known].miss_person_id)
        return len(children)


def _open(rows: pd.DataFrame, start: str, end: str, on: pd.Timestamp) -> pd.DataFrame:
    return rows[(rows[start] <= on) & (rows[end].isna() | (rows[end] > on))]
