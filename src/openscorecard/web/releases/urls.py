from __future__ import annotations

from django.urls import path

from openscorecard.web.releases import views

urlpatterns = [
    path("<month:month>/", views.release, name="release"),
    path("<month:month>/preview/<str:audience>/<path:name>", views.preview, name="preview"),
    path("<month:month>/withdraw/<str:audience>/<int:version>/", views.withdraw, name="withdraw"),
]
