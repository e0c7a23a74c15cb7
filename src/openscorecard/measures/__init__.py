"""A definition becomes SQL: the passes, in the order in which a definition goes through them.

Takes the catalogue, a council's settings and the tables that a load holds; gives queries in a
subset of SQL that runs alike on DuckDB, PostgreSQL and Spark, and figures out of their answers;
refuses a definition that names what is not there, or that leaves the subset.

    resolve      settings, choices and stand-ins put in: Level
    conditions   words of our own (working_days, aged, other.) become joins and plain columns: Scope
    parts        a level's conditions and lookups, each with what it needs: Parts
    relations    levels become named relations, each with the columns that others want of it
    queries      one query an indicator, or one for all that shares the relations
    portable     what leaves the subset is refused
    figures      counts become figures: coverage, ratios, rates, reasons for none
"""
