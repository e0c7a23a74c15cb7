"""The owner's desk: what waits for a signature, with the figures beside it.

Takes a decision about exactly the text and the figures that were seen; gives the entry in the
workspace's comments; refuses what the state table of commentary/signoff.py does not allow.
"""
