"""Pages of evidence: an organisation's files, one file sent, one withdrawn."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from junheng.basics import Text
from junheng.web.evidence.actions import withdraw
from junheng.web.evidence.forms import EvidenceForm
from junheng.web.evidence.models import Evidence
from junheng.web.evidence.permissions import may_download, may_keep, may_list, may_withdraw
from junheng.web.evidence.queries import evidence_of
from junheng.web.evidence.sending import as_attachment
from junheng.web.evidence.storing import whole
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.people.models import Organisation

_PAGE = 30


def _place(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


def _evidence(evidence: int) -> Evidence:
    return get_object_or_404(Evidence.objects.select_related("organisation"), pk=evidence)


@allowed(_place, may_list, "GET", "POST")
def listed(request: HttpRequest, place: Organisation) -> HttpResponse:
    """An organisation's files, and the form to give one."""
    person = asker(request)
    can_keep = may_keep(person, place)
    if request.method == "POST" and not can_keep:
        raise Http404
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.kept(person, place):
        messages.success(request, half(Text("材料已保存", "Kept")))
        return redirect("evidence", organisation=place.pk)
    page = Paginator(evidence_of(place, with_withdrawn=True), _PAGE).get_page(request.GET.get("page"))
    for one in page.object_list:
        one.organisation = place  # read once
    lines = [(one, one.withdrawn_at is None and may_withdraw(person, one)) for one in page.object_list]
    context = {"place": place, "page": page, "lines": lines, "form": form, "can_keep": can_keep}
    return render(request, "evidence/listed.html", context)


@allowed(_evidence, may_download)
def file(_: HttpRequest, evidence: Evidence) -> HttpResponse:
    """The bytes that were kept, to be saved; never others in their name, never opened in the site's own."""
    content = whole(evidence)
    if content is None:
        words = half(
            Text(
                "文件缺失或已被改动，没有发送。请告诉管理员从备份恢复。",
                "The file is gone or was altered, and is not sent. Ask the administrator to restore it.",
            )
        )
        return HttpResponse(words, status=410, content_type="text/plain; charset=utf-8")
    return as_attachment(content, evidence.name)


@allowed(_evidence, may_withdraw, "POST")
def withdrawn(request: HttpRequest, evidence: Evidence) -> HttpResponse:
    """No longer offer it."""
    if withdraw(asker(request), evidence):
        messages.success(request, half(Text("材料已撤回", "Withdrawn")))
    else:
        messages.warning(request, half(Text("材料早已撤回", "It was withdrawn before")))
    return redirect("evidence", organisation=evidence.organisation_id)
