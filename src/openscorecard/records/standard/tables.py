"""Every standard table that the measures, the lists for managers and the data checks read.

Tables and columns have the SSD's names, so that a council which has deployed the SSD needs no
mapping. Columns that nothing here reads (names, addresses) are not declared, and so are not taken
in. Tables of our own are named in the same manner.
"""

from __future__ import annotations

from openscorecard.records.standard.table import Column, Table, Type

SSD_VERSION = "1.3"  # the data model that the names below follow


def _id(name: str, *, refers: str = "") -> Column:
    return Column(name, Type.ID, refers=refers)


def _key(name: str) -> Column:
    return Column(name, Type.ID, required=True)


def _child(name: str) -> Column:
    return Column(name, Type.CHILD, required=True, refers="ssd_person.pers_person_id")


def _date(name: str, *, required: bool = False) -> Column:
    return Column(name, Type.DATE, required=required)


def _flag(name: str) -> Column:
    return Column(name, Type.FLAG)


def _code(name: str, codes: str) -> Column:
    return Column(name, Type.CODE, codes=codes)


def _text(name: str) -> Column:
    return Column(name, Type.TEXT)


TABLES: tuple[Table, ...] = (
    Table(
        "ssd_person",
        "everybody known to the service, one row each",
        (
            Column("pers_person_id", Type.CHILD, required=True),
            _code("pers_sex", "sex_cin"),
            _code("pers_ethnicity", "ethnicity"),
            _date("pers_dob"),
            _date("pers_expected_dob"),
            _date("pers_death_date"),
        ),
        key="pers_person_id",
        person="pers_person_id",
        date="pers_dob",
        spans=(("pers_dob", "pers_death_date"),),
    ),
    Table(
        "ssd_contacts",
        "contacts received",
        (
            _key("cont_contact_id"),
            _child("cont_person_id"),
            _date("cont_contact_date", required=True),
            _code("cont_contact_source_code", "referral_source"),
        ),
        key="cont_contact_id",
        natural_key=("cont_person_id", "cont_contact_date", "cont_contact_source_code"),
        person="cont_person_id",
        date="cont_contact_date",
    ),
    Table(
        "ssd_cin_episodes",
        "referrals, each the start of a spell of being a child in need",
        (
            _key("cine_referral_id"),
            _child("cine_person_id"),
            _date("cine_referral_date", required=True),
            _code("cine_cin_primary_need_code", "cin_need"),
            _code("cine_referral_source_code", "referral_source"),
            _flag("cine_referral_nfa"),
            _code("cine_close_reason", "closure_reason"),
            _date("cine_close_date"),
            _id("cine_referral_team", refers="ssd_department.dept_team_id"),
            _id("cine_referral_worker_id", refers="ssd_professionals.prof_professional_id"),
        ),
        key="cine_referral_id",
        natural_key=("cine_person_id", "cine_referral_date"),
        person="cine_person_id",
        date="cine_referral_date",
        spans=(("cine_referral_date", "cine_close_date"),),
    ),
    Table(
        "ssd_cin_assessments",
        "social work assessments; one is complete when a manager has authorised it",
        (
            _key("cina_assessment_id"),
            _child("cina_person_id"),
            _id("cina_referral_id", refers="ssd_cin_episodes.cine_referral_id"),
            _date("cina_assessment_start_date", required=True),
            _flag("cina_assessment_child_seen"),
            _date("cina_assessment_auth_date"),
            _flag("cina_assessment_outcome_nfa"),
            _id("cina_assessment_team", refers="ssd_department.dept_team_id"),
            _id("cina_assessment_worker_id", refers="ssd_professionals.prof_professional_id"),
        ),
        key="cina_assessment_id",
        natural_key=("cina_person_id", "cina_assessment_start_date"),
        person="cina_person_id",
        date="cina_assessment_start_date",
        spans=(("cina_assessment_start_date", "cina_assessment_auth_date"),),
    ),
    Table(  # the SSD keeps an assessment's factors as JSON in one column; here they are rows
        "ssd_assessment_factors",
        "factors found at an assessment, one row each",
        (
            Column(
                "cinf_assessment_id",
                Type.ID,
                required=True,
                refers="ssd_cin_assessments.cina_assessment_id",
            ),
            Column("cinf_assessment_factor", Type.CODE, "assessment_factor", required=True),
        ),
        natural_key=("cinf_assessment_id", "cinf_assessment_factor"),
    ),
    Table(
        "ssd_s47_enquiry",
        "section 47 enquiries, from the strategy discussion on",
        (
            _key("s47e_s47_enquiry_id"),
            _id("s47e_referral_id", refers="ssd_cin_episodes.cine_referral_id"),
            _child("s47e_person_id"),
            _date("s47e_s47_start_date", required=True),
            _date("s47e_s47_end_date"),
            _flag("s47e_s47_nfa"),
            _id("s47e_s47_completed_by_worker_id", refers="ssd_professionals.prof_professional_id"),
            _id("s47e_s47_completed_by_team", refers="ssd_department.dept_team_id"),
        ),
        key="s47e_s47_enquiry_id",
        natural_key=("s47e_person_id", "s47e_s47_start_date"),
        person="s47e_person_id",
        date="s47e_s47_start_date",
        spans=(("s47e_s47_start_date", "s47e_s47_end_date"),),
    ),
    Table(
        "ssd_initial_cp_conference",
        "initial child protection conferences, those for transfer-ins among them",
        (
            _key("icpc_icpc_id"),
            _id("icpc_s47_enquiry_id", refers="ssd_s47_enquiry.s47e_s47_enquiry_id"),
            _child("icpc_person_id"),
            _id("icpc_cp_plan_id", refers="ssd_cp_plans.cppl_cp_plan_id"),
            _id("icpc_referral_id", refers="ssd_cin_episodes.cine_referral_id"),
            _flag("icpc_icpc_transfer_in"),
            _date("icpc_icpc_target_date"),
            _date("icpc_icpc_date"),
            _flag("icpc_icpc_outcome_cp_flag"),
            _id("icpc_icpc_team", refers="ssd_department.dept_team_id"),
            _id("icpc_icpc_worker_id", refers="ssd_professionals.prof_professional_id"),
        ),
        key="icpc_icpc_id",
        natural_key=("icpc_person_id", "icpc_icpc_date"),
        person="icpc_person_id",
        date="icpc_icpc_date",
    ),
    Table(
        "ssd_cp_plans",
        "child protection plans; cppl_cp_plan_ola = Y is another council's plan, a temporary "
        "registration here",
        (
            _key("cppl_cp_plan_id"),
            _id("cppl_referral_id", refers="ssd_cin_episodes.cine_referral_id"),
            _id("cppl_icpc_id", refers="ssd_initial_cp_conference.icpc_icpc_id"),
            _child("cppl_person_id"),
            _date("cppl_cp_plan_start_date", required=True),
            _date("cppl_cp_plan_end_date"),
            _code("cppl_cp_plan_initial_category", "abuse_category"),
            _flag("cppl_cp_plan_ola"),
            _code("cppl_cp_plan_latest_category", "abuse_category"),
        ),
        key="cppl_cp_plan_id",
        natural_key=("cppl_person_id", "cppl_cp_plan_start_date"),
        person="cppl_person_id",
        date="cppl_cp_plan_start_date",
        spans=(("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),),
    ),
    Table(
        "ssd_cp_visits",
        "visits to children on a protection plan",
        (
            _key("cppv_cp_visit_id"),
            _child("cppv_person_id"),
            Column(
                "cppv_cp_plan_id", Type.ID, required=True, refers="ssd_cp_plans.cppl_cp_plan_id"
            ),
            _date("cppv_cp_visit_date", required=True),
            _flag("cppv_cp_visit_seen"),
            _flag("cppv_cp_visit_seen_alone"),
        ),
        key="cppv_cp_visit_id",
        natural_key=("cppv_person_id", "cppv_cp_plan_id", "cppv_cp_visit_date"),
        person="cppv_person_id",
        date="cppv_cp_visit_date",
    ),
    Table(
        "ssd_cp_reviews",
        "review child protection conferences, due and held",
        (
            _key("cppr_cp_review_id"),
            _child("cppr_person_id"),
            _id("cppr_cp_plan_id", refers="ssd_cp_plans.cppl_cp_plan_id"),
            _date("cppr_cp_review_due"),
            _date("cppr_cp_review_date"),
            _flag("cppr_cp_review_outcome_continue_cp"),
        ),
        key="cppr_cp_review_id",
        natural_key=("cppr_person_id", "cppr_cp_review_due", "cppr_cp_review_date"),
        person="cppr_person_id",
        date="cppr_cp_review_date",
    ),
    Table(
        "ssd_cla_episodes",
        "episodes of being looked after; clae_cla_id is the same through one period of care",
        (
            _key("clae_cla_episode_id"),
            _child("clae_person_id"),
            _date("clae_cla_episode_start_date", required=True),
            _code("clae_cla_episode_start_reason", "rne"),
            _code("clae_cla_primary_need_code", "cin_need"),
            _date("clae_cla_episode_ceased_date"),
            _code("clae_cla_episode_ceased_reason", "rec"),
            Column("clae_cla_id", Type.ID, required=True),
            _id("clae_referral_id", refers="ssd_cin_episodes.cine_referral_id"),
            _id("clae_cla_placement_id", refers="ssd_cla_placement.clap_cla_placement_id"),
        ),
        key="clae_cla_episode_id",
        natural_key=("clae_person_id", "clae_cla_id", "clae_cla_episode_start_date"),
        person="clae_person_id",
        date="clae_cla_episode_start_date",
        spans=(("clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),),
    ),
    Table(
        "ssd_legal_status",
        "legal statuses of looked-after children, with their dates",
        (
            _key("lega_legal_status_id"),
            _child("lega_person_id"),
            _code("lega_legal_status", "legal_status"),
            _date("lega_legal_status_start_date", required=True),
            _date("lega_legal_status_end_date"),
        ),
        key="lega_legal_status_id",
        natural_key=("lega_person_id", "lega_legal_status", "lega_legal_status_start_date"),
        person="lega_person_id",
        date="lega_legal_status_start_date",
        spans=(("lega_legal_status_start_date", "lega_legal_status_end_date"),),
    ),
    Table(
        "ssd_cla_placement",
        "placements of looked-after children",
        (
            _key("clap_cla_placement_id"),
            _child("clap_person_id"),
            _id("clap_cla_id"),
            _date("clap_cla_placement_start_date", required=True),
            _code("clap_cla_placement_type", "place"),
            _code("clap_cla_placement_provider", "place_provider"),
            _date("clap_cla_placement_end_date"),
        ),
        key="clap_cla_placement_id",
        natural_key=("clap_person_id", "clap_cla_placement_start_date", "clap_cla_placement_type"),
        person="clap_person_id",
        date="clap_cla_placement_start_date",
        spans=(("clap_cla_placement_start_date", "clap_cla_placement_end_date"),),
    ),
    Table(
        "ssd_cla_visits",
        "visits to looked-after children",
        (
            _key("clav_cla_visit_id"),
            _id("clav_cla_id"),
            _child("clav_person_id"),
            _date("clav_cla_visit_date", required=True),
            _flag("clav_cla_visit_seen"),
            _flag("clav_cla_visit_seen_alone"),
        ),
        key="clav_cla_visit_id",
        natural_key=("clav_person_id", "clav_cla_visit_date"),
        person="clav_person_id",
        date="clav_cla_visit_date",
    ),
    Table(
        "ssd_cla_care_plan",
        "care plans of looked-after children",
        (
            _key("lacp_table_id"),
            _child("lacp_person_id"),
            _date("lacp_cla_care_plan_start_date", required=True),
            _date("lacp_cla_care_plan_end_date"),
        ),
        key="lacp_table_id",
        natural_key=("lacp_person_id", "lacp_cla_care_plan_start_date"),
        person="lacp_person_id",
        date="lacp_cla_care_plan_start_date",
        spans=(("lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"),),
    ),
    Table(
        "ssd_immigration_status",
        "immigration statuses, with their dates",
        (
            _child("immi_person_id"),
            _key("immi_immigration_status_id"),
            _text("immi_immigration_status"),
            _date("immi_immigration_status_start_date"),
            _date("immi_immigration_status_end_date"),
        ),
        key="immi_immigration_status_id",
        natural_key=(
            "immi_person_id",
            "immi_immigration_status",
            "immi_immigration_status_start_date",
        ),
        person="immi_person_id",
        date="immi_immigration_status_start_date",
        spans=(("immi_immigration_status_start_date", "immi_immigration_status_end_date"),),
    ),
    Table(
        "ssd_care_leavers",
        "care leavers, as they are on the day of the load",
        (
            _key("clea_table_id"),
            _child("clea_person_id"),
            _code("clea_care_leaver_eligibility", "cl_eligibility"),
            _code("clea_care_leaver_in_touch", "in_touch"),
            _date("clea_care_leaver_latest_contact"),
            _code("clea_care_leaver_accommodation", "accommodation_letter"),
            _code("clea_care_leaver_accom_suitable", "accom_suitable"),
            _code("clea_care_leaver_activity", "activity"),
            _date("clea_pathway_plan_review_date"),
            _id("clea_care_leaver_allocated_team", refers="ssd_department.dept_team_id"),
            _id("clea_care_leaver_worker_id", refers="ssd_professionals.prof_professional_id"),
        ),
        key="clea_table_id",
        natural_key=("clea_person_id",),
        person="clea_person_id",
        current=True,
    ),
    Table(
        "ssd_missing",
        "spells of being missing, or away without leave",
        (
            _key("miss_table_id"),
            _child("miss_person_id"),
            _date("miss_missing_episode_start_date", required=True),
            _code("miss_missing_episode_type", "missing_type"),
            _date("miss_missing_episode_end_date"),
        ),
        key="miss_table_id",
        natural_key=("miss_person_id", "miss_missing_episode_start_date"),
        person="miss_person_id",
        date="miss_missing_episode_start_date",
        spans=(("miss_missing_episode_start_date", "miss_missing_episode_end_date"),),
    ),
    Table(
        "ssd_early_help_episodes",
        "spells of early help",
        (
            _key("earl_episode_id"),
            _child("earl_person_id"),
            _date("earl_episode_start_date", required=True),
            _date("earl_episode_end_date"),
            _text("earl_episode_end_reason"),
            _id("earl_episode_worker_id", refers="ssd_professionals.prof_professional_id"),
        ),
        key="earl_episode_id",
        natural_key=("earl_person_id", "earl_episode_start_date"),
        person="earl_person_id",
        date="earl_episode_start_date",
        spans=(("earl_episode_start_date", "earl_episode_end_date"),),
    ),
    Table(
        "ssd_involvements",
        "which worker and team a child was with, and when",
        (
            _key("invo_involvements_id"),
            _id("invo_professional_id", refers="ssd_professionals.prof_professional_id"),
            _id("invo_professional_team", refers="ssd_department.dept_team_id"),
            _date("invo_involvement_start_date", required=True),
            _date("invo_involvement_end_date"),
            _child("invo_person_id"),
        ),
        key="invo_involvements_id",
        natural_key=("invo_person_id", "invo_professional_id", "invo_involvement_start_date"),
        person="invo_person_id",
        date="invo_involvement_start_date",
        spans=(("invo_involvement_start_date", "invo_involvement_end_date"),),
    ),
    Table(
        "ssd_professionals",
        "workers, by their staff numbers",
        (_key("prof_professional_id"), _id("prof_staff_id"), _text("prof_professional_job_title")),
        key="prof_professional_id",
        current=True,
    ),
    Table(
        "ssd_department",
        "teams",
        (_key("dept_team_id"), _text("dept_team_name")),
        key="dept_team_id",
        current=True,
    ),
    Table(  # ours: the SSD has no date of the front door's decision
        "front_door_decisions",
        "what the multi-agency front door decided on a referral, and when",
        (
            _key("fdde_decision_id"),
            Column(
                "fdde_referral_id",
                Type.ID,
                required=True,
                refers="ssd_cin_episodes.cine_referral_id",
            ),
            _child("fdde_person_id"),
            _date("fdde_decision_date", required=True),
        ),
        key="fdde_decision_id",
        natural_key=("fdde_referral_id", "fdde_decision_date"),
        person="fdde_person_id",
        date="fdde_decision_date",
        ours=True,
    ),
    Table(  # ours: the SSD has spells of early help, and no assessments; adults are assessed too
        "early_help_assessments",
        "early help assessments, one for each person assessed",
        (
            _key("ehas_assessment_id"),
            Column("ehas_person_id", Type.CHILD, required=True),
            _date("ehas_date_of_birth"),
            _date("ehas_start_date", required=True),
            _date("ehas_completed_date"),
        ),
        key="ehas_assessment_id",
        natural_key=("ehas_person_id", "ehas_start_date"),
        person="ehas_person_id",
        date="ehas_start_date",
        spans=(("ehas_start_date", "ehas_completed_date"),),
        ours=True,
    ),
    Table(  # ours
        "early_help_plans",
        "early help plans",
        (
            _key("ehpl_plan_id"),
            Column("ehpl_person_id", Type.CHILD, required=True),
            _date("ehpl_start_date", required=True),
            _date("ehpl_end_date"),
        ),
        key="ehpl_plan_id",
        natural_key=("ehpl_person_id", "ehpl_start_date"),
        person="ehpl_person_id",
        date="ehpl_start_date",
        spans=(("ehpl_start_date", "ehpl_end_date"),),
        ours=True,
    ),
    Table(  # ours: the SSD does not say when a manager authorised a care plan or pathway plan
        "plan_authorisations",
        "care plans (CARE) and pathway plans (PATHWAY) that a manager authorised",
        (
            _key("plau_authorisation_id"),
            _child("plau_person_id"),
            Column("plau_plan_type", Type.CODE, "plan_type", required=True),
            _id("plau_plan_id"),  # of a care plan: its lacp_table_id
            _date("plau_authorised_date", required=True),
            _date("plau_end_date"),
        ),
        key="plau_authorisation_id",
        natural_key=("plau_person_id", "plau_plan_type", "plau_authorised_date"),
        person="plau_person_id",
        date="plau_authorised_date",
        spans=(("plau_authorised_date", "plau_end_date"),),
        ours=True,
    ),
    Table(  # ours: no standard for foster carers is about single households
        "foster_carers",
        "fostering households, and whether they are the council's own",
        (
            _key("foca_household_id"),
            _date("foca_approved_date", required=True),
            _date("foca_ceased_date"),
            _flag("foca_in_house"),
        ),
        natural_key=("foca_household_id", "foca_approved_date"),  # approved anew: a second row
        date="foca_approved_date",
        spans=(("foca_approved_date", "foca_ceased_date"),),
        ours=True,
    ),
)

_BY_NAME = {one.name: one for one in TABLES}


def table(name: str) -> Table | None:
    """The standard table of that name; None where there is none."""
    return _BY_NAME.get(name)
