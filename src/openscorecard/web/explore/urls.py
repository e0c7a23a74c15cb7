"""A month's addresses. The names of the published site's files hold here too, so that the links in
its pages lead where they say."""

from __future__ import annotations

from django.urls import path

from openscorecard.publish.file_names import FIGURES, WORKBOOK
from openscorecard.web.explore import views

_ONE = "<month:month>/indicators/<str:id>"

urlpatterns = [
    path("", views.months, name="months"),
    path("<month:month>/", views.month, name="month"),
    path("<month:month>/index.html", views.to_month, name="month_index"),
    path("<month:month>/table.html", views.month_table, name="month_table"),
    path("<month:month>/about.html", views.month_about, name="month_about"),
    *(
        path(f"<month:month>/{name}", views.draft_file, {"name": name}, name="draft_file")
        for name in (WORKBOOK, FIGURES)
    ),
    path(f"{_ONE}.html", views.indicator, name="indicator"),
    path(f"{_ONE}/", views.to_indicator, name="indicator_folder"),
    path(f"{_ONE}/working/", views.working, name="working"),
    path(f"{_ONE}/revisions/", views.revisions, name="revisions"),
    path(f"{_ONE}/children/", views.children, name="children"),
    path(f"{_ONE}/children.csv", views.children_csv, name="children_csv"),
]
