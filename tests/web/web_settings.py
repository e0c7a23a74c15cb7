"""The application's settings, for tests: quick password hashes, plain static files."""

from __future__ import annotations

import os

os.environ.setdefault("OPENSCORECARD_SECRET", "for tests alone")

from openscorecard.web.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = HERE / "static"  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOOK_EVERY = 0  # a test that writes a file sees it at once
