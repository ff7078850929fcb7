"""Pages of webhooks: addresses with their events, the log of deliveries, a test, the end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from junheng.basics import Text
from junheng.web.api import hooks as acts
from junheng.web.api.forms import HookForm
from junheng.web.api.models import Hook
from junheng.web.api.permissions import may_hook, may_see_hook
from junheng.web.api.views import place_of
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.people.models import Organisation

_PAGE = 30


def _hook(hook: int) -> Hook:
    return get_object_or_404(Hook.objects.select_related("organisation", "made_by"), pk=hook)


@allowed(place_of, may_hook, "GET", "POST")
def hooks(request: HttpRequest, place: Organisation) -> HttpResponse:
    """The addresses of a county, and a form for another; its key stands on the answer and nowhere else."""
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.register(
                asker(request), place, form.cleaned_data["address"], form.cleaned_data["events"]
            )
        except ValidationError as error:
            form.add_error("address", error)
        else:
            told = {"place": place, "hook": made, "key": acts.key_of(made)}
            answer = render(request, "api/hook_made.html", told)
            answer.headers["Cache-Control"] = "no-store"
            return answer
    page = Paginator(place.hooks.all(), _PAGE).get_page(request.GET.get("page"))
    return render(request, "api/hooks.html", {"place": place, "page": page, "form": form})


@allowed(_hook, may_see_hook)
def hook(request: HttpRequest, found: Hook) -> HttpResponse:
    """One address: what was sent, when, how it went; never what the receiver said."""
    page = Paginator(found.deliveries.all(), _PAGE).get_page(request.GET.get("page"))
    return render(request, "api/hook.html", {"place": found.organisation, "hook": found, "page": page})


@allowed(_hook, may_see_hook, "POST")
def test(request: HttpRequest, found: Hook) -> HttpResponse:
    """Queue a test."""
    if found.ended_at is None:
        acts.test(asker(request), found)
        messages.success(request, half(Text("已排队，稍后刷新看结果", "Queued: reload in a moment")))
    return redirect("hook", hook=found.pk)


@allowed(_hook, may_see_hook, "POST")
def end(request: HttpRequest, found: Hook) -> HttpResponse:
    """Nothing is sent there any more."""
    if acts.end(asker(request), found):
        messages.success(request, half(Text("已停用", "Ended")))
    return redirect("hook", hook=found.pk)
