"""A council's definitions folder, and an indicator of its own to put in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openscorecard.catalogue import Catalogue, Indicator, load_catalogue

Load = Callable[..., Catalogue]

NEW = """\
[[indicator]]
ref = "X1"
id = "children-met"
order = 2
name = "Number of children met"
short_name = "Children met"
section = "front-door"
outcome = "A child is met."
kind = "flow"
unit = "count"
preferred_direction = "up"
owner = "Head of Service, Social Work"
reporter = "Service Manager, Assessment"
[[indicator.definition]]
from = "2021-01"
words = "Children met in the month."
[indicator.definition.measure]
of = "ssd_contacts"
counts = "children"
in_month = "cont_contact_date"
"""

EXAMPLE = '''
[[example]]
ref = "X1"
month = "2021-01"
expected = "1"
wrong = "Counting every contact"
wrong_gives = "2"
[example.rows]
ssd_contacts = """
cont_contact_id, cont_person_id, cont_contact_date
C1, A, 2021-01-04
C2, A, 2021-01-31
"""
'''

WHOLE = NEW + EXAMPLE  # a measure of one's own comes with its worked example


def loading(tmp_path: Path) -> Load:
    """Loads the catalogue under a council's folder that holds these files."""

    def load_with(text: str = "", **files: str) -> Catalogue:
        folder = tmp_path / "definitions"
        folder.mkdir(exist_ok=True)
        for name, content in {"local": text, **files}.items():
            (folder / f"{name}.toml").write_text(content, encoding="utf-8")
        return load_catalogue(folder)

    return load_with


def one(catalogue: Catalogue, ref: str) -> Indicator:
    found = catalogue.get(ref)
    assert found is not None
    return found
