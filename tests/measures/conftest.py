"""What several of these tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from data_check_rows import Records


@pytest.fixture(scope="session")
def _records() -> Iterator[Records]:
    made = Records()
    yield made
    made.engine.connection.close()


@pytest.fixture
def records(_records: Records) -> Records:
    """Empty tables of one load, to be filled by hand."""
    _records.hold("")
    return _records
