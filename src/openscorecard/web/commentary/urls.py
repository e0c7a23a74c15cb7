from __future__ import annotations

from django.urls import path

from openscorecard.web.commentary import views

urlpatterns = [
    path("key/", views.key, name="key"),
    path("<month:month>/", views.commentary, name="commentary"),
    path("<month:month>/<slug:ident>/", views.write, name="write"),
    path("<month:month>/<slug:ident>/draft/", views.draft, name="draft"),
    path("<month:month>/<slug:ident>/take-back/", views.take_back, name="take_back"),
]
