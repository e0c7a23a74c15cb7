"""What `scorecard init` writes into a new workspace."""

from __future__ import annotations

SETTINGS = """\
# The settings of this OpenScorecard workspace. `scorecard doctor` says what is missing.
# A line that begins with # is a comment; take the # away to use the setting.

[council]
name = {name}
# code = "E06000000"            # the council's ONS code, or DfE's three digits
# region = "South East"         # the region that the page compares with
# region_label = "SE region"    # and what the column's head says
# neighbours = []               # statistical neighbours, as published
# Whom to ask for the page in another form: a team, never a person. The law on accessibility asks
# for it.
# contact = "the performance team, performance@example.org, 01234 567890"

# Children aged 0 to 17, from which rates per 10,000 are worked out. State the edition: two
# editions give two different rates.
[population]
# edition = "ONS mid-2020 estimates"
# aged_0_to_17 = 48000

[page]
title = "Children’s services scorecard"
months = 7              # months shown, the report month included (2 to 13)
arrow_tolerance = 10    # a change of so many per cent or more gets an arrow up or down
small_numbers = 5       # counts of 1 to this are hidden from the public; 0 hides nothing
# first_month = "2021-06"       # the first month published from here; doctor asks for none before

# How change is judged; docs/signals.md says more.
[signals]
shift = 8               # months in a row on one side of the average that are no chance
trend = 7               # months in a row that rise, or fall
two_of_three = true     # whether two of three months near a limit are no chance
screen = false          # whether unusual jumps are left out when limits are worked out
baseline_months = 24    # months that the limits rest on; then they are frozen
#
# A new baseline, where you know why an indicator's level is another one; the reason is printed.
# [[signals.rebase]]
# ref = "EH1b"
# from = "2020-04"
# reason = "two early help teams were joined"

[files]
limit_mb = 25           # a larger file is refused

# What the page shows for the owner's and reporter's roles of the definitions. Roles only: no
# names and no e-mail addresses.
[people]
# "Head of Service, Safeguarding" = "Head of Safeguarding and Quality"

# Where councils count differently. What stands here is the default; docs/measures.md says more.
[measures]
# re_referral_clock = "closure-assessment"   # or "closure", "referral": where the year starts
# assessment_clock = "assessment"   # or "referral": where an assessment's working days start
# step_up_end_reasons = []      # your end reasons of early help that mean a step up to social care
# step_up_days = 30             # days between the end of early help and the referral, at most
# missing_types = ["M"]         # M: missing; A: away without leave from a known place
# cp_visit_days = 15            # working days within which a child on a plan must be seen
# new_plan_grace = false        # whether a new plan that is not yet visited counts as in time
# cla_visit_days_after_first_year = 42   # or 91: days between visits in a lasting placement
# uasc_statuses = ["UASC"]      # your immigration statuses of children who came alone
# care_leaver_categories = ["Relevant", "Former Relevant", "Qualifying"]   # those you work with
# care_leaver_ages = "17-21"    # or "19-21", as in the national headline
#
# A figure that you take off the page for some months, and why; without "to" it stays off.
# [[measures.suspended]]
# ref = "EH1c"
# from = "2021-05"
# to = "2021-06"
# reason = "early help moved to another system in May"
"""

DEFINITIONS = """\
# Your own definitions

The indicators are built in: `scorecard indicators` prints them, and where each line came from.
What you write in a `.toml` file in this folder is laid over them. Name the indicator by its ref
and write only what differs:

```toml
[[indicator]]
ref = "M1"
short_name = "Contacts"
owner = "Head of the front door"
```

`scorecard indicators M1` shows the result. A mistake is reported with its file and line, and
nothing is published until it is mended.
"""


def settings_text(council: str) -> str:
    """The settings file of a new workspace; `council` may be empty."""
    return SETTINGS.replace("{name}", _toml_string(council))


def _toml_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else c for c in escaped)
        + '"'
    )
