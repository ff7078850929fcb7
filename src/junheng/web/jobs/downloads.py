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
from junheng.web.jobs.permissions import may_take_file, may_take_paper
from junheng.web.jobs.states import Work

_USES = {  # what officers look for, first
    "report.docx": "Word 报告 · report",
    "tables.xlsx": "Excel 附表 · tables",
    "verdict.json": "结论 · verdict",
    "problems.json": "数据问题 · problems in the data",
    "sensitivity.json": "差多少 · how far off",
    "trends.json": "各年 · years",
    "standard.json": "所用标准 · the standard applied",
    "values.parquet": "指标值 · values of the indicators",
    "cells.parquet": "依据的单元格 · the cells they rest on",
    "figures.json": "报告中的数字 · figures printed in the report",
    "documents.json": "文书记录 · record of the documents",
    "manifest.json": "清单与哈希 · manifest with hashes",
}


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
    rows = [(name, _USES[name], present[name].stat().st_size) for name in _USES if name in present]
    rows += [(name, "", path.stat().st_size) for name, path in present.items() if name not in _USES]
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
