"""The indicators as data.

Takes TOML, ours and a council's own; gives the resolved catalogue and where each line of it came
from; refuses unknown keys, doubled refs and relations to nothing, all at once, with file and line.
"""
