"""Takes a `Row` of a scorecard; gives small SVG drawings of it, made by hand.

Each has a title, a description and real text; colours and type come from the site's stylesheet.
Refuses to draw a figure without a number: a gap stays a gap.
"""
