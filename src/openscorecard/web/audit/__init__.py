"""Who did what when.

Takes what happened, as it happens; gives it newest first; refuses to change or to drop a line.
"""
