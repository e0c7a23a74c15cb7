"""The demonstration council: an invented one, whose figures anyone may have.

Takes nothing but the data files beside this one; gives the page of June 2021 as a council types it,
its corrections, settings and comments, a folder to put them in, and a server that shows what was
published; refuses a folder that it did not make.
"""
