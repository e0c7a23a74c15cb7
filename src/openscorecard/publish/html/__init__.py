"""Takes a `Scorecard`; gives a small static website: the page, one page an indicator, a table for
print, and how to read them. No script, nothing from elsewhere, the same bytes each time.
Refuses a folder that is not there or already holds a page (InputError).
"""

from openscorecard.publish.html.site import write_site

__all__ = ["write_site"]
