"""Pure numbers.

Takes exact numbers; gives roundings, ranges and (later) intervals and control limits; refuses
nothing but what has no answer, and knows no indicator.
"""
