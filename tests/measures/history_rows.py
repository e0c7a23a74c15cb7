"""The rows of a history: what befalls each child, table by table."""

from __future__ import annotations

import datetime as dt
import random

from history_days import BANDS, DAY, FIRST, STEPS, Days, working_days_back
from history_links import LINKS
from plain.counted import Row, Rows
from plain.days import year_before

from openscorecard.periods import Month
from openscorecard.records.standard import TABLES

BLANK_ROWS: dict[str, Row] = {
    table.name: dict.fromkeys(column.name for column in table.columns) for table in TABLES
}


class Writer(Days):
    """Writes the rows of one history."""

    def __init__(self, source: random.Random, month: Month) -> None:
        super().__init__(source, month)
        self.rows: Rows = {table.name: [] for table in TABLES}
        self.person = ""

    def write(self, table: str, **cells: object) -> Row:
        row = {**BLANK_ROWS[table], **cells}
        self.rows[table].append(row)
        return row

    def number(self, table: str, letter: str) -> str:
        return f"{letter}{len(self.rows[table]) + 1}"

    # --- one child

    def child(self, person: str) -> None:
        self.person, self.days = person, []
        self.birth()
        self.front_door()
        self.protection()
        self.care()
        self.leaving_care()
        self.early_help()
        for _ in self.times(5, 4, 2):
            start = self.any_day()
            self.write(
                "ssd_missing",
                miss_table_id=self.number("ssd_missing", "X"),
                miss_person_id=person,
                miss_missing_episode_type=self.random.choice(("M", "M", "M", "A", None)),
                miss_missing_episode_start_date=start,
                miss_missing_episode_end_date=self.end_of(start, still_open=20),
            )

    def birth(self) -> None:
        if self.chance(12):
            return  # among no persons: the age is not known
        blank = self.chance(15)
        self.write(
            "ssd_person",
            pers_person_id=self.person,
            pers_dob=None if blank else self.born(),
            pers_expected_dob=self.born() if self.chance(60 if blank else 10) else None,
        )

    def front_door(self) -> None:
        person = self.person
        for _ in self.times(2, 4, 2, 1):
            self.write(
                "ssd_contacts",
                cont_contact_id=self.number("ssd_contacts", "C"),
                cont_person_id=person,
                cont_contact_date=self.any_day(),
            )
        for _ in self.times(1, 4, 4, 2):
            received = self.any_day()
            closed = self.end_of(received)
            if self.chance(15):  # a year before another date, to the day
                closed = year_before(self.random.choice(self.days))
                received = closed - self.random.choice(STEPS) * DAY
            self.write(
                "ssd_cin_episodes",
                cine_referral_id=self.number("ssd_cin_episodes", "R"),
                cine_person_id=person,
                cine_referral_date=received,
                cine_referral_nfa=self.flag(),
                cine_close_date=closed,
                cine_close_reason=self.random.choice(("RC1", "RC8", "RC9", None)),
            )
            for _ in self.times(2, 5, 2):
                self.write(
                    "front_door_decisions",
                    fdde_decision_id=self.number("front_door_decisions", "D"),
                    fdde_referral_id=self.rows["ssd_cin_episodes"][-1]["cine_referral_id"],
                    fdde_person_id=person,
                    fdde_decision_date=received
                    + self.random.choice((-1, 0, 0, 1, 1, 2, 3, 4, 5)) * DAY,
                )
        for _ in self.times(1, 4, 3, 1):
            start = self.any_day()
            authorised = self.end_of(start, still_open=20)
            if authorised is not None and self.chance(50):
                start = working_days_back(authorised, self.random.choice(BANDS))
            row = self.write(
                "ssd_cin_assessments",
                cina_assessment_id=self.number("ssd_cin_assessments", "S"),
                cina_person_id=person,
                cina_assessment_start_date=start,
                cina_assessment_auth_date=authorised,
                cina_assessment_outcome_nfa=self.flag(),
            )
            for factor in sorted(
                {self.random.choice(("11A", "11A", "2B", "21")) for _ in range(2)}
            ):
                self.write(
                    "ssd_assessment_factors",
                    cinf_assessment_id=row["cina_assessment_id"],
                    cinf_assessment_factor=factor,
                )

    def protection(self) -> None:
        person = self.person
        for _ in self.times(3, 4, 1):
            self.enquiry(self.any_day())
        for _ in self.times(4, 4, 3, 1):
            held = None if self.chance(8) else self.any_day()
            if held is not None and self.chance(50):
                self.enquiry(working_days_back(held, self.random.choice((14, 15, 16))))
            self.write(
                "ssd_initial_cp_conference",
                icpc_icpc_id=self.number("ssd_initial_cp_conference", "I"),
                icpc_person_id=person,
                icpc_icpc_date=held,
                icpc_icpc_transfer_in=self.random.choice(("N", "N", None, "Y")),
                icpc_icpc_outcome_cp_flag=self.flag(),
            )
        for _ in self.times(3, 4, 3, 2):
            self.plan(self.any_day())
        if self.chance(15):
            self.plan(dt.date(2005, 4, 4))  # long ago
        for _ in self.times(5, 3, 2):
            self.write(
                "ssd_cp_reviews",
                cppr_cp_review_id=self.number("ssd_cp_reviews", "W"),
                cppr_person_id=person,
                cppr_cp_review_due=self.any_day(),
                cppr_cp_review_date=None if self.chance(20) else self.any_day(),
            )

    def enquiry(self, start: dt.date) -> None:
        self.write(
            "ssd_s47_enquiry",
            s47e_s47_enquiry_id=self.number("ssd_s47_enquiry", "Q"),
            s47e_person_id=self.person,
            s47e_s47_start_date=start,
        )

    def plan(self, start: dt.date) -> None:
        end = self.end_of(start) if start >= FIRST else dt.date(2006, 1, 10)
        row = self.write(
            "ssd_cp_plans",
            cppl_cp_plan_id=self.number("ssd_cp_plans", "P"),
            cppl_person_id=self.person,
            cppl_cp_plan_start_date=start,
            cppl_cp_plan_end_date=end,
            cppl_cp_plan_ola=self.random.choice(("N", "N", None, "Y")),
        )
        for _ in self.times(3, 3, 3, 2):
            self.write(
                "ssd_cp_visits",
                cppv_cp_visit_id=self.number("ssd_cp_visits", "V"),
                cppv_person_id=self.person,
                cppv_cp_plan_id=row["cppl_cp_plan_id"],
                cppv_cp_visit_date=self.any_day(),
                cppv_cp_visit_seen=self.flag(),
            )

    def care(self) -> None:
        person = self.person
        for number in self.times(2, 6, 3):
            self.period(str(number + 1))  # another child has the same numbers
        for _ in self.times(4, 4, 2):
            start = self.any_day()
            self.write(
                "ssd_legal_status",
                lega_legal_status_id=self.number("ssd_legal_status", "G"),
                lega_person_id=person,
                lega_legal_status=self.random.choice(("C2", "V2", "V3", "V4")),
                lega_legal_status_start_date=start,
                lega_legal_status_end_date=self.end_of(start),
            )
        for _ in self.times(3, 5, 4, 2):
            start = self.any_day()
            self.write(
                "ssd_cla_placement",
                clap_cla_placement_id=self.number("ssd_cla_placement", "L"),
                clap_person_id=person,
                clap_cla_placement_start_date=start,
                clap_cla_placement_type=self.random.choice(("U4", "U5", "U6", "U1", "K2", None)),
                clap_cla_placement_provider=self.random.choice(("PR4", "PR4", "PR5", "PR1", None)),
                clap_cla_placement_end_date=self.end_of(start, still_open=55),
            )
        for _ in self.times(1, 3, 3, 3):
            self.write(
                "ssd_cla_visits",
                clav_cla_visit_id=self.number("ssd_cla_visits", "Y"),
                clav_person_id=person,
                clav_cla_visit_date=self.any_day(),
                clav_cla_visit_seen=self.flag(),
            )
        for _ in self.times(2, 5, 2):
            start = self.any_day()
            self.write(
                "ssd_cla_care_plan",
                lacp_table_id=self.number("ssd_cla_care_plan", "T"),
                lacp_person_id=person,
                lacp_cla_care_plan_start_date=start,
                lacp_cla_care_plan_end_date=self.end_of(start, still_open=60),
            )
        for _ in self.times(4, 4, 1):
            start = self.any_day()
            self.write(
                "ssd_immigration_status",
                immi_immigration_status_id=self.number("ssd_immigration_status", "M"),
                immi_person_id=person,
                immi_immigration_status=self.random.choice(("UASC", "UASC", "Refugee", None)),
                immi_immigration_status_start_date=None if self.chance(25) else start,
                immi_immigration_status_end_date=self.end_of(start),
            )

    def period(self, number: str) -> None:
        """A chain of episodes, each but the last ended by X1; some chains are broken or tangled."""
        start = self.any_day()
        count = self.random.choice((1, 1, 1, 2, 2, 3))
        for position in range(count):
            is_last = position == count - 1
            end = self.end_of(start, still_open=45 if is_last else 5)
            reasons = ("E11", "E12", "E45", "E48", "E4A", "E8", None, "X1") if is_last else ("X1",)
            self.write(
                "ssd_cla_episodes",
                clae_cla_episode_id=self.number("ssd_cla_episodes", "E"),
                clae_person_id=self.person,
                clae_cla_episode_start_date=start,
                clae_cla_episode_ceased_date=end,
                clae_cla_episode_ceased_reason=self.random.choice(
                    ("E8", "E11") if self.chance(10) else reasons
                )
                if end
                else None,
                clae_cla_id=number,
            )
            start = end if end and self.chance(75) else self.near(start)

    def leaving_care(self) -> None:
        person = self.person
        for _ in self.times(60, 37, 3):
            self.write(
                "ssd_care_leavers",
                clea_table_id=self.number("ssd_care_leavers", "K"),
                clea_person_id=person,
                clea_care_leaver_eligibility=self.random.choice(
                    ("Relevant", "Former Relevant", "Qualifying", "Eligible", None)
                ),
                clea_care_leaver_in_touch=self.random.choice(
                    ("YES", "YES", "YES", "YES", "NO", "DIED", "RHOM", None)
                ),
                clea_care_leaver_accommodation=self.random.choice(
                    ("B", "B", "B", "X", "G", "H", "R", None)
                ),
                clea_care_leaver_accom_suitable=self.random.choice(("1", "1", "2", None)),
                clea_pathway_plan_review_date=None if self.chance(25) else self.any_day(),
            )
        for _ in self.times(2, 4, 4, 1):
            start = self.any_day()
            self.write(
                "plan_authorisations",
                plau_authorisation_id=self.number("plan_authorisations", "U"),
                plau_person_id=person,
                plau_plan_type=self.random.choice(("CARE", "CARE", "PATHWAY")),
                plau_authorised_date=start,
                plau_end_date=self.end_of(start, still_open=60),
            )

    def early_help(self) -> None:
        person = self.person
        for _ in self.times(3, 4, 1):
            start = self.any_day()
            end = self.end_of(start, still_open=15)
            self.write(
                "ssd_early_help_episodes",
                earl_episode_id=self.number("ssd_early_help_episodes", "H"),
                earl_person_id=person,
                earl_episode_start_date=start,
                earl_episode_end_date=end,
                earl_episode_end_reason=self.random.choice(
                    ("Stepped up", "Stepped up", "Needs met", None)
                ),
            )
        for _ in self.times(4, 4, 2):
            start = self.any_day()
            self.write(
                "early_help_assessments",
                ehas_assessment_id=self.number("early_help_assessments", "N"),
                ehas_person_id=person,
                ehas_date_of_birth=None if self.chance(20) else self.born(),
                ehas_start_date=start,
                ehas_completed_date=self.end_of(start, still_open=20),
            )
        for _ in self.times(5, 4, 1):
            start = self.any_day()
            self.write(
                "early_help_plans",
                ehpl_plan_id=self.number("early_help_plans", "O"),
                ehpl_person_id=person,
                ehpl_start_date=start,
                ehpl_end_date=self.end_of(start),
            )

    # --- after all children

    def links(self) -> None:
        """Links between rows: mostly right, some to another child's row, to nothing, or blank."""
        for table, column, person, to, key, owner in LINKS:
            ids: dict[object, list[object]] = {}
            for row in self.rows[to]:
                ids.setdefault(row[owner], []).append(row[key])
            everybody = [one for found in ids.values() for one in found]
            for row in self.rows[table]:
                draw = self.random.random()
                if draw < 0.6 and row[person] in ids:
                    row[column] = self.random.choice(ids[row[person]])
                elif draw < 0.72 and everybody:
                    row[column] = self.random.choice(everybody)
                elif draw < 0.77:
                    row[column] = "0"  # there is no such row
        for row in self.rows["ssd_cp_visits"]:
            if self.chance(6):  # a visit booked to another's plan
                row["cppv_cp_plan_id"] = self.random.choice(self.rows["ssd_cp_plans"])[
                    "cppl_cp_plan_id"
                ]

    def foster_carers(self) -> None:
        for number in self.times(1, 2, 2, 2):
            approved = self.any_day()
            self.write(
                "foster_carers",
                foca_household_id=f"F{number}",
                foca_approved_date=approved,
                foca_ceased_date=self.end_of(approved),
                foca_in_house=self.flag(),
            )
