from __future__ import annotations

from django.apps import AppConfig


class Audit(AppConfig):
    name = "openscorecard.web.audit"
    label = "audit"

    def ready(self) -> None:
        from openscorecard.web.audit import signals  # noqa: F401  its receivers listen from now on
