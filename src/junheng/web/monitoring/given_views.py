"""The page of what rules look at beside the findings: a forecast, the applications of an admission."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import STAGE_NAMES, Text, UserError
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.jobs.limits import MARK
from junheng.web.jobs.models import Job
from junheng.web.jobs.uploads import too_large
from junheng.web.monitoring import giving
from junheng.web.monitoring.asked import given_of, place_of, tried
from junheng.web.monitoring.models import Given
from junheng.web.monitoring.permissions import may_run, may_withdraw
from junheng.web.monitoring.running import newest, run_rules
from junheng.web.people.models import Account, Organisation

_KEPT = Text("已附上，并按它重新运行了监测规则", "Attached, and the rules ran on it")
_STAGES = ("primary", "junior")  # what schools admit to without an examination


@allowed(place_of, may_run, "GET", "POST")
def given(request: HttpRequest, county: Organisation) -> HttpResponse:
    """What was given, and the forms to give: an upload, or the result of a finished forecast."""
    jobs = giving.forecasts_of(county)
    if request.method == "POST":
        person = asker(request)
        if tried(request, lambda: _take(person, county, lambda: _asked(request, jobs)), _KEPT):
            return redirect("monitoring", organisation=county.pk)
        return redirect("monitoring_given", organisation=county.pk)
    lines = list(giving.current(county))
    stages = [(stage, half(STAGE_NAMES[stage])) for stage in _STAGES]
    context = {"place": county, "lines": lines, "jobs": jobs, "stages": stages}
    return render(request, "monitoring/given.html", context)


def _asked(request: HttpRequest, jobs: Sequence[Job]) -> giving.Read:
    """What was sent. Raises UserError where it is not what the form asks; Http404 for a job that is not the county's."""
    sent = request.POST
    if sent.get("job"):
        return giving.read_job(_job_in(jobs, sent["job"]))
    file = _file(request)
    if sent.get("stage") in _STAGES:
        return giving.read_applications(file, sent["stage"])
    return giving.read_forecast(file)


def _job_in(jobs: Sequence[Job], number: str) -> Job:
    for job in jobs:
        if str(job.pk) == number:
            return job
    raise Http404


def _file(request: HttpRequest) -> "UploadedFile[Any]":
    if dropped := request.META.get(MARK):
        raise too_large(str(dropped))
    file = request.FILES.get("file")
    if file is None:
        raise UserError(Text("没有选文件", "no file was chosen"), fix=Text("请选文件", "choose a file"))
    return file


def _take(person: Account, county: Organisation, asked: Callable[[], giving.Read]) -> None:
    """Keep it, then have the rules run on the newest finding of each standard."""
    giving.keep(person, county, asked())
    _run(person, county)


def _run(person: Account, county: Organisation) -> None:
    for finding in newest(county):
        run_rules(finding, timezone.now(), person)


@allowed(given_of, may_withdraw, "POST")
def withdraw(request: HttpRequest, found: Given) -> HttpResponse:
    """The rules look at it no more."""

    def act() -> None:
        giving.withdraw(asker(request), found)
        _run(asker(request), found.county)

    tried(request, act, Text("已撤下", "Taken off"))
    return redirect("monitoring_given", organisation=found.county_id)
