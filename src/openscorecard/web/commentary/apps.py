from __future__ import annotations

from django.apps import AppConfig


class Commentary(AppConfig):
    name = "openscorecard.web.commentary"
    label = "drafts"
