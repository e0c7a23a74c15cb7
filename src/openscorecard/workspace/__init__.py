"""A council's folder: its settings, its own definitions, its loads.

Takes a folder with an openscorecard.toml and the printed pages loaded into it; gives the settings,
the figures as released and what is missing; refuses a folder, a setting or a load that is not
sound, and changes all of what it was asked to change or nothing.
"""

from openscorecard.workspace.folder import Workspace, find_workspace, open_workspace
from openscorecard.workspace.settings import Settings

__all__ = ["Settings", "Workspace", "find_workspace", "open_workspace"]
