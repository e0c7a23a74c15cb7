"""Pages of one history loaded one after another: each month's page prints what it printed then.

The history is invented: two years of contacts and referrals, the share of the one in the other,
and a percentage whose counts stand on no page. The pages are written here by the document's rules.
"""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from openscorecard import run
from openscorecard.periods import Month, months_to
from openscorecard.statistics.ranges import half_up, printed
from openscorecard.workspace.folder import make_workspace
from openscorecard.workspace.take import load_pages

LAST = Month(2021, 6)
MONTHS = months_to(LAST, 30)
NAMES = {
    "M1": "Number of contacts received (includes contacts that become referrals)",
    "M2": "Number of new referrals of Children In Need (CiN)",
    "M3": "Percentage of all contacts that become new referrals of Children In Need (CiN)",
    "CP8-QL": "Percentage of children subject to a Child Protection Plan seen in the last 15 "
    "working days.",
}


def history(seed: int) -> dict[str, dict[Month, Fraction]]:
    dice = random.Random(seed)
    found: dict[str, dict[Month, Fraction]] = {ref: {} for ref in NAMES}
    for month in MONTHS:
        contacts, referrals = dice.randint(900, 2100), dice.randint(200, 500)
        found["M1"][month], found["M2"][month] = Fraction(contacts), Fraction(referrals)
        found["M3"][month] = Fraction(100 * referrals, contacts)
        plans = dice.randint(300, 420)
        found["CP8-QL"][month] = Fraction(100 * dice.randint(plans - 60, plans), plans)
    return found


def derived(values: dict[Month, Fraction], month: Month) -> dict[str, str]:
    """The derived columns by the document's rules, from unrounded values."""
    window = [values[one] for one in months_to(month, 12)]
    return {
        "change_month": change(values[month], values[month.plus(-1)]),
        "change_year": change(values[month], values[month.plus(-12)]),
        "average_12m": str(int(half_up(sum(window, Fraction(0)) / 12))),
        "maximum_12m": str(int(half_up(max(window)))),
    }


def change(now: Fraction, before: Fraction) -> str:
    return f"{int(half_up((now / before - 1) * 100))}%"


def page(path: Path, figures: dict[str, dict[Month, Fraction]], month: Month) -> Path:
    shown = months_to(month, 7)
    heads = [
        f"% change from {month.plus(-1).short}", f"% change from {month.plus(-12).short}",
        "12-mnth avg", "12-mnth max.",
    ]  # fmt: skip
    lines = [["Ref.", "Indicator", *[one.short for one in shown], *heads]]
    for ref, values in figures.items():
        sign = "%" if ref in ("M3", "CP8-QL") else ""
        columns = derived(values, month)
        lines.append([
            ref, NAMES[ref], *[printed(values[one], thousands=False) + sign for one in shown],
            columns["change_month"], columns["change_year"],
            columns["average_12m"] + sign, columns["maximum_12m"] + sign,
        ])  # fmt: skip
    path.write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("order", ["oldest first", "newest first", "shuffled"])
def test_each_month_prints_its_own_derived_columns(tmp_path: Path, seed: int, order: str) -> None:
    figures, months = history(seed), list(months_to(LAST, 9))
    workspace = make_workspace(tmp_path / "council", "Anytown")
    arrival = {"oldest first": months, "newest first": months[::-1]}.get(order, list(months))
    if order == "shuffled":
        random.Random(seed).shuffle(arrival)
    for month in arrival:
        load_pages(workspace, [page(tmp_path / f"{month.iso}.txt", figures, month)])
    for month in months:
        card = run.build(month, workspace)
        for ref, values in figures.items():
            row = card.row(ref)
            assert row is not None
            shown = {
                column: getattr(row, column).printed.replace(",", "").rstrip("%")
                for column in ("change_month", "change_year", "average_12m", "maximum_12m")
            }
            expected = {name: text.rstrip("%") for name, text in derived(values, month).items()}
            assert shown == expected, (month.iso, ref)
            assert not any(figure.revised for figure in row.figures)
