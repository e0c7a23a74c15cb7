"""An indicator by what a person typed: its ref or its id, in any case."""

from __future__ import annotations

from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.errors import InputError


def find_indicator(catalogue: Catalogue, asked: str) -> Indicator:
    """The indicator; else an InputError that names what is like it."""
    names = {name.casefold(): item for item in catalogue for name in (item.id, item.ref)}
    exact = catalogue.get(asked) or names.get(asked.strip().casefold())
    if exact is not None:
        return exact
    import difflib  # only where something is wrong

    close = difflib.get_close_matches(asked.strip().casefold(), names, n=4, cutoff=0.5)
    like = list(dict.fromkeys(names[name].ref for name in close))
    raise InputError(
        f'there is no indicator "{asked}"',
        where="the catalogue",
        todo=f"try {_or(like)}" if like else "run `scorecard indicators` to see them all",
    )


def _or(refs: list[str]) -> str:
    quoted = [f'"{ref}"' for ref in refs]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
