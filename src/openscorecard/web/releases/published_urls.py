from __future__ import annotations

from django.urls import path

from openscorecard.web.releases import published_views as views

urlpatterns = [
    path("", views.published, name="published"),
    path("latest/public/<path:path>", views.latest_file, name="latest_file"),
    path("<month:month>/", views.published_month, name="published_month"),
    path("<month:month>/versions/", views.published_versions, name="published_versions"),
    path(
        "<month:month>/<str:audience>/<int:version>/",
        views.published_file,
        name="published_version",
    ),
    path(
        "<month:month>/<str:audience>/<int:version>/<path:path>",
        views.published_file,
        name="published_file",
    ),
]
