"""Reading evidence."""

from django.db.models import QuerySet

from junheng.web.evidence.models import Evidence
from junheng.web.people.models import Organisation


def evidence_of(organisation: Organisation, *, with_withdrawn: bool = False) -> QuerySet[Evidence]:
    """An organisation's files, newest first."""
    found = Evidence.objects.filter(organisation=organisation)
    return found if with_withdrawn else found.filter(withdrawn_at=None)
