"""What the tests of the commentary workbook share."""

from __future__ import annotations

import pytest
from comment_pages import FRONT, page, stored

from openscorecard.commentary.workbook import export_comments


@pytest.fixture
def sent(tmp_path):
    """Makes the workbook; gives its path."""

    def make(comments=None, reporter=FRONT, card=None, **more):
        path = tmp_path / "comments.xlsx"
        export_comments(card or page(), comments or stored(), path, reporter, **more)
        return path

    return make
