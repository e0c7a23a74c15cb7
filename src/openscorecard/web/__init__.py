"""The web application: explore, comment, sign off, release.

Takes requests of people with roles, and the workspace; gives the same pages as the command line;
refuses, by default, everything that no role was given.
"""
