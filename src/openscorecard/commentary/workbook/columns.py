"""The headers by which the workbook is read back, wherever its columns have been moved."""

REF = "Ref."
NAME = "Indicator"
COMMENT = "Your comment"
PUBLIC = "Public wording, if different"

# Hidden columns, for the program alone.
OWN_REF = "openscorecard ref"
OWN_MONTH = "openscorecard month"
OWN_VERSION = "openscorecard version"

TITLE = "Comments on"  # begins the line above the table, before the month
