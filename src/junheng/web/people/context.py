"""What the pages of signing in show: the name of the single sign-on, where there is one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def outside(request: HttpRequest) -> dict[str, Any]:
    """``outside_name``, "" without one."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return {"outside_name": apps[0]["name"] if apps else ""}
