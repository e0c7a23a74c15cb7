from __future__ import annotations

from django.urls import path, register_converter

from openscorecard.web.loads import views


class LoadId:
    """`2021-06-records-001` in an address."""

    regex = r"\d{4}-\d{2}-(?:records|page)-\d{3,}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LoadId, "load")

urlpatterns = [
    path("", views.loads, name="loads"),
    path("upload/", views.upload_files, name="upload_files"),
    path("uploads/<slug:token>/", views.uploaded, name="upload"),
    path("uploads/<slug:token>/drop/", views.drop_upload, name="drop_upload"),
    path("jobs/<int:number>/", views.job, name="job"),
    path("jobs/<int:number>/progress.json", views.job_progress, name="job_progress"),
    path("<load:load_id>/", views.load, name="load"),
    path("<load:load_id>/forget/", views.forget, name="forget_load"),
]
