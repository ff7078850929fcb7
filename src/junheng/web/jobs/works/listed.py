"""A work as its list shows it: who may ask for it, and its newest results."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from junheng.web.jobs.models import Job
from junheng.web.jobs.works.kind import WorkKind
from junheng.web.jobs.works.kinds import WORK_KINDS
from junheng.web.people.models import Organisation

_NEWEST = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """One work. ``newest``: jobs, each with whether the asker sees it whole."""

    kind: WorkKind
    may_ask: bool
    newest: list[tuple[Job, bool]]


def latest_of(county: Organisation) -> dict[str, list[Job]]:
    """The newest jobs of every work in the county: one question for all."""
    ranked = (
        Job.objects.filter(county=county, work__in=WORK_KINDS)
        .select_related("county")
        .annotate(
            back=Window(RowNumber(), partition_by=F("work"), order_by=(F("asked_at").desc(), F("pk").desc()))
        )
        .filter(back__lte=_NEWEST)
    )
    found: dict[str, list[Job]] = defaultdict(list)
    for job in ranked:
        found[job.work].append(job)
    return found
