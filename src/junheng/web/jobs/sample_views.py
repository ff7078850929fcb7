"""Templates and samples to download before anything is uploaded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from junheng.web.evidence.sending import BYTES, XLSX, as_attachment
from junheng.web.front.guard import allowed
from junheng.web.jobs.samples import SAMPLES, sample
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_evaluate


def _asked(organisation: int, name: str) -> tuple[Organisation, str]:
    if name not in SAMPLES:
        raise Http404
    return get_object_or_404(Organisation, pk=organisation), name


@allowed(_asked, lambda person, asked: may_evaluate(person, asked[0]))
def send(_: HttpRequest, asked: tuple[Organisation, str]) -> HttpResponse:
    """One of them, for who may ask for jobs here."""
    name = asked[1]
    return as_attachment(sample(name), f"junheng-{name}", XLSX if name.endswith(".xlsx") else BYTES)
