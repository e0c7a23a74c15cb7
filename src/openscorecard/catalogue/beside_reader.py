"""What an indicator stands beside, out of its TOML table, with all that is wrong in it at once."""

from __future__ import annotations

from openscorecard.catalogue.measure_reader import MeasureError
from openscorecard.catalogue.published_measures import BY_ID, How, StandsBeside

KEYS = ("measure", "how", "differs", "none")


def read_beside(raw: object) -> StandsBeside:
    """The published measure, how, and what differs; or why there is none. MeasureError else."""
    if not isinstance(raw, dict):
        raise MeasureError([((), "beside has to be a table: write [indicator.beside]")])
    mistakes: list[tuple[tuple[str | int, ...], str]] = []
    texts: dict[str, str] = {}
    for key, value in raw.items():
        if key not in KEYS:
            known = ", ".join(KEYS)
            mistakes.append(((key,), f'unknown key "{key}" in beside; it takes {known}'))
        elif not isinstance(value, str) or not value.strip():
            mistakes.append(((key,), f"{key} has to be a text"))
        else:
            texts[key] = " ".join(value.split())
    if not mistakes:
        mistakes.extend(_wrong(texts))
    if mistakes:
        raise MeasureError(mistakes)
    how = How(texts["how"]) if "how" in texts else None
    return StandsBeside(
        texts.get("measure", ""), how, texts.get("differs", ""), texts.get("none", "")
    )


def _wrong(texts: dict[str, str]) -> list[tuple[tuple[str | int, ...], str]]:
    """What must hold between the keys."""
    if "none" in texts:
        others = [key for key in ("measure", "how", "differs") if key in texts]
        return [((key,), f'"none" says that there is no measure: leave {key} out')
                for key in others]  # fmt: skip
    lacking = [key for key in ("measure", "how") if key not in texts]
    if lacking:
        named = " and ".join(f'"{key}"' for key in lacking)
        return [((), f'beside lacks {named}, or "none" with why there is no measure')]
    mistakes: list[tuple[tuple[str | int, ...], str]] = []
    measure, how = texts["measure"], texts["how"]
    if measure not in BY_ID:
        import difflib  # only where something is wrong

        close = difflib.get_close_matches(measure, BY_ID, n=1, cutoff=0.5)
        hint = f'; did you mean "{close[0]}"?' if close else ""
        mistakes.append((("measure",), f'there is no published measure "{measure}"{hint}'))
    if how not in tuple(How):
        ways = ", ".join(f'"{one.value}"' for one in How)
        mistakes.append((("how",), f'how is "{how}"; it has to be one of {ways}'))
    elif measure in BY_ID and How(how) not in BY_ID[measure].ways():
        ways = " or ".join(f'"{one.value}"' for one in BY_ID[measure].ways())
        mistakes.append((("how",), f'"{measure}" is a {BY_ID[measure].kind}, which is made by '
                                   f'{ways}, not by "{how}"'))  # fmt: skip
    return mistakes
