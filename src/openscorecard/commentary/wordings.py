"""Words that tell a number without saying one: both girls, the sole referral, a boy and a girl.

Each is taken only where it stands beside what is counted. "Both months", "a single assessment" and
"the second half" are looked past: a question that is asked for nothing is soon answered unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from openscorecard.commentary.mention import Mention

_PERSON = (
    r"(?:child|girl|boy|baby|infant|toddler|teenager|adolescent|sibling|brother|sister|twin|"
    r"young\s(?:person|woman|man|mother|father)|care\sleaver|unaccompanied\sminor|adoptee)\b"
)
_PERSONS = (
    r"(?:children|girls|boys|babies|infants|toddlers|teenagers|adolescents|siblings|brothers|"
    r"sisters|twins|young\s(?:people|women|men|mothers|fathers)|care\sleavers|adoptees)\b"
)
_EVENT = (
    r"(?:referral|contact|case|adoption|placement|episode|enquiry|conference|family|"
    r"order|plan|allegation|move|return|death|pregnanc(?:y|ies)|famil(?:y|ies)|enquir(?:y|ies))"
)
# `child protection`, `the girl’s school`, `sibling group`: the person is not what is counted.
_NO_PERSON = (
    r"(?!\s(?:protection|in\sneed|care|social|exploitation|sexual|criminal|death|safeguarding|"
    r"poverty|support|services?|and\sfamily|benefit|minders?|centred|focused|groups?)\b|['’]s|-)"
)
_ADJECTIVES = (
    r"(?:(?!(?:and|or|of|in|for|to|a|an|the|most|no|every|each|any)\b)[a-z][\w-]*\s){0,2}?"
)
_COUNTED = rf"(?:{_ADJECTIVES}(?:(?:{_PERSON}|{_PERSONS}){_NO_PERSON}|{_EVENT}s?)\b)"
_TIME = r"(?:working\s|school\s)?(?:day|week|month|year|hour|minute|term|quarter|night|fortnight)s?"
_ONES = rf"(?:a|an|one|another)\s(?:(?!and\b)[a-z][\w-]*\s)?{_PERSON}{_NO_PERSON}"

_COUNTS: tuple[tuple[int, str], ...] = (
    (1, rf"\b(?:single|sole|lone|solitary)(?=\s(?!parents?\b|assessments?\b){_COUNTED})"),
    (1, rf"\bthe\sonly(?=\s{_COUNTED})"),
    (1, rf"\bjust\sa(?=\s{_COUNTED})"),
    (2, rf"\bboth(?=\s(?:of\s(?:them|whom|these|those)\b|(?:of\s)?(?:the\s|these\s|those\s)?"
        rf"{_COUNTED}(?!\sand\b)|(?:were|are|was|had|have)\b))"),
    (2, r"\bneither(?=\s(?:of\s(?:them|whom|these|those)\b|(?:of\sthe\s)?"
        rf"{_COUNTED}(?!\snor\b)|(?:was|were|is|are|had|has)\b))"),
    (2, rf"\b(?:a\s)?(?:couple|pair)\b(?!\s(?:of\s)?{_TIME})"),
    (2, r"\btwins?\b(?![\s-]track)"),
    (2, rf"\b{_ONES}\sand\s{_ONES}"),
    (3, r"\b(?:triplets|trio)\b"),
    (6, rf"\bhalf[\s-](?:a[\s-])?dozen\b(?!\s{_TIME})"),
    (12, rf"(?<!half\s)(?<!half-)(?<!half\sa\s)\b(?:a\s)?dozen\b(?!\s{_TIME})"),
    *((number, rf"\b(?:{words})(?=\s(?:and\s(?:last|final)\s)?{_ADJECTIVES}{_PERSON}{_NO_PERSON})")
      for number, words in enumerate(
          ("first|1st", "second|2nd", "third|3rd", "fourth|4th", "fifth|5th"), start=1)),
)  # fmt: skip
_OF = r"\b(?=\s(?:of\b|the\b|were\b|are\b|had\b|have\b))"
_SHARES: tuple[tuple[Fraction, str], ...] = (
    (Fraction(50), rf"(?<!first\s)(?<!second\s)(?<!other\s)\bhalf{_OF}(?!\s(?:of\s)?the\s{_TIME})"),
    (Fraction(100, 3), r"\b(?:a|one)[\s-]third\b(?=\sof\b)"),
    (Fraction(200, 3), r"\btwo[\s-]thirds\b"),
    (Fraction(25), rf"\b(?:a|one)[\s-]quarter\b(?=\sof\b)(?!\sof\sthe\s{_TIME})"),
    (Fraction(75), r"\bthree[\s-]quarters\b"),
    (Fraction(20), r"\b(?:a|one)[\s-]fifth\b(?=\sof\b)"),
    (Fraction(100), r"\b(?:doubled|doubling|twice\sas\smany)\b"),
    (Fraction(50), r"\b(?:halved|halving|half\sas\smany)\b"),
    (Fraction(200), r"\b(?:trebled|tripled|three\stimes\sas\smany)\b"),
)
_PATTERNS = (
    *((Fraction(value), False, re.compile(text, re.IGNORECASE)) for value, text in _COUNTS),
    *((value, True, re.compile(text, re.IGNORECASE)) for value, text in _SHARES),
)

# What was done or befell, and no rule: `a girl was placed`, not `a child who is placed`.
_DONE = (
    r"(?:(?:who\s)?(?:was|were|had|came|left|went|became|moved|joined|arrived|returned|died|waited|"
    r"entered|started|ran|turned|stayed|remained)\b|"
    r"(?:who\s)?has\s(?:been|now|since|just|\w+ed)\b)"
)
_BETWEEN = (
    r"(?:\slooked\safter)?"
    r"(?:,?\s(?:aged|of|from|in|with|placed|under|over|at|on)\s[^.,;:!?]{1,40}?,?)?"
)
_LONE = re.compile(
    rf"\b(?:a|an|another|the|this|that)\s{_ADJECTIVES}{_PERSON}{_NO_PERSON}(?={_BETWEEN}\s{_DONE})",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:!?\n]|,\s(?:and|but)\s")
# Words before it that make a rule of the sentence, or that make the child no more than its subject.
_GENERAL = re.compile(
    r"\b(?:when|whenever|where|wherever|if|whether|unless|until|once|each|every|any|before|after|"
    r"for\sexample|such\sas|in\scase)\b|"
    r"\b(?:needs?|voices?|views?|wish(?:es)?|interests?|welfare|safety|li(?:fe|ves)|experiences?|"
    r"definition|number|proportion|percentage|ages?)\s(?:of|for)\s$",
    re.IGNORECASE,
)


def worded_numbers(text: str) -> Iterator[Mention]:
    """The numbers that words such as `both` and `the third girl` tell, whoever they are about."""
    for value, percent, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Mention(value, 0, percent, match.start(), match.end(), worded=True)


def lone_children(text: str) -> Iterator[Mention]:
    """`A girl was adopted`: one child of whom something is told, a 1 if the text is about just
    that. General sentences (`when a child is referred`) are looked past."""
    for match in _LONE.finditer(text):
        before = _CLAUSE.split(text[: match.start()])[-1]
        if not _GENERAL.search(before):
            yield Mention(Fraction(1), 0, False, match.start(), match.end(), worded=True)
