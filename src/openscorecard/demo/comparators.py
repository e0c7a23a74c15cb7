"""The demonstration's stated comparators: those that no published figure gives.

England and the South East come from the published files (published.py) wherever an indicator stands
beside a measure. Stated here is the rest of the typed page: the neighbours' column, which fits no
list that is known; values of measures that are not among the files; and, of four rows whose
typed values are not what is published, what was typed, so that it is found out.
"""

from __future__ import annotations

import csv
import io

from openscorecard.catalogue.load import load_catalogue
from openscorecard.demo.content import typed_rows

NOT_TRACED = "as printed; its origin is not traced"
NO_MEASURE = "no comparable measure exists"
# Typed values that are not what is published: a twelfth of a stock beside a flow, a percentage
# divided by 12, and two whose origin nobody knows.
AS_TYPED = ("LAC2", "LAC12 (%)", "LAC13", "NI147")


def comparators_csv() -> bytes:
    """comparators.csv of the demonstration's workspace."""
    catalogue = load_catalogue()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["ref", "column", "value", "year", "edition", "formula"])
    for row in typed_rows():
        indicator = catalogue.get(row.ref)
        assert indicator is not None, row.ref
        published = indicator.beside is not None and indicator.beside.how is not None
        for column, printed in (("sn", row.sn), ("eng", row.eng), ("region", row.region)):
            if not printed.strip("- "):
                continue
            if column != "sn" and published and row.ref not in AS_TYPED:
                continue
            formula = NO_MEASURE if printed == "Local" else NOT_TRACED
            writer.writerow([row.ref, column, printed, "", "", formula])
    return text.getvalue().encode("utf-8")
