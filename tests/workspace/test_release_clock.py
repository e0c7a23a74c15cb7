"""Same inputs, same bytes, in every medium, on two different days: in processes of their own whose
clock is moved, from the first import on, in another time zone and with other hashes of strings.

Code that is not Python's (the typesetter, DuckDB) asks the system for the time, which cannot be
moved here; it is given none, and two runs of it are never in the same second.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_council import three_loads

from openscorecard.publish.media import MEDIA

# Python runs it before anything else; MOVED_TO is where the clock stands when the process begins.
SITECUSTOMIZE = '''
import datetime, os, time

shift = float(os.environ["MOVED_TO"]) - time.time()
real_time, real_ns, real_local, real_utc = time.time, time.time_ns, time.localtime, time.gmtime
real_text, real_day, real_moment = time.strftime, datetime.date, datetime.datetime
time.time = lambda: real_time() + shift
time.time_ns = lambda: real_ns() + int(shift * 1e9)
time.localtime = lambda at=None: real_local(time.time() if at is None else at)
time.gmtime = lambda at=None: real_utc(time.time() if at is None else at)
time.strftime = lambda form, at=None: real_text(form, time.localtime() if at is None else at)


class Alike(type):
    """Days that C code makes are days, too."""

    def __instancecheck__(cls, one):
        return isinstance(one, real_moment if cls.__name__ == "datetime" else real_day)

    def __subclasscheck__(cls, one):
        return issubclass(one, real_moment if cls.__name__ == "datetime" else real_day)


class date(real_day, metaclass=Alike):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class datetime_(real_moment, metaclass=Alike):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)


datetime_.__name__ = datetime_.__qualname__ = "datetime"
datetime.date, datetime.datetime = date, datetime_
'''
JULY_2021, MAY_2033 = 1_626_739_200, 2_000_000_000  # 20 July 2021, 18 May 2033 (03:33 UTC)
PROBE = """
import datetime, json, time
now = datetime.datetime
print(json.dumps([
    time.time(), datetime.date.today().isoformat(), now.now().isoformat(),
    now.now(datetime.timezone.utc).isoformat(), time.strftime("%Y"), time.localtime().tm_year,
]))
"""


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clock")
    (folder / "sitecustomize.py").write_text(SITECUSTOMIZE, encoding="utf-8")
    return folder


def at(moment: int, clock: Path, *words: str) -> str:
    """What a Python of its own says, begun at that moment."""
    zone = "Pacific/Kiritimati" if moment == MAY_2033 else "UTC"
    env = os.environ | {
        "PYTHONPATH": str(clock),
        "MOVED_TO": str(moment),
        "TZ": zone,
        "PYTHONHASHSEED": str(moment % 1000),
        "SOURCE_DATE_EPOCH": str(moment),
    }
    answer = subprocess.run(
        [sys.executable, *words], env=env, capture_output=True, text=True, timeout=120
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


# Each page of these workspaces to these folders, on these days ("": today), one after the other.
PUBLISH = """
import datetime as dt, sys
from pathlib import Path
from openscorecard import publishing
from openscorecard.periods import Month
from openscorecard.workspace.folder import open_workspace
for words in sys.argv[1:]:
    root, month, audience, to, day = words.split("|")
    on = dt.date.fromisoformat(day) if day else None
    publishing.publish(Month.parse(month), open_workspace(Path(root)), audience, Path(to), on)
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(("moment", "year"), [(JULY_2021, 2021), (MAY_2033, 2033)])
def test_the_clock_is_moved_whoever_asks_for_it(clock: Path, moment: int, year: int) -> None:
    seconds, *texts, local = json.loads(at(moment, clock, "-c", PROBE))
    assert moment <= seconds < moment + 60
    assert all(text.startswith(str(year)) for text in texts)
    assert local == year


def test_released_on_two_days_every_file_is_the_same(tmp_path: Path, clock: Path) -> None:
    """Two copies of the workspace, each released at its own time, to the same day. In the later one
    May is released without a day, and the public page of June once more."""
    first = three_loads(tmp_path).root
    second = shutil.copytree(first, tmp_path / "second" / "northshire")
    for root in (first, second):
        (root / "releases").mkdir()
        (root / "releases" / "key").write_bytes(b"k" * 32)
    day = "2021-07-20"
    released = {
        (moment, to): [f"{root}|2021-06|{audience}|{tmp_path / to / audience}|{day}"
                       for audience in ("internal", "public")]
        for moment, root, to in ((JULY_2021, first, "one"), (MAY_2033, second, "two"))
    }  # fmt: skip
    at(JULY_2021, clock, "-c", PUBLISH, *released[JULY_2021, "one"])
    at(MAY_2033, clock, "-c", PUBLISH, *released[MAY_2033, "two"],
       f"{second}|2021-06|public|{tmp_path / 'again'}|",
       f"{second}|2021-05|internal|{tmp_path / 'may'}|")  # fmt: skip

    one = contents(tmp_path / "one")
    assert contents(tmp_path / "two") == one
    of_public = {name.removeprefix("public/"): data for name, data in one.items()
                 if name.startswith("public/")}  # fmt: skip
    assert contents(tmp_path / "again") == of_public
    assert {Path(name).suffix for name in of_public} >= {
        ".html", ".xlsx", ".csv", ".parquet", ".pdf", ".json",
    }  # fmt: skip
    assert len(MEDIA) == 7  # of a new one: see that its ending stands above
    for name in ("release.json", "figures.json", "verdicts.json"):
        kept = [root / "releases" / "2021-06-public-1" / name for root in (first, second)]
        assert kept[0].read_bytes() == kept[1].read_bytes()
    # At 03:33 UTC of 18 May it is the 18th on Kiritimati too, 14 hours on.
    assert json.loads((tmp_path / "may" / "release.json").read_bytes())["on"] == "2033-05-18"
    assert "18 May 2033" in (tmp_path / "may" / "index.html").read_text(encoding="utf-8")
