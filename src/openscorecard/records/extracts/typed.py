"""Text to the types of the standard tables, as SQL.

Dates are ISO or British (30/06/2021, 30-Jun-2021), with or without a time; one with a zone is a
moment, and the day that it fell on is that of England's clocks. Flags are Y and N in
the words that systems use; codes are matched in any case and written as the code set has them.
"""

from __future__ import annotations

import datetime as dt

from openscorecard.records.extracts.engine import quoted
from openscorecard.records.standard import CODE_SETS, Column, Type

# What systems write for nothing: SQL Server's export, and the SSD's own mark for a column that a
# case system does not have.
NOTHING = ("null", "ssd_ph")
BLANKS = " \t\r\n\u00a0"
YES = ("y", "yes", "true", "t", "1")
NO = ("n", "no", "false", "f", "0")
FIRST_DATE = dt.date(1900, 1, 2)  # databases write 1 January 1900 for no date
FAR_YEARS = 25  # further ahead than any review or order reaches

# Dates that may lie after the day of extraction: what is planned, due or expected.
MAY_LIE_AHEAD = frozenset(
    {
        "pers_expected_dob",
        "icpc_icpc_target_date",
        "cppr_cp_review_due",
        "lacp_cla_care_plan_end_date",
        "immi_immigration_status_end_date",
        "clea_pathway_plan_review_date",
        "plau_end_date",
    }
)

_SECONDS = r":[0-5]\d(:[0-5]\d([.,]\d+)?)?"
_CLOCK = rf"[ T]+([01]?\d|2[0-3]){_SECONDS}"
_TIME = rf"({_CLOCK}|[ T]+(0?\d|1[0-2]){_SECONDS} ?[AaPp][Mm])?"
_ZONED = rf"{_CLOCK} ?(Z|z|UTC|GMT|[+-](0\d|1[0-4])(:?[0-5]\d)?)"
_FORMS = (
    (r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d", 10),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y", 10),
    (r"\d{1,2}-[A-Za-z]{3}-\d{4}", "%d-%b-%Y", 11),
    (r"\d{1,2}-[A-Za-z]{3}-\d{2}", "%d-%b-%y", 9),  # of Oracle: 69 is 1969, 68 is 2068
    (r"\d{1,2}-\d{1,2}-\d{4}", "%d-%m-%Y", 10),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y", 10),
    (r"\d{4}/\d{2}/\d{2}", "%Y/%m/%d", 10),
)


def cleaned(column: str, *, trim: bool = True) -> str:
    """The text without blanks around it, which `trim` says there may be; NULL where it says
    nothing. Trimming is dear and seldom needed: only what begins or ends with a sign up to the
    blank, holds a no-break space or is a word for nothing is looked at closely."""
    nothing = ", ".join(quoted(word) for word in ("", *NOTHING))
    if not trim:
        return f"CASE WHEN lower({column}) IN ({nothing}) THEN NULL ELSE {column} END"
    text = f"trim({column}, {quoted(BLANKS)})"
    return (
        f"CASE WHEN {column} < '!' OR {column}[-1] < '!' OR contains({column}, '\u00a0') "
        f"OR lower({column}) IN ({nothing}) "
        f"THEN CASE WHEN lower({text}) IN ({nothing}) THEN NULL ELSE {text} END "
        f"ELSE {column} END"
    )


def of_calendar(date: str) -> str:
    """A DATE as far as text can say it: no year before 1 or after 9999, no infinity."""
    return f"CASE WHEN {date} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN {date} END"


def typed(column: Column) -> str:
    """The column's value from its cleaned text; NULL where the text cannot be one."""
    name = column.name
    if column.type is Type.DATE:
        return _date(name)
    if column.type is Type.FLAG:
        return (
            f"CASE WHEN lower({name}) IN ({_texts(YES)}) THEN 'Y' "
            f"WHEN lower({name}) IN ({_texts(NO)}) THEN 'N' END"
        )
    if column.type is Type.CODE:
        return _code(name, CODE_SETS[column.codes])
    return name


def _date(name: str) -> str:
    """Most dates are ISO or have no time: those are looked at first, by what costs least. A text
    that a date is written as is that date; the length keeps out what is no date of four digits,
    such as `infinity`."""
    iso = f"TRY_CAST({name} AS DATE)"
    whens = f" WHEN {name} IS NULL THEN NULL"
    whens += f" WHEN strlen({name}) = 10 AND CAST({iso} AS VARCHAR) = {name} THEN {iso}"
    whens += "".join(
        f" WHEN length({name}) <= {longest} AND regexp_full_match({name}, {quoted(form)}) THEN "
        f"CAST(try_strptime({name}, {quoted(signs)}) AS DATE)"
        for form, signs, longest in _FORMS
    )
    whens += "".join(
        f" WHEN regexp_full_match({name}, {quoted(form + _TIME)}) "
        f"THEN CAST({_day(name, form, signs)} AS DATE)"
        for form, signs, _ in _FORMS
    )
    whens += "".join(
        f" WHEN regexp_full_match({name}, {quoted(form + _ZONED)}) "
        f"THEN {_by_englands_clocks(name, form, signs)}"
        for form, signs, _ in _FORMS
    )
    return f"CASE{whens} END"


def _day(name: str, form: str, signs: str) -> str:
    return f"try_strptime(regexp_extract({name}, {quoted('^' + form)}), {quoted(signs)})"


def _by_englands_clocks(name: str, form: str, signs: str) -> str:
    """The day of a moment; the database's own clock is England's (see `connect`)."""
    time = f"regexp_extract({name}, {quoted(f'^{form}[ T]+(.*)$')}, 1)"
    for written, plain in ((" ", ""), (",", "."), ("UTC", "Z"), ("GMT", "Z"), ("z", "Z")):
        time = f"replace({time}, {quoted(written)}, {quoted(plain)})"
    day = f"strftime({_day(name, form, signs)}, '%Y-%m-%d')"
    return f"CAST(TRY_CAST({day} || 'T' || {time} AS TIMESTAMPTZ) AS DATE)"


def in_a_form(name: str) -> str:
    """SQL of whether the text has one of the forms of a date, be it one or not; those of dates of
    Parquet that text could not say are among them."""
    return f"regexp_full_match({name}, {quoted(f'({_ANY})({_TIME}|{_ZONED})')})"


_ANY = "|".join((*(form for form, _, _ in _FORMS), r"-?infinity", r"\d{4,}-\d\d-\d\d( \(BC\))?"))


def _code(name: str, codes: tuple[str, ...]) -> str:
    """What is in no set stays as it came: an unknown code is still what the system holds."""
    upper = [code for code in codes if code == code.upper()]
    whens = f" WHEN upper({name}) IN ({_texts(tuple(upper))}) THEN upper({name})" if upper else ""
    whens += "".join(
        f" WHEN lower({name}) = {quoted(code.lower())} THEN {quoted(code)}"
        for code in codes
        if code not in upper
    )
    return f"CASE{whens} ELSE {name} END"


def known_code(column: Column) -> str:
    return f"{column.name} IN ({_texts(CODE_SETS[column.codes])})"


def in_range(name: str, extracted: dt.date) -> str:
    return f"{name} BETWEEN DATE '{FIRST_DATE}' AND DATE '{far(extracted)}'"


def far(extracted: dt.date) -> dt.date:
    return dt.date(extracted.year + FAR_YEARS, 12, 31)


def _texts(words: tuple[str, ...]) -> str:
    return ", ".join(quoted(word) for word in words)
