"""Evidence for the tests."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import Site

from junheng.web.evidence.actions import keep
from junheng.web.evidence.models import Evidence
from junheng.web.people.models import Account

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"


def evidence_of(site: Site, actor: Account | None = None) -> Evidence:
    """A paper of the first school."""
    return keep(actor, site.school, SimpleUploadedFile("校舍证.pdf", PDF), "校舍证", date(2024, 9, 1))
