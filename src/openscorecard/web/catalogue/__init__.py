"""The definitions in force, as data anybody in the council may read.

Takes the workspace's catalogue; gives a list and a page an indicator; refuses to edit: definitions
are files, changed where files are reviewed.
"""
