"""The two addresses of single sign-on by OpenID Connect."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from openscorecard.web.access import Can, needs
from openscorecard.web.accounts.adapters import no_sign_on


class SignedTokens(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The library trusts an identity token that came over TLS from the provider; ours has to be
    signed by the provider's key as well, which a proxy in between does not have."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        decoded: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return decoded


@needs(Can.SIGN_IN)
def sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends the visitor to the council's provider."""
    return _asked(OAuth2LoginView, request, provider_id)


@needs(Can.SIGN_IN)
def signed_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the visitor back to."""
    return _asked(OAuth2CallbackView, request, provider_id)


def _asked(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(SignedTokens(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, KeyError, ValueError) as error:  # away, or no provider's answer
        return no_sign_on(request, error)
    return answer
