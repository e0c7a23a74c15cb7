from __future__ import annotations

from django.urls import path

from openscorecard.web.accounts import people_views as views

urlpatterns = [
    path("", views.people, name="people"),
    path("new/", views.person_new, name="person_new"),
    path("<int:number>/", views.person, name="person"),
    path("<int:number>/link/", views.person_link, name="person_link"),
    path("<int:number>/unlock/", views.person_unlock, name="person_unlock"),
    path("titles/", views.titles, name="titles"),
    path("deadlines/", views.deadlines, name="deadlines"),
    path("deadlines/<month:month>/", views.deadline, name="deadline"),
]
