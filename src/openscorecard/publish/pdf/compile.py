"""Sets a template with data as PDF/UA-1: one way in for every paper.

A template is a Typst file in `templates/`; it reads its data with `json(bytes(sys.inputs.data))`
and computes nothing. Fonts are the installed Source Sans alone, embedded in the file: a template
that asks for another one is a fault; text that it has no shape for is marked and said
(`characters.py`): a template prints `data.missing_characters` among its notes where it is not "".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from openscorecard.errors import InternalError
from openscorecard.publish.minus import true_minus
from openscorecard.publish.pdf.characters import missing_words, settable

FONT = "Source Sans Pro"
_PACKAGE = "openscorecard.publish.pdf"


def compiled(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of `templates/TEMPLATE` with the data; the same data give the same bytes.

    InternalError where the compiler refuses or warns: a figure without alternative text, a
    document without a title, an unknown font.
    """
    import typst

    missing: set[str] = set()
    said = settable(_printed(data), missing)
    said["missing_characters"] = missing_words(missing)
    with as_file(files(_PACKAGE) / "templates") as folder:
        try:
            made, warnings = typst.compile_with_warnings(
                folder / template,
                root=folder,
                font_paths=_fonts(),
                format="pdf",
                sys_inputs={"data": json.dumps(said, ensure_ascii=False)},
                pdf_standards=["ua-1"],
                timestamp=0,
            )
        except typst.TypstError as error:
            raise InternalError(f"{template} could not be set: {error}") from error
    if warnings:
        told = "; ".join(str(warning) for warning in warnings)
        raise InternalError(f"{template} was set with warnings: {told}")
    return bytes(made)


def _printed(value: Any) -> Any:
    """The data with the minus sign in every text; drawings have it already."""
    if isinstance(value, str):
        return value if value.startswith("<svg") else true_minus(value)
    if isinstance(value, Mapping):
        return {key: _printed(one) for key, one in value.items()}
    return [_printed(one) for one in value] if isinstance(value, list | tuple) else value


@cache
def _fonts() -> Any:
    """The installed typeface alone, read once a process."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder()]
    )


@cache
def font_folder() -> Path:
    """Where the installed typeface's files are."""
    return Path(str(files("font_source_sans_pro"))) / "files"
