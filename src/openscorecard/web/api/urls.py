"""The API's addresses. Each may be asked by anybody; what is internal asks for more within."""

from __future__ import annotations

from openscorecard.web.access import Can
from openscorecard.web.api.views import api

app_name = "api"
urlpatterns, _, _ = api.urls
for _pattern in urlpatterns:
    setattr(_pattern.callback, "needs", Can.READ_PUBLIC)  # noqa: B010  a function takes any mark
