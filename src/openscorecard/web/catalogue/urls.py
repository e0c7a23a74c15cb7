from __future__ import annotations

from django.urls import path

from openscorecard.web.catalogue import views

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("catalogue.json", views.catalogue_json, name="catalogue_json"),
    path("<str:id>/", views.definition, name="definition"),
]
