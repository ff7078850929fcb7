"""The trail of an organisation and all below it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from junheng.web.audit.models import Entry
from junheng.web.front.guard import allowed
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_audit
from junheng.web.people.queries import within

_PAGE = 50


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


@allowed(_organisation, may_audit)
def trail(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Newest first, a page at a time."""
    inside = within(organisation).values("pk")
    pages = Paginator(Entry.objects.filter(organisation_id__in=inside), _PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "audit/trail.html", {"place": organisation, "page": page})
