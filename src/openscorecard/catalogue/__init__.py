"""The indicators as data.

Takes TOML, ours and a council's own; gives the resolved catalogue and where each line of it came
from; refuses unknown keys, doubled refs and relations to nothing, all at once, with file and line.
"""

from openscorecard.catalogue.indicator import (
    Catalogue,
    Definition,
    Direction,
    Frequency,
    Indicator,
    Kind,
    Relation,
    RelationKind,
    Section,
    Target,
)
from openscorecard.catalogue.load import load_catalogue

__all__ = [
    "Catalogue",
    "Definition",
    "Direction",
    "Frequency",
    "Indicator",
    "Kind",
    "Relation",
    "RelationKind",
    "Section",
    "Target",
    "load_catalogue",
]
