"""Pure numbers.

Takes numbers, exact for the page's roundings, floats for control limits and intervals; gives
roundings, ranges, control limits, the rules' signals, intervals and funnel limits; refuses nothing
but what has no answer, and knows no indicator.
"""
