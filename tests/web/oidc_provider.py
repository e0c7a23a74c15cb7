"""A small OpenID Connect provider in a process of its own, on loopback, for tests.

It does what a provider does: discovery, the authorisation code flow with PKCE, identity tokens
signed by RS256, its public key, userinfo. Who signs in there, and what the provider gets wrong, is
said beforehand by a POST to /next, which a real one of course does not have.

    python oidc_provider.py            prints its address on the first line
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "scorecard", "the client's secret"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
# Of whoever signs in next: claims, and what is to go wrong.
state: dict[str, Any] = {"claims": {}, "wrong": ""}
codes: dict[str, dict[str, str]] = {}
tokens: dict[str, dict[str, Any]] = {}


class Provider(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[-1] for name, values in parse_qs(address.query).items()}
        if address.path == "/.well-known/openid-configuration":
            self._json(_discovery(_issuer(self)))
        elif address.path == "/authorize":
            self._authorize(asked)
        elif address.path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._json({"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]})
        elif address.path == "/userinfo":
            self._userinfo()
        else:
            self._json({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/next":
            state.update(json.loads(body))
            self._json({})
        elif self.path == "/token":
            self._token({name: values[-1] for name, values in parse_qs(body).items()})
        else:
            self._json({"error": "not_found"}, 404)

    def _authorize(self, asked: dict[str, str]) -> None:
        """The person is signed in there already, and sent straight back."""
        right = asked.get("client_id") == CLIENT and asked.get("response_type") == "code"
        if not right or asked.get("code_challenge_method") != "S256":
            self._json({"error": "invalid_request"}, 400)
            return
        if state["wrong"] == "cancelled":
            back = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(16)
            codes[code] = asked
            back = {"code": code, "state": asked["state"]}
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def _token(self, sent: dict[str, str]) -> None:
        asked = codes.pop(sent.get("code", ""), None)  # a code is good once
        hashed = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET)
            or sent.get("redirect_uri") != asked["redirect_uri"]
            or base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() != asked["code_challenge"]
        ):
            self._json({"error": "invalid_grant"}, 400)
            return
        access = secrets.token_urlsafe(16)
        tokens[access] = state["claims"]
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": 60}
        self._json(answer | {"id_token": _signed(_issuer(self))})

    def _userinfo(self) -> None:
        claims = tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if claims is None:
            self._json({"error": "invalid_token"}, 401)
            return
        another = {"sub": "somebody else"} if state["wrong"] == "another subject" else {}
        self._json(claims | another)

    def _json(self, value: object, status: int = 200) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Silent."""


def _issuer(handler: BaseHTTPRequestHandler) -> str:
    return f"http://127.0.0.1:{handler.server.server_address[1]}"  # type: ignore[attr-defined]


def _discovery(issuer: str) -> dict[str, object]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "jwks_uri": f"{issuer}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }


def _signed(issuer: str) -> str:
    wrong, now = state["wrong"], int(time.time())
    claims = {
        "iss": "https://another.example" if wrong == "another issuer" else issuer,
        "aud": "another client" if wrong == "another audience" else CLIENT,
        "iat": now,
        "exp": now - 60 if wrong == "too old" else now + 60,
        **state["claims"],
    }
    if wrong == "unsigned":
        return jwt.encode(claims, None, algorithm="none", headers={"kid": "1"})
    key = ANOTHER_KEY if wrong == "another key" else KEY
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "1"})


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
