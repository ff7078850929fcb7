"""allauth's pages that are used here; the others keep their names, which it asks for, and are 404."""

from allauth.account import views as account
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from junheng.web.people import outside


def switched_off(request: HttpRequest, **route: str) -> HttpResponse:
    """Accounts come by invitation and no mail is sent: nothing to sign up for, to confirm or to have sent."""
    raise Http404


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("mfa/", include("allauth.mfa.urls")),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("outside/", social.connections, name="socialaccount_connections"),
    path("outside/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("outside/error/", social.login_error, name="socialaccount_login_error"),
    path("outside/<slug:provider_id>/login/", outside.login, name="openid_connect_login"),
    path("outside/<slug:provider_id>/login/callback/", outside.callback, name="openid_connect_callback"),
    *(
        path(f"off/{name}/", switched_off, name=name)
        for name in (
            *("account_signup", "account_email", "account_email_verification_sent"),
            *("socialaccount_signup", "account_confirm_login_code"),
        )
    ),
]
