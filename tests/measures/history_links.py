"""The links between tables that a history sets right, wrong or not at all."""

# table, its link, its child; the table that the link leads to, that table's id and child.
LINKS = (
    (
        "ssd_cin_assessments",
        "cina_referral_id",
        "cina_person_id",
        "ssd_cin_episodes",
        "cine_referral_id",
        "cine_person_id",
    ),
    (
        "ssd_initial_cp_conference",
        "icpc_s47_enquiry_id",
        "icpc_person_id",
        "ssd_s47_enquiry",
        "s47e_s47_enquiry_id",
        "s47e_person_id",
    ),
    (
        "ssd_initial_cp_conference",
        "icpc_cp_plan_id",
        "icpc_person_id",
        "ssd_cp_plans",
        "cppl_cp_plan_id",
        "cppl_person_id",
    ),
    (
        "ssd_cp_plans",
        "cppl_icpc_id",
        "cppl_person_id",
        "ssd_initial_cp_conference",
        "icpc_icpc_id",
        "icpc_person_id",
    ),
    (
        "plan_authorisations",
        "plau_plan_id",
        "plau_person_id",
        "ssd_cla_care_plan",
        "lacp_table_id",
        "lacp_person_id",
    ),
)
