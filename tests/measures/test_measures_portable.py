"""Queries stay in the subset of SQL that every engine reads alike."""

from __future__ import annotations

import pytest

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.measures.portable import NotPortableError, refuse_what_is_not_portable
from openscorecard.measures.queries import query, query_for_all, query_of_rows
from openscorecard.measures.resolve import LIST, resolve
from openscorecard.periods import Month
from openscorecard.records.standard import TABLES


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT t.a FROM t AS t JOIN u AS u USING (a)", "USING"),
        ("SELECT t.a FROM t AS t ASOF LEFT JOIN u AS u ON u.a = t.a", "ASOF"),
        ("SELECT t.a, COUNT(*) AS n FROM t AS t GROUP BY ALL", "GROUP BY ALL"),
        ("SELECT t.a, COUNT(*) AS n FROM t AS t GROUP BY 1", "GROUP BY an ordinal"),
        ("SELECT * FROM t AS t", "SELECT *"),
        ("SELECT a FROM t AS t", "a column without its relation"),
        ("SELECT t.a FROM t AS t WHERE t.d > t.e - INTERVAL 12 MONTH", "Interval"),
        ("SELECT t.a, LAG(t.d) OVER (ORDER BY t.d) AS x FROM t AS t", "Window"),
        ("SELECT t.a FROM t AS t QUALIFY ROW_NUMBER() OVER (ORDER BY t.a) = 1", "QUALIFY"),
        ("SELECT n.a FROM (SELECT t.a FROM t AS t)", "a derived table without an alias"),
        ("SELECT t.a FROM t AS t WHERE EXISTS (SELECT u.a FROM u AS u)", "Exists"),
        ("SELECT UNNEST(t.a) AS a FROM t AS t", "Explode"),
        ("SELECT t.a::DATE AS a FROM t AS t", "a cast"),
        ("SELECT t.a FROM t AS t FULL JOIN u AS u ON u.a = t.a", "FULL"),
        ("SELECT t.a FROM t AS t, u AS u", "a join without ON"),
        ("SELECT t.a FROM t AS t ORDER BY 1", "ORDER BY an ordinal"),
        ("SELECT t.a FROM t AS t LIMIT 5", "LIMIT"),
        ("SELECT MEDIAN(t.a) AS a FROM t AS t", "Median"),
        ("SELECT DATE_TRUNC('month', t.a) AS a FROM t AS t", "Trunc"),
        ("SELECT t.a FROM t AS t WHERE t.a ILIKE 'x'", "ILike"),
        # Arguments of what may stand in a query
        ("SELECT DISTINCT ON (t.a) t.a, t.b FROM t AS t", "Distinct with on"),
        ("WITH RECURSIVE a AS (SELECT t.a FROM t AS t) SELECT a.a FROM a AS a", "recursive"),
        (
            "WITH a AS MATERIALIZED (SELECT t.a FROM t AS t) SELECT a.a FROM a AS a",
            "CTE with materialized",
        ),
        ("SELECT t.a FROM t AS t UNION BY NAME SELECT u.a FROM u AS u", "Union with by_name"),
        ("SELECT t.a FROM 'x.parquet' AS t", "a table by a path"),
        ("SELECT t.a FROM s.t AS t", "Table with db"),
        ("SELECT t.a FROM t AS t(a)", "TableAlias with columns"),
        ("SELECT COUNT(DISTINCT t.a, t.b) AS n FROM t AS t", "COUNT(DISTINCT) of several"),
        ("SELECT COUNT(DISTINCT (t.a, t.b)) AS n FROM t AS t", "Tuple"),
        ("SELECT SUM(DISTINCT t.a) AS n FROM t AS t", "DISTINCT in an aggregate"),
        ("SELECT COUNT(t.a, t.b) AS n FROM t AS t", "Count with expressions"),
        ("SELECT MIN(t.a, 3) AS n FROM t AS t", "Min with count"),
        ("SELECT MAX(t.a, 3) AS n FROM t AS t", "Max with count"),
        ("SELECT MIN(t.a ORDER BY t.b) AS n FROM t AS t", "Order with this"),
        ("SELECT MIN(t.a) FILTER (WHERE t.a > 1) AS n FROM t AS t", "Filter"),
        ("SELECT SUM(COUNT(t.a)) AS n FROM t AS t", "an aggregate in an aggregate"),
        ("SELECT EXTRACT(WEEK FROM t.a) AS n FROM t AS t", "EXTRACT of anything but YEAR"),
        ("SELECT t.a FROM t AS t WHERE t.a BETWEEN SYMMETRIC 1 AND 2", "symmetric"),
        ("SELECT t.a FROM t AS t WHERE (t.a, t.b) IN ((1, 2))", "IN of tuples"),
        ("SELECT t.a FROM t AS t WHERE t.a IN t.b", "In with field"),
        ("SELECT t.a FROM t AS t WHERE t.a IN (SELECT u.a FROM u AS u)", "In with query"),
        ("SELECT t.a FROM t AS t WHERE t.a = (SELECT u.a FROM u AS u)", "in an expression"),
        ("SELECT COUNT(*) AS n FROM t AS t GROUP BY ()", "GROUP BY a tuple"),
        ("SELECT COUNT(*) AS n FROM t AS t GROUP BY (1)", "GROUP BY an ordinal"),
        ("SELECT COUNT(*) AS n FROM t AS t GROUP BY ROLLUP (t.a)", "Rollup"),
        ("SELECT t.a FROM t AS t ORDER BY (1)", "ORDER BY an ordinal"),
        ("SELECT t.a FROM t AS t ORDER BY -1", "ORDER BY an ordinal"),
        ("SELECT t.a FROM t AS t ORDER BY ALL", "ORDER BY ALL"),
        ("SELECT t.a FROM t AS t ORDER BY t.a NULLS FIRST", "NULLS FIRST"),
        ("SELECT t.a FROM t AS t ORDER BY t.a NULLS LAST", "NULLS LAST"),
        ("SELECT t.a FROM t AS t ORDER BY t.a DESC", "Ordered with desc"),
        ("SELECT CAST(NULL AS TIME) AS a FROM t AS t", "a cast"),
        ("SELECT CAST(NULL AS DECIMAL(4, 1)) AS a FROM t AS t", "a cast"),
        ("SELECT TRY_CAST(NULL AS DATE) AS a FROM t AS t", "TryCast"),
        ("SELECT CASE t.a WHEN 1 THEN 2 END AS b FROM t AS t", "Case with this"),
        ("SELECT COUNT(t.a) AS n FROM t AS t GROUP BY t.a HAVING t.a > 1", "Select with having"),
        ("SELECT t.a FROM t AS t OFFSET 5", "Select with offset"),
        ("SELECT t.a FROM t AS t NATURAL JOIN u AS u", "NATURAL"),
        ("SELECT t.a FROM t AS t; SELECT t.b FROM t AS t", "2 statements"),
    ],
)
def test_what_engines_read_differently_is_refused(sql: str, said: str) -> None:
    with pytest.raises(NotPortableError) as refused:
        refuse_what_is_not_portable(sql)
    assert said in str(refused.value)


def test_joins_case_and_named_groups_pass() -> None:
    refuse_what_is_not_portable(
        "SELECT CAST(NULL AS BIGINT) AS a, CAST(NULL AS DATE) AS b, MIN(t.c) AS c, "
        "COUNT(DISTINCT t.e) AS e FROM t AS t "
        "WHERE t.d IN ('x', 'y') AND EXTRACT(YEAR FROM t.c) BETWEEN 1 AND 2 GROUP BY t.d"
    )
    refuse_what_is_not_portable(
        "WITH a AS (SELECT DISTINCT t.b, 1 AS c FROM t AS t) "
        "SELECT a.b, SUM(CASE WHEN a.c = 1 THEN 1 ELSE 0 END) AS n FROM a AS a "
        "LEFT JOIN u AS u ON u.b = a.b WHERE u.b IS NULL GROUP BY a.b ORDER BY a.b"
    )


@pytest.mark.parametrize("without", [frozenset(), frozenset({"plan_authorisations"})])
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"re_referral_clock": "closure", "assessment_clock": "referral", "new_plan_grace": True},
        {"re_referral_clock": "referral", "cla_visit_days_after_first_year": 91},
    ],
)
def test_every_indicator_compiles_to_the_subset(
    chosen: dict[str, str | bool | int], without: frozenset[str]
) -> None:
    settings = MeasureSettings({"step_up_end_reasons": ("Stepped up",), **chosen})
    catalogue = load_catalogue()
    tables = {one.name for one in TABLES} - without
    plan = resolve(catalogue, Month(2021, 6), settings, tables)
    assert plan.missing == {}
    names = [name for name, level in plan.levels.items() if level.place != LIST]
    assert len(names) == 52  # 46 indicators with a level of their own, and 6 groups in months
    for name in names:
        refuse_what_is_not_portable(query(plan, name))
        refuse_what_is_not_portable(query_of_rows(plan, name))
    refuse_what_is_not_portable(query_for_all(plan, names))


def test_a_quote_in_a_setting_stays_in_its_text() -> None:
    settings = MeasureSettings({"step_up_end_reasons": ("It's urgent') OR ('1' = '1",)})
    tables = {one.name for one in TABLES}
    plan = resolve(load_catalogue(), Month(2021, 6), settings, tables)
    assert "'It''s urgent'') OR (''1'' = ''1'" in query(plan, plan.of["M5"])
