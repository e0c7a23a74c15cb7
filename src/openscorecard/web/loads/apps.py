from __future__ import annotations

from django.apps import AppConfig


class Loads(AppConfig):
    name = "openscorecard.web.loads"
    label = "loads"
