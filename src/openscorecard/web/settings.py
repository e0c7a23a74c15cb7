"""Django's settings: what the workspace and the environment say, and the safe value for the rest.

    OPENSCORECARD_WORKSPACE   the workspace's folder (by default the current one)
    DATABASE_URL              postgres://...; by default SQLite in the workspace
    OPENSCORECARD_HOSTS       names by which it is called, separated by commas
    OPENSCORECARD_HTTPS       yes where a proxy in front speaks HTTPS: secure cookies, HSTS
    OPENSCORECARD_SECRET      the signing key; by default one that `serve` makes in the workspace
    OPENSCORECARD_OIDC_NAME, _SERVER, _CLIENT, _SECRET   the council's single sign-on
    OPENSCORECARD_OIDC_DOMAINS   domains whose addresses that vouches for without saying so

`docs/serve.md` says what each is for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from openscorecard.web.secret import signing_key

WORKSPACE = Path(os.environ.get("OPENSCORECARD_WORKSPACE", ".")).resolve()
WEB = WORKSPACE / "web"  # what the application keeps: database, uploads, signing key
HERE = Path(__file__).parent
HTTPS = os.environ.get("OPENSCORECARD_HTTPS", "") == "yes"

DEBUG = False
SECRET_KEY = os.environ.get("OPENSCORECARD_SECRET") or signing_key(WEB / "secret")
ALLOWED_HOSTS = [
    name.strip()
    for name in os.environ.get("OPENSCORECARD_HOSTS", "127.0.0.1,localhost").split(",")
    if name.strip()
]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS] if HTTPS else []
ROOT_URLCONF = "openscorecard.web.urls"
WSGI_APPLICATION = "openscorecard.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE, TIME_ZONE, USE_TZ, USE_I18N = "en-gb", "Europe/London", True, False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "openscorecard.web.accounts",
    "openscorecard.web.audit",
    "openscorecard.web.commentary",
    "openscorecard.web.loads",
]
MIDDLEWARE = [
    "openscorecard.web.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openscorecard.web.accounts.private.PrivatePages",
    "openscorecard.web.access.DenyByDefault",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "openscorecard.web.faults.Faults",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates", HERE.parent / "publish" / "html" / "templates"],
        "OPTIONS": {"environment": "openscorecard.web.environment.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

_SQLITE = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{WEB / 'scorecard.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = _SQLITE

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "start", "start"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day, counted from signing in (accounts/private.py)
CSRF_FAILURE_VIEW = "openscorecard.web.commentary.keeping.csrf_failure"  # keeps what was typed
SESSION_ENGINE = "django.contrib.sessions.backends.db"

ACCOUNT_ADAPTER = "openscorecard.web.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "openscorecard.web.accounts.adapters.SignOnAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the administrator, never by a visitor
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser too
ACCOUNT_FORMS = {
    "login": "openscorecard.web.accounts.forms.SignInForm",
    "change_password": "openscorecard.web.accounts.forms.NewPasswordForm",
}
# Wrong passwords are counted by axes alone, in the database: one place, one message.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": None, "change_password": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # SignOnAdapter matches people, and nothing else does
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form would be stopped at the provider's door by form-action
SOCIALACCOUNT_ONLY = False
OIDC_NAME = os.environ.get("OPENSCORECARD_OIDC_NAME", "")
OIDC_DOMAINS = tuple(
    domain.strip().lower()
    for domain in os.environ.get("OPENSCORECARD_OIDC_DOMAINS", "").split(",")
    if domain.strip()
)
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_NAME:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": OIDC_NAME,
                "client_id": os.environ["OPENSCORECARD_OIDC_CLIENT"],
                "secret": os.environ["OPENSCORECARD_OIDC_SECRET"],
                "settings": {"server_url": os.environ["OPENSCORECARD_OIDC_SERVER"]},
            }
        ],
    }

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # trying on does not make it longer
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "openscorecard.web.accounts.lockout.Lockout"
AXES_LOCKOUT_CALLABLE = "openscorecard.web.accounts.lockout.locked_out"
AXES_USERNAME_CALLABLE = "openscorecard.web.accounts.lockout.address_tried"
AXES_CLIENT_IP_CALLABLE = "openscorecard.web.accounts.lockout.came_from"
AXES_USERNAME_FORM_FIELD = "login"
AXES_DISABLE_ACCESS_LOG = True  # who signed in when stands in the record
AXES_FAILURES_OF_ONE = 50  # wrong passwords from one place, or for one account from anywhere
AXES_VERBOSE = False

STATIC_URL = "/static/"
STATIC_ROOT = WEB / "static"
STATICFILES_DIRS = [HERE / "static", HERE.parent / "publish" / "html" / "assets"]
FONT = WEB / "assets"  # `serve` puts the typeface there, as the published site has it
if FONT.is_dir():
    STATICFILES_DIRS.append(FONT)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = WEB / "uploads"
UPLOAD_LIMIT_MB = 200
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "openscorecard.web.logs.JsonLines"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": "INFO"},
    "loggers": {"django.server": {"handlers": [], "propagate": False}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
