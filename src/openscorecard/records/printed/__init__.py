"""A printed monthly page, whatever its layout.

Takes a file (tab-separated text, CSV, XLSX, HTML, PDF); gives a `PrintedPage`, placed by headers
and never by position; refuses what is not certainly a page, and reports what it could not place.
"""
