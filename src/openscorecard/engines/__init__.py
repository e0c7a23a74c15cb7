"""What runs the queries.

Takes the tables of a load and queries in the portable subset; gives rows; refuses to reach for
anything beyond the files that it was given.
"""
