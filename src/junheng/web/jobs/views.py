"""Pages of jobs: a county's list, asking for one, one job with its log, cancelling and asking again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from junheng.basics import Text, UserError
from junheng.web.findings.models import Finding
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.jobs import actions, publishing, queries
from junheng.web.jobs.forms import EvaluateForm, ReportForm, UploadForm, VerifyForm
from junheng.web.jobs.models import Job
from junheng.web.jobs.papers import MAP, use_of
from junheng.web.jobs.permissions import (
    may_ask_about,
    may_ask_work,
    may_change_job,
    may_see_job,
    may_see_jobs,
)
from junheng.web.jobs.private_work import read_said
from junheng.web.jobs.states import INTERNAL, State, Work
from junheng.web.jobs.uploads import take
from junheng.web.jobs.waiting import expected
from junheng.web.jobs.works.kinds import WORK_KINDS
from junheng.web.jobs.works.shown import shown
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_evaluate
from junheng.web.public.permissions import may_publish

_PAGE = 30


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


def _job(job: int) -> Job:
    return get_object_or_404(
        Job.objects.select_related("county", "upload", "finding__county", "asked_by"), pk=job
    )


def _finding(finding: int) -> Finding:
    return get_object_or_404(Finding.objects.select_related("county"), pk=finding)


@allowed(_organisation, may_see_jobs)
def jobs(request: HttpRequest, county: Organisation) -> HttpResponse:
    """A county's jobs, newest first, a page at a time; those over names of minors for its publishers alone."""
    may_private = may_publish(asker(request), county)
    also = frozenset(work for work in INTERNAL if may_ask_work(asker(request), county, work))
    listed = queries.jobs_of(county, with_private=may_private, also=also)
    page = Paginator(listed, _PAGE).get_page(request.GET.get("page"))
    expected(page.object_list)
    context = {
        "place": county,
        "page": page,
        "is_moving": any(job.is_open for job in page),
        "may_ask": may_evaluate(asker(request), county),
        "may_private": may_private,
    }
    return render(request, "jobs/jobs.html", context)


@allowed(_job, may_see_job)
def job(request: HttpRequest, asked: Job) -> HttpResponse:
    """One job: where it stands, its log, and its result or why there is none."""
    names = list(queries.files_in(asked.folder))
    is_plan = asked.work == Work.PLAN and asked.state == State.DONE
    expected([asked])
    context = {
        "job": asked,
        "place": asked.county,
        "lines": asked.lines.all(),
        "said": read_said(asked.folder) if asked.is_private else [],
        "papers": [
            (name, use_of(name)) for name in sorted(names, key=queries.paper_order) if "/" not in name
        ],
        "parts": [(name, use_of(name)) for name in names if "/" in name],
        "has_map": is_plan and MAP in names,
        "checked": queries.last_check(asked) if is_plan else None,
        "published": publishing.published(asked),
        "blocks": shown(asked, request.GET),
        "is_library": asked.work in WORK_KINDS,
        "may_change": may_change_job(asker(request), asked),
    }
    return render(request, "jobs/job.html", context)


@allowed(_organisation, may_evaluate, "GET", "POST")
def evaluate(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Ask for an evaluation of an uploaded input."""
    form = EvaluateForm(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.require_code(county, given["year"])
            upload = take(asker(request), county, given["file"])
            asked = actions.ask_evaluation(asker(request), county, upload, given["standard"], given["year"])
        except UserError as error:
            form.refuse(error)
        else:
            return redirect("job", job=asked.pk)
    return _form(request, form, county, half(Text("评估", "Evaluate")), "jobs/evaluate.html")


@allowed(_finding, may_ask_about, "GET", "POST")
def verify(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Ask for a finding to be computed again."""
    form = VerifyForm(request, is_known=queries.known_source(finding) is not None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = take(asker(request), finding.county, file) if file else None
            asked = actions.ask_verification(asker(request), finding, upload)
        except UserError as error:
            form.refuse(error)
        else:
            return redirect("job", job=asked.pk)
    return _form(
        request,
        form,
        finding.county,
        half(Text(f"独立复算 {finding}", f"Verify {finding}")),
        "jobs/verify.html",
        finding,
    )


@allowed(_finding, may_ask_about, "GET", "POST")
def report(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Ask for a finding's documents to be made anew."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            asked = actions.ask_report(asker(request), finding, given["percent"], given["digits"])
        except UserError as error:
            form.add_error(None, str(error))
        else:
            return redirect("job", job=asked.pk)
    return _form(
        request,
        form,
        finding.county,
        half(Text(f"重新生成报告 {finding}", f"Report {finding}")),
        "jobs/report.html",
        finding,
    )


def _form(
    request: HttpRequest,
    form: UploadForm | ReportForm,
    county: Organisation,
    title: str,
    template: str,
    finding: Finding | None = None,
) -> HttpResponse:
    context = {"form": form, "place": county, "title": title, "finding": finding}
    return render(request, template, context)


@allowed(_job, may_change_job, "POST")
def cancel(request: HttpRequest, asked: Job) -> HttpResponse:
    """Cancel a job."""
    if actions.cancel(asker(request), asked):
        messages.success(request, half(Text("已请求取消", "Cancelling")))
    else:
        messages.warning(request, half(Text("任务已经结束，没有取消", "It had already ended")))
    return redirect("job", job=asked.pk)


@allowed(_job, may_change_job, "POST")
def retry(request: HttpRequest, asked: Job) -> HttpResponse:
    """Ask for a job again."""
    if actions.retry(asker(request), asked):
        messages.success(request, half(Text("已重新排队", "Queued again")))
    else:
        messages.warning(request, half(Text("这个任务不能重试", "It cannot be tried again")))
    return redirect("job", job=asked.pk)
