"""Jobs: where each stands, and its log."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from junheng.basics import Text
from junheng.web.api.auth import acts_as
from junheng.web.api.kinds import Scope
from junheng.web.api.paging import Cursor, Limit, Page, page
from junheng.web.api.problems import Words
from junheng.web.api.routes_places import seen
from junheng.web.api.service import Id, Schema, operation
from junheng.web.jobs.models import Job
from junheng.web.jobs.permissions import may_see_job, may_see_jobs
from junheng.web.jobs.queries import jobs_of
from junheng.web.people.roles import Kind

router = Router(tags=["任务 | Jobs"])


class JobOut(Schema):
    """A job's head: ``done`` of ``total`` steps (0: not known); ``finding``: asked about, or made."""

    id: int
    organisation: int
    work: str
    state: str
    asked_at: str
    started_at: str | None
    ended_at: str | None
    done: int
    total: int
    finding: int | None


class LineOut(Words):
    """A line of a job's log."""

    at: str


class JobLogOut(JobOut):
    """A job with its log, and why it failed."""

    error: list[Words]
    log: list[LineOut]


def told_job(job: Job) -> JobOut:
    """A job's head."""
    return JobOut(
        id=job.pk, organisation=job.county_id, work=job.work, state=job.state, asked_at=job.asked_at.isoformat(),
        started_at=job.started_at.isoformat() if job.started_at else None,
        ended_at=job.ended_at.isoformat() if job.ended_at else None,
        done=job.done, total=job.total, finding=job.finding_id,
    )  # fmt: skip


@operation(
    router, "GET", "/organisations/{organisation}/jobs", Scope.READ, Text("一个县的任务", "Jobs of a county"),
    Page[JobOut],
)  # fmt: skip
def jobs(request: HttpRequest, organisation: Id, cursor: Cursor = "", limit: Limit = 100) -> Any:
    """新的在前。 | Newest first."""
    county = seen(request, organisation, Kind.COUNTY)
    if not may_see_jobs(acts_as(request), county):
        raise Http404
    return page(jobs_of(county), "pk", cursor, limit, told_job)


@operation(router, "GET", "/jobs/{job}", Scope.READ, Text("一个任务", "One job"), JobLogOut)
def job(request: HttpRequest, job: Id) -> Any:
    """状态、进度和日志。 | State, progress and log."""
    found = get_object_or_404(Job.objects.select_related("county"), pk=job)
    if not may_see_job(acts_as(request), found):
        raise Http404
    log = [LineOut(zh=line.zh, en=line.en, at=line.at.isoformat()) for line in found.lines.all()]
    return JobLogOut(
        **told_job(found).model_dump(), error=[Words(**one) for one in found.error or []], log=log
    )
