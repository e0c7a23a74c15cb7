"""What holds for all tests: a property is right or wrong, however busy the machine is."""

from __future__ import annotations

from hypothesis import settings

# By default a case that takes over 200 ms fails. Speed is measured in bench/, as ratios in one run;
# here it failed a right property because other tests ran beside it.
settings.register_profile("scorecard", deadline=None)
settings.load_profile("scorecard")
