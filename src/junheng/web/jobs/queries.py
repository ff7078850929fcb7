"""Reading jobs, and what a finding's jobs say of it."""

import json
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db.models import QuerySet

from junheng.basics import sha256_file
from junheng.web.findings.inputs import kept_input
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import INTERNAL, OPEN, PRIVATE, State, Work
from junheng.web.people.models import Organisation

_READ = (".docx", ".xlsx", ".html", ".png")  # what people read, in this order


def jobs_of(
    county: Organisation, *, with_private: bool = False, also: frozenset[Work] = frozenset()
) -> QuerySet[Job]:
    """A county's jobs, newest first; those over names of minors, and those of money (``also``), only where the
    asker is known to see them."""
    found = Job.objects.filter(county=county).select_related(
        "asked_by", "upload", "finding", "finding__county"
    )
    hidden = (INTERNAL | (frozenset() if with_private else PRIVATE)) - also
    return found.exclude(work__in=hidden)


def plans_of(county: Organisation) -> QuerySet[Job]:
    """A county's plans and forecasts that were done and whose papers are still kept, newest first."""
    return Job.objects.filter(county=county, work=Work.PLAN, state=State.DONE).exclude(folder_name="")


def last_check(plan: Job) -> Job | None:
    """The newest check of a plan that was done."""
    return Job.objects.filter(work=Work.CHECK, state=State.DONE, options__plan=plan.pk).first()


def open_jobs(finding: Finding) -> QuerySet[Job]:
    """What is being done about a finding now."""
    return finding.jobs.filter(state__in=OPEN)


def last_done(finding: Finding, work: Work) -> Job | None:
    """The newest job of a kind about a finding that was done."""
    return finding.jobs.filter(work=work, state=State.DONE).order_by("-ended_at").first()


def known_source(finding: Finding) -> Path | None:
    """The input a finding was made from, where the site has it: its upload or frozen year, the input
    of many counties judged at once, or the demonstration's folder."""
    made = finding.jobs.filter(work=Work.EVALUATE, state=State.DONE).select_related("upload").first()
    source = source_of(made) if made else None
    if source is None:
        return kept_input(finding) or _demonstration(finding)
    return source if source.exists() else None


def source_of(job: Job) -> Path | None:
    """What a job reads, where it was given something: its upload, or the tables of a frozen year."""
    if snapshot := job.options.get("snapshot"):
        return Path(settings.HOME) / "snapshots" / str(snapshot)
    return job.upload.path if job.upload else None


def open_readings(county: Organisation, year: int) -> QuerySet[Job]:
    """The sources of a year that are being read in the background."""
    found = Job.objects.filter(county=county, work=Work.SOURCE, state__in=OPEN, options__year=year)
    return found.select_related("upload")


def of_snapshot(county: Organisation, snapshot: str) -> Job | None:
    """The newest evaluation of a frozen year."""
    return Job.objects.filter(county=county, work=Work.EVALUATE, options__snapshot=snapshot).first()


def _demonstration(finding: Finding) -> Path | None:
    folder = Path(settings.HOME) / "demo" / "xx_district"
    try:
        inputs = json.loads((finding.folder / "manifest.json").read_bytes())["inputs"]
        stated = {one["name"]: one["sha256"] for one in inputs}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    paths = {path.name: path for path in folder.glob("*")}
    same = stated.keys() == paths.keys() and all(sha256_file(paths[name]) == stated[name] for name in stated)
    return folder if stated and same else None


def files_in(folder: Path | None) -> dict[str, Path]:
    """Every plain file below ``folder`` by its name there: only what is listed here can be downloaded."""
    if folder is None or not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def paper_order(name: str) -> tuple[int, str]:
    """Papers that people read come before those that programs read."""
    suffix = PurePosixPath(name).suffix
    return (_READ.index(suffix) if suffix in _READ else len(_READ), name)
