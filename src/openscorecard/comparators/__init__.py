"""Published statistics, and what of them an indicator stands beside.

Takes the Department's published files, neighbour lists and population estimates, and what each
indicator says it stands beside; gives comparator values with year, edition and formula, and where a
council stands among all; refuses a comparator that is not of its measure's kind, with the sum.
"""
