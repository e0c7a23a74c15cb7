"""The figures that a text mentions, for the rule on hidden numbers.

Numbers that are certainly no figures are looked past: dates, years, ages, lengths of time, sums of
money, refs and paragraphs of law. Where it is not certain, a number counts as a figure: better a
question too many than a child recognised.
"""

from __future__ import annotations

import re
from fractions import Fraction

from openscorecard.commentary.mention import Mention
from openscorecard.commentary.wordings import worded_numbers

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_UNIT_WORDS = "|".join(sorted(_UNITS, key=len, reverse=True))
_TENS_WORDS = "|".join(_TENS)
_WORD = (
    rf"\b(?:(?P<tens>{_TENS_WORDS})(?:[- ](?P<rest>one|two|three|four|five|six|seven|eight|nine))?"
    rf"|(?P<unit>{_UNIT_WORDS}))\b"
)
_DIGITS = r"(?<![\d.])(?<![A-WYZa-wyz])(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?"
_PERCENT = (
    r"(?P<percent>\s?%|[\s-]?per ?cent(?:age)?(?:[\s-]points?)?|\s?pts?\b|[\s-]points?\b|\s?pp\b)?"
)
_FIGURE = re.compile(rf"(?:{_DIGITS}|{_WORD}){_PERCENT}", re.IGNORECASE)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ANY = rf"(?:\d+(?:\.\d+)?|\b(?:{_UNIT_WORDS}|{_TENS_WORDS})\b)"
_RANGE = rf"(?:between\s{_ANY}\sand\s{_ANY}|{_ANY}(?:(?:-|–|\sto\s|\sor\s){_ANY})?)"
_TIMES = "day|week|month|year|yr|hour|hr|minute|min|night|fortnight"
_ENDINGS = "st|nd|rd|th|s|y|yrs?|h|hrs?|k|m|am|pm|mins?|wks?"
# Each is certainly no figure. Left out, because they may be one: `the 5 May conferences`, `down
# from 5 May to June`, `this year 3 children`.
NO_FIGURES: tuple[tuple[str, str], ...] = (
    ("a date", rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH},?\s(?:19|20)\d\d\b"),
    ("a date", rf"\b\d{{1,2}}(?:st|nd|rd|th)(?:\sof)?\s{_MONTH}"),
    ("a date",
     rf"\b(?:on|until|till|since|ending|commencing|dated)\s(?:the\s)?\d{{1,2}}\s{_MONTH}"),
    ("a date", rf"\b{_MONTH}\s\d{{1,2}}(?:(?:st|nd|rd|th)\b|,\s(?:19|20)\d\d\b)"),
    ("a date", rf"\b{_MONTH}(?:-|\s?['’])\d\d\b"),
    ("a date", r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b"),
    ("years", r"(?<![\d,.])(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?(?!\d|[,.]\d)"),
    ("a time", r"\b\d{1,2}:\d\d\b|\b24/7\b"),
    ("a length of time",
     rf"{_RANGE}[\s-]*(?:working|calendar|school|consecutive)?[\s-]*(?:{_TIMES})s?\b"),
    ("an age", rf"\b(?:aged?|ages)\s(?:of\s)?{_RANGE}\+?"),
    ("an age", r"\b\d+\+|\b(?:post|pre|under|over)-\d+"),
    ("money", r"£\s?\d[\d,.]*\s?(?:k|m|million|thousand)?\b"),
    ("law and tiers", r"\b(?:section|sections|regulation|schedule|tier|key stage)\s\d+"),
    ("a label", r"\b(?-i:Level|Stage|Phase|Band|Grade|Wave)\s\d+"),
    ("an ordinal or a measure", rf"\b\d+(?:\.\d+)?(?:{_ENDINGS})\b"),
    ("an idiom", r"\bno[\s-]one\b|\bone\sanother\b|\bone-off\b|\bone[\s-]to[\s-]one\b|\b1:1\b"),
    ("a share", r"\b(?:one|two|three)[\s-](?:thirds?|quarters?|fifths?)\b"),
    ("covid", r"\bcovid[\s-]?19\b"),
)  # fmt: skip
_LOOKED_PAST = tuple(re.compile(pattern, re.IGNORECASE) for _, pattern in NO_FIGURES)


def mentions(text: str) -> tuple[Mention, ...]:
    """Every figure that the text mentions, in its order, those told in words included.

    >>> found = mentions("Two children and 14 others moved within 5 days; 5% in June 2021.")
    >>> [(int(item.value), item.percent) for item in found]
    [(2, False), (14, False), (5, True)]
    """
    rest = text
    for pattern in _LOOKED_PAST:
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    found = [_mention(match) for match in _FIGURE.finditer(rest)]
    return tuple(sorted((*found, *worded_numbers(text)), key=lambda item: (item.start, item.end)))


def _mention(match: re.Match[str]) -> Mention:
    parts = match.groupdict()
    percent = bool(parts["percent"])
    if parts["whole"] is None:
        if parts["tens"]:
            value = _TENS[parts["tens"].lower()] + _UNITS.get((parts["rest"] or "").lower(), 0)
        else:
            value = _UNITS[parts["unit"].lower()]
        return Mention(Fraction(value), 0, percent, match.start(), match.end())
    part = parts["part"] or ""
    whole = "".join(str(int(sign)) for sign in parts["whole"] if sign != ",")
    value_ = Fraction(int(whole + "".join(str(int(sign)) for sign in part)), 10 ** len(part))
    return Mention(value_, len(part), percent, match.start(), match.end())
