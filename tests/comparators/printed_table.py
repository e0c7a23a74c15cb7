"""The comparators of a real page of June 2021, as printed and as they come out: run it to see them.

python tests/comparators/printed_table.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from openscorecard.catalogue.load import load_catalogue
from openscorecard.comparators.beside import Beside
from openscorecard.comparators.derive import all_beside, lookup, where
from openscorecard.comparators.published import Published
from openscorecard.comparators.store import load_files
from openscorecard.periods import Month
from openscorecard.statistics.ranges import half_up, printed

DATA = Path(__file__).parents[3] / "shared" / "data"
BENCHMARKS = DATA / "benchmarks"
MISSING = "shared/ is not beside the project"

# STATISTICS.md section 9: ref, England and South East as printed, and whether its sum gives them.
MATCH, NEAR, NO = "match", "within 2", "no"
PRINTED: tuple[tuple[str, int, int, str], ...] = (
    ("M2", 353, 502, MATCH),
    ("M6-QL", 23, 26, MATCH),
    ("EH3e%", 16, 15, MATCH),
    ("CP1", 110, 155, MATCH),
    ("CP1-NI", 14, 15, MATCH),
    ("CP6B", 339, 427, MATCH),
    ("CP6B-NI", 43, 41, NEAR),
    ("CP2", 42, 53, MATCH),
    ("CP2-NI", 5, 5, MATCH),
    ("CP3-QL (val)", 33, 40, MATCH),
    ("CP3-QL", 78, 76, MATCH),
    ("CP5-QL (val)", 8, 11, MATCH),
    ("CP5-QL", 22, 23, MATCH),
    ("LAC1", 527, 550, NEAR),
    ("LAC1-NI", 67, 53, NEAR),
    ("LAC2", 44, 46, NO),
    ("LAC3", 16, 19, MATCH),
    ("LAC12 (%)", 1, 1, NO),
    ("LAC13", 21, 35, NO),
    ("NI147", 94, 91, NO),
)


def published_in(folder: Path) -> Published:
    """The real files, taken in by the loader."""
    files = [one for name in ("benchmarks", "population", "neighbours")
             for one in sorted((DATA / name).iterdir())]  # fmt: skip
    load_files(folder, files)
    return Published(folder)


def june_2021(published: Published) -> dict[str, Beside]:
    """What stands beside each indicator on a page of June 2021 of a council in the South East."""
    catalogue, month = load_catalogue(), Month(2021, 6)
    area = where(published, region="South East", at=month)
    return all_beside(catalogue, lookup(catalogue, published, area, month), area, month)


def lines(besides: dict[str, Beside]) -> list[tuple[str, ...]]:
    """ref, printed, computed, verdict and England's sum, a line an indicator."""
    found = []
    for ref, england, region, verdict in PRINTED:
        eng, south_east = besides[ref].value("eng"), besides[ref].value("region")
        assert eng is not None
        assert south_east is not None
        computed = f"{printed(eng.value, 1)} / {printed(south_east.value, 1)}"
        equal = half_up(eng.value) == england and half_up(south_east.value) == region
        said = "equal" if equal else verdict
        found.append((ref, f"{england} / {region}", computed, said, eng.formula))
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = lines(june_2021(published_in(Path(folder))))
    print("| ref | printed ENG / SE | computed | | England's sum |\n|---|---|---|---|---|")
    for line in table:
        print(f"| {' | '.join(line)} |")


if __name__ == "__main__":
    main()
