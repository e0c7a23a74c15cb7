"""The published figures that a workspace holds: the one door to them.

Opening reads the manifest alone; a series is read when it is first asked for. A series is named
`source:measure`, with what it is counted over in brackets where a file has several:
`c1:rereferral_percent`, `lait:PrevRegCPR`,
`cla:children_count[Children looked after on 31 March each year]`.

Of several editions of a source the newest that has the year is used, unless one is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from openscorecard.comparators.cell import REGION, Area, Cell, MeasureNote
from openscorecard.comparators.kept_figures import KeptFigures, lines_of_year
from openscorecard.comparators.manifest import Entry, entries, newest_first
from openscorecard.comparators.places import REGIONS, Areas, plain_name, wider_area
from openscorecard.comparators.sources import LAIT, POPULATION, series_name
from openscorecard.comparators.staged import AREAS, DICTIONARY, FIGURES, NEIGHBOURS
from openscorecard.comparators.store import kept_lists, read_kept
from openscorecard.comparators.symbols import Status
from openscorecard.comparators.values import exact

_POPULATION_SERIES = series_name(POPULATION, "population_estimate")
_STATUSES = {status.value: status for status in Status}


class Published:
    """Opened from the folder `comparators` of a workspace (see store.py).

    A folder without anything in it is no error: it has no series, no councils and no neighbours.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries = newest_first(entries(folder))
        self._by_series: dict[str, list[Entry]] = {}
        for entry in self._entries:
            for series in entry.series:
                self._by_series.setdefault(series, []).append(entry)
        self._files: dict[str, KeptFigures] = {}  # by entry
        self._texts: dict[tuple[str, str], str] = {}  # by entry and series
        self._years: dict[tuple[str, str, int], dict[str, str]] = {}  # and year
        self._codes_of: dict[str, tuple[str, ...]] = {}

    def series(self) -> tuple[str, ...]:
        """Every series that is loaded, in order of name."""
        return tuple(sorted(self._by_series))

    def files(self) -> tuple[Entry, ...]:
        """What is loaded, the newest edition first."""
        return tuple(self._entries)

    def title(self, series: str) -> str:
        """What the source is called, in words; "" for a series that is not loaded."""
        return next((entry.title for entry in self._by_series.get(series, ())), "")

    def years(self, series: str, edition: str | None = None) -> tuple[int, ...]:
        """The years that the series has, oldest first; none for a series that is not loaded."""
        return tuple(sorted({y for one in self._of(series, edition) for y in one.series[series]}))

    def editions(self, series: str) -> tuple[str, ...]:
        """The editions that have the series, the newest first."""
        return tuple(entry.edition for entry in self._by_series.get(series, ()))

    def prepare(
        self, series: Iterable[str], *, years: Iterable[int] = (), codes: Iterable[str] = ()
    ) -> None:
        """Reads the series now that would be read when first asked for: the editions that have the
        years, all of them where areas are named. What is not loaded is left out."""
        wanted, all_years = set(years), any(True for _ in codes)
        for name in series:
            for entry in self._by_series.get(name, ()):
                if all_years or wanted & set(entry.series[name]):
                    self._text(entry, name)

    def cells(self, series: str, year: int, edition: str | None = None) -> tuple[Cell, ...]:
        """Every area's cell of the year: England, the regions, the councils in order of name."""
        entry = self._entry(series, year, edition)
        if entry is None:
            return ()
        rows = self._lines(entry, series, year)
        return tuple(_cell(entry, series, code, row) for code, row in rows.items())

    def cell(self, series: str, year: int, code: str, edition: str | None = None) -> Cell | None:
        """One area's. A council that has had several codes is found by any of them, and any area
        by the Department's number."""
        entry = self._entry(series, year, edition)
        if entry is None:
            return None
        rows = self._lines(entry, series, year)
        for one in self._codes(code):
            if one in rows:
                return _cell(entry, series, one, rows[one])
        return None

    def trend(self, series: str, code: str) -> tuple[Cell, ...]:
        """One area's cells of all years, oldest first; those without a value too."""
        each = (self.cell(series, year, code) for year in self.years(series))
        return tuple(cell for cell in each if cell is not None)

    def councils(self, year: int) -> tuple[Area, ...]:
        """The councils with a figure, or one withheld, in the year, in order of name. Years end in
        March as those of the tables do: the population's own years do not count."""
        return self._areas.in_year(year)

    def regions(self) -> tuple[Area, ...]:
        """The nine regions, and the two halves of London."""
        return tuple(Area(code, name, REGION, dfe) for code, dfe, name, _ in REGIONS)

    def council(self, key: str) -> Area | None:
        """By nine-character code, the Department's three digits or name."""
        return self._areas.council(key)

    def region_of(self, code: str) -> Area | None:
        """The region that the files give a council: of one in London the half that it lies in."""
        area = self.council(code)
        if area is None:
            return None
        return wider_area(area.region_code) or wider_area(area.region)

    def in_year(self, code: str, year: int) -> str:
        """The code that a council had in the year; the code as given where no file says."""
        area = self._areas.council(code)
        return self._areas.code_of(area.dfe, year) if area and area.dfe else code

    def namesakes(self, area: Area) -> tuple[Area, ...]:
        """Other councils of the same name: Dorset before 2019, and after."""
        plain = plain_name(area.name)
        every = self._areas.by_code.values()
        return tuple(one for one in every
                     if one.code != area.code and plain_name(one.name) == plain)  # fmt: skip

    def neighbour_editions(self) -> tuple[str, ...]:
        """The newest first."""
        return tuple(entry.edition for entry in self._entries if entry.kind == NEIGHBOURS)

    def neighbours(self, code: str, edition: str | None = None) -> tuple[str, ...]:
        """The codes of a council's ten nearest statistical neighbours, nearest first, by the newest
        list that has it or by that of the edition; none where no list has it. Each is the newest
        code of that council: `cell` finds it in any year."""
        area = self.council(code)
        if area is None:
            return ()
        for entry, nearest in self._neighbour_lists:
            if edition in (None, entry.edition) and area.dfe in nearest:
                return tuple(self._areas.code_of(dfe) for dfe in nearest[area.dfe])
        return ()

    def population(self, code: str, year: int, edition: str | None = None) -> Cell | None:
        """Children aged 0 to 17 in the middle of the year."""
        return self.cell(_POPULATION_SERIES, year, code, edition)

    def population_editions(self) -> tuple[str, ...]:
        return self.editions(_POPULATION_SERIES)

    def note(self, series: str) -> MeasureNote | None:
        """What LAIT's dictionary says of a `lait:` series."""
        prefix, _, measure = series.partition(":")
        return self._notes.get(measure) if prefix == LAIT else None

    # What stands below reads the files.

    def _of(self, series: str, edition: str | None) -> list[Entry]:
        listed = self._by_series.get(series, [])
        return [one for one in listed if edition in (None, one.edition)]

    def _entry(self, series: str, year: int, edition: str | None) -> Entry | None:
        return next((e for e in self._of(series, edition) if year in e.series[series]), None)

    @cached_property
    def _areas(self) -> Areas:
        """The figures' areas go before the lists', the newest edition before older ones."""
        found: list[Area] = []
        figures = [one for one in self._entries if one.kind == FIGURES]
        others = [one for one in self._entries if one.kind in (AREAS, NEIGHBOURS)]
        for entry in reversed([*figures, *others]):
            for area in kept_lists(self._folder, entry).areas:
                counts = entry.kind == FIGURES and entry.prefix != POPULATION
                found.append(area if counts else _without_years(area))
        return Areas.of(found)

    @cached_property
    def _neighbour_lists(self) -> list[tuple[Entry, dict[str, tuple[str, ...]]]]:
        listed = [one for one in self._entries if one.kind == NEIGHBOURS]
        return [(one, kept_lists(self._folder, one).neighbours) for one in listed]

    @cached_property
    def _notes(self) -> dict[str, MeasureNote]:
        listed = [one for one in self._entries if one.kind == DICTIONARY]
        newest = kept_lists(self._folder, listed[0]).notes if listed else ()
        return {note.measure: note for note in newest}

    def _codes(self, code: str) -> tuple[str, ...]:
        """What an area may be called in a table, the code asked for first."""
        if code not in self._codes_of:
            wider = wider_area(code)
            area = None if wider else self._areas.council(code)
            known = self._areas.codes_with(area.code) if area else (code,)
            self._codes_of[code] = (wider.code, wider.name) if wider else known
        return self._codes_of[code]

    def _text(self, entry: Entry, series: str) -> str:
        key = (entry.id, series)
        if key not in self._texts:
            if entry.id not in self._files:
                content = read_kept(self._folder, entry, "zip")
                self._files[entry.id] = KeptFigures(content, tuple(entry.series))
            self._texts[key] = self._files[entry.id].text(series)
        return self._texts[key]

    def _lines(self, entry: Entry, series: str, year: int) -> dict[str, str]:
        """The year's lines by the code that each area has in the table, or had in that year."""
        key = (entry.id, series, year)
        if key not in self._years:
            found: dict[str, str] = {}
            for line in lines_of_year(self._text(entry, series), year):
                _, code, dfe, rest = line.split("\t", 3)
                if not code:
                    code = self._code_for(dfe, rest.partition("\t")[0], year)
                found[code] = line
            self._years[key] = found
        return self._years[key]

    def _code_for(self, dfe: str, name: str, year: int) -> str:
        """The code of an area that the file gives by number or name alone; the number, else the
        name, where no loaded file says it."""
        if dfe:
            return self._areas.code_of(dfe, year)
        area = self._areas.council(name)
        return self._areas.code_of(area.dfe, year) if area and area.dfe else name


def _cell(entry: Entry, series: str, code: str, line: str) -> Cell:
    year, _, _, name, level, period, value, status = line.split("\t")
    number = exact(value) if value else None
    return Cell(
        code,
        name,
        level,
        int(year),
        number,
        _STATUSES[status],
        entry.edition,
        entry.file,
        period,
        entry.series[series][-1],
    )


def _without_years(area: Area) -> Area:
    return Area(area.code, area.name, area.level, area.dfe, area.region_code, area.region)
