"""Writing: what is due from me, drafts that save themselves, and the comment as it is sent.

Takes a text and what it was written from; gives the entry in the workspace's comments; refuses to
let one text take another's place unseen: both are kept, and somebody chooses.
"""
