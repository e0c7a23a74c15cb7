"""Every computed indicator counted straight from the rows, in plain Python and by the words of its
rule: the check of the generated records that needs nothing of the program."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

Row = dict[str, "str | dt.date | None"]
Rows = dict[str, list[Row]]
Count = tuple[int, "int | None"]

_HOLIDAYS = """
    2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
    2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
    2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
"""
BANK_HOLIDAYS = {dt.date.fromisoformat(day) for day in _HOLIDAYS.split()}
POPULATION = 50_860
_DAY = dt.timedelta(days=1)
_ORDER: dict[dt.date, int] = {}
_seen = 0
for _number in range(dt.date(2019, 1, 1).toordinal(), dt.date(2022, 1, 1).toordinal()):
    _date = dt.date.fromordinal(_number)
    _seen += _date.weekday() < 5 and _date not in BANK_HOLIDAYS
    _ORDER[_date] = _seen


def working_days(first: dt.date, last: dt.date) -> int:
    return _ORDER[last] - _ORDER[first]


def age(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def a_year_before(day: dt.date) -> dt.date:
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)


class Council:
    """The records of one load, and what they say about one month."""

    def __init__(self, rows: Rows, month: str) -> None:
        self.rows = rows
        year, number = int(month[:4]), int(month[5:])
        self.first = dt.date(year, number, 1)
        self.last = dt.date(year, number, calendar.monthrange(year, number)[1])
        self.born = {
            row["pers_person_id"]: row["pers_dob"] or row["pers_expected_dob"]
            for row in rows["ssd_person"]
        }

    def in_month(self, table: str, column: str) -> list[Row]:
        return [
            row
            for row in self.rows[table]
            if row[column] is not None and self.first <= row[column] <= self.last
        ]

    def open(self, table: str, start: str, end: str) -> Iterator[Row]:
        """Open at the end of the month."""
        for row in self.rows[table]:
            if row[start] <= self.last and (row[end] is None or row[end] > self.last):
                yield row

    def grouped(self, rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
        found = defaultdict(list)
        for row in rows:
            found[row[column]].append(row)
        return found

    def aged(self, child: str, day: dt.date) -> int | None:
        born = self.born.get(child)
        return None if born is None else age(born, day)

    # Stocks

    @cache  # noqa: B019 - a load is counted once and dropped
    def looked_after(self) -> set[str]:
        short = {
            row["lega_person_id"]
            for row in self.open(
                "ssd_legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date"
            )
            if row["lega_legal_status"] in ("V3", "V4")
        }
        found = {row["clae_person_id"] for row in self._care_open()}
        return {child for child in found - short if (self.aged(child, self.last) or 0) < 18}

    def _care_open(self) -> Iterator[Row]:
        return self.open(
            "ssd_cla_episodes", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
        )

    def plans(self, *, own: bool) -> list[Row]:
        return [
            row
            for row in self.open("ssd_cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date")
            if not own or row["cppl_cp_plan_ola"] != "Y"
        ]

    @cache  # noqa: B019 - a load is counted once and dropped
    def leavers(self) -> set[str]:
        return {row["clea_person_id"] for row in self._leaver_rows()}

    def _leaver_rows(self) -> list[Row]:
        return [
            row
            for row in self.rows["ssd_care_leavers"]
            if row["clea_care_leaver_eligibility"]
            in (None, "Relevant", "Former Relevant", "Qualifying")
            and row["clea_care_leaver_in_touch"] != "DIED"
        ]

    @cache  # noqa: B019 - a load is counted once and dropped
    def in_need(self) -> set[str]:
        found = {
            row["cine_person_id"]
            for row in self.open("ssd_cin_episodes", "cine_referral_date", "cine_close_date")
        }
        on_plan = {row["cppl_person_id"] for row in self.plans(own=False)}
        return found - self.looked_after() - on_plan - self.leavers()

    # Front door

    def decided_in_time(self, referral: Row) -> bool:
        days = [
            row["fdde_decision_date"]
            for row in self._decisions()[referral["cine_referral_id"]]
            if row["fdde_decision_date"] >= referral["cine_referral_date"]
        ]
        return bool(days) and working_days(referral["cine_referral_date"], min(days)) <= 1

    @cache  # noqa: B019 - a load is counted once and dropped
    def _decisions(self) -> dict[str, list[Row]]:
        return self.grouped(self.rows["front_door_decisions"], "fdde_referral_id")

    def rereferred(self, referrals: list[Row]) -> int:
        reasons = {
            row["cine_referral_id"]: row["cine_close_reason"]
            for row in self.rows["ssd_cin_episodes"]
        }
        closing = defaultdict(list)
        for row in self.rows["ssd_cin_assessments"]:
            if row["cina_assessment_auth_date"] and (
                row["cina_assessment_outcome_nfa"] == "Y"
                or reasons.get(row["cina_referral_id"]) == "RC8"
            ):
                closing[row["cina_person_id"]].append(row["cina_assessment_auth_date"])
        found = 0
        for row in referrals:
            day = row["cine_referral_date"]
            found += any(
                a_year_before(day) <= other < day for other in closing[row["cine_person_id"]]
            )
        return found

    def exploited(self, referrals: list[Row]) -> int:
        factors = {
            row["cinf_assessment_id"]
            for row in self.rows["ssd_assessment_factors"]
            if row["cinf_assessment_factor"] == "11A"
        }
        marked = {
            row["cina_referral_id"]
            for row in self.rows["ssd_cin_assessments"]
            if row["cina_assessment_id"] in factors and row["cina_assessment_auth_date"]
        }
        found = 0
        for row in referrals:
            years = self.aged(row["cine_person_id"], row["cine_referral_date"])
            found += row["cine_referral_id"] in marked and years is not None and years >= 13
        return found

    def stepped_up(self, referrals: list[Row]) -> int:
        ends = defaultdict(list)
        for row in self.rows["ssd_early_help_episodes"]:
            if row["earl_episode_end_reason"] == "Stepped up to social care":
                ends[row["earl_person_id"]].append(row["earl_episode_end_date"])
        return len(
            {
                row["cine_person_id"]
                for row in referrals
                for end in ends[row["cine_person_id"]]
                if abs((end - row["cine_referral_date"]).days) <= 30
            }
        )

    def missing(self) -> int:
        spells = defaultdict(list)
        for table, person, start, end in (
            ("ssd_cin_episodes", "cine_person_id", "cine_referral_date", "cine_close_date"),
            ("ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
            (
                "ssd_cla_episodes",
                "clae_person_id",
                "clae_cla_episode_start_date",
                "clae_cla_episode_ceased_date",
            ),
        ):
            for row in self.rows[table]:
                spells[row[person]].append((row[start], row[end]))
        found = set()
        leavers = self.leavers()
        for row in self.rows["ssd_missing"]:
            start = row["miss_missing_episode_start_date"]
            end = row["miss_missing_episode_end_date"]
            if row["miss_missing_episode_type"] != "M" or start > self.last:
                continue
            if end is not None and end < self.first:
                continue
            child = row["miss_person_id"]
            if child in leavers or any(
                since <= (end or dt.date.max) and (until is None or until > start)
                for since, until in spells[child]
            ):
                found.add(child)
        return len(found)

    # Assessments

    def bands(self) -> dict[str, int]:
        found = dict.fromkeys(("a", "b", "c", "d", "e"), 0)
        for row in self.in_month("ssd_cin_assessments", "cina_assessment_auth_date"):
            days = working_days(row["cina_assessment_start_date"], row["cina_assessment_auth_date"])
            limits = (("a", 10), ("b", 25), ("c", 35), ("d", 45))
            band = next((name for name, limit in limits if days <= limit), "e")
            found[band] += 1
        return found

    # Protection

    def conferences(self) -> tuple[list[Row], list[Row]]:
        """Those of the month: this council's own, and transfers in."""
        plans = {row["cppl_cp_plan_id"]: row for row in self.rows["ssd_cp_plans"]}
        of_conference = {row["cppl_icpc_id"]: row for row in self.rows["ssd_cp_plans"]}
        own, transfers = [], []
        for row in self.in_month("ssd_initial_cp_conference", "icpc_icpc_date"):
            linked = [plans.get(row["icpc_cp_plan_id"]), of_conference.get(row["icpc_icpc_id"])]
            if row["icpc_icpc_transfer_in"] == "Y":
                transfers.append(row)
            elif not any(plan and plan["cppl_cp_plan_ola"] == "Y" for plan in linked):
                own.append(row)
        return own, transfers

    def in_time(self, conferences: list[Row]) -> int:
        enquiries = {row["s47e_s47_enquiry_id"]: row for row in self.rows["ssd_s47_enquiry"]}
        by_child = self.grouped(self.rows["ssd_s47_enquiry"], "s47e_person_id")
        met = set()
        for row in conferences:
            day = row["icpc_icpc_date"]
            enquiry = enquiries.get(row["icpc_s47_enquiry_id"])
            if enquiry is None:
                before = [
                    one
                    for one in by_child[row["icpc_person_id"]]
                    if one["s47e_s47_start_date"] <= day
                ]
                enquiry = max(before, key=lambda one: one["s47e_s47_start_date"], default=None)
            if enquiry and working_days(enquiry["s47e_s47_start_date"], day) <= 15:
                met.add(row["icpc_person_id"])
        return len(met)

    def own_plans_begun(self) -> list[Row]:
        return [
            row
            for row in self.in_month("ssd_cp_plans", "cppl_cp_plan_start_date")
            if row["cppl_cp_plan_ola"] != "Y"
        ]

    def repeats(self) -> int:
        own = [row for row in self.rows["ssd_cp_plans"] if row["cppl_cp_plan_ola"] != "Y"]
        first = {}
        for row in own:
            child, day = row["cppl_person_id"], row["cppl_cp_plan_start_date"]
            first[child] = min(first.get(child, day), day)
        return sum(
            first[row["cppl_person_id"]] < row["cppl_cp_plan_start_date"]
            for row in self.own_plans_begun()
        )

    def transfers_on_plan(self, transfers: list[Row]) -> int:
        own = self.grouped(self.rows["ssd_cp_plans"], "cppl_person_id")
        return len(
            {
                row["icpc_person_id"]
                for row in transfers
                for plan in own[row["icpc_person_id"]]
                if plan["cppl_cp_plan_ola"] != "Y"
                and row["icpc_icpc_date"] <= plan["cppl_cp_plan_start_date"] <= self.last
            }
        )

    def seen_on_plan(self) -> int:
        visits = self.grouped(self.rows["ssd_cp_visits"], "cppv_cp_plan_id")
        met = set()
        for plan in self.plans(own=True):
            for visit in visits[plan["cppl_cp_plan_id"]]:
                day = visit["cppv_cp_visit_date"]
                if (
                    visit["cppv_cp_visit_seen"] == "Y"
                    and self.last - 40 * _DAY <= day <= self.last
                    and working_days(day, self.last) <= 15
                ):
                    met.add(plan["cppl_person_id"])
        return len(met)

    # Care

    def _short_break(self, child: str, day: dt.date, *, ending: bool) -> bool:
        for row in self._short_statuses().get(child, []):
            end = row["lega_legal_status_end_date"]
            covers = end is None or (end >= day if ending else end > day)
            if row["lega_legal_status_start_date"] <= day and covers:
                return True
        return False

    @cache  # noqa: B019 - a load is counted once and dropped
    def _short_statuses(self) -> dict[str, list[Row]]:
        short = [r for r in self.rows["ssd_legal_status"] if r["lega_legal_status"] in ("V3", "V4")]
        return self.grouped(short, "lega_person_id")

    @cache  # noqa: B019 - a load is counted once and dropped
    def periods(self) -> dict[tuple[str, str], list[Row]]:
        found = defaultdict(list)
        for row in self.rows["ssd_cla_episodes"]:
            found[row["clae_person_id"], row["clae_cla_id"]].append(row)
        return found

    def begun(self) -> list[tuple[str, dt.date]]:
        found = []
        for (child, _), episodes in self.periods().items():
            day = min(row["clae_cla_episode_start_date"] for row in episodes)
            if self.first <= day <= self.last and not self._short_break(child, day, ending=False):
                found.append((child, day))
        return found

    def ceased(self) -> list[str]:
        """The reasons of the periods that ended in the month."""
        found = []
        for (child, _), episodes in self.periods().items():
            for row in episodes:
                end = row["clae_cla_episode_ceased_date"]
                if end is None or not self.first <= end <= self.last:
                    continue
                if row["clae_cla_episode_ceased_reason"] == "X1":
                    continue
                later = any(
                    other["clae_cla_episode_ceased_date"] is None
                    or other["clae_cla_episode_ceased_date"] > end
                    or other["clae_cla_episode_start_date"] >= end
                    for other in episodes
                    if other is not row
                )
                if not later and not self._short_break(child, end, ending=True):
                    found.append(row["clae_cla_episode_ceased_reason"])
        return found

    def visited(self, children: set[str]) -> int:
        placements = self.grouped(self._placed(), "clap_person_id")
        visits = self.grouped(
            (row for row in self.rows["ssd_cla_visits"] if row["clav_cla_visit_seen"] == "Y"),
            "clav_person_id",
        )
        met = 0
        for child in children:
            here = [row["clap_cla_placement_start_date"] for row in placements[child]]
            since = max(here, default=None)
            if since is not None and (self.last - since).days <= 7:
                met += 1
                continue
            met += any(
                (since is None or since <= row["clav_cla_visit_date"])
                and 0 <= (self.last - row["clav_cla_visit_date"]).days <= 42
                for row in visits[child]
            )
        return met

    def _placed(self) -> Iterator[Row]:
        return self.open(
            "ssd_cla_placement", "clap_cla_placement_start_date", "clap_cla_placement_end_date"
        )

    def care_planned(self, children: set[str]) -> int:
        signed = self._signed("CARE")
        return len(
            {
                row["lacp_person_id"]
                for row in self.open(
                    "ssd_cla_care_plan",
                    "lacp_cla_care_plan_start_date",
                    "lacp_cla_care_plan_end_date",
                )
                if row["lacp_person_id"] in children
                and any(
                    one["plau_plan_id"] in (None, row["lacp_table_id"])
                    for one in signed[row["lacp_person_id"]]
                )
            }
        )

    def _signed(self, kind: str) -> dict[str, list[Row]]:
        return self.grouped(
            (
                row
                for row in self.open("plan_authorisations", "plau_authorised_date", "plau_end_date")
                if row["plau_plan_type"] == kind
            ),
            "plau_person_id",
        )

    def asylum_seeking(self) -> list[Row]:
        return [
            row
            for row in self.rows["ssd_immigration_status"]
            if row["immi_immigration_status"] == "UASC"
            and (row["immi_immigration_status_start_date"] or dt.date.min) <= self.last
        ]

    def with_pathway(self, children: set[str]) -> Count:
        grown = {child for child in children if self.aged(child, self.last) in (16, 17)}
        group = grown | self.leavers()
        return len(group & self._signed("PATHWAY").keys()), len(group)

    def leavers_well(self) -> Count:
        well = everybody = 0
        for row in self._leaver_rows():
            years = self.aged(row["clea_person_id"], self.last)
            if (
                years is None
                or not 17 <= years <= 21
                or row["clea_care_leaver_in_touch"] == "RHOM"
                or row["clea_care_leaver_accommodation"] in ("G", "H", "R")
            ):
                continue
            everybody += 1
            well += (
                row["clea_care_leaver_in_touch"] == "YES"
                and row["clea_care_leaver_accom_suitable"] == "1"
            )
        return well, everybody

    def agency_fostered(self, children: set[str]) -> int:
        return len(
            {
                row["clap_person_id"]
                for row in self._placed()
                if row["clap_cla_placement_type"] in ("U4", "U5", "U6")
                and row["clap_cla_placement_provider"] in ("PR4", "PR5")
            }
            & children
        )

    # Early help

    def early_help_done(self) -> Count:
        """All, and those not known to be 21 or over."""
        rows = self.in_month("early_help_assessments", "ehas_completed_date")
        young = [
            row
            for row in rows
            if row["ehas_date_of_birth"] is None
            or age(row["ehas_date_of_birth"], row["ehas_completed_date"]) < 21
        ]
        return len(rows), len(young)


def count(rows: Rows, month: str) -> dict[str, Count]:
    """Numerator and denominator of every computed indicator (None = it has no denominator)."""
    council = Council(rows, month)
    found: dict[str, Count] = {}
    _front_door(council, found)
    _assessment(council, found)
    _protection(council, found)
    _care(council, found)
    completed, young = council.early_help_done()
    found["EH1a"] = len(council.in_month("early_help_assessments", "ehas_start_date")), None
    found["EH1b"] = len(council.in_month("early_help_plans", "ehpl_start_date")), None
    found["EH1c"] = completed, None
    found["EH14b"] = young, None
    return found


def _front_door(council: Council, found: dict[str, Count]) -> None:
    referrals = council.in_month("ssd_cin_episodes", "cine_referral_date")
    contacts = len(council.in_month("ssd_contacts", "cont_contact_date"))
    number = len(referrals)
    again = council.rereferred(referrals)
    found["M1"] = contacts, None
    found["M2"] = number, None
    found["M3"] = number, contacts
    found["M2-NI"] = number, POPULATION
    found["M8-QL"] = sum(map(council.decided_in_time, referrals)), number
    found["M6-QL (val)"] = again, None
    found["M6-QL"] = again, number
    found["M4"] = council.exploited(referrals), None
    found["M5"] = council.stepped_up(referrals), None
    found["EH2"] = len(council.in_need()), None
    found["EH5-QL"] = council.missing(), None


def _assessment(council: Council, found: dict[str, Count]) -> None:
    bands = council.bands()
    done = sum(bands.values())
    found["EH3"] = done, None
    for name, number in bands.items():
        found[f"EH3{name}%"] = number, done
    found["EH4 (val)"] = done - bands["e"], None
    found["EH4-QL"] = done - bands["e"], done


def _protection(council: Council, found: dict[str, Count]) -> None:
    def children(rows: list[Row]) -> int:
        return len({row["icpc_person_id"] for row in rows})

    enquiries = len(council.in_month("ssd_s47_enquiry", "s47e_s47_start_date"))
    on_plan = len({row["cppl_person_id"] for row in council.plans(own=True)})
    own, transfers = council.conferences()
    conferred, moved = children(own), children(transfers)
    to_plan = children([row for row in own if row["icpc_icpc_outcome_cp_flag"] == "Y"])
    in_time = council.in_time(own)
    found["CP1"] = enquiries, None
    found["CP1-NI"] = enquiries, POPULATION
    found["CP6B"] = on_plan, None
    found["CP6B-NI"] = on_plan, POPULATION
    found["CP2"] = conferred, None
    found["CP2-NI"] = conferred + moved, POPULATION
    found["CP4 (val)"] = to_plan, None
    found["CP4"] = to_plan, conferred
    found["CP2b"] = moved, None
    found["CP2b %"] = council.transfers_on_plan(transfers), moved
    found["CP3-QL (val)"] = in_time, None
    found["CP3-QL"] = in_time, conferred
    found["CP8-QL"] = council.seen_on_plan(), on_plan
    found["CP5-QL (val)"] = council.repeats(), None
    found["CP5-QL"] = council.repeats(), len(council.own_plans_begun())
    reviews = council.in_month("ssd_cp_reviews", "cppr_cp_review_date")
    found["CP9"] = len({row["cppr_person_id"] for row in reviews}), None
    ended = council.in_month("ssd_cp_plans", "cppl_cp_plan_end_date")
    found["CP7"] = sum(row["cppl_cp_plan_ola"] != "Y" for row in ended), None


def _care(council: Council, found: dict[str, Count]) -> None:
    children = council.looked_after()
    number = len(children)
    begun = council.begun()
    ceased = council.ceased()
    adopted = sum(reason in ("E11", "E12") for reason in ceased)
    guardians = sum(reason in ("E43", "E44", "E45", "E46", "E47", "E48") for reason in ceased)
    asylum = council.asylum_seeking()
    ends = {
        row["immi_person_id"]: row["immi_immigration_status_end_date"] or dt.date.max
        for row in asylum
    }
    plans, agency = council.care_planned(children), council.agency_fostered(children)
    found["LAC1"] = number, None
    found["LAC1-NI"] = number, POPULATION
    found["LAC2"] = len(begun), None
    found["LAC3"] = len(ceased), None
    found["LAC6 (val)"] = adopted, None
    found["LAC6 (%)"] = adopted, len(ceased)
    found["LAC12 (val)"] = guardians, None
    found["LAC12 (%)"] = guardians, len(ceased)
    found["LAC7-QL"] = council.visited(children), number
    found["LAC10-QL"] = plans, None
    found["LAC10 (%)"] = plans, number
    found["LAC13"] = (
        sum(end > council.last and child in children for child, end in ends.items()),
        None,
    )
    found["LAC14"] = (
        len({child for child, day in begun if child in ends and ends[child] >= day}),
        None,
    )
    signed, group = council.with_pathway(children)
    found["LAC11-QL"] = signed, None
    found["LAC11-QL (%)"] = signed, group
    found["NI147"] = council.leavers_well()
    found["LAC9 (val)"] = agency, None
    found["LAC9"] = agency, number
    households = {
        row["foca_household_id"]
        for row in council.open("foster_carers", "foca_approved_date", "foca_ceased_date")
        if row["foca_in_house"] == "Y"
    }
    found["LAC16"] = len(households), None
    everybody = (
        council.in_need()
        | {row["cppl_person_id"] for row in council.plans(own=False)}
        | children
        | council.leavers()
    )
    found["CIN5"] = len(everybody), None
