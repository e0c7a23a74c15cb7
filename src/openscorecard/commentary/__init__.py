"""What the people responsible say about the figures.

Takes comments, by workbook, as roles wrote them; gives the page with its commentary, and the
figures that a text mentions; refuses to lose a text that anybody wrote.
"""
