from __future__ import annotations

from django.urls import path

from openscorecard.web.signoff import views

urlpatterns = [
    path("<month:month>/", views.signoff, name="signoff"),
    path("<month:month>/<slug:ident>/", views.decide, name="decide"),
]
