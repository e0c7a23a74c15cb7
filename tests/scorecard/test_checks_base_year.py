"""Changes on the year that ask for different figures of last year."""

from __future__ import annotations

from printed_pages import expected, found, row, the_one

from openscorecard.records.printed.page import PrintedRow

RULE = "changes-on-the-year-disagree"


def council(count: str, rate: str, share: str) -> list[PrintedRow]:
    """339 referrals of 2,080 contacts, and their rate, with these changes on the year."""
    referrals = (351, 271, 244, 460, 334, 442, 339)
    contacts = (1507, 1464, 1297, 1886, 1630, 1801, 2080)
    shares = [f"{round(100 * a / b)}%" for a, b in zip(referrals, contacts, strict=True)]
    rates = [str(round(10_000 * number / 50_860)) for number in referrals]
    return [
        row("C", "Number of contacts", *contacts, change_year="↑ 48%"),
        row("R", "Number of referrals", *referrals, change_year=count),
        row("R (%)", "Percentage of contacts that became referrals", *shares, change_year=share),
        row("R-NI", "Number of referrals, rate per 10,000", *rates, change_year=rate),
    ]


def test_two_cells_against_one() -> None:
    # -1% asks for 339/0.995 = 340.7 to 339/0.985 = 344.2. 0% of the rate asks for 337.3 to 340.7.
    # Contacts: 2080/1.485 = 1400.7 to 2080/1.475 = 1410.2, so 1401 to 1410. The share, 16.298%,
    # with -32% was 16.298/0.685 = 23.79% to 16.298/0.675 = 24.15% of those: 334 to 340.
    one = the_one(found(*council("→ -1%", "→ 0%", "↓ -32%"), rule=RULE))
    assert (one.ref, one.column, one.severity) == ("R", "change_year", "warning")
    # 339/338 = +0.3%, 339/340 = -0.3%: 0
    assert expected(one) == {"value": 0}
    assert "R-NI and R (%) ask for 338 to 340 of R in Jun-20" in one.message


def test_all_agree() -> None:
    assert found(*council("→ 0%", "→ 0%", "↓ -32%"), rule=RULE) == []


def test_a_rate_a_little_off_may_rest_on_last_years_population() -> None:
    # R and R (%) agree on 338 to 340; the rate's +1% would be 1% fewer people a year ago.
    assert found(*council("→ 0%", "→ 1%", "↓ -32%"), rule=RULE) == []


def test_a_rate_far_off_may_not() -> None:
    one = the_one(found(*council("→ 0%", "↑ 15%", "↓ -32%"), rule=RULE))
    assert (one.ref, expected(one)) == ("R-NI", {"value": 0})


def test_one_against_one_tells_nothing() -> None:
    rows = council("→ -1%", "→ 0%", "↓ -32%")
    assert found(rows[1], rows[3], rule=RULE) == []
