from __future__ import annotations

from django.urls import path

from openscorecard.web.audit import views

urlpatterns = [
    path("", views.audit, name="audit"),
    path("record.csv", views.audit_file, name="audit_file"),
]
