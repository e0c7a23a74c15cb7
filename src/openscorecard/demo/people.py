"""The invented people of the demonstration council, and what each may do.

Nobody has these names in earnest; their password is no secret and works on this machine alone.
"""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "wexmoor demonstration"  # noqa: S105  printed for whoever makes the demonstration
_HOST = "wexmoor.example"


@dataclass(frozen=True, slots=True)
class Invented:
    """`titles` are those of the catalogue that she holds: they make her a reporter or an owner."""

    name: str
    what: str
    titles: tuple[str, ...] = ()
    panel_member: bool = False
    analyst: bool = False
    administrator: bool = False

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@{_HOST}"


# In this order they are entered: an account's number is the place in it, from 1.
PEOPLE = (
    Invented("Tamsin Arkwell", "analyst: loads, checks, releases", analyst=True),
    Invented(
        "Mina Castellow",
        "reporter: writes about child protection",
        titles=("Service Manager, Safeguarding",),
    ),
    Invented(
        "Joss Wetherley",
        "reporter: writes about contacts, referrals and assessments",
        titles=("Service Manager, Assessment", "Service Manager, Children in Need"),
    ),
    Invented(
        "Bram Oxenholt",
        "reporter: writes about early help and youth services",
        titles=("Service Manager, Early Help", "Service Manager, Youth Services"),
    ),
    Invented(
        "Edda Quillfeather",
        "reporter: writes about children looked after",
        titles=("Service Manager, Looked After Children", "Service Manager, Permanence"),
    ),
    Invented("Ruth Delamarsh", "owner: signs for safeguarding",
             titles=("Head of Service, Safeguarding",)),
    Invented(
        "Owen Harkstead",
        "owner: signs for social work and education",
        titles=("Head of Service, Social Work", "Head of Service, Education"),
    ),
    Invented("Pia Marlowe-Finch", "panel member: reads what was released", panel_member=True),
    Invented("Iris Vantongeren", "administrator: people and deadlines", administrator=True),
)  # fmt: skip


def number_of(title: str) -> str:
    """The account number of whoever holds the title; "" where nobody does."""
    for number, person in enumerate(PEOPLE, start=1):
        if title in person.titles:
            return str(number)
    return ""
