"""Pages that ask for plans, comparisons and checks, and that open a plan's map."""

from typing import cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from junheng.basics import UserError
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.jobs import actions
from junheng.web.jobs.form_page import form_page
from junheng.web.jobs.kinds import PLAN_KINDS
from junheng.web.jobs.models import Job
from junheng.web.jobs.papers import MAP
from junheng.web.jobs.permissions import may_change_job, may_see_job
from junheng.web.jobs.plan_forms import CompareForm, PlanForm
from junheng.web.jobs.queries import files_in
from junheng.web.jobs.reads import Reads
from junheng.web.jobs.states import Work
from junheng.web.jobs.uploads import take
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_evaluate

# The map's own script draws it; in a sandbox it reaches neither the site nor its cookies, nor any network.
_MAP_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


def _job(job: int) -> Job:
    return get_object_or_404(Job.objects.select_related("county"), pk=job)


@allowed(_organisation, may_evaluate, "GET", "POST")
def plan(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Ask for a plan or forecast of an uploaded problem folder."""
    form = PlanForm(request)

    def act() -> Job:
        given, actor = form.cleaned_data, asker(request)
        upload = take(actor, county, given["file"], Reads.PROBLEM, problem=given["problem"])
        return actions.ask_plan(actor, county, upload, given["problem"], given["seconds"])

    return form_page(request, form, county, "jobs/plan.html", act, kinds=PLAN_KINDS)


@allowed(_organisation, may_evaluate, "GET", "POST")
def compare(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Ask for earlier plans to be set side by side."""
    form = CompareForm(request, county)

    def act() -> Job:
        plans = [form.found[key] for key in form.cleaned_data["plans"]]
        return actions.ask_comparison(asker(request), county, plans)

    return form_page(request, form, county, "jobs/compare.html", act)


@allowed(_job, may_change_job, "POST")
def check(request: HttpRequest, planned: Job) -> HttpResponse:
    """Ask for a plan to be held against itself by the second mind."""
    try:
        asked = actions.ask_check(asker(request), planned)
    except UserError as error:
        messages.error(request, " ".join(half(line) for line in error.lines()))
        return redirect("job", job=planned.pk)
    return redirect("job", job=asked.pk)


@allowed(_job, may_see_job)
def open_map(request: HttpRequest, planned: Job) -> HttpResponse:
    """A plan's map, shown in a sandbox. Raises Http404 where there is none."""
    path = files_in(planned.folder).get(MAP) if planned.work == Work.PLAN else None
    if path is None:
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = _MAP_POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, answer)  # it streams, and is a response for all that guards ask of one
