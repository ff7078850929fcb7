"""One account as its administrators see it: posts, sessions, and the ways to end them."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from junheng.basics import Text
from junheng.web.front.guard import allowed, asker
from junheng.web.front.numbers import whole_number
from junheng.web.front.words import half
from junheng.web.people import access, actions
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import may_oversee, may_sign_out, may_take_over
from junheng.web.people.queries import administered


def _account(account: int) -> Account:
    return get_object_or_404(Account, pk=account)


@allowed(_account, may_oversee, "GET", "POST")
def account(request: HttpRequest, person: Account) -> HttpResponse:
    """The page, and what is ended from it: ``act`` says what."""
    administrator = asker(request)
    if request.method == "POST":
        return _act(request, administrator, person)
    tree = Organisation.objects.filter(administered(administrator))
    posts = (
        person.posts.filter(organisation__in=tree).select_related("organisation").order_by("-since", "-pk")
    )
    may_out = may_sign_out(administrator, person)
    context = {
        "person": person,
        "held": posts,
        "sessions": UserSession.objects.filter(user=person).order_by("-last_seen_at") if may_out else (),
        "has_factor": access.has_second_factor(person),
        "may_sign_out": may_out,
        "may_take_over": may_take_over(administrator, person),
    }
    return render(request, "people/account.html", context)


def _act(request: HttpRequest, administrator: Account, person: Account) -> HttpResponse:
    act = request.POST.get("act", "")
    may = may_sign_out if act == "sessions" else may_take_over
    if act not in _ACTS or not may(administrator, person):
        raise Http404
    try:
        return _ACTS[act](request, administrator, person)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    return redirect("account", account=person.pk)


def _sessions(request: HttpRequest, administrator: Account, person: Account) -> HttpResponse:
    one = request.POST.get("session", "")
    ended = access.end_sessions(administrator, person, (whole_number(one) or 0) if one else None)
    messages.success(request, half(Text("已结束 {} 个登录", "{} sessions ended")).format(ended))
    return redirect("account", account=person.pk)


def _close(request: HttpRequest, administrator: Account, person: Account) -> HttpResponse:
    access.close_account(administrator, person)
    messages.success(request, half(Text("账号已停用", "The account is closed")))
    return redirect("account", account=person.pk)


def _factor(request: HttpRequest, administrator: Account, person: Account) -> HttpResponse:
    access.take_off_second_factor(administrator, person)
    messages.success(request, half(Text("两步验证已清除", "The second factor was taken off")))
    return redirect("account", account=person.pk)


def _password(request: HttpRequest, administrator: Account, person: Account) -> HttpResponse:
    token = actions.renew_password(administrator, person)
    address = request.build_absolute_uri(reverse("invitation", kwargs={"token": token}))
    return render(request, "people/renewed.html", {"person": person, "address": address})


_ACTS: dict[str, Callable[[HttpRequest, Account, Account], HttpResponse]] = {
    "sessions": _sessions,
    "close": _close,
    "factor": _factor,
    "password": _password,
}
