"""Uploads, and the work that takes longer than a page: loading, building, releasing.

Takes files of an analyst, limited in size and kind; gives a job with its progress, findings and
end; refuses what no reader takes, and leaves everything as it was when a job is stopped.
"""
