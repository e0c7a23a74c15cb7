"""Signing in and out, and one's own password."""

from __future__ import annotations

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from openscorecard.errors import InputError
from openscorecard.web.access import Can, needs
from openscorecard.web.accounts import services
from openscorecard.web.accounts.forms import FirstPasswordForm, problems, wrong

LINK = "password_link"  # where the session keeps the link's secret while the form is filled in
_HELP = {"problems": problems, "wrong": wrong}
_sign_in = LoginView.as_view(
    template_name="accounts/sign_in.html",
    extra_context={**_HELP, "oidc_name": lambda: settings.OIDC_NAME},
)
_sign_out = LogoutView.as_view(template_name="accounts/sign_out.html")
_change_password = PasswordChangeView.as_view(
    template_name="accounts/change_password.html", extra_context=_HELP
)


@needs(Can.SIGN_IN)
def sign_in(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = _sign_in(request)
    return answer


@needs(Can.SIGN_IN)
def sign_out(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = _sign_out(request)
    return answer


@needs(Can.SIGN_IN)
def change_password(request: HttpRequest) -> HttpResponse:
    """For whoever is signed in, with a role or without."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if not request.user.has_usable_password():
        return render(request, "fault.html", {
            "title": "You have no password here",
            "found": "You sign in by the council's single sign-on.",
            "todo": "Whoever keeps the accounts can give you a link to set a password.",
        })  # fmt: skip
    answer: HttpResponse = _change_password(request)
    return answer


@never_cache
@sensitive_post_parameters()
@needs(Can.SIGN_IN)
def password_link(request: HttpRequest) -> HttpResponse:
    """Sets the password of whoever was given the link. The secret goes from the address into the
    session at once, so that no history and no log of addresses keeps a link that is still good."""
    if "key" in request.GET:
        request.session[LINK] = request.GET["key"][:100]
        return redirect("account_password_link")
    secret = request.session.get(LINK, "")
    account = services.account_of_link(secret) if secret else None
    if account is None:
        return render(request, "fault.html", {
            "title": "This link is no longer good",
            "found": "It was used already, a newer one was made, or it is older than three days.",
            "todo": "Ask whoever keeps the accounts for a new one.",
        }, status=410)  # fmt: skip
    form = FirstPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_password(secret, form.cleaned_data["password1"])
        except InputError as error:
            form.add_error(None, str(error.found))
        else:
            logout(request)  # and the secret with the session
            return redirect(f"{reverse('account_login')}?done=set")
    values = {"form": form, "account": account, **_HELP}
    return render(request, "accounts/password_link.html", values)
