"""A number as a workbook shows it: the part of Excel's number formats that pages use.

Formats that show something else than the number's own digits (dates, fractions, exponents,
thousands left out) give None: then what the reader sees is not known here, and that is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.statistics.ranges import half_up, printed

_GENERAL_DIGITS = 10
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<percent>%)|(?P<general>General)"
    r"|(?P<literal>[-+$£€()/: ]|[^\x00-\x7f])|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)(?P<number>-?[0-9.]+)")


@dataclass(frozen=True, slots=True)
class Shown:
    """`text` is what a reader sees; `percent` whether the format shows points of a hundred."""

    text: str
    percent: bool


def general(number: Fraction) -> str:
    """The number as the General format shows it, without exponents.

    >>> general(Fraction(1223)), general(Fraction("94.80")), general(Fraction(2, 3))
    ('1223', '94.8', '0.6666666667')
    """
    if number.denominator == 1:
        return str(number.numerator)
    whole = len(str(abs(int(number)))) if abs(number) >= 1 else 0
    text = printed(number, max(_GENERAL_DIGITS - whole, 0), thousands=False)
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(number: Fraction, code: str) -> Shown | None:
    """How the format `code` shows the number, or None where it is not one of the plain formats.

    >>> shown(Fraction("0.2345"), "0%"), shown(Fraction("1222.6"), "#,##0")
    (Shown(text='23%', percent=True), Shown(text='1,223', percent=False))
    """
    section, signed = _section(number, _sections(code))
    percent = section is not None and _has_percent(section)
    if section is None:
        return None
    value = number if signed else abs(number)
    text, digits = "", 0
    for token in _TOKEN.finditer(section):
        kind = token.lastgroup
        if kind in ("other", "fill") and token[0].strip("\0"):
            if kind == "other":
                return None
        elif kind == "digits":
            digits += 1
            part = _digits(value * (100 if percent else 1), token[0])
            if part is None or digits > 1:
                return None
            text += part
        elif kind == "general":
            text += general(value)
        elif kind == "bracket":
            text += _currency(token["bracket"])
        else:
            text += {"quoted": token["quoted"], "escaped": token["escaped"], "space": " ",
                     "percent": "%", "literal": token["literal"]}.get(kind or "") or ""  # fmt: skip
    return Shown(" ".join(text.split()), percent)


def _sections(code: str) -> list[str]:
    sections, current, quote = [], "", False
    escaped = False
    for sign in code:
        if sign == '"' and not escaped:
            quote = not quote
        if sign == ";" and not quote and not escaped:
            sections.append(current)
            current = ""
        else:
            current += sign
        escaped = sign == "\\" and not escaped
    return [*sections, current]


def _section(number: Fraction, sections: list[str]) -> tuple[str | None, bool]:
    """The section for this number, and whether the minus sign is still to be written."""
    conditions = [_CONDITION.fullmatch(found) for section in sections
                  for found in re.findall(r"\[([^\]]*)\]", section)[:3]]  # fmt: skip
    if any(conditions):
        return _conditional(number, sections)
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], True


def _conditional(number: Fraction, sections: list[str]) -> tuple[str | None, bool]:
    for section in sections:
        found = [_CONDITION.fullmatch(text) for text in re.findall(r"\[([^\]]*)\]", section)]
        conditions = [match for match in found if match]
        if not conditions:
            return section, True
        if all(_holds(number, match["sign"], match["number"]) for match in conditions):
            return section, True
    return None, True


def _holds(number: Fraction, sign: str, text: str) -> bool:
    try:
        limit = Fraction(text)
    except ValueError:
        return False
    return {"<": number < limit, "<=": number <= limit, ">": number > limit,
            ">=": number >= limit, "=": number == limit, "<>": number != limit}[sign]  # fmt: skip


def _has_percent(section: str) -> bool:
    return any(token.lastgroup == "percent" for token in _TOKEN.finditer(section))


def _digits(number: Fraction, mask: str) -> str | None:
    whole, _, part = mask.partition(".")
    if whole.endswith(",") or "," in part:
        return None  # thousands left out
    text = printed(number, len(part), thousands="," in whole)
    optional = len(part) - len(part.rstrip("#?"))
    if optional:
        kept = text[: len(text) - optional]
        tail = text[len(text) - optional :].rstrip("0")
        text = (kept + tail).rstrip(".") if "." in text else text
    if half_up(number, len(part)) == 0 and "0" not in mask:
        return ""
    return text


def _currency(bracket: str) -> str:
    """`[$£-809]` shows a currency sign; colours, conditions and languages show nothing."""
    return bracket[1:].split("-")[0] if bracket.startswith("$") else ""
