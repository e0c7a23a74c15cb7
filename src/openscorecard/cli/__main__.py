"""`python -m openscorecard.cli`: the command, where its script is not on the path."""

from __future__ import annotations

from openscorecard.cli import main

main()
