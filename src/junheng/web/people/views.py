"""People of an organisation: who holds which post, invitations, one account, and the way in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from junheng.basics import Text
from junheng.web.front.guard import allowed, asker, public
from junheng.web.front.numbers import whole_number
from junheng.web.front.words import half
from junheng.web.people import access, actions, queries
from junheng.web.people.adapters import INVITED
from junheng.web.people.forms import AcceptForm, InviteForm, PasswordForm
from junheng.web.people.models import Organisation, Post
from junheng.web.people.permissions import may_administer, may_invite, may_see_tree
from junheng.web.people.roles import Role
from junheng.web.people.sign_in import OIDC

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_PAGE = 50


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


def _post(post: int) -> Post:
    return get_object_or_404(Post.objects.select_related("organisation", "account"), pk=post)


@allowed(_organisation, may_see_tree)
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Posts held in the organisation and below it, a page at a time; open invitations."""
    word = request.GET.get("q", "").strip()
    posts = queries.held_posts(organisation)
    if word:
        posts = posts.filter(
            Q(account__name__icontains=word)
            | Q(account__username__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    context = {
        "place": organisation,
        "page": Paginator(posts, _PAGE).get_page(request.GET.get("page")),
        "word": word,
        "invitations": queries.open_invitations(organisation)[:_PAGE],
        "may_administer": may_administer(asker(request), organisation),
    }
    return render(request, "people/people.html", context)


@allowed(_organisation, may_see_tree, "GET", "POST")
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


@allowed(_organisation, may_see_tree, "POST")
def withdraw(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Withdraw an open invitation of the organisation or below it."""
    found = get_object_or_404(
        queries.open_invitations(organisation), pk=whole_number(request.POST.get("invitation", "")) or 0
    )
    if not may_invite(asker(request), found.organisation, Role(found.role)):
        raise Http404
    actions.withdraw(asker(request), found)
    messages.success(request, half(Text("邀请已撤回", "The invitation was withdrawn")))
    return redirect("people", organisation=organisation.pk)


@allowed(_post, lambda person, post: may_administer(person, post.organisation), "POST")
def end_post(request: HttpRequest, post: Post) -> HttpResponse:
    """End somebody's post today."""
    access.end_post(asker(request), post)
    text = Text("{} 的“{}”已于今天结束", "{} is no longer “{}”")
    messages.success(request, half(text).format(post.account, post.get_role_display()))
    return redirect("people", organisation=post.organisation_id)


@public("GET", "POST")
@never_cache  # its address is the way in
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person chooses a name to sign in with and a password, or the single sign-on."""
    found = actions.open_invitation(token)
    if found is None:
        return render(request, "people/no_invitation.html", status=404)
    form = (PasswordForm if found.account_id else AcceptForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.accept(token, form.cleaned_data["username"], form.cleaned_data["password"])
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
        else:
            if found.account_id:  # a new password opens nothing by itself: the second factor is still asked
                return redirect("account_login")
            login(request, account, backend=_BACKEND)
            return redirect("home")
    outside = OIDC if settings.SOCIALACCOUNT_PROVIDERS and not found.account_id else ""
    if outside:
        request.session[INVITED] = token
    return render(request, "people/accept.html", {"invitation": found, "form": form, "outside": outside})
