"""How the sign-in library treats our accounts: nobody enters herself, and whoever comes by the
council's single sign-on has to be entered under an address that the provider vouches for."""

from __future__ import annotations

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import What
from openscorecard.web.audit.record import record

_log = logging.getLogger("openscorecard.web")

SAID = {
    "email_password_mismatch": "The e-mail address or the password is not right.",
    "enter_current_password": "The current password is not right.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {**DefaultAccountAdapter.error_messages, **SAID}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody enters herself: an administrator does."""
        del request
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        """Said only to whoever knew the password."""
        del user
        return _refusal(request, "This account is closed.")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        del request
        return f"{reverse('account_change_password')}?done=changed"


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nothing of the provider is kept: each time the address decides, as the administrator wrote
    it. So a person whose address is changed or whose account is closed is out at once."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The council's provider knows thousands of people: only those entered here come in."""
        del request, sociallogin
        return False

    def authenticate_by_email(self, sociallogin: Any) -> None:
        """The library's own matching, which would drop the password that somebody set here."""
        del sociallogin

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(_refusal(request, "That was no sign-in."))
        claims = sociallogin.account.extra_data
        address = vouched_address(claims.get("id_token") or {}, claims.get("userinfo") or {})
        account = Account.objects.filter(email=address, is_active=True).first() if address else None
        if account is None:
            tried = str((claims.get("userinfo") or {}).get("email") or "no address")[:254]
            record(None, What.SIGN_IN_FAILED, who=tried, detail="by single sign-on")
            found = "Your single sign-on worked, but nobody entered your address here."
            raise ImmediateHttpResponse(_refusal(request, found))
        sociallogin.user = account

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None,
        extra_context: Any = None,
    ) -> None:  # fmt: skip
        del provider, extra_context
        raise ImmediateHttpResponse(no_sign_on(request, exception or error))


def vouched_address(id_token: dict[str, Any], userinfo: dict[str, Any]) -> str | None:
    """The e-mail address that the provider says was verified, or that lies in a domain of
    OPENSCORECARD_OIDC_DOMAINS, for providers that never say so. None where both answers are not
    about the same person, and where the provider says that it was not verified."""
    if not id_token or (userinfo and userinfo.get("sub") != id_token.get("sub")):
        return None
    claims = userinfo if userinfo.get("email") else id_token
    address, verified = claims.get("email"), claims.get("email_verified")
    if not isinstance(address, str) or "@" not in address:
        return None
    address = address.strip().lower()
    said = str(verified).lower() == "true"  # some providers write it as a text
    silent = verified is None and address.rpartition("@")[2] in settings.OIDC_DOMAINS
    return address if said or silent else None


def no_sign_on(request: HttpRequest, because: object) -> HttpResponse:
    """Why it failed stands in the log alone: whoever runs the service needs it, no visitor does."""
    _log.warning("single sign-on failed: %s: %s", type(because).__name__, because)
    found = "The council's single sign-on did not say who you are."
    return _refusal(request, found, "Try again. If it stays so, tell whoever keeps the accounts.")


def _refusal(request: HttpRequest, found: str, todo: str = "") -> HttpResponse:
    values = {
        "title": "You could not be signed in",
        "found": found,
        "todo": todo or "Ask whoever keeps the accounts.",
    }
    return render(request, "fault.html", values, status=403)
