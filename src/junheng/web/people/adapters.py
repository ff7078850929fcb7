"""How allauth fits here: nobody signs up; single sign-on is for accounts that exist or are invited."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render

from junheng.web.people import access, actions
from junheng.web.people.queries import posts_of

INVITED = "junheng.invitation"  # in the session: the token with which somebody went to the single sign-on


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Accounts come by invitation; no mail is sent."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: accounts have no address of mail, the trail tells."""


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth has no types
    """An outside identity is connected by its owner, signed in, or by an invitation; never by what it calls itself."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """An unknown identity gets the account of the invitation it came with; without one it is sent away."""
        token = request.session.pop(INVITED, None)
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        if token is None:
            raise ImmediateHttpResponse(render(request, "account/signup_closed.html", status=403))
        wish = sociallogin.account.extra_data.get("id_token", {}).get("preferred_username", "")
        try:
            account = actions.accept_outside(token, str(wish)[:150])
        except ValidationError as error:
            raise ImmediateHttpResponse(render(request, "people/no_invitation.html", status=404)) from error
        sociallogin.connect(request, account)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Secrets lie encrypted; who must have a second factor cannot take it off."""

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Not while a post asks for it."""
        return not access.needs_second_factor(authenticator.user, posts_of(authenticator.user))

    def encrypt(self, text: str) -> str:
        """By a key made from the site's own."""
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Its counterpart. Raises InvalidToken where the site's key is another one."""
        return _cipher().decrypt(encrypted_text.encode("ascii")).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"junheng.second-factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
