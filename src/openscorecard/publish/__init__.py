"""Takes a frozen `Scorecard`; gives it to people as HTML, a workbook and tidy CSV.

Renderers lay out and never compute: every figure stands in the `Scorecard` as it is printed.
Refuses a folder that is not there or already holds a page (InputError).
"""
