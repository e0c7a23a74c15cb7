"""Takes a frozen `Scorecard`; gives the panel's papers as tagged PDF (PDF/UA-1).

`panel-table.pdf` is the classic table, A3 landscape; `panel-paper.pdf` is for reading, A4.
Refuses nothing of a page: what cannot be set (a character that the font lacks) is said, not lost.
"""
