"""Pages of tokens: the list, making one (its word is shown once), ending one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from junheng.basics import Text
from junheng.web.api import tokens as acts
from junheng.web.api.forms import TokenForm
from junheng.web.api.kinds import Scope
from junheng.web.api.models import Token
from junheng.web.api.permissions import may_keep, may_revoke
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.people.models import Organisation
from junheng.web.people.queries import within

_PAGE = 30


def place_of(organisation: int) -> Organisation:
    """An organisation."""
    return get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation)


def _token(api_token: int) -> Token:
    return get_object_or_404(Token.objects.select_related("organisation", "account"), pk=api_token)


@allowed(place_of, may_keep)
def tokens(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Tokens of the organisation and of all below it, newest first."""
    found = Token.objects.filter(organisation__in=within(place)).select_related("organisation", "made_by")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    return render(request, "api/tokens.html", {"place": place, "page": page})


@allowed(place_of, may_keep, "GET", "POST")
def make(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Make one; its word stands on the answer and nowhere else."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        scopes = [Scope(one) for one in given["scopes"]]
        try:
            token, word = acts.make(asker(request), place, given["name"], scopes, form.expires_at())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            made = {"place": place, "token": token, "word": word}
            answer = render(request, "api/token_made.html", made)
            answer.headers["Cache-Control"] = "no-store"
            return answer
    return render(request, "api/token_make.html", {"place": place, "form": form})


@allowed(_token, may_revoke, "POST")
def revoke(request: HttpRequest, token: Token) -> HttpResponse:
    """End it now."""
    if acts.revoke(asker(request), token):
        messages.success(request, half(Text(f"令牌 {token} 已停用", f"Token {token} is revoked")))
    return redirect("tokens", organisation=token.organisation_id)
