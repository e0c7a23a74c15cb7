"""Findings that say the same of many cells of a column, joined: a lost arrow is one finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from openscorecard.findings import Finding

_FEW = 4  # findings that still stand each by itself
_MOST_NAMED = 10  # references in one sentence
_PARTS_OF_A_CELL = re.compile("“[^”]*”|[0-9][0-9.,]*")


def alike_joined(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a table's cells; of those that differ by the cell alone, the first, with
    how many more there are and on which rows."""
    groups: dict[tuple[str, str | None, str], list[Finding]] = {}
    for finding in findings:
        kind = _PARTS_OF_A_CELL.sub("", finding.message) if finding.ref else finding.message
        groups.setdefault((finding.rule, finding.column, kind), []).append(finding)
    joined = []
    for group in groups.values():
        if len(group) <= _FEW or group[0].rule == "row-without-figures":
            joined.extend(group)
        else:
            joined.append(_one(group))
    return joined


def _one(group: Sequence[Finding]) -> Finding:
    refs = list(dict.fromkeys(finding.ref or "" for finding in group[1:]))
    named = ", ".join(refs[:_MOST_NAMED])
    if len(refs) > _MOST_NAMED:
        named += f" and {len(refs) - _MOST_NAMED} more"
    text = f"{group[0].message} The same holds for {len(group) - 1} more cells ({named})."
    return replace(group[0], message=text)
