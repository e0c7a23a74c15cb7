"""A small council's workspace behind the application. web_people.py has people with roles.

The council is that of tests/workspace/small_council.py: six children, extracts of April, May and
June 2021.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from released_council import released_council
from small_council import three_loads

from openscorecard.workspace.folder import Workspace


@pytest.fixture
def council(tmp_path: Path, settings) -> Workspace:
    """A copy of its own for the test, and the application set to it."""
    return _set_to(three_loads(tmp_path), settings)


@pytest.fixture(scope="session")
def one_council(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return three_loads(tmp_path_factory.mktemp("council"))


@pytest.fixture
def council_to_read(one_council: Workspace, settings) -> Workspace:
    """One for all tests that write nothing there: what was drawn from it is drawn already."""
    return _set_to(one_council, settings)


@pytest.fixture
def released(tmp_path: Path, settings) -> Workspace:
    """The same, with the page of June released to both audiences."""
    return _set_to(released_council(tmp_path), settings)


def _set_to(workspace: Workspace, settings) -> Workspace:
    settings.WORKSPACE = workspace.root
    settings.WEB = workspace.root / "web"
    settings.MEDIA_ROOT = settings.WEB / "uploads"
    return workspace


def pytest_collection_modifyitems(config, items) -> None:
    """Tests marked `postgres` run where DATABASE_URL leads to one (scripts/on_postgres.py); `make
    test` runs both. They are left out of the other run, not skipped."""
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    out = [item for item in items if item.get_closest_marker("postgres")]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
