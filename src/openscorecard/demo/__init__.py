"""The demonstration council: an invented one, whose figures anyone may have.

Takes nothing but the data files beside this one; gives the council's case records, the page of June
2021 as it was typed by hand, settings, comparators and comments, a folder to put them in, and a
server that shows what was published; refuses a folder that it did not make.
"""
