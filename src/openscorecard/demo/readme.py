"""README.md of the demonstration's folder: what is in it, and how the page landed."""

from __future__ import annotations

from openscorecard.demo.content import COUNCIL, MONTH
from openscorecard.demo.landing import LANDED_OTHERWISE, Cell, tallies

_HEAD = """\
# {council}, {month}

An invented council. Its case records were made by a program; they are about nobody.

| folder | what is in it |
|---|---|
| `extracts/` | what the council's case system gave out each month: thirteen of them, to {month} |
| `loads/` | the same, checked and taken in |
| `pages/` | the page of {month} as it used to be typed by hand, mistakes included |
| `statistics/` | what the Department for Education and the ONS publish, as far as it is used |
| `comparators/` | the same, taken in |
| `comparators.csv` | comparators of the typed page that no published figure gives |
| `comments/` | what the reporters say |
| `published/` | the page, for the council's own people and for the public |
| `releases/` | the council's own record of what was published: `scorecard releases` |
| `openscorecard.toml` | the council's settings |

## How the page landed
The records give the typed page cell by cell, but for the few that no one set of records can give:
those contradict other cells of the page.

| | landed | printed | blank, and without a figure here |
|---|---|---|---|
"""

_NOTES = """
Of the cells that landed, {dashes} are dashes that stand for no figure, here too. One was printed
with a digit more than its row: LAC10 (%) of June 2021, 94.8%, which the rules print as 95% (471 of
497).
"""

_CELLS = """
### The {number} cells, and what the records give instead
| | cell | printed | here | why |
|---|---|---|---|---|
"""


def readme(cells: tuple[Cell, ...]) -> bytes:
    """The file, in UTF-8; `cells` are those of landing()."""
    lines = [_HEAD.format(council=COUNCIL, month=MONTH.long)]
    found = tallies(cells)
    for one in found:
        blanks = f"{one.blanks_kept} of {one.blanks}" if one.blanks else ""
        lines.append(f"| {one.name} | {one.landed} | {one.printed} | {blanks} |\n")
    landed, printed = sum(one.landed for one in found), sum(one.printed for one in found)
    lines.append(f"| **together** | **{landed}** | **{printed}** | |\n")
    lines.append(_NOTES.format(dashes=sum(cell.is_dash and cell.landed for cell in cells)))
    missed = [cell for cell in cells if not cell.landed]
    lines.append(_CELLS.format(number=len(missed)))
    for number, cell in enumerate(missed, start=1):
        why = LANDED_OTHERWISE.get((cell.ref, cell.column), "")
        column = cell.column.replace("_12m", ", 12 months").replace("_", " on ")
        lines.append(
            f"| {number} | {cell.ref}, {column} | {cell.printed} | {cell.computed} | {why} |\n"
        )
    return "".join(lines).encode("utf-8")
