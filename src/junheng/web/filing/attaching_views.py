"""What a school sends of files behind its return."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from junheng.basics import Text
from junheng.web.evidence.forms import EvidenceForm
from junheng.web.filing import attaching
from junheng.web.filing.actions import require_open
from junheng.web.filing.asked import filing_of, section_address, tried
from junheng.web.filing.models import Attachment, Filing
from junheng.web.filing.permissions import may_fill
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half


def _attachment(filing: int, attachment: int) -> Attachment:
    found = Attachment.objects.select_related("filing__school", "evidence", "row")
    return get_object_or_404(found, pk=attachment, filing_id=filing)


@allowed(filing_of, may_fill, "POST")
def attach(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Keep a file and put it behind the return, or one of its figures."""
    form, person = EvidenceForm(request.POST, request.FILES), asker(request)

    def act() -> None:
        require_open(filing)  # before the file is kept: what is refused leaves nothing
        if kept := form.kept(person, filing.school):
            attaching.attach(person, filing, kept, request.POST.get("place", ""))

    if form.is_valid() and tried(request, act, "") and not form.errors:
        messages.success(request, half(Text("材料已附上", "The file was attached")))
    for errors in form.errors.values():
        for line in errors:
            messages.error(request, str(line))
    return redirect(f"{section_address(request, filing)}#files")


@allowed(_attachment, lambda person, one: may_fill(person, one.filing), "POST")
def detach(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """Take a file off the return."""
    done = half(Text("材料已取下", "The file was taken off"))
    tried(request, lambda: attaching.detach(asker(request), attachment), done)
    return redirect(f"{section_address(request, attachment.filing)}#files")
