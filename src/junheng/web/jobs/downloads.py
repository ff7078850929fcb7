"""Files of findings and papers of jobs, for whoever may see them: by name from a list,
never by a path."""

from pathlib import Path, PurePosixPath
from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding
from junheng.web.front.guard import allowed
from junheng.web.jobs import queries
from junheng.web.jobs.models import Job
from junheng.web.jobs.papers import FINDING_FILES
from junheng.web.jobs.permissions import may_take_file, may_take_paper
from junheng.web.jobs.states import Work


def _finding(finding: int) -> Finding:
    return get_object_or_404(Finding.objects.select_related("county"), pk=finding)


def _file(finding: int, name: str) -> tuple[Finding, str]:
    return _finding(finding), name


def _paper(job: int, name: str) -> tuple[Job, str]:
    return get_object_or_404(Job.objects.select_related("county"), pk=job), name


@allowed(_finding, may_see_finding)
def files(request: HttpRequest, finding: Finding) -> HttpResponse:
    """The files of a finding, and the documents made anew since."""
    present = queries.files_in(finding.folder)
    known = [name for name in FINDING_FILES if name in present]
    names = [*known, *(name for name in present if name not in FINDING_FILES)]
    rows = [(name, FINDING_FILES.get(name), present[name].stat().st_size) for name in names]
    newer = queries.last_done(finding, Work.REPORT)
    papers = list(queries.files_in(newer.folder)) if newer else []
    context = {"finding": finding, "place": finding.county, "rows": rows, "newer": newer, "papers": papers}
    return render(request, "jobs/files.html", context)


@allowed(_file, may_take_file)
def file(request: HttpRequest, asked: tuple[Finding, str]) -> HttpResponse:
    """One file of a finding."""
    finding, name = asked
    return _sent(queries.files_in(finding.folder).get(name))


@allowed(_paper, may_take_paper)
def paper(request: HttpRequest, asked: tuple[Job, str]) -> HttpResponse:
    """One paper of a job."""
    job, name = asked
    return _sent(queries.files_in(job.folder).get(name))


def _sent(path: Path | None) -> HttpResponse:
    """As bytes to be saved, never opened in the site's own name. Raises Http404 for what is not in the list."""
    if path is None:
        raise Http404
    try:
        stream = path.open("rb")
    except OSError as error:
        raise Http404 from error
    answer = FileResponse(stream, as_attachment=True, filename=PurePosixPath(path.name).name)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return cast(
        HttpResponse, answer
    )  # it streams, and is a response for all that guards and pages ask of one
