"""The demonstration's comparators: the printed values, each with what is known of its origin.

England and South East values are those of the year ended March 2020, the latest when the page was
printed, where the formula named gives the printed value. The neighbours' column fits no list that
is known, and is stated as printed.
"""

from __future__ import annotations

import csv
import io

from openscorecard.demo.content import typed_rows

YEAR = "year ended March 2020"
IN_NEED = "Characteristics of children in need, 2020"
IN_CARE = "Children looked after in England, 2020"
NOT_TRACED = "as printed; its origin is not traced"
_COUNCILS = "number of councils (England 152, South East 19)"
_A_YEAR = f"the year's number / 12 / {_COUNCILS}"
_ON_THE_DAY = f"the number on 31 March 2020 / {_COUNCILS}"
_RATE = "the year's rate per 10,000 / 12"

# ref -> (edition, formula), where the published figures give the printed ones.
ORIGINS: dict[str, tuple[str, str]] = {
    "M2": (IN_NEED, _A_YEAR),
    "M6-QL": (IN_NEED, "as published: by the referral before, not by the closure"),
    "EH3e%": (IN_NEED, "100 less the percentage within 45 working days"),
    "CP1": (IN_NEED, _A_YEAR),
    "CP1-NI": (IN_NEED, _RATE),
    "CP6B": (IN_NEED, _ON_THE_DAY),
    "CP6B-NI": (IN_NEED, "the rate on 31 March 2020, within 1 of what is printed"),
    "CP2": (IN_NEED, _A_YEAR),
    "CP2-NI": (IN_NEED, _RATE),
    "CP3-QL (val)": (IN_NEED, _A_YEAR),
    "CP3-QL": (IN_NEED, "as published"),
    "CP5-QL (val)": (IN_NEED, _A_YEAR),
    "CP5-QL": (IN_NEED, "as published"),
    "LAC1": (IN_CARE, f"{_ON_THE_DAY}, within 2 of what is printed"),
    "LAC1-NI": (IN_CARE, "the rate on 31 March 2020, within 1 of what is printed"),
    "LAC2": (
        IN_CARE,
        f"the number looked after on 31 March 2020 / 12 / {_COUNCILS}: a twelfth of a stock, not "
        "the starts that it stands beside",
    ),
    "LAC3": (IN_CARE, _A_YEAR),
    "LAC12 (%)": (IN_CARE, "the published percentage / 12, which a percentage must not be"),
}


def comparators_csv() -> bytes:
    """comparators.csv of the demonstration's workspace."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["ref", "column", "value", "year", "edition", "formula"])
    for row in typed_rows():
        for column, printed in (("sn", row.sn), ("eng", row.eng), ("region", row.region)):
            if not printed.strip("- "):
                continue
            origin = ORIGINS.get(row.ref)
            if printed == "Local":
                writer.writerow([row.ref, column, "Local", "", "", "no comparable measure exists"])
            elif column == "sn" or origin is None:
                writer.writerow([row.ref, column, printed, "", "", NOT_TRACED])
            else:
                writer.writerow([row.ref, column, printed, YEAR, *origin])
    return text.getvalue().encode("utf-8")
