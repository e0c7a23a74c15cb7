"""Reading: the month, an indicator, its working and, for those allowed, the children behind it.

Takes the month's page as `run` gives it; gives the published site's own pages with what working
people need beside; refuses to compute anything, and records each look at children.
"""
