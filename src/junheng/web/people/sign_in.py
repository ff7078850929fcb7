"""What of signing in differs between places, from JUNHENG_* variables; read by the settings."""

from collections.abc import Mapping
from typing import Any

OIDC = "oidc"  # the provider's name in addresses
_NEED_FACTOR = "administrator,leader"


def providers(given: Mapping[str, str]) -> dict[str, Any]:
    """allauth's SOCIALACCOUNT_PROVIDERS: the one of JUNHENG_OIDC_ISSUER, or none."""
    issuer = given.get("JUNHENG_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    app = {
        "provider_id": OIDC,
        "name": given.get("JUNHENG_OIDC_NAME", "统一身份认证"),
        "client_id": given.get("JUNHENG_OIDC_CLIENT", ""),
        "secret": given.get("JUNHENG_OIDC_SECRET", ""),
        "settings": {"server_url": issuer, "fetch_userinfo": False, "scope": ["openid", "profile"]},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def factor_roles(given: Mapping[str, str]) -> frozenset[str]:
    """The roles of JUNHENG_TWO_FACTOR (comma-separated; empty for none) that must have a second factor."""
    return frozenset(
        one.strip() for one in given.get("JUNHENG_TWO_FACTOR", _NEED_FACTOR).split(",") if one.strip()
    )
