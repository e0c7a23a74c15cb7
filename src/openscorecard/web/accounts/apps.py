from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    name = "openscorecard.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from openscorecard.web.accounts import private  # noqa: F401  notes when a session began
