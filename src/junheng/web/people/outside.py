"""Single sign-on by the authorisation code flow, checked as OpenID Connect Core 1.0 §3.1.3.7 asks.

allauth carries state and PKCE (RFC 7636); the nonce, the signature, issuer, audience and times of the ID token are ours.
"""

from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"]  # asymmetric alone
_LEEWAY = 60  # seconds two clocks may differ
_NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def nonce_of(state: str) -> str:
    """The nonce that goes with a ``state``: the state is the session's alone, and only this site can make its nonce."""
    return salted_hmac("junheng.oidc.nonce", state, algorithm="sha256").hexdigest()


class Client(OAuth2Client):  # type: ignore[misc] # allauth has no types
    """Adds the nonce to the request."""

    def get_redirect_url(self, authorization_url: str, scope: Any, extra_params: dict[str, str]) -> str:
        """Where the browser is sent."""
        given = {**extra_params, "nonce": nonce_of(str(self.state))}
        return str(super().get_redirect_url(authorization_url, scope, given))


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth has no types
    """Trusts nothing of the answer but an ID token that holds in every point."""

    client_class = Client

    def get_provider(self) -> Any:
        """The provider, which asks through this adapter too: its own would send no nonce."""
        found = super().get_provider()
        found.oauth2_adapter_class = Adapter
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's discovery document. Raises OAuth2Error where it speaks for another issuer or of open doors."""
        found: dict[str, Any] = super().openid_config
        wanted = self.get_provider().app.settings["server_url"].rstrip("/")
        if str(found.get("issuer", "")).rstrip("/") != wanted:
            raise OAuth2Error("the discovery document names another issuer")
        for key in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            require_safe(str(found.get(key, "")))
        return found

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """The identity the ID token names. Raises OAuth2Error for one that does not hold."""
        credential = kwargs["response"].get("id_token")
        if not credential:
            raise OAuth2Error("no id_token")
        claims = self._claims(str(credential), app.client_id)
        if not constant_time_compare(str(claims["nonce"]), nonce_of(request.GET.get("state", ""))):
            raise OAuth2Error("the nonce is another one")
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _claims(self, credential: str, client_id: str) -> dict[str, Any]:
        try:
            key = self._key(jwt.get_unverified_header(credential))
            claims: dict[str, Any] = jwt.decode(
                credential,
                key=key,
                algorithms=_ALGORITHMS,
                audience=client_id,
                issuer=self.openid_config["issuer"],
                leeway=_LEEWAY,
                options={"require": _NEEDED},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("the id_token does not hold") from error
        others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", client_id) != client_id or (others and "azp" not in claims):
            raise OAuth2Error("the id_token was made for another client")
        return claims

    def _key(self, header: dict[str, Any]) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        usable = [key for key in keys if key.public_key_use in (None, "sig")]
        if header.get("kid") is not None:
            usable = [key for key in usable if key.key_id == header["kid"]]
        if len(usable) != 1:
            raise jwt.InvalidKeyError("no single key of that name")
        return usable[0]


def require_safe(address: str) -> None:
    """Raise OAuth2Error for an endpoint without TLS, unless it is on this very machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise OAuth2Error(f"an endpoint without TLS: {address}")


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider: by a page that leads there, since a form of ours may send nowhere else (content policy)."""
    answer = _asked(OAuth2LoginView, request, provider_id)
    if request.method == "POST" and isinstance(answer, HttpResponseRedirect):
        return render(request, "socialaccount/leave.html", {"address": answer.url})
    return answer


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return _asked(OAuth2CallbackView, request, provider_id)


def _asked(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except OAuth2Error:
        return render(request, "socialaccount/authentication_error.html", status=502)
    return answer
