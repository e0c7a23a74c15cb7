"""How the rows of each table are kept while the council's history is written.

A row is a tuple: the day on which it was first recorded, the day on which its late columns (ends,
outcomes) became known (None = they never were), the day from which it is no longer in the case
system (None = it stays), and then the table's columns. Days are ordinals.
"""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`days` are the columns that hold dates; `late` those that become known on a day of their
    own."""

    name: str
    columns: tuple[str, ...]
    days: tuple[str, ...] = ()
    late: tuple[str, ...] = ()


def _sheet(name: str, columns: str, days: str = "", late: str = "", prefix: str = "") -> Sheet:
    def names(text: str) -> tuple[str, ...]:
        return tuple(f"{prefix}{word}" for word in text.split())

    return Sheet(name, names(columns), names(days), names(late))


SHEETS: tuple[Sheet, ...] = (
    _sheet(
        "ssd_person",
        "person_id sex ethnicity dob expected_dob death_date",
        "dob expected_dob death_date",
        "dob",
        "pers_",
    ),
    _sheet(
        "ssd_contacts",
        "contact_id person_id contact_date contact_source_code",
        "contact_date",
        prefix="cont_",
    ),
    _sheet(
        "ssd_cin_episodes",
        "referral_id person_id referral_date cin_primary_need_code referral_source_code "
        "referral_nfa close_reason close_date referral_team referral_worker_id",
        "referral_date close_date",
        "close_reason close_date",
        "cine_",
    ),
    _sheet(
        "ssd_cin_assessments",
        "assessment_id person_id referral_id assessment_start_date assessment_child_seen "
        "assessment_auth_date assessment_outcome_nfa assessment_team assessment_worker_id",
        "assessment_start_date assessment_auth_date",
        "assessment_child_seen assessment_auth_date assessment_outcome_nfa",
        "cina_",
    ),
    _sheet("ssd_assessment_factors", "assessment_id assessment_factor", prefix="cinf_"),
    _sheet(
        "ssd_s47_enquiry",
        "s47_enquiry_id referral_id person_id s47_start_date s47_end_date s47_nfa "
        "s47_completed_by_worker_id s47_completed_by_team",
        "s47_start_date s47_end_date",
        "s47_end_date s47_nfa s47_completed_by_worker_id s47_completed_by_team",
        "s47e_",
    ),
    _sheet(
        "ssd_initial_cp_conference",
        "icpc_id s47_enquiry_id person_id cp_plan_id referral_id icpc_transfer_in "
        "icpc_target_date icpc_date icpc_outcome_cp_flag icpc_team icpc_worker_id",
        "icpc_target_date icpc_date",
        prefix="icpc_",
    ),
    _sheet(
        "ssd_cp_plans",
        "cp_plan_id referral_id icpc_id person_id cp_plan_start_date cp_plan_end_date "
        "cp_plan_initial_category cp_plan_ola cp_plan_latest_category",
        "cp_plan_start_date cp_plan_end_date",
        "cp_plan_end_date",
        "cppl_",
    ),
    _sheet(
        "ssd_cp_visits",
        "cp_visit_id person_id cp_plan_id cp_visit_date cp_visit_seen cp_visit_seen_alone",
        "cp_visit_date",
        prefix="cppv_",
    ),
    _sheet(
        "ssd_cp_reviews",
        "cp_review_id person_id cp_plan_id cp_review_due cp_review_date "
        "cp_review_outcome_continue_cp",
        "cp_review_due cp_review_date",
        "cp_review_date cp_review_outcome_continue_cp",
        "cppr_",
    ),
    _sheet(
        "ssd_cla_episodes",
        "cla_episode_id person_id cla_episode_start_date cla_episode_start_reason "
        "cla_primary_need_code cla_episode_ceased_date cla_episode_ceased_reason cla_id "
        "referral_id cla_placement_id",
        "cla_episode_start_date cla_episode_ceased_date",
        "cla_episode_ceased_date cla_episode_ceased_reason",
        "clae_",
    ),
    _sheet(
        "ssd_legal_status",
        "legal_status_id person_id legal_status legal_status_start_date legal_status_end_date",
        "legal_status_start_date legal_status_end_date",
        "legal_status_end_date",
        "lega_",
    ),
    _sheet(
        "ssd_cla_placement",
        "cla_placement_id person_id cla_id cla_placement_start_date cla_placement_type "
        "cla_placement_provider cla_placement_end_date",
        "cla_placement_start_date cla_placement_end_date",
        "cla_placement_end_date",
        "clap_",
    ),
    _sheet(
        "ssd_cla_visits",
        "cla_visit_id cla_id person_id cla_visit_date cla_visit_seen cla_visit_seen_alone",
        "cla_visit_date",
        prefix="clav_",
    ),
    _sheet(
        "ssd_cla_care_plan",
        "table_id person_id cla_care_plan_start_date cla_care_plan_end_date",
        "cla_care_plan_start_date cla_care_plan_end_date",
        "cla_care_plan_end_date",
        "lacp_",
    ),
    _sheet(
        "ssd_immigration_status",
        "person_id immigration_status_id immigration_status immigration_status_start_date "
        "immigration_status_end_date",
        "immigration_status_start_date immigration_status_end_date",
        "immigration_status_end_date",
        "immi_",
    ),
    Sheet(
        "ssd_care_leavers",
        (
            "clea_table_id",
            "clea_person_id",
            "clea_care_leaver_eligibility",
            "clea_care_leaver_in_touch",
            "clea_care_leaver_latest_contact",
            "clea_care_leaver_accommodation",
            "clea_care_leaver_accom_suitable",
            "clea_care_leaver_activity",
            "clea_pathway_plan_review_date",
            "clea_care_leaver_allocated_team",
            "clea_care_leaver_worker_id",
        ),
        ("clea_care_leaver_latest_contact", "clea_pathway_plan_review_date"),
    ),
    _sheet(
        "ssd_missing",
        "table_id person_id missing_episode_start_date missing_episode_type "
        "missing_episode_end_date",
        "missing_episode_start_date missing_episode_end_date",
        "missing_episode_end_date",
        "miss_",
    ),
    _sheet(
        "ssd_early_help_episodes",
        "episode_id person_id episode_start_date episode_end_date episode_end_reason "
        "episode_worker_id",
        "episode_start_date episode_end_date",
        "episode_end_date episode_end_reason",
        "earl_",
    ),
    _sheet(
        "ssd_involvements",
        "involvements_id professional_id professional_team involvement_start_date "
        "involvement_end_date person_id",
        "involvement_start_date involvement_end_date",
        "involvement_end_date",
        "invo_",
    ),
    _sheet("ssd_professionals", "professional_id staff_id professional_job_title", prefix="prof_"),
    _sheet("ssd_department", "team_id team_name", prefix="dept_"),
    _sheet(
        "front_door_decisions",
        "decision_id referral_id person_id decision_date",
        "decision_date",
        prefix="fdde_",
    ),
    _sheet(
        "early_help_assessments",
        "assessment_id person_id date_of_birth start_date completed_date",
        "date_of_birth start_date completed_date",
        "completed_date",
        "ehas_",
    ),
    _sheet(
        "early_help_plans",
        "plan_id person_id start_date end_date",
        "start_date end_date",
        "end_date",
        "ehpl_",
    ),
    _sheet(
        "plan_authorisations",
        "authorisation_id person_id plan_type plan_id authorised_date end_date",
        "authorised_date end_date",
        "end_date",
        "plau_",
    ),
    _sheet(
        "foster_carers",
        "household_id approved_date ceased_date in_house",
        "approved_date ceased_date",
        "ceased_date",
        "foca_",
    ),
)
