"""Where what a work needs lies: its upload, the county's tables, a finding, an earlier survey plan."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from junheng.web.filing.models import CountyYear
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.jobs.permissions import may_see_job
from junheng.web.jobs.queries import known_source
from junheng.web.jobs.states import State, Work
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person

_MOST_PLANS, _MOST_COMPOSED = 30, 60
_COMPOSED = (
    Work.SIZES, Work.TIMETABLE, Work.LEDGER, Work.FUNDS, Work.AID, Work.SCORE, Work.SURVEY, Work.GROUPS, Work.PLAN,
)  # fmt: skip


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
    if job.work in (Work.PROMISES, Work.COMPOSE, Work.APPLY) and job.finding:
        found["finding"] = job.finding.folder
    if number := job.options.get("plan"):
        plan = Job.objects.filter(county=job.county, work=Work.SURVEY_PLAN, pk=number).first()
        found["plan_folder"] = plan.folder if plan else None
    told = {name: place for name, place in found.items() if place is not None and place.exists()}
    results = _results(job)
    if len(told) < len(found) or len(results) < len(job.options.get("results", ())):
        return None
    codes = list(job.county.codes.values_list("code", flat=True))
    return {**{name: str(place) for name, place in told.items()}, "codes": codes, "results": results}


def _results(job: Job) -> dict[str, str]:
    """The results a report is composed of, by the names their copies get: those alone that who asked for it sees."""
    numbers = job.options.get("results", ())
    if not numbers or job.asked_by is None:
        return {}
    chosen = [one for one in composable(job.county, job.asked_by) if one.pk in numbers]
    return {f"{one.title}-{one.pk}": str(one.folder) for one in chosen}


def composable(county: Organisation, person: Person) -> list[Job]:
    """The results of a county that a report may be composed of and ``person`` sees whole, newest first."""
    done = Job.objects.filter(county=county, work__in=_COMPOSED, state=State.DONE).exclude(folder_name="")
    rows = done.select_related("county")[:_MOST_COMPOSED]
    return [job for job in rows if may_see_job(person, job) and job.folder and _is_open(job.folder, job.work)]


def kind_of(job: Job) -> str:
    """Of two results of one kind a report takes one: ledgers differ by their register, plans by their problem."""
    return f"{job.work} {job.options.get('ledger') or job.options.get('kind') or ''}"


def _is_open(folder: Path, work: str) -> bool:
    """Whether a result is still there and may be printed: of groups of pupils only what is not too few to show."""
    if work != Work.GROUPS:
        return folder.is_dir()
    try:
        return "migrant" in json.loads((folder / "special_groups.json").read_bytes())["public"]["shares"]
    except (OSError, ValueError, KeyError):
        return False
