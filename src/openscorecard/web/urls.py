"""Every address, area by area. Each view says who may see it (`access.needs`)."""

from __future__ import annotations

from django.urls import include, path, register_converter

from openscorecard.errors import InputError
from openscorecard.periods import Month


class MonthInAddress:
    """`2021-06` in an address."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Month:
        try:
            return Month.parse(value)
        except InputError as error:
            raise ValueError from error

    def to_url(self, value: Month | str) -> str:
        return value.iso if isinstance(value, Month) else value


register_converter(MonthInAddress, "month")

urlpatterns = [
    path("", include("openscorecard.web.start")),
    path("accounts/", include("openscorecard.web.accounts.urls")),
    path("people/", include("openscorecard.web.accounts.people_urls")),
    path("months/", include("openscorecard.web.explore.urls")),
    path("commentary/", include("openscorecard.web.commentary.urls")),
    path("signoff/", include("openscorecard.web.signoff.urls")),
    path("releases/", include("openscorecard.web.releases.urls")),
    path("published/", include("openscorecard.web.releases.published_urls")),
    path("loads/", include("openscorecard.web.loads.urls")),
    path("catalogue/", include("openscorecard.web.catalogue.urls")),
    path("audit/", include("openscorecard.web.audit.urls")),
    path("api/v1/", include("openscorecard.web.api.urls")),
]
handler403 = "openscorecard.web.faults.refused"
handler404 = "openscorecard.web.faults.not_found"
handler500 = "openscorecard.web.faults.our_fault"
