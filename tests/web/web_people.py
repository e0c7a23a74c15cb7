"""People with roles, entered and signed in."""

from __future__ import annotations

from django.test import Client

from openscorecard.web.accounts.models import Account, Holding

# Titles of the catalogue: who reports on CP6B and on M1.
SAFEGUARDING = "Service Manager, Safeguarding"
ASSESSMENT = "Service Manager, Assessment"
PASSWORD = "a long enough password"


def person(name: str, *titles: str, **roles: bool) -> Account:
    """An account; its address is made of the name: `Ann Lee` is ann.lee@northshire.example."""
    email = f"{name.lower().replace(' ', '.')}@northshire.example"
    account = Account.objects.create_user(email, PASSWORD, name=name, **roles)
    for title in titles:
        Holding.objects.create(account=account, title=title)
    return account


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
