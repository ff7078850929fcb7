"""How long it may take: a job's place in the queue, and how long the last ones of its kind took."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from statistics import median

from django.db.models import F, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import RowNumber

from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State

_LAST = 10  # jobs of a kind the median is taken of
Kind = tuple[str, str | None]


def places() -> dict[int, int]:
    """The place of every job that waits, by its number: 1 is taken next. All counties share the workers."""
    waiting = Job.objects.filter(state=State.QUEUED).order_by("queued_at", "pk")
    return {number: place for place, number in enumerate(waiting.values_list("pk", flat=True), 1)}


def usual() -> dict[Kind, timedelta]:
    """How long the last ten jobs of each kind took from claim to end, the median; kinds never done are absent."""
    kind = KeyTextTransform("kind", "options")
    done = (
        Job.objects.filter(state=State.DONE, started_at__isnull=False, ended_at__isnull=False)
        .annotate(kind=kind, took=F("ended_at") - F("started_at"))
        .annotate(back=Window(RowNumber(), partition_by=[F("work"), kind], order_by=F("ended_at").desc()))
        .filter(back__lte=_LAST)
        .order_by()
    )
    found: dict[Kind, list[timedelta]] = defaultdict(list)
    for work, name, took in done.values_list("work", "kind", "took"):
        found[work, name].append(took)
    return {
        key: timedelta(seconds=median(one.total_seconds() for one in times)) for key, times in found.items()
    }


def expected(jobs: Iterable[Job]) -> None:
    """Note on each open job its place (None while it runs) and what is usual (None where nothing is known)."""
    moving = [job for job in jobs if job.is_open]
    if not moving:
        return
    order, times = places(), usual()
    for job in moving:
        job.place = order.get(job.pk)
        job.usual = times.get((job.work, job.options.get("kind")))
