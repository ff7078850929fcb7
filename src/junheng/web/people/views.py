"""People of an organisation: who holds which post, invitations, and the way in."""

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from junheng.web.front.guard import allowed, asker, public
from junheng.web.people import actions
from junheng.web.people.forms import AcceptForm, InviteForm
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.permissions import holds, may_administer, may_invite
from junheng.web.people.queries import within
from junheng.web.people.roles import Role

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


def _post(post: int) -> Post:
    return get_object_or_404(Post.objects.select_related("organisation", "account"), pk=post)


def _may_see_people(person: Account, organisation: Organisation) -> bool:
    return may_administer(person, organisation) or holds(person, frozenset({Role.HEAD}), organisation)


@allowed(_organisation, _may_see_people)
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Posts held in the organisation and below it."""
    today = timezone.localdate()
    posts = (
        Post.objects.filter(organisation__in=within(organisation))
        .filter(Q(until__isnull=True) | Q(until__gt=today))
        .select_related("account", "organisation")
        .order_by("organisation__path", "role", "account__name")
    )
    return render(request, "people/people.html", {"place": organisation, "posts": posts})


@allowed(_organisation, _may_see_people, "GET", "POST")
def invite(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Invite one person; the address to send is shown once."""
    form = InviteForm(organisation, request.POST or None)
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        if not may_invite(asker(request), organisation, role):
            raise Http404
        _, token = actions.invite(
            asker(request), form.cleaned_data["name"], organisation, role, form.cleaned_data["section"]
        )
        address = request.build_absolute_uri(reverse("invitation", kwargs={"token": token}))
        return render(request, "people/invited.html", {"place": organisation, "address": address})
    return render(request, "people/invite.html", {"place": organisation, "form": form})


@allowed(_post, lambda person, post: may_administer(person, post.organisation), "POST")
def end_post(request: HttpRequest, post: Post) -> HttpResponse:
    """End somebody's post today."""
    actions.end_post(asker(request), post)
    messages.success(request, f"{post.account} 的“{post.get_role_display()}”已于今天结束")
    return redirect("people", organisation=post.organisation_id)


@public("GET", "POST")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person chooses a name to sign in with and a password."""
    found = actions.open_invitation(token)
    if found is None:
        return render(request, "people/no_invitation.html", status=404)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.accept(token, form.cleaned_data["username"], form.cleaned_data["password"])
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
        else:
            login(request, account, backend=_BACKEND)
            return redirect("home")
    return render(request, "people/accept.html", {"invitation": found, "form": form})
