"""Sets a template with data as PDF/UA-1: one way in for every paper.

A template is a Typst file in `templates/`; it reads its data with `json(bytes(sys.inputs.data))`
and computes nothing. Fonts are the installed Source Sans alone, embedded in the file: a template
that asks for another one, or text that it has no shape for, is a fault and no silent box.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from openscorecard.errors import InternalError

FONT = "Source Sans Pro"
_PACKAGE = "openscorecard.publish.pdf"


def compiled(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of `templates/TEMPLATE` with the data; the same data give the same bytes.

    InternalError where the compiler refuses or warns: a figure without alternative text, a
    document without a title, an unknown font.
    """
    import typst

    with as_file(files(_PACKAGE) / "templates") as folder:
        try:
            made, warnings = typst.compile_with_warnings(
                folder / template,
                root=folder,
                font_paths=[font_folder()],
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=["ua-1"],
                timestamp=0,
            )
        except typst.TypstError as error:
            raise InternalError(f"{template} could not be set: {error}") from error
    if warnings:
        told = "; ".join(str(warning) for warning in warnings)
        raise InternalError(f"{template} was set with warnings: {told}")
    return bytes(made)


@cache
def font_folder() -> Path:
    """Where the installed typeface's files are."""
    return Path(str(files("font_source_sans_pro"))) / "files"
