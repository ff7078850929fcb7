"""The administrators' page of how the site does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from junheng.web.front.guard import allowed
from junheng.web.operation.health import facts
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_administer


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


@allowed(_organisation, may_administer)
def health(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every fact, what is not well first told in words."""
    found = facts()
    context = {
        "place": organisation,
        "facts": found,
        "unwell": [one for one in found if one.is_well is False],
        "now": timezone.now(),
    }
    return render(request, "operation/health.html", context)
