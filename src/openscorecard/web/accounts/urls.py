from __future__ import annotations

from django.urls import path

from openscorecard.web.accounts import sign_on, views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("password/", views.change_password, name="account_change_password"),
    path("password/link/", views.password_link, name="account_password_link"),
    # By these names the sign-in library finds them.
    path("oidc/<slug:provider_id>/login/", sign_on.sign_on, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/callback/", sign_on.signed_on, name="openid_connect_callback"),
]
