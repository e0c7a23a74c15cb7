"""The figures that the council's records have to give, June 2020 to June 2021.

Each line holds thirteen months. Those from December 2020 on stand on the page that the
demonstration answers; the earlier ones are invented so that its averages, maxima and yearly
changes hold. The generator aims at them; a test counts the records and finds them.
"""

from __future__ import annotations

FIRST, LAST = "2020-06", "2021-06"

FIGURES: dict[str, tuple[int, ...]] = {
    "contacts": (
        1410,
        1583,
        1655,
        1360,
        1694,
        1500,
        1507,
        1464,
        1297,
        1886,
        1630,
        1801,
        2080,
    ),  # M1
    "referrals": (340, 346, 400, 325, 375, 390, 351, 271, 244, 460, 334, 442, 339),  # M2
    "decided_in_time": (334, 332, 384, 312, 360, 378, 347, 269, 239, 455, 328, 437, 334),  # M8-QL
    "rereferrals": (17, 27, 27, 24, 25, 25, 32, 8, 10, 28, 17, 38, 20),  # M6-QL (val)
    "exploited": (4, 7, 15, 7, 7, 5, 2, 2, 2, 1, 3, 1, 1),  # M4
    "stepped_up": (1, 11, 11, 12, 17, 11, 0, 4, 5, 10, 5, 8, 4),  # M5
    "in_need": (
        1316,
        1348,
        1296,
        1311,
        1262,
        1231,
        1226,
        1162,
        1109,
        1218,
        1151,
        1217,
        1140,
    ),  # EH2
    "missing": (57, 78, 77, 67, 70, 70, 53, 49, 69, 75, 64, 77, 86),  # EH5-QL
    "days_10": (15, 27, 20, 29, 27, 21, 65, 31, 37, 44, 38, 41, 18),  # EH3a%
    "days_25": (116, 99, 93, 84, 110, 89, 126, 83, 106, 75, 125, 105, 97),  # EH3b%
    "days_35": (54, 63, 54, 61, 55, 47, 77, 55, 40, 81, 59, 61, 94),  # EH3c%
    "days_45": (40, 66, 78, 67, 76, 85, 98, 86, 43, 41, 41, 70, 75),  # EH3d%
    "days_more": (40, 45, 43, 47, 21, 46, 44, 50, 78, 47, 30, 44, 43),  # EH3e%
    "enquiries": (138, 106, 142, 124, 118, 130, 149, 91, 91, 174, 117, 158, 93),  # CP1
    "on_plan": (406, 409, 426, 400, 386, 391, 399, 400, 358, 313, 337, 355, 381),  # CP6B
    "conferences": (36, 41, 72, 25, 44, 37, 48, 56, 20, 38, 45, 49, 58),  # CP2
    "conferences_to_plan": (35, 34, 58, 21, 37, 34, 42, 53, 18, 31, 40, 45, 54),  # CP4 (val)
    "transfers": (0, 7, 1, 3, 3, 3, 3, 1, 0, 1, 1, 1, 0),  # CP2b
    "transfers_to_plan": (0, 2, 1, 1, 3, 3, 3, 1, 0, 0, 1, 1, 0),  # CP2b %
    "conferences_in_time": (34, 26, 50, 18, 23, 22, 13, 40, 14, 23, 20, 42, 36),  # CP3-QL (val)
    "seen_on_plan": (308, 319, 329, 328, 298, 312, 347, 352, 318, 275, 337, 295, 337),  # CP8-QL
    "repeat_plans": (5, 9, 7, 9, 6, 12, 11, 19, 0, 5, 7, 6, 14),  # CP5-QL (val)
    "reviewed": (135, 112, 84, 104, 101, 87, 70, 115, 95, 173, 45, 65, 72),  # CP9
    "plans_ended": (48, 33, 42, 48, 54, 32, 37, 54, 61, 74, 19, 28, 27),  # CP7
    "looked_after": (489, 490, 490, 494, 512, 500, 499, 508, 507, 495, 490, 499, 497),  # LAC1
    "care_begun": (10, 16, 17, 20, 29, 12, 11, 23, 13, 6, 8, 15, 15),  # LAC2
    "care_ceased": (9, 15, 17, 16, 11, 24, 12, 14, 21, 17, 15, 6, 13),  # LAC3
    "adopted": (2, 3, 2, 2, 1, 2, 4, 1, 10, 1, 3, 1, 2),  # LAC6 (val)
    "guardianship": (1, 5, 6, 2, 0, 5, 1, 5, 1, 4, 3, 0, 2),  # LAC12 (val)
    "visited": (377, 367, 382, 370, 384, 370, 424, 426, 456, 436, 338, 399, 396),  # LAC7-QL
    "care_planned": (468, 480, 476, 481, 482, 478, 482, 489, 477, 477, 470, 478, 471),  # LAC10-QL
    "asylum": (12, 12, 10, 10, 13, 16, 18, 21, 21, 20, 20, 18, 18),  # LAC13
    "asylum_begun": (0, 0, 0, 0, 3, 3, 2, 3, 1, 1, 1, 0, 2),  # LAC14
    "pathway": (172, 174, 175, 174, 176, 177, 179, 177, 179, 188, 187, 187, 192),  # LAC11-QL
    "agency_fostered": (
        139,
        139,
        141,
        146,
        147,
        147,
        150,
        156,
        160,
        156,
        151,
        154,
        158,
    ),  # LAC9 (val)
    "households": (164, 165, 163, 161, 159, 157, 153, 152, 153, 155, 156, 155, 155),  # LAC16
    "early_begun": (96, 124, 131, 133, 133, 124, 112, 117, 125, 190, 199, 138, 173),  # EH1a
    "early_done_young": (191, 197, 195, 167, 169, 197, 159, 164, 231, 255, 267, 208, 220),  # EH14b
    "early_planned": (233, 286, 310, 258, 314, 320, 208, 197, 376, 315, 433, 317, 319),  # EH1b
    # EH1c; its last two are suspended, and invented here
    "early_done": (251, 303, 299, 269, 243, 257, 221, 223, 352, 381, 416, 296, 313),
    # open care leavers: CIN5 less its other parts
    "leavers": (122, 120, 120, 120, 120, 120, 123, 123, 127, 133, 141, 135, 140),
    # LAC11-QL (%): its denominator less the leavers
    "looked_after_16_17": (57, 58, 59, 58, 65, 61, 61, 60, 58, 62, 58, 63, 60),
    "leavers_counted": (
        115,
        113,
        113,
        113,
        113,
        113,
        116,
        116,
        120,
        126,
        134,
        128,
        133,
    ),  # NI147, denominator
    "leavers_well": (99, 98, 96, 97, 94, 97, 96, 95, 101, 103, 114, 109, 114),  # NI147, numerator
}

# What was recorded only after the load of its month. Without it the stocks of two months and the
# flows between them could not all be right.
RECORDED_LATE: dict[str, dict[str, int]] = {
    "care_begun": {"2021-01": 7, "2021-03": 2},
    "care_ceased": {"2021-02": 1, "2021-05": 4},
    "plans_begun": {"2020-12": 2, "2021-03": 2},
    "plans_ended": {"2021-02": 2},
}

# Months with one conference whose plan began on a day of the next month.
PLAN_BEGUN_NEXT_MONTH = ("2020-05", "2021-01", "2021-06")

# Unaccompanied children who turn 18: how many of those in care at the end of May 2020, by month.
ASYLUM_OF_AGE = {
    "2020-08": 2,
    "2021-02": 1,
    "2021-03": 2,
    "2021-04": 1,
    "2021-05": 2,
    "2021-06": 2,
    "2021-09": 1,
    "2021-11": 1,
}

# Figures that other teams send: (ref, month, value). LSCB17a and YO2 have none.
SUPPLIED: tuple[tuple[str, str, str], ...] = (
    ("FM011", "2020-09", "39"),
    ("FM011", "2020-12", "23"),
    ("FM012", "2020-09", "51"),
)
