"""Releasing: the checklist, the preview, publishing, withdrawing, and the published pages.

Takes a month whose comments are signed; gives the folder that `publish` writes a permanent address;
refuses to publish what is open without a reason, and to change what was published.
"""
