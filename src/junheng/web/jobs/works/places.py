"""Where what a work needs lies: its upload, the county's tables, a finding, an earlier survey plan."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from junheng.web.filing.models import CountyYear
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.jobs.queries import known_source
from junheng.web.jobs.states import State, Work
from junheng.web.people.models import Organisation

_MOST_PLANS = 30


def frozen_years(county: Organisation) -> QuerySet[CountyYear]:
    """The county's frozen years, newest first."""
    return CountyYear.objects.filter(county=county, frozen_at__isnull=False).order_by("-year")


def current_findings(county: Organisation) -> QuerySet[Finding]:
    """The county's findings in force, newest first."""
    return Finding.objects.filter(county=county, is_current=True)


def survey_plans(county: Organisation) -> list[Job]:
    """The survey samples that were drawn here and whose papers are still kept, newest first."""
    done = Job.objects.filter(county=county, work=Work.SURVEY_PLAN, state=State.DONE)
    return list(done.exclude(folder_name="").select_related("upload")[:_MOST_PLANS])


def places_of(job: Job) -> dict[str, Any] | None:
    """The places of everything a work was given, by its name in the task, and the codes the county has had.

    None where one of them is gone.
    """
    found: dict[str, Path | None] = {}
    if job.upload:
        found["source"] = job.upload.path
    if number := job.options.get("data_year"):
        year = frozen_years(job.county).filter(pk=number).first()
        found["data"] = Path(settings.HOME) / "snapshots" / year.snapshot if year else None
    if number := job.options.get("data_finding"):
        finding = Finding.objects.filter(county=job.county, pk=number).first()
        found["data"] = known_source(finding) if finding else None
    if job.work == Work.PROMISES and job.finding:
        found["finding"] = job.finding.folder
    if number := job.options.get("plan"):
        plan = Job.objects.filter(county=job.county, work=Work.SURVEY_PLAN, pk=number).first()
        found["plan_folder"] = plan.folder if plan else None
    told = {name: place for name, place in found.items() if place is not None and place.exists()}
    if len(told) < len(found):
        return None
    codes = list(job.county.codes.values_list("code", flat=True))
    return {**{name: str(place) for name, place in told.items()}, "codes": codes}
