"""The templates: the application's own, and behind them those of the published site.

A template of the same name in web/templates goes before: its `base.html` is the frame that the
published pages are shown in here.
"""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from openscorecard.web.access import Can, may
from openscorecard.web.navigation import navigation


def environment(**options: Any) -> Environment:
    """As the published site's, so that both render the same."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701  Django's options have autoescape=True
    made.globals |= {"static": static, "url": _url, "Can": Can, "may": may}
    made.globals["navigation"] = navigation
    return made


def _url(name: str, *args: object) -> str:
    return reverse(name, args=[str(arg) for arg in args])
