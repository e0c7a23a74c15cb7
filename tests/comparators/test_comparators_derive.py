"""Published figures made a month's equivalent, on small invented tables worked by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from published_files import (
    council,
    england,
    lait,
    loaded,
    south_east,
    table,
)

from openscorecard.catalogue.indicator import Direction, Indicator
from openscorecard.catalogue.load import load_catalogue
from openscorecard.catalogue.published_measures import PUBLISHED
from openscorecard.comparators.absent import life_note, words_of
from openscorecard.comparators.beside import Beside
from openscorecard.comparators.derive import Where, beside, lookup, where
from openscorecard.comparators.measures import councils_in, plain_number, region_code
from openscorecard.comparators.published import Published
from openscorecard.comparators.rank import cuts, quartile, rank
from openscorecard.periods import Month

CATALOGUE = load_catalogue()
CODES = ("E06000036", "E06000037", "E06000038", "E06000039", "E06000040")
NAMES = ("Bracknell", "West", "Reading", "Slough", "Windsor")
REPEAT_PLANS = "Child Protection Plans which are a second or subsequent plan"
DFE = ("867", "869", "870", "871", "868")


def indicator(ref: str) -> Indicator:
    found = CATALOGUE.get(ref)
    assert found is not None
    return found


def plans(path: Path, counts: tuple[object, ...], percents: tuple[object, ...]) -> Path:
    """The table of repeat plans, five councils in the year ended March 2020."""
    lines = [england(2020, 60_000, 12_160, 20.3), south_east(2020, 10_000, 2_280, 22.8)]
    for code, name, dfe, count, percent in zip(CODES, NAMES, DFE, counts, percents, strict=True):
        lines.append(council(2020, dfe, code, name, 100, count, percent))
    lines = [line.replace(",All,", f",{REPEAT_PLANS},") for line in lines]
    return table(path / "d3_2020.csv", "CPP_start,CPP_subsequent,CPP_subsequent_percent", *lines)


@pytest.fixture
def five(tmp_path: Path) -> Published:
    table_ = plans(tmp_path, (10, 20, 30, 30, "c"), (10, 20, 30, 30, "c"))
    return loaded(tmp_path / "comparators", table_)


def shown(published: Published, ref: str, area: Where, at: Month | int = 2020) -> Beside | None:
    item = indicator(ref)
    return beside(item, lookup([item], published, area, at), area, at)


def reading(published: Published, ref: str) -> Beside:
    found = shown(published, ref, where(published, "870"))
    assert found is not None
    return found


def test_a_count_is_the_years_number_by_months_and_councils(five: Published) -> None:
    found = reading(five, "CP5-QL (val)")
    eng, region = found.value("eng"), found.value("region")
    assert eng is not None
    assert region is not None
    assert eng.value == Fraction(12_160, 12 * 152)  # 6.67
    assert eng.formula == (
        "12,160 plans started for a child who had one before / 12 months / 152 councils = 6.7"
    )
    assert region.value == Fraction(2_280, 12 * 19)  # 10
    assert region.name == "South East"
    assert (eng.year, eng.source) == (
        "year ended March 2020", "Characteristics of children in need",
    )  # fmt: skip


def test_a_percentage_stands_as_published_with_its_parts(five: Published) -> None:
    found = reading(five, "CP5-QL")
    assert found.own is not None
    assert (found.own.value, found.own.numerator, found.own.denominator) == (30, 30, 100)
    eng = found.value("eng")
    assert eng is not None
    assert eng.value == Fraction("20.3")
    assert eng.formula == "20.3% as published: plans started for a child who had one before"


def test_a_withheld_figure_is_no_figure(five: Published) -> None:
    found = reading(five, "CP5-QL")
    assert [one.name for one in found.councils] == ["Bracknell", "Reading", "Slough", "West"]
    assert found.of == 4
    windsor = shown(five, "CP5-QL", where(five, "868"))
    assert windsor is not None
    assert windsor.own is None
    assert windsor.rank is None


def test_ties_share_the_better_rank_and_fewer_repeats_are_better(five: Published) -> None:
    found = reading(five, "CP5-QL")
    assert (found.rank, found.of) == (3, 4)  # 10, 20, 30 and 30
    # the quartiles of 10, 20, 30, 30 are 17.5, 25 and 30: 30 is not above the last
    assert found.quartile == "C"


def test_a_number_has_a_rank_by_size_and_no_quarter(five: Published) -> None:
    found = reading(five, "CP5-QL (val)")
    assert found.rank == 1
    assert found.quartile is None


def test_neighbours_without_a_value_are_left_out_and_said_to_be(five: Published) -> None:
    area = Where("E06000038", "E12000008", (CODES[0], CODES[1], CODES[4]), "the list of April 2021")
    percentage, number = shown(five, "CP5-QL", area), shown(five, "CP5-QL (val)", area)
    assert percentage is not None
    assert number is not None
    of_percent, of_number = percentage.value("sn"), number.value("sn")
    assert of_percent is not None
    assert of_number is not None
    assert of_percent.value == 15  # (10 + 20) / 2
    assert of_number.value == Fraction(10 + 20, 2 * 12)
    said = (
        "(1 of 3 neighbours has no value: Windsor (withheld); neighbours by the list of April 2021)"
    )
    assert of_number.formula == (
        "30 plans started for a child who had one before of 2 neighbours / 12 months / 2 = 1.3 "
        + said
    )


def test_the_region_of_the_settings_goes_before_that_of_the_files(five: Published) -> None:
    assert where(five, "870").region == "E12000008"
    assert where(five, "870", "London").region == "E12000007"
    assert where(five).region == ""


def test_neighbours_of_the_settings_go_before_the_list(five: Published) -> None:
    area = where(five, "870", neighbours=("West", "867", "E06000039"))
    assert area.neighbours == (CODES[1], CODES[0], CODES[3])
    assert area.listed == "the settings"


def test_nothing_loaded_gives_nothing(five: Published) -> None:
    assert shown(five, "LAC1", where(five, "870")) is None
    assert shown(five, "M1", where(five, "870")) is None  # there is no such measure at all


def of_lait(folder: Path, *measures: tuple[str, int, str, str]) -> Path:
    """(measure, year, area, value) as LAIT has them; England is 970, South East 989."""
    numbers = {"England": 970, "South East": 989, "Reading": 870}
    lines = [
        f'"{measure}","",{year},"{area}",{value},{numbers[area]},"NA"'
        for measure, year, area, value in measures
    ]
    return lait(folder / "lait_long.csv", *lines)


def test_a_stock_is_divided_by_councils_alone(tmp_path: Path) -> None:
    file = of_lait(
        tmp_path, ("CPP_Num", 2020, "England", "51510"), ("CPP_rate", 2020, "England", "43.7")
    )
    published = loaded(tmp_path / "comparators", file)
    stock = shown(published, "CP6B", where(published))
    rate = shown(published, "CP6B-NI", where(published))
    assert stock is not None
    assert rate is not None
    assert stock.values[0].value == Fraction(51_510, 152)
    assert stock.period == "31 March 2020"
    assert rate.values[0].value == Fraction("43.7")


def test_a_rate_of_events_is_a_twelfth_of_the_years(tmp_path: Path) -> None:
    file = of_lait(tmp_path, ("Section_47", 2020, "England", "170.5"))
    published = loaded(tmp_path / "comparators", file)
    found = shown(published, "CP1-NI", where(published))
    assert found is not None
    assert found.values[0].value == Fraction(1705, 120)


def test_a_number_of_which_a_rate_alone_is_published(tmp_path: Path) -> None:
    file = of_lait(tmp_path, ("Section_47", 2020, "England", "170.5"))
    people = table(
        tmp_path / "population.csv",
        "age_group,population_estimate",
        england(2019, "Children aged 0 to 17 years", 12_000_000),
    )
    published = loaded(tmp_path / "comparators", file, people)
    found = shown(published, "CP1", where(published))
    assert found is not None
    # 170.5 x 12,000,000 / 10,000 = 204,600; / 12 / 152 = 112.17
    assert found.values[0].value == Fraction(204_600, 12 * 152)
    formula = found.values[0].formula
    assert formula.startswith(
        "170.5 section 47 enquiries per 10,000 x 12,000,000 children aged 0 to 17 in mid-2019 (edit"
    )
    assert formula.endswith("/ 10,000 / 12 months / 152 councils = 112.2")


def people(path: Path, reading: int, west: int) -> Path:
    children = "Children aged 0 to 17 years"
    lines = [council(2019, dfe, code, name, number, category=children)
             for dfe, code, name, number in (("870", CODES[2], "Reading", reading),
                                             ("869", CODES[1], "West", west))]  # fmt: skip
    made = table(path / "people_2019.csv", "population_estimate", *lines)
    text = made.read_text(encoding="utf-8").replace("category", "age_group")
    made.write_text(text, encoding="utf-8")
    return made


def test_a_number_made_from_a_rate_says_so_with_the_edition_of_the_population(
    tmp_path: Path,
) -> None:
    """Reading has 200 x 40,000 / 10,000 = 800; West 100 x 30,000 / 10,000 = 300."""
    file = lait(
        tmp_path / "lait_long.csv",
        '"Section_47","",2020,"Reading",200,870,"South East"',
        '"Section_47","",2020,"West",100,869,"South East"',
        '"Section_47","",2020,"Slough",c,871,"South East"',
    )
    published = loaded(tmp_path / "comparators", file, people(tmp_path, 40_000, 30_000),
                       plans(tmp_path, (1, 2, 3, 4, 5), (1, 2, 3, 4, 5)))  # fmt: skip
    found = shown(published, "CP1", Where(CODES[2], "", (CODES[1], CODES[3]), "the settings"))
    assert found is not None
    assert found.own is not None
    assert found.own.formula == (
        "200 section 47 enquiries per 10,000 x 40,000 children aged 0 to 17 in mid-2019 "
        "(edition 2019) / 10,000 / 12 months = 66.7"
    )
    neighbours = found.value("sn")
    assert neighbours is not None
    assert neighbours.value == 25
    assert neighbours.formula == (
        "300 section 47 enquiries of 1 neighbour / 12 months / 1 = 25.0 (each from its rate x "
        "children aged 0 to 17 in mid-2019 (edition 2019) / 10,000; 1 of 2 neighbours has no "
        "value: Slough (withheld); neighbours by the settings)"
    )


def test_neighbours_of_counts_and_of_rates_are_told_apart(tmp_path: Path) -> None:
    """C4 has West alone; Reading's number comes from its rate."""
    counts = table(tmp_path / "c4_2020.csv", "Section47,ICPC",
                   council(2020, "869", CODES[1], "West", 900, 300))  # fmt: skip
    rates = lait(tmp_path / "lait_long.csv", '"Section_47","",2020,"Reading",200,870,"South East"')
    published = loaded(tmp_path / "comparators", counts, rates, people(tmp_path, 40_000, 30_000),
                       plans(tmp_path, (1, 2, 3, 4, 5), (1, 2, 3, 4, 5)))  # fmt: skip
    found = shown(published, "CP1", Where(CODES[3], "", (CODES[1], CODES[2]), "the settings"))
    assert found is not None
    neighbours = found.value("sn")
    assert neighbours is not None
    assert neighbours.value == Fraction(900 + 800, 24)
    assert neighbours.formula.endswith(
        "(Reading from rate x children aged 0 to 17 in mid-2019 (edition 2019) / 10,000; "
        "the others from published numbers; neighbours by the settings)"
    )


def test_neighbours_without_a_value_are_named_up_to_three(five: Published) -> None:
    """Windsor's is withheld; of three more the files know nothing."""
    unknown = ("E06000060", "E06000061", "E06000062")
    found = shown(
        five, "CP5-QL", Where(CODES[2], "", (CODES[0], CODES[4], *unknown), "the settings")
    )
    assert found is not None
    neighbours = found.value("sn")
    assert neighbours is not None
    assert (
        "4 of 5 neighbours have no value: Windsor (withheld), E06000060 (not in the files), "
        "E06000061 (not in the files) and 1 more"
    ) in neighbours.formula


def test_why_there_is_no_value(five: Published) -> None:
    windsor = shown(five, "CP5-QL", where(five, "868"))
    assert windsor is not None
    assert dict(windsor.statuses) == {
        "own": "suppressed", "sn": "no-neighbours", "eng": "value", "region": "value",
    }  # fmt: skip
    assert words_of(windsor.status("own"), 2020) == "withheld"
    assert windsor.rank_by == "value"
    assert reading(five, "CP5-QL (val)").rank_by == "size"


def test_an_edition_that_nobody_named_stands_without_its_file(five: Published) -> None:
    found = reading(five, "CP5-QL")
    eng = found.value("eng")
    assert eng is not None
    assert (eng.edition, eng.full_edition) == ("2020", "2020 (d3_2020.csv)")
    assert found.edition == "2020"


def test_a_council_that_a_table_without_codes_has_is_there(tmp_path: Path) -> None:
    """The table of codes has Kent alone; LAIT has Reading, whose figure is withheld."""
    codes = table(tmp_path / "a_2020.csv", "n", council(2020, "886", "E10000016", "Kent", 1))
    file = of_lait(
        tmp_path,
        ("PrevRegCPR", 2020, "England", "20"),
        ("PrevRegCPR", 2020, "Reading", "c"),
    )
    published = loaded(tmp_path / "comparators", codes, file)
    found = shown(published, "CP5-QL", where(published, "870"))
    assert found is not None
    assert found.status("own") == "suppressed"
    council_ = published.council("870")
    assert council_ is not None
    assert life_note(published, council_, 2020) == ""


def test_the_edition_of_a_series_of_lait_is_its_own_newest_year(tmp_path: Path) -> None:
    file = of_lait(
        tmp_path,
        ("PrevRegCPR", 2019, "England", "20"),
        ("PrevRegCPR", 2020, "England", "21"),
        ("Other", 2026, "England", "1"),
    )
    published = loaded(tmp_path / "comparators", file)
    found = shown(published, "CP5-QL", where(published), 2019)
    assert found is not None
    eng = found.value("eng")
    assert eng is not None
    assert (eng.edition, eng.full_edition) == ("2020", "2026 (lait_long.csv)")


def test_first_time_entrants_stay_unused() -> None:
    """LAIT's row of England is on another scale than its councils."""
    names = {name for measure in PUBLISHED for name in measure.series}
    assert not any("FirstYJS" in name for name in names)
    says = indicator("YO2").beside
    assert says is not None
    assert says.none


def test_without_the_population_of_that_year_there_is_no_number(tmp_path: Path) -> None:
    published = loaded(
        tmp_path / "comparators", of_lait(tmp_path, ("Section_47", 2020, "England", "170.5"))
    )
    assert shown(published, "CP1", where(published)) is None


def test_bands_are_added_up(tmp_path: Path) -> None:
    file = of_lait(
        tmp_path, ("10_ICPC", 2020, "England", "9630"), ("15_ICPC", 2020, "England", "50530")
    )
    published = loaded(tmp_path / "comparators", file)
    found = shown(published, "CP3-QL (val)", where(published))
    assert found is not None
    assert found.values[0].value == Fraction(60_160, 12 * 152)
    assert found.values[0].formula.startswith("(9,630 + 50,530) initial conferences")


def test_a_band_that_is_withheld_makes_no_sum(tmp_path: Path) -> None:
    file = of_lait(
        tmp_path, ("10_ICPC", 2020, "England", "9630"), ("15_ICPC", 2020, "England", "c")
    )
    published = loaded(tmp_path / "comparators", file)
    assert shown(published, "CP3-QL (val)", where(published)) is None


def test_the_rest_to_100(tmp_path: Path) -> None:
    file = of_lait(tmp_path, ("Continue_Assess_Comp", 2020, "England", "83.799999999999997"))
    published = loaded(tmp_path / "comparators", file)
    found = shown(published, "EH3e%", where(published))
    assert found is not None
    assert found.values[0].value == Fraction("16.2")
    assert found.values[0].formula == (
        "100% - 83.8% assessments completed within 45 working days = 16.2%"
    )


def test_a_page_takes_the_newest_year_that_was_out(tmp_path: Path) -> None:
    file = of_lait(
        tmp_path, ("CPP_Num", 2020, "England", "51510"), ("CPP_Num", 2021, "England", "50010")
    )
    published = loaded(tmp_path / "comparators", file)
    years = [
        found.year if (found := shown(published, "CP6B", where(published), month)) else None
        for month in (Month(2020, 9), Month(2020, 10), Month(2021, 9), Month(2021, 10))
    ]
    assert years == [None, 2020, 2020, 2021]


def test_the_trend_has_the_years_that_have_a_value(tmp_path: Path) -> None:
    file = of_lait(
        tmp_path,
        *(("PrevRegCPR", year, "Reading", text) for year, text in
          ((2016, "18.5"), (2017, "c"), (2018, "20"), (2020, "21"))),
    )  # fmt: skip
    published = loaded(tmp_path / "comparators", file)
    found = shown(published, "CP5-QL", where(published, "870"))
    assert found is not None
    assert found.trends[0].key == "own"
    assert found.trends[0].points == ((2016, Fraction("18.5")), (2018, 20), (2020, 21))


def test_rank_and_quarter_by_hand() -> None:
    values = [Fraction(n) for n in (1, 2, 3, 4, 5, 6, 7, 8)]
    # a quarter of the way from the 1st to the 8th: 1 + 7/4
    assert cuts(values) == (Fraction(11, 4), Fraction(9, 2), Fraction(25, 4))
    letters = [quartile(one, values, Direction.DOWN) for one in values]
    assert letters == list("AABBCCDD")
    assert [quartile(one, values, Direction.UP) for one in values] == list("DDCCBBAA")
    assert {quartile(one, values, Direction.NONE) for one in values} == {None}
    assert rank(Fraction(8), values, Direction.UP) == 1
    assert rank(Fraction(8), values, Direction.DOWN) == 8
    assert rank(Fraction(8), values, Direction.NONE) == 1
    assert rank(Fraction(2), [Fraction(n) for n in (1, 2, 2, 3)], Direction.DOWN) == 2


def test_regions_by_any_of_their_names() -> None:
    for name in ("South East", "south east", "SE region".replace("SE", "South East"), "E12000008"):
        assert region_code(name) == "E12000008"
    assert region_code("Yorkshire & the Humber") == "E12000003"
    assert region_code("Inner London") == region_code("London") == "E12000007"
    assert region_code("Wessex") == region_code("") == ""


def test_regions_add_up_to_england() -> None:
    """In 2020 they add up to the 151 that there were, not to the 152 that pages divided by."""
    regions = [f"E1200000{n}" for n in range(1, 10)]
    for year in range(2013, 2026):
        total = sum(councils_in(code, year) for code in regions)
        assert total == councils_in("E92000001", year) - (year == 2020)
    assert councils_in("E06000038", 2020) == 1


def test_numbers_in_formulas() -> None:
    assert plain_number(Fraction(642_980)) == "642,980"
    assert plain_number(Fraction("22.6")) == "22.6"
    assert plain_number(Fraction(2, 3)) == "0.7"
    assert plain_number(Fraction("21.999")) == "22"


def test_every_indicator_of_ours_says_what_it_stands_beside() -> None:
    assert len(CATALOGUE.indicators) == 64
    for item in CATALOGUE:
        assert item.beside is not None, item.ref
        assert bool(item.beside.none) is not bool(item.beside.measure), item.ref
    beside_one = [item.ref for item in CATALOGUE if item.beside and item.beside.measure]
    assert len(beside_one) == 30


def test_an_indicator_that_names_none_has_nothing(five: Published) -> None:
    item = replace(indicator("CP5-QL"), beside=None)
    area = where(five, "870")
    assert beside(item, lookup([item], five, area, 2020), area, 2020) is None
